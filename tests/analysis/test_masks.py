"""Phones and e-mails that can be recognised but not used."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lsq.analysis.columns import Kind
from lsq.analysis.masks import masked, masked_email, masked_phone, masked_value
from lsq.analysis.text import text_series

DOT = "\N{BULLET}"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("+91-9812345345", f"+91-98{DOT * 5}345"),
        ("9812345345", f"98{DOT * 5}345"),
        ("098123-45345", f"09{DOT * 5}345"),
        (" +1 (415) 555 0100 ", f"+1 41{DOT * 5}100"),
        ("1234567", DOT * 5),
        ("none", DOT * 5),
        ("", ""),
        ("  ", "  "),
    ],
)
def test_a_phone_keeps_its_country_and_five_digits(text: str, shown: str) -> None:
    assert masked_phone(text) == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("anita@example.com", f"a{DOT * 3}@example.com"),
        (" b@example.com ", f"b{DOT * 3}@example.com"),
        ("anita", DOT * 3),
        ("@example.com", DOT * 3),
        ("a@b@example.com", DOT * 3),
        ("", ""),
    ],
)
def test_an_email_keeps_its_first_letter_and_its_host(text: str, shown: str) -> None:
    assert masked_email(text) == shown


@given(st.text("0123456789+- ()", min_size=1))
def test_a_masked_phone_shows_at_most_eight_digits(text: str) -> None:
    assert sum(letter.isdigit() for letter in masked_phone(text)) <= 8


def test_every_phone_and_email_of_a_frame_is_masked_and_the_rest_stays() -> None:
    frame = pd.DataFrame(
        {
            "FirstName": ["Anita", "Ben"],
            "Phone": text_series(["+91-9812345345", None]),
            "mx_Parent_Email": text_series(["p@example.com", ""]),
            "Reference": ["9812345345", "anita@example.com"],
        }
    ).set_axis([4, 2])
    before = frame.copy(deep=True)
    result = masked(frame, kinds={"Reference": Kind.PHONE})
    assert result["FirstName"].tolist() == ["Anita", "Ben"]
    assert result["Phone"].iloc[0] == f"+91-98{DOT * 5}345"
    assert result["Phone"].isna().tolist() == [False, True]
    assert result["mx_Parent_Email"].tolist() == [f"p{DOT * 3}@example.com", ""]
    assert result["Reference"].tolist() == [f"98{DOT * 5}345", DOT * 5]
    assert result.index.equals(frame.index)
    pd.testing.assert_frame_equal(frame, before)


def test_one_value_is_masked_as_its_column_is() -> None:
    assert masked_value("OwnerIdEmailAddress", "o@example.com") == f"o{DOT * 3}@example.com"
    assert masked_value("FirstName", "o@example.com") == "o@example.com"


def test_naughty_values_can_be_masked(naughty: list[str | None]) -> None:
    frame = pd.DataFrame({"Phone": text_series(naughty), "EmailAddress": text_series(naughty)})
    result = masked(frame)
    assert result.isna().equals(frame.isna())
