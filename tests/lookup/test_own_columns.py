"""The analyst's own columns beside the leads."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from lsq.sandbox import lead_id

if TYPE_CHECKING:
    from collections.abc import Callable

    from lsq.api.models import LeadTable
    from lsq.lookup.run import Lookup

IDS = [lead_id(number) for number in range(6)]


def test_every_lead_has_the_columns_of_its_first_row(make_lookup: Callable[..., Lookup]) -> None:
    cells = [IDS[2], "", IDS[0], IDS[2], "no id", IDS[1]]
    batch = ["June", "blank", "July", "repeated", "none", ""]
    lookup = make_lookup(*cells, more={"Batch": batch})
    assert lookup.table["Batch · yours"].tolist() == ["June", "July", ""]
    assert lookup.table["Row"].tolist() == [2, 4, 7]
    assert lookup.table["ProspectID"].tolist() == [IDS[2], IDS[0], IDS[1]]


def test_leads_that_did_not_come_leave_no_hole(make_lookup: Callable[..., Lookup]) -> None:
    lookup = make_lookup(*IDS, not_found=[IDS[0], IDS[3]], more={"Batch": list("abcdef")})
    assert lookup.table["Batch · yours"].tolist() == ["b", "c", "e", "f"]
    assert lookup.table["Row"].tolist() == [3, 4, 6, 7]


def test_the_id_column_is_not_shown_twice(make_lookup: Callable[..., Lookup]) -> None:
    lookup = make_lookup(*IDS, more={"Batch": list("abcdef")})
    assert lookup.own == {"Batch · yours": "Batch"}
    assert list(lookup.table) == ["Row", *lookup.fetched.leads.columns, "Batch · yours"]


def test_a_name_of_theirs_is_never_taken_for_a_lead_s(make_lookup: Callable[..., Lookup]) -> None:
    more = {"ProspectStage": list("aabbcc"), "Row": list("123456"), "Row · yours": list("654321")}
    lookup = make_lookup(*IDS, more=more)
    assert list(lookup.own.values()) == ["ProspectStage", "Row", "Row · yours"]
    assert len({*lookup.table}) == len(list(lookup.table))
    assert lookup.table["ProspectStage · yours"].tolist() == list("aabbcc")
    assert lookup.table["ProspectStage"].tolist() != list("aabbcc")


def test_values_that_repeat_are_stored_once_and_the_others_stay_text(
    make_lookup: Callable[..., Lookup],
) -> None:
    more = {"Batch": ["June"] * 6, "Note": [f"007 {number}" for number in range(6)]}
    table = make_lookup(*IDS, more=more).table
    assert isinstance(table["Batch · yours"].dtype, pd.CategoricalDtype)
    assert table["Note · yours"].dtype == "str"
    assert table["Note · yours"].iloc[0] == "007 0"


def test_a_lead_column_called_row_is_compared_and_the_sheet_s_rows_are_not(
    make_lookup: Callable[..., Lookup], make_table: Callable[..., LeadTable]
) -> None:
    leads = make_table(IDS, Row=list("abcdef"))
    rows = [str(row) for row in range(2, 8)]
    lookup = make_lookup(*IDS, leads=leads, more={"Row": list("abcdee"), "Number": rows})
    assert [(match.own, match.lead) for match in lookup.matches] == [
        ("Row · yours", "Row (LeadSquared)")
    ]
