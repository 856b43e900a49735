"""A reload finds its fetch; a copied link shows nothing to anybody else."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import streamlit as st

from tests.ui.scripted import WAIT_S

if TYPE_CHECKING:
    from streamlit.testing.v1 import AppTest

    from lsq.api.lead_id import LeadId
    from tests.ui.kinds import FetchOf, Said, Visit

TOKEN = bytes(range(16))
KEYS = {"host": "api-in21.leadsquared.com", "access_key": "u$r1", "secret_key": "s1"}
GUARDED = {"lsq": KEYS, "access": {"domains": ["team.example"]}, "auth": {"client_id": "x"}}


def signed_in(address: str) -> dict[str, object]:
    return {"is_logged_in": True, "email": address, "email_verified": True}


def browser(
    monkeypatch: pytest.MonkeyPatch, token: bytes = TOKEN, mask: bytes = b"\0\1\2\3"
) -> None:
    """Let requests come with Streamlit's own cookie, under a mask of this page load."""
    masked = bytes(one ^ mask[place % 4] for place, one in enumerate(token))
    cookies = {"_streamlit_xsrf": f"2|{mask.hex()}|{masked.hex()}|1700000000"}
    monkeypatch.setattr(type(st.context), "cookies", cookies)


def fetched(visit: Visit, ids: list[LeadId], page: str = "lookup", **how: object) -> AppTest:
    at = visit(page, **how)
    text = "\n".join(["Lead ID", *ids[:3]]).encode()
    at.file_uploader(key="sheet").upload("a.csv", text).run()
    at.multiselect(key="columns").set_value(["FirstName", "ProspectStage"]).run()
    at.button(key="fetch").click().run()
    assert at.session_state["leadsheet"].job.wait(WAIT_S)
    return at.run()


def test_a_reload_in_the_same_browser_finds_the_fetch(
    visit: Visit, ids: list[LeadId], monkeypatch: pytest.MonkeyPatch
) -> None:
    browser(monkeypatch)
    token = fetched(visit, ids).query_params["job"]
    browser(monkeypatch, mask=b"\xff\xee\x12\x34")
    again = visit("lookup", query={"job": token})
    assert again.success[0].title == r"3 of 3 leads found\."
    assert again.query_params["job"] == token


def test_after_a_reload_the_columns_are_those_of_the_fetch(
    visit: Visit, ids: list[LeadId], monkeypatch: pytest.MonkeyPatch
) -> None:
    browser(monkeypatch)
    token = fetched(visit, ids).query_params["job"]
    again = visit("lookup", query={"job": token})
    assert again.multiselect(key="columns").value == ["FirstName", "ProspectStage"]
    assert "fetch" not in {button.key for button in again.button}


@pytest.mark.parametrize("page", ["leads", "stages", "changes"])
def test_a_result_page_that_is_reloaded_has_its_leads(
    page: str, visit: Visit, ids: list[LeadId], said: Said, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser(monkeypatch)
    token = fetched(visit, ids).query_params["job"]
    assert "**3** leads" in said(visit(page, query={"job": token}))


@pytest.mark.parametrize("page", ["lookup", "leads", "stages", "changes"])
def test_a_copied_link_shows_no_leads_in_another_browser(
    page: str, visit: Visit, ids: list[LeadId], monkeypatch: pytest.MonkeyPatch
) -> None:
    browser(monkeypatch)
    token = fetched(visit, ids).query_params["job"]
    browser(monkeypatch, token=b"another browser!")
    other = visit(page, query={"job": token})
    assert other.session_state["leadsheet"].job is None
    assert "job" not in other.query_params
    assert not [*other.success, *other.dataframe, *other.table]


def test_a_lost_fetch_is_said_on_the_empty_page(visit: Visit) -> None:
    at = visit("lookup", query={"job": "nobodys"})
    assert at.info[0].title == "That fetch is no longer on this server."
    assert "Drop the sheet again" in at.info[0].value


@pytest.mark.parametrize(
    "cookie", ["", "2|zz|zz|1", "1|aa|bb|2", "2|00010203", "2|||1", "nonsense"]
)
def test_a_cookie_that_is_no_token_stands_for_nobody(
    cookie: str, visit: Visit, ids: list[LeadId], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(type(st.context), "cookies", {"_streamlit_xsrf": cookie})
    token = fetched(visit, ids).query_params["job"]
    again = visit("lookup", query={"job": token})
    assert again.session_state["leadsheet"].job is None


def test_a_signed_in_person_finds_the_fetch_in_any_browser_and_nobody_else_does(
    visit: Visit, fetch_of: FetchOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    job = fetch_of(columns={"FirstName": ["A"]}).job
    monkeypatch.setattr("lsq.ui.cost.Job", lambda *_, **__: job)
    anita, how = signed_in("anita@team.example"), {"secrets": GUARDED}
    mine = fetch_of(columns={"FirstName": ["A"]})
    mine.job = None
    at = visit("lookup", mine=mine, user=anita, **how)
    at.button(key="fetch").click().run()
    query = {"job": job.token}
    browser(monkeypatch)
    assert visit("leads", query=query, user=anita, **how).session_state["leadsheet"].job is job
    ravi = visit("leads", query=query, user=signed_in("ravi@team.example"), **how)
    assert ravi.session_state["leadsheet"].job is None


def test_changing_the_sheet_leaves_the_old_fetch_out_of_the_address(
    visit: Visit, ids: list[LeadId], monkeypatch: pytest.MonkeyPatch
) -> None:
    browser(monkeypatch)
    at = fetched(visit, ids)
    at.button(key="change_sheet").click().run()
    assert "job" not in at.query_params
    assert at.run().title[0].value == "Look up a sheet of lead ids"
