"""What a file is by its first bytes, and how others are refused."""

from __future__ import annotations

import pytest

from lsq.sheets.errors import SheetError
from lsq.sheets.parsing.file_kind import FileKind, kind_of
from lsq.sheets.parsing.parse import parse_sheet


def refusal(data: bytes, name: str = "holiday.csv") -> SheetError:
    with pytest.raises(SheetError) as caught:
        parse_sheet(data, name=name)
    return caught.value


def test_a_picture_is_refused_in_the_words_of_the_page() -> None:
    error = refusal(b"\x89PNG\r\n\x1a\n" + bytes(64))
    assert error.title == "holiday.csv is not a sheet."
    assert error.advice == (
        "The first bytes are those of a PNG picture. "
        "Save the list as CSV or XLSX and drop it again."
    )


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"\xff\xd8\xff\xe0JFIF", "a JPEG picture"),
        (b"GIF89a....", "a GIF picture"),
        (b"%PDF-1.7\n", "a PDF document"),
        (b"\x1f\x8b\x08\x00", "a gzip archive"),
        (b"{\\rtf1 list}", "an RTF document"),
        (b"<?xml version='1.0'?><a/>", "an XML document"),
    ],
)
def test_other_kinds_are_named(data: bytes, kind: str) -> None:
    assert f"those of {kind}." in refusal(data).advice


@pytest.mark.parametrize("data", [b"", b"\n \r\n", b"\xef\xbb\xbf", b"\xff\xfe", b",,\n,,\n"])
def test_an_empty_file_is_called_empty(data: bytes) -> None:
    assert refusal(data, "leads.csv").title == "leads.csv is empty."


def test_a_web_page_named_xls_is_recognised() -> None:
    error = refusal(b"\n<HTML><table><tr><td>1</td></tr></table>", "leads.xls")
    assert error.title == "leads.xls is not a sheet."
    assert error.advice.startswith("It is a web page under a sheet's name.")


def test_binary_data_is_not_text() -> None:
    assert "binary data" in refusal(bytes(range(256)) * 8).advice


def test_a_stray_nul_in_a_list_is_still_text() -> None:
    assert kind_of(b"Id,Name\n1,a\x00b\n" + b"2,Rao\n" * 20, name="x.csv") is FileKind.TEXT


def test_utf16_has_nuls_and_is_text() -> None:
    assert kind_of("Id,Name\n1,Rao".encode("utf-16"), name="x.csv") is FileKind.TEXT
