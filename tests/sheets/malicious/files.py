"""Files made to kill, stall or fill whatever reads them; each is made when a test asks for it.

The sizes are the smallest that have the effect, so that the tests stay quick.
"""

from __future__ import annotations

import io
import random
import struct
import zipfile
from typing import TYPE_CHECKING

from tests.sheets.malicious.packing import ods, packed, xls, xlsb, xlsx

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["FILES", "MAGIC", "xls_numbers"]

MB = 1_000_000
_TEXT = 5 * MB
_LAST_ROW, _LAST_COLUMN = 1_048_576, 16_384
_CELL = '<c r="A1"><v>1</v></c>'
_LEADS = "Id,Name\n" + "9e3779b9-7f4a-7c15-f39c-c0605cedc835,a\n" * 20

MAGIC = {
    "zip": b"PK\x03\x04",
    "old": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
    "utf-8": b"\xef\xbb\xbf",
    "utf-16": b"\xff\xfe",
    "utf-32": b"\xff\xfe\x00\x00",
    "gzip": b"\x1f\x8b",
    "xml": b"<?xml version='1.0'?>",
    "text": b"Lead ID,Name\n",
}
"""How files of each kind begin."""


def last_cell() -> bytes:
    return xlsx(f'<row r="1">{_CELL}</row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')


def last_cell_in_another_spelling() -> bytes:
    return xlsx(
        f"<row r='1'>{_CELL}</row><row r='1048576'><c s='0'  r = 'xfd1048576'><v>1</v></c></row>"
    )


def cells_without_references() -> bytes:
    wide = "<c><v>1</v></c>" * 100_000
    return xlsx(f'<row r="1">{wide}</row><row r="1048576">{_CELL}</row>')


def a_row_beyond_the_last() -> bytes:
    return xlsx(
        f'<row r="1">{_CELL}</row><row r="4294967295"><c r="ZZZ4294967295"><v>1</v></c></row>'
    )


def declared_extent() -> bytes:
    sheet = f'<worksheet><dimension ref="A1:XFD1048576"/><sheetData><row r="1">{_CELL}</row>'
    return xlsx("", xl_worksheets_sheet1=f"{sheet}</sheetData></worksheet>")


def last_cell_xlsb() -> bytes:
    return xlsb({(0, 0): 1.0, (_LAST_ROW - 1, _LAST_COLUMN - 1): 2.0})


def impossible_cell_xlsb() -> bytes:
    return xlsb({(0, 0): 1.0, (0xFFFFFFF0, 0xFFFFFFF0): 2.0})


def xls_numbers(cells: dict[tuple[int, int], float], *, sheets: int = 1) -> bytes:
    """Return an XLS whose worksheets all hold these numbers at these rows and columns, from 0."""

    def record(kind: int, data: bytes = b"") -> bytes:
        return struct.pack("<HH", kind, len(data)) + data

    def begin(kind: int) -> bytes:
        return record(0x809, struct.pack("<4HII", 0x600, kind, 0, 0, 0, 6))

    names = [f"S{n:05}".encode() for n in range(sheets)]
    place = len(begin(5)) + sum(4 + 8 + len(name) for name in names) + 4
    book = begin(5)
    for name in names:
        book += record(0x85, struct.pack("<I4B", place, 0, 0, len(name), 0) + name)
    book += record(10) + begin(0x10)
    for (row, column), value in cells.items():
        book += record(0x203, struct.pack("<HHHd", row, column, 0, value))
    return xls(book + record(10))


def last_cell_xls() -> bytes:
    return xls_numbers({(0, 0): 1.0, (65_535, 65_535): 2.0}, sheets=50)


def repeated_cells_ods() -> bytes:
    cell = '<table:table-cell table:number-columns-repeated="16384" office:value-type="string">'
    row = f"{cell}<text:p>x</text:p></table:table-cell></table:table-row>"
    return ods(f'<table:table-row table:number-rows-repeated="1048576">{row}')


def repeated_columns_ods() -> bytes:
    cell = '<table:table-cell table:number-columns-repeated="4294967295" office:value-type="float" '
    return ods(f'<table:table-row>{cell}office:value="1"/></table:table-row>' * 3)


