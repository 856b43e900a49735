"""Headers of the sheet that hold a phone: masked, they reach the browser under no name."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from lsq.analysis.matching import How, Match
from lsq.ui import table

if TYPE_CHECKING:
    from streamlit.testing.v1 import AppTest

    from lsq.api.lead_id import LeadId
    from lsq.ui.state import Session
    from tests.ui.kinds import FetchOf, Visit

PHONE = "9845012345"


@pytest.fixture
def mine(fetch_of: FetchOf, ids: list[LeadId]) -> Session:
    text = "\n".join([f"Lead ID,{PHONE},Note", f"{ids[0]},Asha,a", f"{ids[1]},Dev,b"])
    mine = fetch_of(columns={"FirstName": ["Asha", "Ravi"], "Source": ["Web", "Fair"]}, text=text)
    mine.matches = (Match(f"{PHONE} · yours", "FirstName", How.CHOSEN),)
    return mine


def sent(at: AppTest) -> bytes:
    return b"".join(each.proto.SerializeToString() for each in at.dataframe)


@pytest.mark.parametrize("page", ["leads", "changes"])
@pytest.mark.parametrize("eager_rows", [20_000, 0])
def test_a_masked_header_is_in_no_message_of_a_table(
    page: str, eager_rows: int, visit: Visit, mine: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(table, "EAGER_ROWS", eager_rows)
    assert PHONE.encode() in sent(visit(page, mine=mine))
    mine.masked = True
    at = visit(page, mine=mine)
    assert not at.exception
    assert PHONE.encode() not in sent(at)
    assert json.dumps("98•••••345")[1:-1].encode() in sent(at)


def test_the_order_by_a_column_of_another_sheet_stays_out_of_the_address(
    visit: Visit, fetch_of: FetchOf, mine: Session
) -> None:
    at = visit("leads", mine=mine)
    at.selectbox(key="sort_by").select("Note · yours").run()
    assert "sort" not in at.query_params
    other = fetch_of(columns={"FirstName": ["Asha"]})
    other.look = mine.look
    assert other.look.sort == "Note · yours"
    assert "sort" not in visit("leads", mine=other).query_params
