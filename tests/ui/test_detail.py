"""The drawer: one lead with all that is known of it, harmless whatever its values are."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from lsq.ui import detail

if TYPE_CHECKING:
    from streamlit.testing.v1 import AppTest

    from lsq.ui.state import Session
    from tests.ui.kinds import FetchOf, Said, Visit

HOSTILE = '<img src=x onerror="alert(1)"> **b** [x](http://e.example)'


def opened(visit: Visit, mine: Session, lead_id: str) -> AppTest:
    return visit("leads", mine=mine, state={"lead_opened": lead_id})


def table_of(at: AppTest) -> str:
    found: str = next(node.proto.body for node in at.get("html") if "<table" in node.proto.body)
    return found


@pytest.fixture
def asha(fetch_of: FetchOf, ids: list[str]) -> Session:
    """Two leads; the first stands in three rows of a sheet that knows an older stage and owner."""
    rows = [
        (ids[0], "June", "Contacted", "Anita Rao"),
        (ids[1], "May", "Prospect", "Sana"),
        (ids[0], "July", "Contacted", "Anita Rao"),
        (ids[0], "July", "Contacted", "Anita Rao"),
    ]
    lines = ["Lead ID,Campaign,Stage,Owner", *(",".join(row) for row in rows)]
    return fetch_of(
        columns={
            "FirstName": ["Asha", "Ravi"],
            "LastName": ["Iyer", None],
            "ProspectStage": ["Qualified", "Prospect"],
            "OwnerIdName": ["Anita Rao", "Sana"],
            "Score": ["71", None],
            "Phone": ["+91-9845012345", None],
            "EmailAddress": ["asha@example.com", None],
            "mx_Fee": ["1234.5", None],
            "TotalVisits": ["12345", None],
            "Notes": [HOSTILE + "\nsecond line\x00\u202e", " "],
            "CreatedOn": ["2026-06-14 03:42:00", None],
        },
        text="\n".join(lines),
        name="june_[list].csv",
    )


def test_the_drawer_says_who_it_is_where_it_stands_and_how_fresh_it_is(
    visit: Visit, asha: Session, ids: list[str], said: Said
) -> None:
    text = said(opened(visit, asha, ids[0]))
    assert "Asha Iyer" in text
    assert "**Qualified** · Anita Rao · score 71" in text
    assert r"Rows 2, 4, 5 of june\_\[list\]\.csv" in text
    assert "Fetched " in text
    assert "(IST)" in text


def test_every_column_has_its_label_its_schema_name_and_its_value(
    visit: Visit, asha: Session, ids: list[str]
) -> None:
    html = table_of(opened(visit, asha, ids[0]))
    for part in (
        "<bdi>Stage</bdi>",
        "<bdi>ProspectStage</bdi>",
        "<bdi>Created (IST)</bdi>",
        "<bdi>14 Jun 2026, 09:12</bdi>",
        "<bdi>12,345</bdi>",
        "<bdi>+91-9845012345</bdi>",
        "<bdi>asha@example.com</bdi>",
        "<bdi>Campaign</bdi>",
        "<bdi>your sheet</bdi>",
        "<bdi>June</bdi>",
        ids[0],
    ):
        assert part in html
    assert html.index("ProspectStage") < html.index("FirstName") < html.index("ProspectID")
    assert html.index("ProspectID") < html.index("Campaign")
    assert "Movement" not in html
    assert "Row" not in html


def test_what_has_changed_says_what_the_sheet_has(
    visit: Visit, asha: Session, ids: list[str]
) -> None:
    html = table_of(opened(visit, asha, ids[0]))
    assert html.count("in your file") == 1
    assert "was <bdi>Contacted</bdi> in your file" in html


def test_no_value_is_read_as_html_or_markdown(
    visit: Visit, asha: Session, ids: list[str], said: Said
) -> None:
    at = opened(visit, asha, ids[0])
    html = table_of(at)
    assert "&lt;img src=x onerror=&quot;alert(1)&quot;&gt; **b**" in html
    assert "\nsecond line" in html
    assert "<img" not in said(at)
    assert not {"\x00", "\u202e"} & set(html)


def test_what_is_missing_is_said_to_be_blank(visit: Visit, asha: Session, ids: list[str]) -> None:
    at = opened(visit, asha, ids[1])
    html = table_of(at)
    assert html.count("(blank)") == 8
    assert "nan" not in html.casefold()
    assert "<NA>" not in html


@pytest.mark.parametrize(
    ("columns", "title"),
    [
        ({"LastName": ["Iyer"]}, "Iyer"),
        ({"Source": ["Web"]}, "Lead of row 2"),
        ({"FirstName": [" "]}, "Lead of row 2"),
        ({"FirstName": ["**A**"]}, r"\*\*A\*\*"),
    ],
)
def test_the_title_is_the_name_or_the_row(  # noqa: PLR0913, PLR0917 - fixtures
    visit: Visit,
    fetch_of: FetchOf,
    ids: list[str],
    said: Said,
    columns: dict[str, list[str | None]],
    title: str,
) -> None:
    assert title in said(opened(visit, fetch_of(columns=columns), ids[0])).splitlines()


def test_many_rows_are_counted(visit: Visit, fetch_of: FetchOf, ids: list[str], said: Said) -> None:
    text = "\n".join(["Lead ID", *[ids[0]] * 9])
    mine = fetch_of(columns={"FirstName": ["A"]}, text=text)
    assert "Rows 2, 3, 4, 5, 6 and 4 more of june" in said(opened(visit, mine, ids[0]))


def test_a_lead_that_is_not_here_opens_nothing(
    visit: Visit, asha: Session, ids: list[str], said: Said
) -> None:
    assert "Fetched " not in said(opened(visit, asha, ids[50]))


def test_leadsquared_s_own_page_is_linked_where_it_is_known(
    visit: Visit, asha: Session, ids: list[str], said: Said, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "LeadDetails" not in said(opened(visit, asha, ids[0]))
    page = detail.lead_page
    monkeypatch.setattr(
        detail, "lead_page", lambda _host, one: page("api-in21.leadsquared.com", one)
    )
    text = said(opened(visit, asha, ids[0]))
    assert f"https://in21.leadsquared.com/LeadManagement/LeadDetails?LeadID={ids[0]}" in text


def test_a_very_long_value_is_cut(visit: Visit, fetch_of: FetchOf, ids: list[str]) -> None:
    html = table_of(opened(visit, fetch_of(columns={"Notes": ["x" * 9000]}), ids[0]))
    assert "x" * 4000 + "…" in html
    assert "x" * 4001 not in html