def far_repeated_rows_ods() -> bytes:
    empty = '<table:table-row table:number-rows-repeated="4294967290"><table:table-cell/>'
    full = '<table:table-row><table:table-cell office:value-type="float" office:value="1"/>'
    return ods(f"{full}</table:table-row>{empty}</table:table-row>{full}</table:table-row>")


def billion_laughs() -> bytes:
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    head = f'<!DOCTYPE l [<!ENTITY l0 "lol">{laughs}]>'
    return packed({"xl/workbook.xml": head + "<workbook>&l9;</workbook>"})


def quadratic_entities() -> bytes:
    head = f'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a "{"a" * 100_000}">]>'
    return ods(f"<table:table-row>{'&a;' * 100_000}</table:table-row>", head=head)


def zip_of_zeros() -> bytes:
    return xlsx(_CELL, xl_media=bytes(100 * MB))


def zip_in_zip() -> bytes:
    inner = packed({f"{n}.bin": bytes(MB) for n in range(5)})
    for _ in range(4):
        inner = packed({f"{n}.zip": inner for n in range(16)})
    return xlsx(_CELL, xl_embeddings_more=inner)


def entries_on_top_of_each_other() -> bytes:
    """Make a thousand entries of one kernel, after David Fifield's "A better zip bomb"."""
    data = xlsx(_CELL, xl_media_0=bytes(4 * MB))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        start = archive.start_dir
        entry = next(e for e in archive.infolist() if e.filename == "xl/media/0")
    folder, end = data[start:-22], data[-22:]
    at = folder.rindex(b"PK\x01\x02")
    kernel = folder[at:]
    count = folder.count(b"PK\x01\x02") + 900
    folder += kernel * 900
    assert entry.compress_size < 5000
    counts = struct.pack("<HHI", count, count, len(folder))
    return data[:start] + folder + end[:8] + counts + end[16:]


def lying_sizes() -> bytes:
    data = xlsx(_CELL, xl_media_0=bytes(50 * MB))
    return data.replace(struct.pack("<I", 50 * MB), struct.pack("<I", 10))


def broken_folder() -> bytes:
    data = bytearray(last_cell())
    place = data.rindex(b"PK\x05\x06")
    data[place + 12 : place + 20] = b"\xff" * 8
    return bytes(data)


def folder_from_noise() -> bytes:
    data = bytearray(last_cell())
    noise = random.Random(7).randbytes(60)  # noqa: S311 - noise, not a secret
    place = data.index(b"PK\x01\x02")
    data[place + 8 : place + 40] = noise[:32]
    return bytes(data)


def paths_that_leave() -> bytes:
    return packed({"xl/workbook.xml": "<workbook/>", "../../../../etc/cron.d/x": "x"})


def two_thousand_entries() -> bytes:
    return packed({"xl/workbook.xml": "<workbook/>"} | {f"xl/{n}": "" for n in range(2000)})


def ten_thousand_worksheets() -> bytes:
    return xlsx(f'<row r="1">{_CELL}</row>', sheets=10_000)


def many_large_worksheets() -> bytes:
    rows = "".join(f'<row r="{n}"><c r="A{n}"><v>{n}</v></c></row>' for n in range(1, 20_001))
    return xlsx(rows, sheets=10_000)


def deep_nesting() -> bytes:
    return xlsx("<a>" * 300_000)


def deep_nesting_ods() -> bytes:
    return ods("<table:table-row>" + "<text:p>" * 300_000)


def huge_attribute() -> bytes:
    return xlsx(f'<row r="1"><c r="{"A" * 4 * MB}1"><v>1</v></c></row>')


def huge_shared_string() -> bytes:
    cells = "".join(f'<c r="A{n}" t="s"><v>0</v></c>' for n in range(1, 2001))
    return xlsx(f"<row>{cells}</row>", strings=f"<si><t>{'x' * 4 * MB}</t></si>")


def shared_strings_that_are_not_there() -> bytes:
    return xlsx('<row r="1"><c r="A1" t="s"><v>4294967295</v></c></row>')


