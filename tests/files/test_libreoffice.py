"""Files of naughty text in LibreOffice, a second spreadsheet program that is not ours."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from typing import TYPE_CHECKING

from lsq.lookup.choice import Form
from tests.files.losses import apostrophised, held
from tests.files.made import made_lookup, written
from tests.files.office import AS_IT_GUESSES, AS_TEXT, QUOTED, convert, needs_office

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

pytestmark = needs_office

SHORT = 200  # long texts take seconds and are no more dangerous
OTHER_ENDS = re.compile("\r\n|\r")


def first_names(file: Path) -> list[str]:
    csv.field_size_limit(1_000_000)
    text = file.read_bytes().decode("utf-8-sig")
    _, *rows = csv.reader(io.StringIO(text, newline=""), strict=True)
    return [row[4] for row in rows]


def placed(folder: Path, form: Form, data: bytes) -> Path:
    file = folder / f"leads{form}"
    file.write_bytes(data)
    return file


def different(expected: list[str], came: list[str]) -> list[tuple[str, str]]:
    pairs = zip(expected, came, strict=True)
    return [(ascii(text[:60]), ascii(other[:60])) for text, other in pairs if text != other]


def test_libreoffice_reads_every_text_of_the_workbook(
    tmp_path: Path, files: Mapping[Form, bytes], texts: list[str]
) -> None:
    came = first_names(convert(placed(tmp_path, Form.XLSX, files[Form.XLSX]), QUOTED))
    # A cell of several lines has one kind of line end.
    expected = [held(Form.XLSX, text) for text in texts]
    lines = [OTHER_ENDS.sub("\n", text) if "\n" in text else text for text in expected]
    assert different(lines, came) == []


def test_libreoffice_reads_every_text_of_csv_for_excel_as_text(
    tmp_path: Path, files: Mapping[Form, bytes], texts: list[str]
) -> None:
    file = placed(tmp_path, Form.EXCEL_CSV, files[Form.EXCEL_CSV])
    came = first_names(convert(file, QUOTED, read_as=AS_TEXT))
    shown = [apostrophised(held(Form.EXCEL_CSV, text)) for text in texts]
    assert different([OTHER_ENDS.sub("\n", text) for text in shown], came) == []


def test_nothing_in_csv_for_excel_becomes_a_formula_or_a_link_when_libreoffice_guesses(
    tmp_path: Path, texts: list[str]
) -> None:
    short = [text for text in texts if len(text) < SHORT]
    data = written(made_lookup(short, {"Note": ["=1+1"] * len(short)}), Form.EXCEL_CSV)
    file = placed(tmp_path, Form.EXCEL_CSV, data)
    with zipfile.ZipFile(convert(file, "xlsx", read_as=AS_IT_GUESSES)) as book:
        for name in book.namelist():
            data = book.read(name)
            assert not re.search(rb"<(f|hyperlink)[ />]", data), name
            assert b"TargetMode" not in data
        assert b"=cmd|" in book.read("xl/sharedStrings.xml")
