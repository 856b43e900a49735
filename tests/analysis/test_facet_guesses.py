"""Columns that sound like phones and are none, and what small sheets can be filtered by."""

from __future__ import annotations

import pandas as pd
import pytest

from lsq.analysis.columns import Kind, kind
from lsq.analysis.facets import Offer, offer
from lsq.analysis.masks import mask_for, masked_text
from lsq.analysis.text import text_series
from lsq.analysis.values import Indexed

NOTHING = Offer((), (), (), ())


def offered(values: pd.Series, *, name: str, as_kind: Kind = Kind.TEXT, own: bool = True) -> Offer:
    """Offer a column as the page does: private is what its mask says."""
    return offer(
        Indexed(pd.DataFrame({name: values})),
        kind=lambda _: as_kind,
        own=[name] if own else [],
        private=lambda _: mask_for(values, as_kind) is not masked_text,
    )


@pytest.mark.parametrize("name", ["Email sent", "Mobile campaign", "WhatsApp opt-in"])
@pytest.mark.parametrize("rows", [10, 5_000])
def test_yes_and_no_are_a_facet_whatever_the_column_is_called(name: str, rows: int) -> None:
    answers = text_series(["yes", "no"] * (rows // 2))
    assert kind(name) in {Kind.PHONE, Kind.EMAIL}
    assert offered(answers, name=name, as_kind=kind(name)).facets == (name,)
    assert offered(answers, name=name, as_kind=kind(name), own=False).facets == (name,)


def test_numbers_that_count_e_mails_have_a_range() -> None:
    opens = text_series([str(number) for number in range(60)])
    found = offered(opens, name="Emails opened · yours", as_kind=Kind.EMAIL)
    assert found.more_ranges == ("Emails opened · yours",)


@pytest.mark.parametrize("values", [["28345678", "yes"], ["asha@example.com", "no"]])
@pytest.mark.parametrize("rows", [10, 5_000])
def test_a_single_phone_or_mailbox_bears_the_guess_out(values: list[str], rows: int) -> None:
    cells = text_series([*values, *["no"] * (rows - 2)])
    for as_kind in (Kind.PHONE, Kind.EMAIL):
        assert offered(cells, name="Mobile / e-mail", as_kind=as_kind) == NOTHING


@pytest.mark.parametrize("name", ["Phone", "Mobile", "EmailAddress", "Fax"])
def test_the_standard_columns_of_phones_are_none_whatever_they_hold(name: str) -> None:
    answers = text_series(["yes", "no"] * 5)
    assert offered(answers, name=name, as_kind=kind(name), own=False) == NOTHING


def test_a_text_of_many_rows_that_sounds_like_e_mails_is_not_written_out_for_nothing() -> None:
    table = Indexed(pd.DataFrame({"Email said": text_series([f"n{n}" for n in range(3_000)])}))
    assert offer(table, kind=kind) == NOTHING


def test_ten_rows_of_six_campaigns_are_a_facet() -> None:
    campaigns = text_series(["a", "b", "c", "d", "e", "f", "a", "b", "c", "d"])
    assert offered(campaigns, name="Campaign · yours").facets == ("Campaign · yours",)


@pytest.mark.parametrize(
    "values",
    [
        [f"Name {number}" for number in range(10)],
        [*(f"Note {number}" for number in range(8)), "", " "],
        [*(f"Word {number}" for number in range(21)), "Word 1"],
    ],
)
def test_names_and_notes_of_a_small_sheet_are_no_facet(values: list[str]) -> None:
    assert not offered(text_series(values), name="Note · yours").facets


def test_marks_of_a_small_sheet_keep_their_range_though_two_are_the_same() -> None:
    marks = text_series(["1", "2", "3", "4", "5", "6", "6"])
    found = offered(marks, name="Marks · yours")
    assert (found.facets, found.more_ranges) == ((), ("Marks · yours",))
