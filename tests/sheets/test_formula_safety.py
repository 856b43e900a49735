"""The apostrophe before formulas: put on once, taken off once."""

from __future__ import annotations

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lsq.sheets.formula_safety import escape, holds_outcomes, unescape


def escaped(text: str) -> str:
    return str(escape(pa.array([text], type=pa.string()))[0][0])


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+1-1", "-cmd", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "\x00=1", "  =1", "\u00a0=1",
     "\u3000=1", "\uff1d1", " \uff0b1", "\uff0d1", "\uff201", "'=1", "''=1", "' =1", "'-5", "-1+2",
     "-5\n", "  -5", "+5 ", "-1.", "-.5", "=", "-", "+91-9876543210", "+91 9876543210",
     "+919876543210", "+14155550100", "-9198 7654"],
)  # fmt: skip
def test_text_that_could_run_gets_one_apostrophe(text: str) -> None:
    assert escaped(text) == f"'{text}"


@pytest.mark.parametrize(
    "text",
    ["-5", "+5", "+123456", "-1.5e-7", "+1.5E+3", "-98765432101234567890", "", " ", "'", "Rao",
     "'quoted'", "' '=1", "a=b", "1-2", "2026-06-14", "91-9876543210", "0012345"],
)  # fmt: skip
def test_numbers_and_plain_text_stay(text: str) -> None:
    assert escaped(text) == text


def test_changes_are_counted() -> None:
    assert escape(pa.array(["=1", "-5", "@x"]))[1] == 2


TEXTS = st.text(alphabet="'=+-@ \t\r\n\x00\u00a0\u3000\uff1d15.eaR", max_size=8) | st.text()


@given(st.lists(TEXTS))
def test_every_text_comes_back_as_it_was(texts: list[str]) -> None:
    assert unescape(escape(pa.array(texts, type=pa.string()))[0]).to_pylist() == texts


@given(TEXTS)
def test_what_could_run_still_counts_as_that_with_its_apostrophe(text: str) -> None:
    once, changed = escape(pa.array([text], type=pa.string()))
    assert escape(once)[1] == changed
    assert once.to_pylist() == ["'" * changed + text]


def test_a_file_is_ours_by_its_outcome_column() -> None:
    lead = "0b8d9e7a-1c2d-4e3f-8a9b-0c1d2e3f4a5b"
    line = {"Id": [lead], "Outcome": ["found"], "ProspectID": [lead]}
    assert holds_outcomes(pa.table(line))
    assert not holds_outcomes(pa.table(line | {"Outcome": ["won"]}))
    assert not holds_outcomes(pa.table({"Id": [lead], "Outcome": ["found"]}))


def test_a_ledger_is_ours_by_all_of_its_columns() -> None:
    line = {"row": ["2"], "value": ["'=x"], "id": [""], "outcome": ["not an id"], "detail": [""]}
    assert holds_outcomes(pa.table(line))
    assert not holds_outcomes(pa.table({"id": ["1"], "outcome": ["found"]}))
    assert not holds_outcomes(pa.table(line | {"outcome": ["won"]}))
    assert not holds_outcomes(pa.table(line).slice(1))
