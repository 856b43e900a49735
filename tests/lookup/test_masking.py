"""Masked files: nowhere a phone or a mailbox, in no format and no worksheet; all else as it was."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pandas as pd
import pytest

from lsq.analysis.catalog import Catalog
from lsq.api.models import Field
from lsq.lookup.choice import Choice, Form, Rows, Shape
from lsq.lookup.files import file_bytes
from lsq.lookup.tabs import tabs
from lsq.lookup.view import View

if TYPE_CHECKING:
    from collections.abc import Callable

    from lsq.api.models import LeadTable
    from lsq.lookup.run import Lookup

ZONE = ZoneInfo("Asia/Kolkata")
IDS = [f"{number:08x}-aaaa-4bbb-8ccc-ddddeeee0000" for number in range(1, 5)]
SECRET = ["9845012345", "9845012346", "28345678", "asha.rao", "ravi.k", "meera.n"]
"""What no masked file may hold, with or without what separates digits."""


@pytest.fixture
def lookup(make_lookup: Callable[..., Lookup], make_table: Callable[..., LeadTable]) -> Lookup:
    leads = make_table(
        IDS[:2],
        FirstName=["Asha", "98450 12346"],
        ProspectStage=["Prospect", "asha.rao@example.com"],
        Phone=["+91-9845012345", "28345678"],
        EmailAddress=["asha.rao@example.com", None],
        Score=["71", "call 9845012345"],
        CreatedOn=["2026-06-01 10:00:00.000", "call 9845012345"],
        mx_Guardian=["9845012345", "9845012346"],
        Notes=["Call +91 98450 12345 or ravi.k@example.com", "12 %"],
    )
    return make_lookup(
        *IDS[:3],
        "98450-12345",
        "",
        "meera.n@example.com",
        not_found=[IDS[2]],
        leads=leads,
        more={
            "Contact": ["9845012345", "", "98450-12346", "28345678", "", "9845012345"],
            "meera.n@example.com": ["a", "b", "c", "d", "e", "f"],
            "Campaign": ["June 2026"] * 6,
        },
    )


def read_back(data: bytes, form: Form) -> str:
    if form is Form.XLSX:
        options = {"sheet_name": None, "dtype": str, "header": None, "engine": "calamine"}
        sheets = pd.read_excel(io.BytesIO(data), **options)
        return "\n".join(frame.to_csv() for frame in sheets.values())
    if form is Form.PARQUET:
        return pd.read_parquet(io.BytesIO(data)).astype("str").to_csv()
    return data.decode("utf-8")


def found_in(text: str) -> list[str]:
    tight = re.sub(r"(?<=\d)[ -](?=\d)", "", text)
    return [secret for secret in SECRET if secret in text or secret in tight]


@pytest.mark.parametrize("form", list(Form), ids=lambda form: form.name)
@pytest.mark.parametrize("rows", list(Rows), ids=lambda rows: rows.name)
@pytest.mark.parametrize("shape", list(Shape), ids=lambda shape: shape.name)
def test_no_masked_file_holds_a_phone_or_a_mailbox(
    lookup: Lookup, form: Form, rows: Rows, shape: Shape
) -> None:
    data = file_bytes(
        View(lookup=lookup), Choice(form=form, rows=rows, shape=shape, zone=ZONE, mask=True)
    )
    assert found_in(read_back(data, form)) == []


def test_a_plain_file_holds_them_all(lookup: Lookup) -> None:
    data = file_bytes(View(lookup=lookup), Choice(form=Form.XLSX, zone=ZONE))
    assert found_in(read_back(data, Form.XLSX)) == SECRET


def test_raw_dates_numbers_and_ids_stay_in_a_masked_file(lookup: Lookup) -> None:
    lines = (
        file_bytes(View(lookup=lookup), Choice(form=Form.CSV, zone=ZONE, mask=True))
        .decode()
        .splitlines()
    )
    assert IDS[0] in lines[1]
    assert "2026-06-01 10:00:00.000" in lines[1]
    assert '"71"' in lines[1] or ",71," in lines[1]
    assert "June 2026" in lines[1]
    assert "+91-98•••••345" in lines[1]


@pytest.mark.parametrize(("mask", "said"), [(True, "masked"), (False, "as fetched")])
def test_about_says_whether_phones_are_masked(lookup: Lookup, mask: bool, said: str) -> None:  # noqa: FBT001 - a case
    about = tabs(View(lookup=lookup), Choice(zone=ZONE, mask=mask))[-1].frame
    assert about.set_index("What")["Value"]["Phones and e-mails"] == said


def test_about_masks_a_phone_in_the_name_of_the_sheet(lookup: Lookup) -> None:
    of_one = replace(lookup, sheet=replace(lookup.sheet, name="calls of +91-9876543210.csv"))
    for mask, name in ((True, "calls of +91-98•••••210.csv"), (False, of_one.sheet.name)):
        about = tabs(View(lookup=of_one), Choice(zone=ZONE, mask=mask))[-1].frame
        assert about.set_index("What")["Value"]["Sheet"] == name


def test_a_masked_view_shows_what_a_masked_file_holds(lookup: Lookup) -> None:
    shown = View(lookup=lookup, masked=True).shown
    assert found_in(shown.astype("str").to_csv(header=False)) == []
    assert shown["Contact · yours"].tolist() == ["98•••••345", ""]
    assert shown["Row"].tolist() == [2, 3]
    assert shown["CreatedOn"].equals(lookup.leads["CreatedOn"])


def test_a_plain_view_shows_the_frame_itself(lookup: Lookup) -> None:
    view = View(lookup=lookup)
    assert view.shown is view.frame
    assert view.drawn("Phone", "9845012345") == "9845012345"


def test_a_masked_view_masks_values_and_names_of_columns(lookup: Lookup) -> None:
    view = View(lookup=lookup, masked=True)
    assert view.drawn("Phone", "28345678") == "28•••••678"
    assert view.drawn("Contact · yours", "28345678") == "28•••••678"
    assert view.drawn("Since your file", "9845012345 → Prospect") == "98•••••345 → Prospect"
    assert view.label("meera.n@example.com · yours") == "m•••@example.com · yours"


@pytest.mark.parametrize("first", ["page", "file"])
def test_a_lead_column_called_row_is_not_taken_for_the_sheet_s_rows(
    make_lookup: Callable[..., Lookup], make_table: Callable[..., LeadTable], first: str
) -> None:
    phones = ["28345678", "28345679"]
    lookup = make_lookup(*IDS[:2], leads=make_table(IDS[:2], Row=[f"98450{n}" for n in phones]))
    if first == "page":
        assert View(lookup=lookup, masked=True).shown["Row"].tolist() == [2, 3]
    data = file_bytes(
        View(lookup=lookup), Choice(form=Form.PARQUET, shape=Shape.LEADS, zone=ZONE, mask=True)
    )
    assert pd.read_parquet(io.BytesIO(data))["Row"].tolist() == ["98•••••678", "98•••••679"]
    shown = View(lookup=lookup, masked=True).shown
    assert shown["Row"].tolist() == [2, 3]
    assert shown["Row (LeadSquared)"].tolist() == ["98•••••678", "98•••••679"]


@pytest.mark.parametrize("shape", list(Shape), ids=lambda shape: shape.name)
@pytest.mark.parametrize("phones_in", ["Row", "Row (LeadSquared)"])
def test_each_of_two_lead_columns_called_row_is_masked_in_its_own_place(
    make_lookup: Callable[..., Lookup],
    make_table: Callable[..., LeadTable],
    phones_in: str,
    shape: Shape,
) -> None:
    columns = {"Row": ["a", "b"], "Row (LeadSquared)": ["c", "d"]}
    hidden = {**columns, phones_in: ["98•••••345", "98•••••346"]}
    columns[phones_in] = ["9845012345", "9845012346"]
    lookup = make_lookup(*IDS[:2], leads=make_table(IDS[:2], **columns))
    for mask, expected in ((True, hidden), (False, columns)):
        data = file_bytes(
            View(lookup=lookup), Choice(form=Form.PARQUET, shape=shape, zone=ZONE, mask=mask)
        )
        frame = pd.read_parquet(io.BytesIO(data))
        assert {name: frame[name].tolist() for name in columns} == expected
    shown = View(lookup=lookup, masked=True).shown
    assert shown["Row"].tolist() == [2, 3]
    assert shown["Row (LeadSquared)"].tolist() == hidden["Row (LeadSquared)"]
    assert shown["Row (LeadSquared) (2)"].tolist() == hidden["Row"]


@pytest.mark.parametrize("shape", list(Shape), ids=lambda shape: shape.name)
def test_a_phone_in_a_column_that_the_account_calls_a_number_is_masked(
    make_lookup: Callable[..., Lookup], make_table: Callable[..., LeadTable], shape: Shape
) -> None:
    numbers = ["9845012345", "71", "12"]
    lookup = make_lookup(*IDS[:3], leads=make_table(IDS[:3], mx_Alt=numbers, Score=numbers))
    catalog = Catalog.of([Field(name="mx_Alt", label="Alternate", type="Number")])
    lookup = replace(lookup, plan=replace(lookup.plan, catalog=catalog))
    assert lookup.leads["mx_Alt"].dtype == "Int64"
    shown = View(lookup=lookup, masked=True).shown
    assert shown["mx_Alt"].tolist() == ["98•••••345", "71", "12"]
    assert shown["Score"].equals(lookup.leads["Score"])
    data = file_bytes(
        View(lookup=lookup), Choice(form=Form.PARQUET, shape=shape, zone=ZONE, mask=True)
    )
    assert pd.read_parquet(io.BytesIO(data))["mx_Alt"].tolist() == ["98•••••345", "71", "12"]
    text = file_bytes(
        View(lookup=lookup), Choice(form=Form.CSV, shape=shape, zone=ZONE, mask=True)
    ).decode()
    assert text.count(numbers[0]) == 1
    assert "98•••••345" in text
