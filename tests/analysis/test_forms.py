"""Two ways to write one value are the same; two values are not."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lsq.analysis.columns import Kind
from lsq.analysis.forms import compared, form, numbers, same
from lsq.analysis.text import text_series

SAME = [
    (Kind.PHONE, "Phone", "+91-9812345678", "98123 45678"),
    (Kind.PHONE, "Phone", "09812345678", "+91 (98123) 45-678"),
    (Kind.PHONE, "Phone", "9812345678.0", "+91-9812345678"),
    (Kind.PHONE, "Phone", "12345", "1-23-45"),
    (Kind.EMAIL, "EmailAddress", " Asha.Rao@Example.com", "asha.rao@example.com"),
    (Kind.NAME, "FirstName", "asha  devi ", "Asha Devi"),
    (Kind.NAME, "FirstName", "Zoe\u0301", "Zoé"),
    (Kind.NAME, "FirstName", "Asha\u200b", "Asha"),
    (Kind.CHOICE, "ProspectStage", "Invalid/ Junk", "invalid/junk"),
    (Kind.CHOICE, "ProspectStage", "Not-Interested", "Not interested"),
    (Kind.CHOICE, "OwnerIdName", "anita.rao@example.com", "Anita Rao"),
    (Kind.CHOICE, "OwnerIdName", "ANITA  RAO", "Anita Rao"),
    (Kind.CHOICE, "Source", "google_lp", "Google_lp"),
    (Kind.NUMBER, "Score", "1,24,000", "124000"),
    (Kind.NUMBER, "Score", "₹ 500", "500.0"),
    (Kind.NUMBER, "Score", "12 %", "12"),
    (Kind.FLAG, "DoNotCall", "Yes", "1"),
    (Kind.FLAG, "DoNotCall", "FALSE", "0"),
    (Kind.TEXT, "Company", "'=Acme", "=Acme"),
    (Kind.NUMBER, "Score", "'-5", "-5"),
    (Kind.ID, "mx_Zip", "560001.0", "560001"),
    *((kind, "x", blank, None) for kind in Kind for blank in ("", "  ", None)),
]
OTHER = [
    (Kind.PHONE, "Phone", "9812345678", "9812345679"),
    (Kind.PHONE, "Phone", "12345", "345"),
    (Kind.PHONE, "Phone", "none", "n/a"),
    (Kind.EMAIL, "EmailAddress", "a@x.in", "a@y.in"),
    (Kind.CHOICE, "OwnerIdName", "???", "!!!"),
    (Kind.CHOICE, "OwnerIdName", "राम", "रमा"),
    (Kind.CHOICE, "ProspectStage", "Invalid", "Invalid/ Junk"),
    (Kind.NUMBER, "Score", "12", "12.5"),
    (Kind.NUMBER, "Score", "12", None),
    (Kind.FLAG, "DoNotCall", "no", "yes"),
    (Kind.TEXT, "Company", "Acme", ""),
]
TEXTS = st.lists(st.none() | st.text(max_size=8) | st.sampled_from(["+91-98", "A b", "a B", "1.0"]))


def one(kind: Kind, column: str, old: str | None, new: str | None) -> bool:
    return bool(same(text_series([old]), text_series([new]), column=column, as_kind=kind)[0])


@pytest.mark.parametrize(("kind", "column", "old", "new"), SAME)
def test_these_are_the_same(kind: Kind, column: str, old: str | None, new: str | None) -> None:
    assert one(kind, column, old, new)
    assert one(kind, column, new, old)


@pytest.mark.parametrize(("kind", "column", "old", "new"), OTHER)
def test_these_are_not(kind: Kind, column: str, old: str, new: str | None) -> None:
    assert not one(kind, column, old, new)
    assert not one(kind, column, new, old)


def test_a_number_that_cannot_be_read_is_not_called_changed() -> None:
    assert one(Kind.NUMBER, "Score", "not yet", "12")
    alike, unread = compared(
        text_series(["not yet", "12", " "]),
        text_series(["12", "12", None]),
        column="Score",
        as_kind=Kind.NUMBER,
    )
    assert (alike.tolist(), unread.tolist()) == ([False, True, True], [True, False, False])


def test_numbers_that_are_typed_are_compared_by_value() -> None:
    now = pd.Series([12, None, 7], dtype="Int64")
    old = text_series(["12.0", "", "8"])
    assert same(old, now, column="Score", as_kind=Kind.NUMBER).tolist() == [True, True, False]
    assert numbers(now).isna().tolist() == [False, True, False]


def test_a_category_has_the_forms_of_its_values() -> None:
    column = pd.Series(["A b", None, "a B"], dtype="category", index=[5, 6, 7])
    found = form(column, column="Source", as_kind=Kind.CHOICE)
    assert found.tolist() == ["ab", "", "ab"]
    assert found.index.tolist() == [5, 6, 7]


@given(values=TEXTS, kind=st.sampled_from(Kind), column=st.sampled_from(["x", "OwnerIdName"]))
def test_every_column_is_the_same_as_itself_whatever_its_dtype(
    values: list[str | None], kind: Kind, column: str
) -> None:
    text = text_series(values)
    assert same(text, text.astype("category"), column=column, as_kind=kind).all()


def test_naughty_values_are_compared_without_an_error(naughty: list[str | None]) -> None:
    text = text_series(naughty)
    for kind in Kind:
        for column in ("x", "OwnerIdName", "ProspectStage"):
            assert same(text, text.copy(), column=column, as_kind=kind).all()


def test_what_a_file_could_not_hold_has_not_changed() -> None:
    now = ["a\x01b", "\ufffe", "a\x00b", "x" * 40_000, "🗂" * 20_000, "y" * 40_000]
    mark = " … [cut: a cell holds 32,767 characters]"
    full = ["x" * (32_767 - len(mark)) + mark, "🗂" * ((32_766 - len(mark)) // 2) + mark]
    old = ["a\ufffdb", "\ufffd", "a\ufffdb", *full, full[0]]
    alike, unread = compared(
        pd.Series(old, dtype="str"), text_series(now), column="mx_Note", as_kind=Kind.TEXT
    )
    assert alike.tolist() == [True] * 5 + [False]
    assert not unread.any()
