"""Each malicious file gives a sheet or one plain sentence, in time, and nothing stays behind."""

from __future__ import annotations

import os
import random
import sys
import time
from typing import TYPE_CHECKING

import pytest

from lsq.sheets.errors import SheetError
from lsq.sheets.reading import read_sheet
from lsq.sheets.sheet import Sheet
from tests.child_process import TASKS, reading_sheets
from tests.sheets.malicious import files
from tests.sheets.malicious.packing import ods, xlsb, xlsx

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

WORKBOOKS = {
    "xlsx": lambda: xlsx('<row r="1"><c r="A1"><v>1</v></c></row>'),
    "xlsb": lambda: xlsb({(0, 0): 1.0, (2, 1): 2.0}),
    "ods": lambda: ods("<table:table-row><table:table-cell/></table:table-row>"),
    "xls": lambda: files.xls_numbers({(0, 0): 1.0, (3, 2): 4.0}),
}
SAID = {
    "last_cell": "spans 1,048,576 rows × 16,384 columns = 17,179,869,184 cells",
    "last_cell_xlsb": "asks for 549,756 MB of memory; the limit is 2,000 MB.",
    "cells_without_references": "has 100,000 columns; the limit is 16,384.",
    "billion_laughs": "Its XML declares entities of its own",
    "zip_of_zeros": "unpacks to 100 MB or more; the limit for its size is 20 MB.",
    "ten_thousand_worksheets": "holds 10,000 worksheets inside; the limit is 1,000.",
    "two_thousand_entries": "holds 2,001 files inside; the limit is 1,000.",
    "a_million_columns_at_the_end": "has 1,000,001 columns; the limit is 16,384.",
}
"""Sentences that name the limit and the file's figure."""

PROCESSOR_S = 10.0
CLOCK_S = 30.0
"""Several times what they need: other tests run at the same time, on whatever machine this is."""


@pytest.fixture(scope="module", autouse=True)
def _compiled_once(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Let the processes keep what they compile, as they do where the app is installed."""
    with pytest.MonkeyPatch.context() as patch:
        place: Path = tmp_path_factory.mktemp("compiled")
        patch.delenv("PYTHONDONTWRITEBYTECODE", raising=False)
        patch.setenv("PYTHONPYCACHEPREFIX", str(place))
        yield


def read(data: bytes) -> Sheet | SheetError:
    """Read the file; whatever it is, this takes little time and leaves nobody behind."""
    before, started = children_s(), time.monotonic()
    try:
        result: Sheet | SheetError = read_sheet(data, name="leads.xlsx")
    except SheetError as error:
        result = error
    assert time.monotonic() - started < CLOCK_S
    assert children_s() - before < PROCESSOR_S
    if TASKS.exists():
        assert reading_sheets(os.getpid()) == []
    return result


def children_s() -> float:
    """Return the processor seconds of all children that have ended."""
    times = os.times()
    return times.children_user + times.children_system


def assert_plain(result: Sheet | SheetError) -> None:
    if isinstance(result, SheetError):
        said = str(result)
        assert len(said) < 300
        assert said.endswith(".")
        assert "\n" not in said
        assert "Error" not in said
    else:
        assert result.table.num_rows == len(result.row_numbers)


@pytest.mark.skipif(sys.platform != "linux", reason="memory cannot be limited elsewhere")
@pytest.mark.parametrize("name", sorted(files.FILES))
def test_a_malicious_file_gives_a_sheet_or_a_sentence(name: str) -> None:
    result = read(files.FILES[name]())
    assert_plain(result)
    assert SAID.get(name, "") in str(result)


@pytest.mark.parametrize("kind", sorted(WORKBOOKS))
def test_a_workbook_that_is_cut_off_gives_a_sheet_or_a_sentence(kind: str) -> None:
    whole = WORKBOOKS[kind]()
    assert_plain(read(whole[: len(whole) * 2 // 3]))


@pytest.mark.parametrize("kind", sorted(files.MAGIC))
def test_noise_that_begins_like_a_file_gives_a_sheet_or_a_sentence(kind: str) -> None:
    noise = random.Random(kind).randbytes(300_000)  # noqa: S311 - noise, not a secret
    assert_plain(read(files.MAGIC[kind] + noise))


@pytest.mark.parametrize("kind", sorted(WORKBOOKS))
def test_a_workbook_with_damage_anywhere_gives_a_sheet_or_a_sentence(kind: str) -> None:
    dice, data = random.Random(kind), bytearray(WORKBOOKS[kind]())  # noqa: S311 - noise
    for _ in range(20):
        data[dice.randrange(8, len(data))] = dice.randrange(256)
    assert_plain(read(bytes(data)))


def test_a_workbook_of_each_kind_is_honest_before_it_is_made_malicious() -> None:
    for kind in ("xlsx", "xlsb", "xls"):
        result = read(WORKBOOKS[kind]())
        assert isinstance(result, Sheet)
