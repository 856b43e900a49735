"""What a workbook of naughty text is made of: text in cells, and nothing that lives."""

from __future__ import annotations

import io
import re
import zipfile
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest

from lsq.lookup.choice import Choice, Form
from lsq.lookup.tabs import tabs
from lsq.lookup.view import View
from lsq.sheets.writing import write_xlsx
from tests.files.losses import held

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lsq.lookup.run import Lookup

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
NAME_COLUMN = "E"
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
