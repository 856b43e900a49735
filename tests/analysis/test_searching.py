"""Search: every word somewhere, nothing special about any character, phones by their digits."""

from __future__ import annotations

import pandas as pd
import pytest

from lsq.analysis.searching import holding

FRAME = pd.DataFrame(
    {
        "Row": [2, 3, 12],
        "FirstName": pd.Series(["Asha", "Ravi (R.)", None], dtype="str").astype("category"),
        "LastName": pd.Series(["Iyer", "Rao*", "Shah"], dtype="str"),
        "Phone": pd.Series(["+91-98450 12345", None, "98110-22222"], dtype="str"),
    }
)


@pytest.mark.parametrize(
    ("needle", "rows"),
    [
        ("asha", [0]),
        ("iyer ASHA", [0]),
        ("asha rao", []),
        ("r.", [1]),
        ("*", [1]),
        ("(R", [1]),
        (".", [1]),
        ("9845012345", [0]),
        ("45 0123", [0]),
        ("+91 9845", [0]),
        ("98110 22222", [2]),
        ("3", [0, 1]),
        ("12", [0, 2]),
        ("003", []),
        ("", [0, 1, 2]),
        ("   ", [0, 1, 2]),
        ("\ud800", []),
    ],
)
def test_a_search_finds(needle: str, rows: list[int]) -> None:
    found = holding(
        FRAME, needle, texts=["FirstName", "LastName", "Phone"], phones=["Phone"], numbers=["Row"]
    )
    assert found.nonzero()[0].tolist() == rows


def test_only_the_first_eight_words_count() -> None:
    needle = " ".join(["a"] * 8 + ["nowhere"])
    assert holding(FRAME, needle, texts=["FirstName", "LastName"]).tolist() == [True, True, True]


@pytest.mark.parametrize("pasted", ["98450" * 20_000, "98451 " * 20_000])
def test_however_many_digits_are_pasted_they_are_searched_for(pasted: str) -> None:
    assert not holding(FRAME, pasted, texts=["FirstName", "Phone"], phones=["Phone"]).any()


def test_the_beginning_of_a_long_text_finds_it() -> None:
    frame = pd.DataFrame({"Notes": pd.Series(["word" * 50, "word"], dtype="str")})
    assert holding(frame, "word" * 100, texts=["Notes"]).tolist() == [True, False]
