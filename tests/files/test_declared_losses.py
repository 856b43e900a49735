"""docs/files.md says what each format loses, and each of them does; all else would be a fault."""

from __future__ import annotations

import datetime as dt
import io
import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import openpyxl
import pyarrow.parquet as pq
import pytest

from lsq.lookup.choice import Form
from tests.files.losses import LOSSES, TEXT_LOSSES
from tests.files.made import made_lookup, written
from tests.files.readers import READERS

if TYPE_CHECKING:
    from lsq.lookup.run import Lookup

DOCS = Path(__file__).parents[2] / "docs" / "files.md"
SECTIONS = {
    Form.XLSX: "Excel workbook",
    Form.EXCEL_CSV: "CSV for Excel",
    Form.CSV: "CSV for programs",
    Form.PARQUET: "Parquet",
    Form.JSONL: "JSON lines",
}
TEXTS = (Form.EXCEL_CSV, Form.CSV, Form.JSONL)


def values(lookup: Lookup, form: Form, column: str) -> list[Any]:
    """Return a column of a file, with its types where it has some."""
    data = written(lookup, form)
    if form is Form.XLSX:
        header, *rows = openpyxl.load_workbook(io.BytesIO(data))["Leads"].iter_rows(
            values_only=True
        )
        return [row[header.index(column)] for row in rows]
    if form is Form.PARQUET:
        found: list[Any] = pq.read_table(io.BytesIO(data))[column].to_pylist()
        return found
    if form is Form.JSONL:
        return [json.loads(line)[column] for line in data.decode().split("\n") if line]
    own = next(reader for reader in READERS if reader.form is form)
    return own.read(data)[column]


def test_the_docs_list_the_losses_that_the_tests_allow() -> None:
    _, *parts = re.split(r"^## (.+)$", DOCS.read_text("utf-8"), flags=re.MULTILINE)
    listed = {
        title: tuple(re.findall(r"^- `(\w+)`:", text, flags=re.MULTILINE))
        for title, text in zip(parts[::2], parts[1::2], strict=True)
    }
    listed = {title: losses for title, losses in listed.items() if losses}
    assert listed == {SECTIONS[form]: losses for form, losses in LOSSES.items()}


@pytest.mark.parametrize("loss", TEXT_LOSSES)
def test_each_loss_of_characters_is_tried(loss: str, texts: list[str]) -> None:
    assert [text for text in texts if TEXT_LOSSES[loss](text) != text]


@pytest.mark.parametrize("form", Form)
def test_missing_and_empty_are_one_where_that_is_declared(form: Form) -> None:
    missing, empty = values(made_lookup([None, ""], {"Note": ["", ""]}), form, "FirstName")
    assert (missing == empty) is ("blank" in LOSSES[form])


@pytest.mark.parametrize("form", Form)
def test_numbers_and_times_lose_their_spelling_where_that_is_declared(form: Form) -> None:
    lookup = made_lookup(["Anita"], {}, Score=["1.50"], CreatedOn=["2026-06-14 09:12:00.000"])
    if "spelling" in LOSSES[form]:
        assert values(lookup, form, "Score") == [1.5]
        at = dt.datetime(2026, 6, 14, 9, 12)  # noqa: DTZ001 - the header names the zone
        assert values(lookup, form, "CreatedOn (UTC)") == [at]
    else:
        assert values(lookup, form, "Score") == ["1.50"]
        assert values(lookup, form, "CreatedOn") == ["2026-06-14 09:12:00.000"]


@pytest.mark.parametrize("form", Form)
def test_a_value_that_cannot_be_read_is_missing_where_that_is_declared(form: Form) -> None:
    dates = ["31/12/2025", "2026-06-14 09:12:00.000"]
    lookup = made_lookup(["Anita", "Rao"], {}, Score=["about 7", "7"], CreatedOn=dates)
    typed = "spelling" in LOSSES[form]
    score, day = (
        values(lookup, form, name)[0] for name in ("Score", f"CreatedOn{' (UTC)' * typed}")
    )
    lost = "unread" in LOSSES[form]
    assert (score, day) == ((None, None) if lost else ("about 7", "31/12/2025"))


@pytest.mark.parametrize("form", Form)
def test_times_keep_milliseconds_only_where_that_is_declared(form: Form) -> None:
    lookup = made_lookup(["Anita"], {}, CreatedOn=["2026-06-14 09:12:00.123456"])
    (at,) = values(lookup, form, f"CreatedOn{' (UTC)' * (form not in TEXTS)}")
    part = at.microsecond if isinstance(at, dt.datetime) else int(at.partition(".")[2])
    assert (part == 123_456) is ("milliseconds" not in LOSSES[form])
    assert part // 1000 == 123
