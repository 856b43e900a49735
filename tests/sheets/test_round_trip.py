"""Naughty text through each file we write and back, by our reader and by those of others.

The declared losses are those that `lsq.sheets.writing` lists; anything else fails here.
"""

from __future__ import annotations

import csv
import io

import openpyxl
import pandas as pd
import pytest
from openpyxl.utils.escape import unescape
from python_calamine import load_workbook

from lsq.sheets.damage import Damage
from lsq.sheets.parsing.parse import parse_sheet
from lsq.sheets.writing import Tab, write_csv, write_xlsx
from lsq.sheets.xlsx_cells import CUT_MARK
from tests.corpora import naughty_strings

HARD = [
    " ", "  padded  ", "\t", "\n", "\r", "\r\n", "a\rb", "a\r\nb", 'a"b', '"', '""', ",", ";", "'",
    "'=1", "''=1", "=1+1", "+91-98765 43210", "-5", "@x", "\x00", "\x0b", "\x1f", "\ufeff",
    "\ufffe", "\uffff", "\u2028", "_x000D_", "_xFFFE_", "0012345", "1E5", "TRUE", "NA", "null",
    "1/2", "12345678901234567890", "😀" * 20_000, "x" * 40_000, "<a href='x'>", "&amp;", "//e.vil",
]  # fmt: skip


@pytest.fixture(scope="module")
def naughty() -> list[str]:
    """The big list of naughty strings and harder ones; none empty, since "" and missing are one."""
    return [text for text in [*naughty_strings(), *HARD] if text]


@pytest.fixture(scope="module")
def frame(naughty: list[str]) -> pd.DataFrame:
    """The strings between an id and our outcome, so that no row is blank."""
    ids = [f"{n:08x}-0000-4000-8000-{n:012x}" for n in range(1, len(naughty) + 1)]
    columns = {"Id": ids, "Text": naughty, "Outcome": "found", "ProspectID": ids}
    return pd.DataFrame(columns, dtype="str")


def as_xlsx_holds(text: str) -> str:
    """Apply the declared losses of XLSX."""
    controls = [*range(9), 11, 12, *range(14, 32), 0xFFFE, 0xFFFF]
    replaced = text.translate(dict.fromkeys(controls, "\ufffd"))
    units = replaced.encode("utf-16-le")
    if len(units) <= 32_767 * 2:
        return replaced
    kept = units[: (32_767 - len(CUT_MARK)) * 2].decode("utf-16-le", "ignore")
    return kept + CUT_MARK


@pytest.fixture(scope="module")
def workbook(frame: pd.DataFrame) -> bytes:
    """The strings as a workbook."""
    return write_xlsx([Tab("Leads", frame)]).data


@pytest.mark.parametrize("for_excel", [False, True])
def test_csv_of_both_forms_comes_back_unchanged(
    frame: pd.DataFrame, naughty: list[str], *, for_excel: bool
) -> None:
    sheet = parse_sheet(write_csv(frame, for_excel=for_excel).data, name="x.csv")
    came = zip(sheet.table["Text"].to_pylist(), naughty, strict=True)
    assert [text for text, wrote in came if text != wrote] == ["\ufffd" if for_excel else ""]
    assert sheet.table["Id"].to_pylist() == frame["Id"].tolist()


def test_a_nul_is_left_out_on_reading_and_its_row_marked(
    frame: pd.DataFrame, naughty: list[str]
) -> None:
    sheet = parse_sheet(write_csv(frame).data, name="x.csv")
    assert sheet.damage is not None
    marked = sheet.damage.to_pylist()
    assert marked[naughty.index("\0")] == Damage.NUL
    assert marked.count(Damage.NUL) == 1


def test_csv_for_programs_is_read_exactly_by_others(
    frame: pd.DataFrame, naughty: list[str]
) -> None:
    data = write_csv(frame).data
    rows = list(csv.reader(io.StringIO(data.decode(), newline="")))
    assert [row[1] for row in rows[1:]] == naughty
    by_pandas = pd.read_csv(io.BytesIO(data), dtype="str", keep_default_na=False)
    assert by_pandas["Text"].tolist() == naughty


def test_csv_for_excel_holds_no_cell_that_runs(frame: pd.DataFrame) -> None:
    data = write_csv(frame, for_excel=True).data
    rows = csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""))
    live = [row[1] for row in rows if row[1].lstrip(" ").startswith(tuple("=+-@\t\r\n\0"))]
    assert [text for text in live if not is_number(text)] == []


def is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


def test_xlsx_comes_back_with_declared_losses_only(workbook: bytes, naughty: list[str]) -> None:
    sheet = parse_sheet(workbook, name="x.xlsx")
    assert sheet.table["Text"].to_pylist() == [as_xlsx_holds(text) for text in naughty]


def test_xlsx_is_read_the_same_by_calamine_and_pandas(workbook: bytes, naughty: list[str]) -> None:
    expected = [as_xlsx_holds(text) for text in naughty]
    rows = load_workbook(io.BytesIO(workbook)).get_sheet_by_index(0).to_python()
    assert [row[1] for row in rows[1:]] == expected
    by_pandas = pd.read_excel(
        io.BytesIO(workbook), engine="calamine", dtype="str", keep_default_na=False
    )
    assert by_pandas["Text"].tolist() == expected


def test_xlsx_is_read_the_same_by_openpyxl(workbook: bytes, naughty: list[str]) -> None:
    # openpyxl leaves the format's own escapes, such as _x000D_, to its caller.
    sheet = openpyxl.load_workbook(io.BytesIO(workbook))["Leads"]
    cells = [row[1] for row in sheet.iter_rows(min_row=2)]
    assert [unescape(cell.value) for cell in cells] == [as_xlsx_holds(text) for text in naughty]
    assert {cell.data_type for cell in cells} == {"s"}
    assert not any(cell.hyperlink for cell in cells)
