"""The analyst's own columns beside the leads."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import pytest

from lsq.analysis.matching import How, Match
from lsq.lookup import own_columns
from lsq.lookup.own_columns import repeats_that_differ
from lsq.lookup.view import View
from lsq.sandbox import lead_id

if TYPE_CHECKING:
    from collections.abc import Callable

    from lsq.api.models import LeadTable
    from lsq.lookup.run import Lookup

IDS = [lead_id(number) for number in range(6)]
UNKNOWN = lead_id(10**12)


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


@pytest.mark.parametrize(
    ("lead", "values", "differing"),
    [
        ("ProspectStage", ["Contacted", "contacted ", "CONTACTED", "Qualified"], 1),
        ("Phone", ["+91-9845012345", "98450 12345", "09845012345", "9845012346"], 1),
        ("Score", ["71", "71.0", " 71", "72"], 1),
        ("Score", ["n/a", "N/A", "n/a ", "71"], 1),
        ("CreatedOn", ["2026-06-01", "2026-06-01 ", "", "2026-06-02"], 2),
        ("Source", ["", " ", "Web", "Fair"], 2),
    ],
)
def test_what_repeats_a_lead_in_another_spelling_does_not_differ(
    make_lookup: Callable[..., Lookup], lead: str, values: list[str], differing: int
) -> None:
    lookup = make_lookup(*[IDS[0]] * 4, IDS[1], more={"Mine": [*values, "x"]})
    matches = [Match("Mine · yours", lead, How.CHOSEN)]
    assert repeats_that_differ(lookup, matches) == differing


def test_a_row_that_repeats_two_leads_is_one_row(make_lookup: Callable[..., Lookup]) -> None:
    both = f"{IDS[0]} {IDS[1]}"
    lookup = make_lookup(IDS[0], IDS[1], both, IDS[2], more={"Mine": list("aabc")})
    assert repeats_that_differ(lookup, [Match("Mine · yours", "Source", How.CHOSEN)]) == 1


def test_rows_that_repeat_a_lead_are_looked_at_once_for_a_view_and_not_where_there_are_none(
    make_lookup: Callable[..., Lookup], monkeypatch: pytest.MonkeyPatch
) -> None:
    looked_at: list[pd.Series] = []
    real = own_columns.compared

    def compared(*values: pd.Series, **options: object) -> object:
        looked_at.append(values[0])
        return real(*values, **options)

    monkeypatch.setattr(own_columns, "compared", compared)
    matches = (Match("Mine · yours", "Source", How.CHOSEN),)
    none = make_lookup(*IDS, UNKNOWN, UNKNOWN, not_found=[UNKNOWN], more={"Mine": list("abcdefgh")})
    assert View(lookup=none, matches=matches).repeats_that_differ == 0
    assert not looked_at
    view = View(lookup=make_lookup(*IDS, IDS[0], more={"Mine": list("abcdefg")}), matches=matches)
    assert view.repeats_that_differ == 1
    seen = len(looked_at)
    assert view.repeats_that_differ == 1
    assert len(looked_at) == seen > 0
