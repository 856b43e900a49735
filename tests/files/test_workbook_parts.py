"""What a workbook of naughty text is made of: text in cells, and nothing that lives."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import PurePosixPath
from posixpath import normpath
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest
from xlsxwriter.utility import xl_cell_to_rowcol

from lsq.lookup.choice import Choice, Form
from lsq.lookup.tabs import tabs
from lsq.lookup.view import View
from lsq.sheets.writing import write_xlsx
from tests.files.losses import held
from tests.files.made import made_lookup

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from lsq.lookup.run import Lookup

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
NAME_COLUMN = "E"
OF_TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?(e[+-][0-9]+)?")
SPACE = "{http://www.w3.org/XML/1998/namespace}space"
ROWS_OF_A_SHEET = 200
LIVE = re.compile("vba|activex|externalLink|ctrlProp|embed|connections", re.IGNORECASE)


@pytest.fixture(scope="module")
def parts(files: Mapping[Form, bytes]) -> dict[str, bytes]:
    """The parts of the workbook by their names."""
    with zipfile.ZipFile(io.BytesIO(files[Form.XLSX])) as book:
        return {name: book.read(name) for name in book.namelist()}


def as_excel_reads(text: str) -> str:
    return re.sub("_x([0-9A-Fa-f]{4})_", lambda found: chr(int(found[1], 16)), text)


def test_there_is_no_formula(parts: dict[str, bytes]) -> None:
    sheets = [name for name in parts if name.startswith("xl/worksheets/")]
    assert len(sheets) >= 2
    for name in sheets:
        assert list(ET.fromstring(parts[name]).iter(f"{MAIN}f")) == []  # noqa: S314 - our own


def test_there_is_no_link_and_nothing_that_runs(parts: dict[str, bytes]) -> None:
    for name, data in parts.items():
        assert not LIVE.search(name)
        assert b"<hyperlink" not in data
        if name.endswith(".rels"):
            assert b"TargetMode" not in data, name
            assert b"://e.example" not in data


def test_each_name_is_the_very_text_of_its_cell(parts: dict[str, bytes], texts: list[str]) -> None:
    sheet = ET.fromstring(parts["xl/worksheets/sheet1.xml"])  # noqa: S314 - our own
    cells = {cell.get("r"): cell for cell in sheet.iter(f"{MAIN}c")}
    for row, text in enumerate(texts, 2):
        cell = cells.get(f"{NAME_COLUMN}{row}")
        if not text:
            assert cell is None
            continue
        assert cell is not None
        assert cell.get("t") == "inlineStr"
        (written,) = cell.iter(f"{MAIN}t")
        assert as_excel_reads(written.text or "") == held(Form.XLSX, text)


def test_what_was_replaced_and_cut_is_counted(
    lookup: Lookup, texts: list[str], own_texts: list[str]
) -> None:
    written = write_xlsx(tabs(View(lookup=lookup), Choice()))
    # A lone surrogate is replaced, and said, when the lead comes.
    came = [text.encode("utf-8", "replace").decode() for text in texts] + own_texts
    cut = [text for text in came if len(text.encode("utf-16-le")) > 2 * 32_767]
    replaced = [text for text in came if text not in cut and held(Form.XLSX, text) != text]
    assert (written.cut, written.replaced) == (len(cut), len(replaced))
    assert len(cut) == 8


@pytest.fixture(scope="module", params=["texts", "names", "chart and further worksheets"])
def book(
    request: pytest.FixtureRequest,
    files: Mapping[Form, bytes],
    files_of_names: Mapping[Form, bytes],
    texts: list[str],
) -> zipfile.ZipFile:
    """A workbook of each kind, open."""
    scores = [("1.5", "many", "1e400", "5e-324")[at % 4] for at in range(len(texts))]
    short = [text[:200] for text in texts]  # longer ones leave no room for a chart
    stages = made_lookup(texts, {}, ProspectStage=short, Score=scores)
    data = {
        "texts": files[Form.XLSX],
        "names": files_of_names[Form.XLSX],
        "chart and further worksheets": write_xlsx(
            tabs(View(lookup=stages), Choice()), max_sheet_rows=ROWS_OF_A_SHEET
        ).data,
    }[request.param]
    opened = zipfile.ZipFile(io.BytesIO(data))
    has_chart = "xl/charts/chart1.xml" in opened.namelist()
    assert has_chart == (request.param == "chart and further worksheets")
    return opened


def sheets_of(book: zipfile.ZipFile) -> Iterator[ET.Element]:
    count = sum(name.startswith("xl/worksheets/sheet") for name in book.namelist())
    for number in range(1, count + 1):
        yield ET.fromstring(book.read(f"xl/worksheets/sheet{number}.xml"))  # noqa: S314 - our own


def end_of(sheet: ET.Element) -> str:
    dimension = sheet.find(f"{MAIN}dimension")
    assert dimension is not None
    start, end = dimension.get("ref", "").split(":")
    assert start == "A1"
    return end


# Other programs forgive what the following forbid; Excel offers to repair such a file.


def test_the_archive_is_plain_and_begins_with_its_content_types(book: zipfile.ZipFile) -> None:
    entries = book.infolist()
    assert entries[0].filename == "[Content_Types].xml"
    assert len({entry.filename.lower() for entry in entries}) == len(entries)
    assert {(each.flag_bits, each.extract_version, each.extra) for each in entries} == {
        (0, 20, b"")
    }
    assert book.testzip() is None


def test_each_part_is_declared_and_the_target_of_one_relation(book: zipfile.ZipFile) -> None:
    parts = {name for name in book.namelist() if not name.endswith((".rels", "_Types].xml"))}
    types = ET.fromstring(book.read("[Content_Types].xml"))  # noqa: S314 - our own
    declared = [each.get("PartName", "")[1:] for each in types.iter(f"{OF_TYPES}Override")]
    assert sorted(declared) == sorted(parts)
    targets = []
    for name in book.namelist():
        if name.endswith(".rels"):
            relations = [*ET.fromstring(book.read(name))]  # noqa: S314 - our own
            assert len({each.get("Id") for each in relations}) == len(relations)
            of_part = PurePosixPath("/") / name
            targets += [normpath(of_part.parents[1] / each.get("Target", "")) for each in relations]
    assert sorted(targets) == sorted(f"/{part}" for part in parts)


def test_cells_stand_in_order_within_the_dimension_in_formats_that_exist(
    book: zipfile.ZipFile,
) -> None:
    styles = ET.fromstring(book.read("xl/styles.xml"))  # noqa: S314 - our own
    formats = len(styles.findall(f"{MAIN}cellXfs/{MAIN}xf"))
    for sheet in sheets_of(book):
        rows = [*sheet.iter(f"{MAIN}row")]
        assert [row.get("r") for row in rows] == [str(number + 1) for number in range(len(rows))]
        cells = [(xl_cell_to_rowcol(cell.get("r")), row.get("r")) for row in rows for cell in row]
        places = [place for place, _ in cells]
        assert places == sorted(set(places))
        assert all(str(row + 1) == of_row for (row, _), of_row in cells)
        last_row, last_column = xl_cell_to_rowcol(end_of(sheet))
        assert (last_row + 1, last_column) == (len(rows), max(column for _, column in places))
        assert max(int(cell.get("s", "0")) for cell in sheet.iter(f"{MAIN}c")) < formats


def test_a_cell_is_a_number_or_a_text_whose_outer_spaces_are_kept(book: zipfile.ZipFile) -> None:
    for sheet in sheets_of(book):
        for cell in sheet.iter(f"{MAIN}c"):
            (value,) = cell
            if cell.get("t") != "inlineStr":
                assert NUMBER.fullmatch(value.text or "")
                continue
            (text,) = value
            assert text.text
            spaced = text.text != text.text.strip(" \t\r\n")
            assert text.get(SPACE) == ("preserve" if spaced else None)


def test_a_filter_spans_its_worksheet_and_has_its_hidden_name(book: zipfile.ZipFile) -> None:
    workbook = ET.fromstring(book.read("xl/workbook.xml"))  # noqa: S314 - our own
    names = {each.get("localSheetId"): each.text for each in workbook.iter(f"{MAIN}definedName")}
    filtered = {}
    for number, sheet in enumerate(sheets_of(book)):
        place = sheet.find(f"{MAIN}autoFilter")
        if place is not None:
            end = end_of(sheet)
            assert place.get("ref") == f"A1:{end}"
            filtered[str(number)] = "$A$1:" + re.sub("([A-Z]+)", r"$\1$", end)
            header = sheet.findall(f"{MAIN}sheetData/{MAIN}row")[0]
            assert [cell.get("t") for cell in header] == ["inlineStr"] * len(header)
            assert len(header) == xl_cell_to_rowcol(end)[1] + 1
    assert filtered
    assert {at: str(text).rpartition("!")[2] for at, text in names.items()} == filtered