def many_shared_strings() -> bytes:
    head = b'<sst xmlns="http://x" count="4294967295" uniqueCount="4294967295">'
    return xlsx(f'<row r="1">{_CELL}</row>', xl_sharedStrings=head + b"<si><t>a</t></si></sst>")


def many_merged_cells() -> bytes:
    merged = '<mergeCell ref="A1:XFD1048576"/>' * 100_000
    sheet = f"<worksheet><sheetData><row>{_CELL}</row></sheetData><mergeCells>{merged}"
    return xlsx("", xl_worksheets_sheet1=f"{sheet}</mergeCells></worksheet>")


def loop_of_sectors() -> bytes:
    data = bytearray(xls_numbers({(0, 0): 1.0}))
    data[-512:-508] = struct.pack("<I", 0)  # the first sector's next one is itself
    return bytes(data)


def sectors_that_are_not_there() -> bytes:
    data = bytearray(xls_numbers({(0, 0): 1.0}))
    data[44:48] = struct.pack("<I", 0xFFFFFFF0)
    return bytes(data)


def xls_record_of_noise() -> bytes:
    noise = random.Random(3).randbytes(200_000)  # noqa: S311 - noise, not a secret
    return xls(struct.pack("<HH4HII", 0x809, 16, 0x600, 5, 0, 0, 0, 6) + noise)


def a_million_columns() -> bytes:
    return b"," * MB + b"\n" + _LEADS.encode()


def a_million_columns_at_the_end() -> bytes:
    return _LEADS.encode() + b"," * MB


def wide_and_long() -> bytes:
    return b"," * 16_000 + b"\n" + b"a\n" * 900_000


def quotes() -> bytes:
    return b'"' * _TEXT


def quoted_line_ends() -> bytes:
    return b'"\n' * (_TEXT // 2)


def quotes_and_separators() -> bytes:
    return b'a,"b,' * (_TEXT // 5)


def a_quote_in_each_line() -> bytes:
    return b'9e3779b9-7f4a-7c15-f39c-c0605cedc835,"a\n' * 10_000


def one_line() -> bytes:
    return b"a" * _TEXT


def one_line_of_digits() -> bytes:
    return b"9e3779b97f4a7c15" * (_TEXT // 16)


def separators() -> bytes:
    return b";,\t|" * (_TEXT // 4)


def nothing_but_nul() -> bytes:
    return bytes(_TEXT)


def nul_after_a_header() -> bytes:
    return b"Lead ID,Name\n" + bytes(_TEXT)


def line_ends() -> bytes:
    return b"Id\n" + b"\n" * _TEXT


def mixed_line_ends() -> bytes:
    return b"Id\r\n\r\r\n\n" * (_TEXT // 8)


def almost_ids() -> bytes:
    return b"Id\n" + b"9e3779b9-7f4a-7c15-f39c-c0605cedc83g\n" * 100_000


def hexadecimal_without_end() -> bytes:
    return b"Id\n" + (b"0123456789abcdef-" * 600 + b"\n") * 200


def percent_signs() -> bytes:
    return b"Id\n" + (b"%2d" * 10_000 + b"\n") * 60


def spaces() -> bytes:
    return b"Id\n" + (b" " * 100_000 + b"x" + b" " * 100_000 + b"\n") * 10


def one_byte_that_is_not_utf_8() -> bytes:
    return "Ünïcödé,".encode() * (_TEXT // 8) + b"\xff"


def halves_of_utf_16() -> bytes:
    return b"\xff\xfe" + b"\x00\xd8" * (_TEXT // 2)


def utf_7() -> bytes:
    return b"+ADwAIQ-" * (_TEXT // 8)


def formulas() -> bytes:
    return b"Id\n" + b"=cmd|' /C calc'!A0\n@SUM(1)\n" * 10_000


FILES: dict[str, Callable[[], bytes]] = {
    name: make
    for name, make in list(globals().items())
    if getattr(make, "__module__", "") == __name__ and name != "xls_numbers"
}
"""What makes each malicious file, by its name."""
