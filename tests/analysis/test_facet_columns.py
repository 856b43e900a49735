"""Which columns are offered to filter by, and the counts beside their values."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lsq.analysis.columns import Kind, kind
from lsq.analysis.facets import Offer, Sorting, counted, offer, span, tab_separated
from lsq.analysis.filters import Filters, Range, Sieve
from lsq.analysis.text import BLANK, text_series
from lsq.analysis.values import Indexed

STAGES = ["Prospect", "Qualified", None, "", "Odd"]
OWNERS = ["Anita Rao", "Ben", None]
ROWS = st.lists(
    st.tuples(
        st.sampled_from(STAGES), st.sampled_from(OWNERS), st.one_of(st.none(), st.integers(0, 9))
    ),
    max_size=30,
)
CHOICES = st.lists(st.sampled_from(["Prospect", "Qualified", BLANK, "Gone"]), max_size=3)


def table_of(rows: list[tuple[str | None, str | None, int | None]]) -> Indexed:
    return Indexed(
        pd.DataFrame(
            {
                "ProspectStage": text_series([row[0] for row in rows]).astype("category"),
                "OwnerIdName": text_series([row[1] for row in rows]),
                "Score": pd.Series([row[2] for row in rows], dtype="Int64"),
            }
        )
    )


@pytest.fixture
def table() -> Indexed:
    return table_of(
        [
            ("Prospect", "Anita Rao", 1),
            ("Prospect", "Ben", 2),
            ("Qualified", "Anita Rao", 3),
            (None, "Ben", None),
            ("", None, 5),
        ]
    )


def counts(
    table: Indexed, filters: Filters, *, by: Sorting = Sorting.ORDER, order: tuple[str, ...] = ()
) -> list[tuple[str, int]]:
    return counted(Sieve(table, filters), "ProspectStage", by=by, order=order)


def test_counts_leave_out_their_own_choice_only(table: Indexed) -> None:
    filters = Filters().choose("ProspectStage", ["Qualified"]).choose("OwnerIdName", ["Ben"])
    assert counts(table, filters) == [("Prospect", 1), (BLANK, 1), ("Qualified", 0)]


def test_a_chosen_value_that_does_not_occur_can_still_be_unchosen(table: Indexed) -> None:
    assert counts(table, Filters().choose("ProspectStage", ["Gone"]))[-1] == ("Gone", 0)


def test_values_stand_in_business_order_by_count_or_by_name(table: Indexed) -> None:
    ben = Filters().choose("OwnerIdName", ["Anita Rao"])
    by_order = counts(table, ben, order=("Qualified", "Never"))
    assert [name for name, _ in by_order] == ["Qualified", "Prospect", BLANK]
    by_count = counts(table, ben, by=Sorting.COUNT)
    assert by_count == [("Prospect", 1), ("Qualified", 1), (BLANK, 0)]
    by_name = counts(table, ben, by=Sorting.NAME)
    assert [name for name, _ in by_name] == ["Prospect", "Qualified", BLANK]


def test_without_a_business_order_the_most_frequent_goes_first_whatever_is_filtered(
    table: Indexed,
) -> None:
    filters = Filters().choose("OwnerIdName", [BLANK])
    assert counts(table, filters) == [("Prospect", 0), (BLANK, 1), ("Qualified", 0)]


@given(
    rows=ROWS,
    stages=CHOICES,
    owners=st.lists(st.sampled_from(["Ben", BLANK]), max_size=2),
    excluded=st.booleans(),
    low=st.one_of(st.none(), st.integers(0, 9)),
    blank=st.booleans(),
)
def test_a_facet_s_count_is_what_choosing_that_value_alone_shows(  # noqa: PLR0913, PLR0917 - hypothesis gives them
    rows: list[tuple[str | None, str | None, int | None]],
    stages: list[str],
    owners: list[str],
    excluded: bool,  # noqa: FBT001 - hypothesis gives it
    low: int | None,
    blank: bool,  # noqa: FBT001 - hypothesis gives it
) -> None:
    table = table_of(rows)
    filters = (
        Filters()
        .choose("ProspectStage", stages, excluded=excluded)
        .choose("OwnerIdName", owners, excluded=excluded)
        .limit(Range("Score", low, blank=blank))
    )
    found = counts(table, filters)
    for value, leads in found:
        alone = filters.choose("ProspectStage", [value])
        assert Sieve(table, alone).kept.sum() == leads
    without = filters.choose("ProspectStage", [])
    assert sum(leads for _, leads in found) == Sieve(table, without).kept.sum()


def test_naughty_values_are_all_counted(naughty: list[str | None]) -> None:
    table = Indexed(pd.DataFrame({"ProspectStage": text_series(naughty)}))
    for by in Sorting:
        assert sum(leads for _, leads in counts(table, Filters(), by=by)) == len(naughty)


def offered(columns: dict[str, pd.Series], **given: object) -> Offer:
    return offer(Indexed(pd.DataFrame(columns)), kind=kind, **given)  # type: ignore[arg-type]


def few(*values: str | None) -> pd.Series:
    return text_series([*values] * 4).astype("category")


def test_stage_owner_source_and_movement_come_first_then_the_sheets_columns_then_others() -> None:
    columns = {
        "mx_City": few("Pune", "Delhi"),
        "Batch · yours": few("A", "B"),
        "Movement": few("stayed", "moved back"),
        "Source": few("web", "web"),
        "ProspectStage": few("Prospect", "Prospect"),
        "OwnerIdName": few("Anita", "Ben"),
    }
    facets = offered(columns, own=("Batch · yours",)).facets
    assert facets == (
        "ProspectStage",
        "OwnerIdName",
        "Source",
        "Movement",
        "Batch · yours",
        "mx_City",
    )


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("FirstName", ["Al", "Bo"]),
        ("mx_Zip", ["1", "2"]),
        ("Phone", ["1", "2"]),
        ("EmailAddress", ["a", "b"]),
        ("Website", ["a", "b"]),
        ("Note", ["the same", "the same"]),
        ("Private", ["+91-9845012345", "+91-9845012346"]),
    ],
)
def test_ids_people_and_columns_of_one_value_are_no_facets(name: str, values: list[str]) -> None:
    found = offered({name: few(*values)}, private=lambda column: column == "Private")
    assert found == Offer((), (), (), ())


def test_values_that_do_not_repeat_are_no_facet() -> None:
    assert not offered({"Note": text_series(list("abcdefgh"))}).facets
    many = text_series([f"{number}" for number in range(3000)])
    assert offered({"Note": many}) == Offer((), (), (), ())


def test_more_than_fifty_values_and_moves_from_stage_to_stage_wait_to_be_asked_for() -> None:
    cities = text_series([f"City {number}" for number in range(60)] * 2).astype("category")
    moves = text_series(["a → b", "b → a"] * 60).astype("category")
    found = offered({"mx_City": cities, "Since your file": moves})
    assert found.facets == ()
    assert found.more_facets == ("mx_City", "Since your file")


def test_score_created_and_last_activity_are_ranges_and_other_numbers_wait() -> None:
    days = pd.to_datetime(pd.Series(["2026-01-01", "2026-01-02"]), utc=True)
    columns = {
        "ModifiedOn": days,
        "CreatedOn": days,
        "Score": pd.Series([1, 2], dtype="Int64"),
        "Revenue": pd.Series([1.5, None], dtype="Float64"),
        "EngagementScore": pd.Series([1.5, 2], dtype="Float64"),
        "Latitude": pd.Series([1.5, 2], dtype="Float64"),
        "Row": pd.Series([2, 3]),
    }
    found = offered(columns)
    assert found.ranges == ("Score", "CreatedOn")
    assert found.more_ranges == ("ModifiedOn", "EngagementScore")


def test_the_sheets_numbers_have_a_range_and_its_texts_have_none() -> None:
    numbers = text_series([str(number) for number in range(100)])
    columns = {
        "Marks · yours": numbers,
        "Gaps · yours": numbers.where(numbers.str.len() > 1, ""),
        "Words · yours": numbers.where(numbers != "5", "five"),
        "mx_Theirs": numbers,
    }
    found = offered(columns, own=("Marks · yours", "Gaps · yours", "Words · yours"))
    assert found.more_ranges == ("Marks · yours", "Gaps · yours")
    assert not found.facets


def test_leads_can_be_counted_by_every_column_of_the_sheet_but_texts_that_never_repeat() -> None:
    fees = [str(1000 + number) for number in range(60)] * 2
    columns = {
        "Fee · yours": text_series(fees),
        "Marks · yours": text_series([str(number) for number in range(120)]),
        "Sponsor · yours": text_series([f"Sponsor {min(number, 100)}" for number in range(120)]),
        "Note · yours": text_series([f"note {number}" for number in range(119)] + [""]),
        "Blank · yours": text_series([f"note {number}" for number in range(70)] + [""] * 50),
        "Same · yours": text_series(["x"] * 120),
        "Batch · yours": few(*["A", "B"] * 15),
        "Ring · yours": text_series(["98450", "98451"] * 60),
        "mx_Theirs": text_series(fees),
    }
    found = offered(
        columns,
        own=tuple(name for name in columns if name != "mx_Theirs"),
        private=lambda column: column == "Ring · yours",
    )
    assert found.groups == ("Fee · yours", "Marks · yours", "Sponsor · yours")
    assert found.facets == ("Batch · yours",)


def test_a_span_is_from_the_least_to_the_greatest() -> None:
    table = Indexed(pd.DataFrame({"Score": pd.Series([3, None, -1], dtype="Int64")}))
    assert span(table, "Score") == (-1.0, 3.0)


def test_what_a_column_holds_is_asked_of_the_catalogue() -> None:
    columns = {"mx_Ref": few("a", "b")}
    assert not offer(Indexed(pd.DataFrame(columns)), kind=lambda _: Kind.ID).facets


def test_copied_counts_paste_into_a_sheet_as_text() -> None:
    counts = [("Web", 12), ("=1+1", 3), ("two\tcells\nand lines", 1)]
    assert tab_separated("Source", counts) == (
        "Source\tLeads\nWeb\t12\n'=1+1\t3\ntwo cells and lines\t1"
    )
