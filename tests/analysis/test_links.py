"""What a link carries: so much that it repeats the view, and nothing of a person."""

from __future__ import annotations

from datetime import date
from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lsq.analysis.columns import Kind, kind
from lsq.analysis.drift import Movement
from lsq.analysis.filters import Facet, Filters, Range
from lsq.analysis.links import MOST_CHARACTERS, RESERVED, SHORT, Links
from lsq.analysis.people import names_person
from lsq.analysis.text import BLANK

OWN = ("Campaign · yours", "Marks · yours", "Source · yours")
KINDS = {
    "mx_Course": Kind.CHOICE,
    "mx_Counsellor": Kind.CHOICE,
    "mx_Assigned_To": Kind.CHOICE,
    "mx_Handled_By": Kind.CHOICE,
    "mx_Date_Of_Birth": Kind.DATE,
    "mx_Budget": Kind.NUMBER,
    "sort": Kind.CHOICE,
    "mx_[x](http://e.example)": Kind.CHOICE,
}
COLUMNS = (
    "Row",
    "ProspectID",
    "FirstName",
    "Phone",
    "EmailAddress",
    "OwnerIdName",
    "CreatedByName",
    "ProspectStage",
    "Source",
    "Grade",
    "DoNotCall",
    "Notes",
    "Company",
    "Score",
    "Latitude",
    "CreatedOn",
    "Since your file",
    "Movement",
    *KINDS,
    *OWN,
)
CARRIED = {
    "ProspectStage": "stage",
    "Source": "source",
    "Movement": "movement",
    "Grade": "Grade",
    "DoNotCall": "DoNotCall",
    "mx_Course": "mx_Course",
}
RANGED = ("Score", "CreatedOn", "mx_Budget")


def kind_of(name: str) -> Kind:
    return KINDS.get(name, Kind.TEXT if name in OWN else kind(name))


LINKS = Links(columns=COLUMNS, kind=kind_of, private=names_person, own=OWN, zone="Asia/Kolkata")

plain = st.text(st.characters(categories=["Lu", "Ll", "Zs", "Sm"]), min_size=1, max_size=20)
values = st.lists(plain, min_size=1, max_size=4, unique=True)
moves = st.lists(st.sampled_from(Movement).map(str), min_size=1, unique=True)
days = st.dates(min_value=date(1700, 1, 1), max_value=date(2200, 1, 1))
numbers = st.integers(-(10**9), 10**9) | st.floats(-1000, 1000).map(lambda n: round(n, 3))


def ranges(column: str) -> st.SearchStrategy[Range]:
    zones = ["Asia/Kolkata", "UTC", "America/New_York"] if column == "CreatedOn" else ["UTC"]
    ends = st.none() | (days if column == "CreatedOn" else numbers)
    return st.builds(
        Range, st.just(column), ends, ends, st.booleans(), st.sampled_from(zones)
    ).filter(
        lambda found: found.low is not None or found.high is not None or found.zone == zones[0]
    )


@st.composite
def carried(draw: st.DrawFn) -> Filters:
    filters = Filters()
    for column in draw(st.lists(st.sampled_from(sorted(CARRIED)), unique=True)):
        chosen = draw(moves if column == "Movement" else values)
        filters = filters.choose(column, chosen, excluded=draw(st.booleans()))
    for column in draw(st.lists(st.sampled_from(RANGED), unique=True)):
        filters = filters.limit(draw(ranges(column)))
    return filters


@given(carried())
def test_what_a_link_carries_comes_back(filters: Filters) -> None:
    again = LINKS.read(LINKS.write(filters))
    assert set(again.facets) == set(filters.facets)
    assert set(again.ranges) == set(filters.ranges)


def test_a_link_is_short_and_can_be_read_by_people() -> None:
    filters = (
        Filters()
        .choose("ProspectStage", ["Prospect", BLANK])
        .choose("Source", ["Web"], excluded=True)
        .choose("Movement", ["moved back"])
        .limit(Range("Score", 40.0, 80, blank=True))
        .limit(Range("CreatedOn", date(2026, 6, 1), zone="Asia/Kolkata"))
        .limit(Range("mx_Budget", blank=True))
    )
    assert LINKS.write(filters) == {
        "stage": ["Prospect", BLANK],
        "source.not": ["Web"],
        "movement": ["moved back"],
        "Score": ["40..80", BLANK],
        "CreatedOn": ["2026-06-01..@Asia/Kolkata"],
        "mx_Budget": [BLANK],
    }


@pytest.mark.parametrize("column", sorted(set(COLUMNS) - set(CARRIED) - set(RANGED)))
def test_people_free_text_ids_and_the_sheets_own_columns_are_never_carried(column: str) -> None:
    filters = Filters().choose(column, ["x"]).limit(Range(column, 1, 2))
    assert LINKS.write(filters) == {}
    assert LINKS.read({column: ["x", "1..2"], f"{column}.not": ["x"]}) == Filters()


