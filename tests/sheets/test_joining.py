"""Leads beside the analyst's rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest

from lsq.api.lead_id import LeadId
from lsq.api.models import Fetched, LeadTable
from lsq.sheets.damage import Damage
from lsq.sheets.errors import LedgerError
from lsq.sheets.id_column import find_ids
from lsq.sheets.joining import join
from lsq.sheets.ledger import Ledger, settle
from lsq.sheets.sheet import Sheet

if TYPE_CHECKING:
    from collections.abc import Callable


def settled(sheet: Sheet, found: list[str], missing: list[str]) -> Ledger:
    table = LeadTable(ids=[LeadId(i) for i in found], columns={"ProspectID": found})
    return settle(find_ids(sheet), Fetched(leads=table, not_found=tuple(map(LeadId, missing))))


def test_each_row_stands_with_its_lead_in_the_sheets_order(
    sheet_of: Callable[..., Sheet], ids: list[str]
) -> None:
    a, b, c, d = ids[:4]
    sheet = sheet_of(f"Note;Lead ID\nx;{a}\ny;{b}, {c}\nz;{a.upper()}\nv;oops\nw;{d}\n")
    leads = pd.DataFrame({"ProspectID": [c, b, a], "Score": [3, 2, 1]})
    joined = join(sheet, settled(sheet, [c, b, a], [d]), leads)
    assert list(joined.columns) == ["Note", "Lead ID", "Outcome", "ProspectID", "Score"]
    assert joined["Note"].tolist() == ["x", "y", "y", "z", "v", "w"]
    assert joined["Lead ID"].tolist()[3:5] == [a.upper(), "oops"]
    assert joined["Outcome"].tolist() == [
        "found", "found", "found", "duplicate", "not an id", "not found",
    ]  # fmt: skip
    assert joined["Score"].fillna(-1).tolist() == [1, 2, 3, 1, -1, -1]


def test_a_name_that_is_taken_gets_a_suffix(sheet_of: Callable[..., Sheet], ids: list[str]) -> None:
    sheet = sheet_of(f"ProspectID,Outcome,City,City (LeadSquared)\n{ids[0]},won,Pune,Agra\n")
    leads = pd.DataFrame({"ProspectID": ids[:1], "City": ["Goa"], "Stage": ["Open"]})
    joined = join(sheet, settled(sheet, ids[:1], []), leads)
    assert joined.iloc[0].to_dict() == {
        "ProspectID": ids[0], "Outcome": "won", "City": "Pune", "City (LeadSquared)": "Agra",
        "Outcome (LeadSquared)": "found", "ProspectID (LeadSquared)": ids[0],
        "City (LeadSquared) (2)": "Goa", "Stage": "Open",
    }  # fmt: skip


def test_a_name_that_differs_in_case_alone_gets_the_suffix_too(
    sheet_of: Callable[..., Sheet], ids: list[str]
) -> None:
    sheet = sheet_of(f"Lead ID, city ,outcome\n{ids[0]},Pune,won\n")
    joined = join(sheet, settled(sheet, ids[:1], []), pd.DataFrame({"City": ["Goa"]}))
    assert list(joined.columns) == [
        "Lead ID", " city ", "outcome", "Outcome (LeadSquared)", "City (LeadSquared)",
    ]  # fmt: skip


def test_damaged_rows_and_later_tables_stand_with_their_leads_too(ids: list[str]) -> None:
    a, b, c, d = ids[:4]
    table = pa.table(
        {"Id": [a, "", f"{c} {a}", "y"], "Name": ["x", b, "", ""], "Ref": [*[""] * 3, d]}
    )
    words = pa.array([None, Damage.SHORT, None, None], pa.string()).dictionary_encode()
    sheet = Sheet(
        name="l.csv", table=table, row_numbers=np.array([2, 3, 5, 9]), damage=words, starts=(0, 3)
    )
    leads = pd.DataFrame({"ProspectID": [a, b, c, d]})
    joined = join(sheet, settled(sheet, [a, b, c, d], []), leads)
    assert joined["ProspectID"].tolist() == [a, b, c, a, d]
    assert joined["Id"].tolist() == [a, "", f"{c} {a}", f"{c} {a}", "y"]
    assert joined["Outcome"].tolist() == ["found", "found", "found", "duplicate", "found"]


def test_types_survive_and_the_leads_stay_as_they_were(
    sheet_of: Callable[..., Sheet], ids: list[str]
) -> None:
    sheet = sheet_of(f"Id,N\n{ids[0]},1\n{ids[1]},2\n")
    leads = pd.DataFrame(
        {
            "Stage": pd.Categorical(["Open"], categories=["Open", "Won"], ordered=True),
            "At": pd.to_datetime(["2026-06-14"], utc=True),
            "N2": pd.array([7], dtype="Int64"),
        }
    )
    before = leads.copy()
    joined = join(sheet, settled(sheet, ids[:1], ids[1:2]), leads)
    assert joined["Stage"].dtype == leads["Stage"].dtype
    assert joined["At"].dtype == leads["At"].dtype
    assert joined["N2"].dtype == "Int64"
    assert joined.iloc[1][["Stage", "At", "N2"]].isna().all()
    pd.testing.assert_frame_equal(leads, before)


def test_no_lead_at_all_leaves_the_columns_missing(
    sheet_of: Callable[..., Sheet], ids: list[str]
) -> None:
    sheet = sheet_of(f"Id,N\n{ids[0]},1\n")
    joined = join(
        sheet, settled(sheet, [], ids[:1]), pd.DataFrame({"City": pd.Series(dtype="str")})
    )
    assert joined["City"].isna().tolist() == [True]


def test_a_table_of_other_leads_is_refused(sheet_of: Callable[..., Sheet], ids: list[str]) -> None:
    sheet = sheet_of(f"Id,N\n{ids[0]},1\n")
    with pytest.raises(LedgerError, match="1 leads were found and the table has 2"):
        join(sheet, settled(sheet, ids[:1], []), pd.DataFrame({"ProspectID": ids[:2]}))


def test_some_entries_are_joined_as_they_are_among_all(
    sheet_of: Callable[..., Sheet], ids: list[str]
) -> None:
    a, b, c, d = ids[:4]
    sheet = sheet_of(f"Note;Lead ID\nx;{a}\ny;{b}, {c}\nz;{b}\nv;oops\nw;{d}\n")
    ledger = settled(sheet, [c, b, a], [d])
    leads = pd.DataFrame({"ProspectID": [c, b, a]})
    whole = join(sheet, ledger, leads)
    entries = np.array([1, 3, 4])
    part = join(sheet, ledger, leads.loc[[1]], entries=entries)
    pd.testing.assert_frame_equal(part, whole.iloc[entries].reset_index(drop=True))


def test_other_leads_than_those_of_the_entries_are_refused(
    sheet_of: Callable[..., Sheet], ids: list[str]
) -> None:
    sheet = sheet_of(f"Id\n{ids[0]}\n{ids[1]}\n")
    leads = pd.DataFrame({"ProspectID": ids[:2]})
    with pytest.raises(LedgerError, match="or others"):
        join(sheet, settled(sheet, ids[:2], []), leads.loc[[0]], entries=np.array([1]))
