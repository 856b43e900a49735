"""Masks: no phone and no mailbox can be used afterwards, and everything else stays as it is."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lsq.analysis import masks
from lsq.analysis.columns import Kind
from lsq.analysis.masks import (
    mask_for,
    masked,
    masked_email,
    masked_number,
    masked_phone,
    masked_text,
)

if TYPE_CHECKING:
    from lsq.analysis.masks import Mask

LONG = re.compile(r"\d{6}")
SEPARATORS = st.sampled_from(
    ["", "", " ", "-", ".", ") ", " (", " - ", "\u00a0", "\u2011", "\n", "\t", "\u200b"]
)
WORDS = st.text(alphabet="abcdefgh,;:!? \n", max_size=12)


@st.composite
def phones(draw: st.DrawFn) -> str:
    digits = draw(st.text(alphabet="123456789", min_size=10, max_size=13))
    written = "".join(digit + draw(SEPARATORS) for digit in digits).rstrip(" (-.)")
    return draw(st.sampled_from(["", "+", "(", "+ ", "0"])) + written


@st.composite
def addresses(draw: st.DrawFn) -> tuple[str, str]:
    mailbox = draw(st.text(alphabet="abcxyz0123456789._%+-'", min_size=1, max_size=30))
    return f"x{mailbox}", draw(st.sampled_from(["example.com", "mail.example.co.in"]))


def digits_of(text: str) -> str:
    return re.sub(r"\D", "", text)


@given(phones(), WORDS, WORDS)
def test_of_a_phone_in_any_text_at_most_eight_digits_stay(
    phone: str, before: str, after: str
) -> None:
    hidden = masked_text(before + phone + after)
    assert LONG.search(digits_of(hidden).removeprefix(digits_of(phone)[:3])) is None
    assert "•••••" in hidden


@given(addresses(), WORDS, WORDS)
def test_no_mailbox_survives_in_any_text(address: tuple[str, str], before: str, after: str) -> None:
    mailbox, host = address
    hidden = masked_text(f"{before} {mailbox}@{host} {after}")
    assert f"{mailbox}@" not in hidden
    assert f"•••@{host}" in hidden


@given(phones())
def test_a_phone_alone_keeps_its_country_and_five_digits_at_most(phone: str) -> None:
    assert LONG.search(digits_of(masked_phone(phone)).removeprefix(digits_of(phone)[:3])) is None


@pytest.mark.parametrize(
    ("written", "hidden"),
    [
        ("+91-9845012345", "+91-98•••••345"),
        ("9845012345", "98•••••345"),
        ("1234567", "•••••"),
        ("none", "•••••"),
        ("", ""),
        ("  ", "  "),
        ("+91-98•••••345", "+91-98•••••345"),
        ("98•••••345", "98•••••345"),
        ("98450•••••345", "98•••••345"),
    ],
)
def test_a_phone_is_masked(written: str, hidden: str) -> None:
    assert masked_phone(written) == hidden


@pytest.mark.parametrize(
    ("written", "hidden"),
    [
        ("asha@example.com", "a•••@example.com"),
        ("9845012345@example.com", "9•••@example.com"),
        ("me@9845012345.com", "m•••"),
        ("asha%40example.com", "a•••@example.com"),
        ("one@example.com, two@example.com", "•••"),
        ("asha", "•••"),
        ("a•••@example.com", "a•••@example.com"),
        ("", ""),
    ],
)
def test_an_e_mail_is_masked(written: str, hidden: str) -> None:
    assert masked_email(written) == hidden


@pytest.mark.parametrize(
    "text",
    [
        "2026-06-14 03:42:00",
        "14-06-2026 10:30",
        "123e4567-e89b-12d3-a456-426614174000",
        "https://in21.leadsquared.com/?LeadID=12345678-1234-1234-1234-123456789012",
        "0.12345678901234",
        "19.989999999999998",
        "1,234,567,890.00",
        "Order 123456789",
        "12/06/2026",
        "12/06/2026 10:30",
        "10/06/2026 - 15/06/2026",
        "12/06/26 - 13/06/26",
        "12-06-2026\n13-06-2026",
        "10:30\n11:30",
        "85/100 90/100",
        "leads_20260614_1030.csv",
        "IMG_20260614_103000",
        "@home",
        "",
    ],
)
def test_ids_days_and_amounts_stay(text: str) -> None:
    assert masked_text(text) == text


@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        ("call +91-9845012345 or asha@example.com", "call +91-98•••••345 or a•••@example.com"),
        ("98450 12345asha@example.com", "98450 1•••@example.com"),
        ("tel9845012345x12", "tel98•••••345x12"),
        ("mailto:asha@example.com?x=1", "mailto:a•••@example.com?x=1"),
        ("98111/11112", "98•••••112"),
        ("or 98111 / 11112", "or 98•••••112"),
        ("98111_11112", "98•••••112"),
        ("98111\n11112", "98•••••112"),
        ("98111\r\n11112", "98•••••112"),
        ("98111\t11112", "98•••••112"),
        ("98111\u200b11112", "98•••••112"),
        ("9811111112/9822222223", "98•••••112/98•••••223"),
        ("ravi\uff20gmail.com", "r•••@gmail.com"),
        ("ravi\ufe6bgmail.com", "r•••@gmail.com"),
        ("o'brien@example.com", "o•••@example.com"),
        ("'asha@example.com'", "'a•••@example.com'"),
    ],
)
def test_what_stands_inside_other_text_is_masked(text: str, hidden: str) -> None:
    assert masked_text(text) == hidden
    assert masked(pd.Series([text], dtype="str"), masked_text)[0] == hidden


@pytest.mark.parametrize(
    "part", ["1", "a", "1 ", "%", "(", "a'", "a''", "'", "\n", "111/", "111 _ "]
)
def test_no_text_takes_long(part: str) -> None:
    text = part * 10**5
    assert len(masked_text(text)) <= len(text)


PHONES = ["9845012345", "+91 98450 12346", None, "", "at home"]


@pytest.mark.parametrize(
    ("values", "kind", "mask"),
    [
        (PHONES, Kind.TEXT, masked_phone),
        (["a@example.com", "b@example.com", "none"], Kind.TEXT, masked_email),
        (["a note", "another", "9845012345"], Kind.TEXT, masked_text),
        (["yes", "no"], Kind.EMAIL, masked_text),
        (["28 34 56", "none"], Kind.PHONE, masked_phone),
        ([], Kind.TEXT, masked_text),
        ([None, " "], Kind.PHONE, masked_text),
        (["12.9715987001", "77.5945627002"], Kind.TEXT, masked_text),
    ],
)
def test_a_column_is_masked_by_what_it_holds(
    values: list[str | None], kind: Kind, mask: object
) -> None:
    assert mask_for(pd.Series(values, dtype="str"), kind) is mask
    assert mask_for(pd.Series(values, dtype="str").astype("category"), kind) is mask


def test_a_standard_column_is_masked_whatever_it_holds() -> None:
    assert mask_for(pd.Series(["none"], dtype="str"), Kind.PHONE, name="Phone") is masked_phone


def test_a_column_of_numbers_that_are_phones_is_masked() -> None:
    numbers = pd.Series([9845012345, 9845012346, None], dtype="Int64")
    mask = mask_for(numbers, Kind.NUMBER)
    assert masked(numbers, mask).tolist()[:2] == ["98•••••345", "98•••••346"]


@pytest.mark.parametrize(
    ("dtype", "hidden"), [("Int64", ["71", "98•••••346"]), ("Float64", ["71", "98•••••346"])]
)
def test_few_phones_among_numbers_are_masked_and_the_others_stay(
    dtype: str, hidden: list[str]
) -> None:
    numbers = pd.Series([71, 9845012346, 12, None], dtype=dtype)
    mask = mask_for(numbers, Kind.NUMBER, name="mx_Alt")
    assert mask is masked_number
    assert masked(numbers, mask).tolist()[:2] == hidden
    assert masked(numbers, mask).isna().tolist() == [False, False, False, True]
    assert mask("9845012346") == "98•••••346"


def test_numbers_as_they_came_keep_what_is_written_behind_the_point() -> None:
    written = pd.Series(["9845012345", "5.0", "7.50", None], dtype="str")
    hidden = masked(written, masked_number)
    assert hidden.tolist()[:3] == ["98•••••345", "5.0", "7.50"]
    assert hidden.isna().tolist() == [False, False, False, True]


@pytest.mark.parametrize(
    "values",
    [
        [71, 12, None],
        [12.9715987001, 77.5945627002],
        [1234567890.25, 71, 12],
        [9_999_999_999_999_999],
        [None],
    ],
)
def test_mere_numbers_stay_numbers(values: list[float | None]) -> None:
    numbers = pd.Series(values, dtype="Float64")
    mask = mask_for(numbers, Kind.NUMBER, name="mx_Fee")
    assert mask is masked_text
    assert masked(numbers, mask) is numbers


def test_a_standard_column_of_numbers_stays_one_whatever_they_are() -> None:
    scores = pd.Series([9845012346, 12], dtype="Int64")
    mask = mask_for(scores, Kind.NUMBER, name="Score")
    assert masked(scores, mask) is scores


def test_masking_keeps_the_index_the_blanks_and_what_needs_no_mask() -> None:
    text = pd.Series(["x", None, "9845012345"], dtype="str", index=[4, 5, 6])
    hidden = masked(text, masked_text)
    assert hidden.tolist()[::2] == ["x", "98•••••345"]
    assert hidden.isna().tolist() == [False, True, False]
    assert hidden.index.tolist() == [4, 5, 6]
    assert text.tolist()[2] == "9845012345"
    plain = pd.Series(["x", "y"], dtype="str")
    assert masked(plain, masked_text) is plain


def test_few_values_stay_a_category_and_days_stay_days() -> None:
    few = pd.Series(["a@example.com", "ab@example.com", None], dtype="str").astype("category")
    hidden = masked(few, masked_text)
    assert hidden.tolist()[:2] == ["a•••@example.com"] * 2
    assert hidden.dtype == "category"
    harmless = pd.Series(["Web", "Fair"], dtype="str").astype("category")
    assert masked(harmless, masked_text) is harmless
    days = pd.to_datetime(pd.Series(["2026-06-14"]), utc=True)
    assert mask_for(days, Kind.DATE) is masked_text
    assert masked(days, masked_text) is days


def test_no_naughty_text_keeps_a_mailbox(naughty: list[str | None]) -> None:
    for text in filter(None, naughty):
        hidden = masked_text(text)
        assert re.search(r"[^\s@•<>(),;:=/?&\"'|]@", hidden) is None
        assert masked_phone(text) != text or not text.strip()
        assert masked_email(text) != text or not text.strip()


@given(
    st.lists(
        st.one_of(
            st.none(),
            phones(),
            addresses().map("@".join),
            st.text("+0123456789- ().@%4ab\n\u0663\u00a0/_'\uff20", max_size=20),
            st.text("123/_ \u0663", max_size=20),
        ),
        max_size=8,
    )
)
def test_a_whole_column_is_masked_as_each_of_its_cells(cells: list[str | None]) -> None:
    column = pd.Series(cells, dtype="str")
    for mask in (masked_phone, masked_email, masked_text):
        one_by_one = [None if cell is None else mask(cell) for cell in cells]
        assert masked(column, mask).equals(pd.Series(one_by_one, dtype="str"))


def test_a_line_end_after_a_phone_or_an_e_mail_goes_with_the_rest() -> None:
    assert (
        masked(pd.Series(["a@example.com\n"], dtype="str"), masked_email)[0] == "a•••@example.com"
    )
    assert masked(pd.Series(["9845012345\n"], dtype="str"), masked_phone)[0] == "98•••••345"


@pytest.mark.parametrize(
    ("mask", "usual"),
    [
        (masked_phone, ["+91-9845012345", "9845012345", "+919845012345", "+1 98450 12345"]),
        (masked_email, ["asha.rao@example.com", "a@b1.co.in", "x+y@mail-2.example"]),
    ],
    ids=["phone", "e-mail"],
)
def test_what_is_written_as_most_are_is_never_masked_one_by_one(
    mask: Mask, usual: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    hidden = [mask(cell) for cell in usual]
    monkeypatch.setattr(masks, "each", None)
    assert masked(pd.Series(usual, dtype="str"), mask).tolist() == hidden