@pytest.mark.parametrize(
    "value",
    [
        "+91-9845012345",
        "call 98450 12345 today",
        "asha@example.com",
        "two\nlines",
        "\u202eturned",
        "\ud800",
        "x" * 101,
        "",
    ],
)
def test_a_facet_with_a_value_that_may_not_be_told_is_left_out_whole(value: str) -> None:
    assert LINKS.write(Filters().choose("Source", ["Web", value])) == {}
    assert LINKS.read({"source": ["Web", value]}) == Filters()


def test_the_naughty_strings_never_stand_in_a_link_beside_people(
    naughty: list[str | None],
) -> None:
    texts = [text for text in naughty if text]
    for column in set(COLUMNS) - set(CARRIED):
        assert LINKS.write(Filters().choose(column, texts)) == {}
    for text in texts:
        filters = Filters().choose("Source", [text])
        urlencode(LINKS.write(filters), doseq=True).encode("ascii")
        assert LINKS.read({"source": [text], text: ["x"]}).columns <= {"Source"}


@given(
    st.dictionaries(
        st.sampled_from([*CARRIED.values(), *RANGED, "source.not", "Score.not", *RESERVED])
        | st.text(max_size=20),
        st.lists(st.text(max_size=20) | st.sampled_from(["..", "1..", "..x", "2026-01-01.."])),
    )
)
def test_any_address_is_read_without_a_fault_and_written_back_the_same(
    query: dict[str, list[str]],
) -> None:
    found = LINKS.read(query)
    assert LINKS.read(LINKS.write(found)) == found
    assert found.columns <= {*CARRIED, *RANGED}


@pytest.mark.parametrize("text", ["", "..", "x..y", "1e9..", "nan..inf", "2026-13-01..", "5"])
def test_what_is_no_range_filters_nothing(text: str) -> None:
    assert LINKS.read({"Score": [text], "CreatedOn": [text], "Score.not": ["1..2"]}) == Filters()


def test_days_beyond_all_data_are_no_days() -> None:
    assert LINKS.read({"CreatedOn": ["0001-01-01..9999-12-31"]}) == Filters()


def test_moves_are_known_words_only() -> None:
    assert LINKS.read({"movement": ["moved back", "Asha Rao"]}) == Filters()


def test_too_many_values_are_left_out_and_so_is_what_makes_a_link_too_long() -> None:
    many = [f"Source {number}" for number in range(61)]
    assert LINKS.write(Filters().choose("Source", many)) == {}
    assert LINKS.read({"source": many}) == Filters()
    long = Filters().choose("Grade", ["A"])
    for column in ("Source", "ProspectStage", "mx_Course"):
        long = long.choose(column, [f"{number} {'x' * 60}" for number in range(15)])
    written = LINKS.write(long)
    assert set(written) == {"Grade", "source"}
    assert len(urlencode(written, doseq=True)) <= MOST_CHARACTERS


def test_a_column_called_like_another_part_of_the_address_is_not_carried() -> None:
    links = Links(
        columns=("job", "stage", "embed"), kind=lambda _: Kind.CHOICE, private=names_person
    )
    assert {name for name in RESERVED if links.is_ours(name)} == {*SHORT.values()}
    assert links.write(Filters(facets=(Facet("job", ("x",)),))) == {}
    assert links.read({"stage": ["x"]}) == Filters()


def test_a_range_of_a_column_that_is_gone_is_not_carried() -> None:
    assert LINKS.write(Filters().limit(Range("Gone", 1))) == {}


@pytest.mark.parametrize(
    ("ends", "zone"),
    [
        ("2026-06-01..", "Asia/Kolkata"),
        ("2026-06-01..@America/New_York", "America/New_York"),
        ("2026-06-01..@UTC", "UTC"),
        ("2026-06-01..@Etc/GMT+5", "Etc/GMT+5"),
        ("2026-06-01..@Nowhere/At_All", "Asia/Kolkata"),
        ("2026-06-01..@../../etc/passwd", "Asia/Kolkata"),
        ("2026-06-01..@America", "Asia/Kolkata"),
        ("2026-06-01..@", "Asia/Kolkata"),
    ],
)
def test_days_are_those_of_the_zone_that_the_link_names_else_of_the_viewer(
    ends: str, zone: str
) -> None:
    assert LINKS.read({"CreatedOn": [ends]}).range("CreatedOn").zone == zone


@pytest.mark.parametrize("name", ["movement", "stage.not", "Grade", "mx_Gone.not", "OwnerIdName"])
def test_what_says_a_filter_is_known_by_its_form_whatever_the_table_has(name: str) -> None:
    assert Links(columns=(), kind=kind_of, private=names_person).is_ours(name)


@pytest.mark.parametrize("name", ["utm_source", "job", "cols", "embed", "Campaign · yours"])
def test_what_is_no_filter_of_ours_is_left_alone(name: str) -> None:
    assert not LINKS.is_ours(name)
