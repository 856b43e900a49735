"""Bytes to text, by mark, as UTF-8, else as Windows-1252."""

from __future__ import annotations

import codecs

import pytest

from lsq.sheets.errors import SheetError
from lsq.sheets.parsing.decode import decode, has_mark


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        ("Zoë,₹".encode("utf-8-sig"), "utf-8-sig"),
        ("Zoë,₹".encode("utf-16"), "utf-16"),
        (codecs.BOM_UTF16_BE + "Zoë,₹".encode("utf-16-be"), "utf-16"),
        ("Zoë,₹".encode("utf-32"), "utf-32"),
        ("Zoë,₹".encode(), "utf-8"),
    ],
)
def test_the_byte_order_mark_decides_and_is_taken_off(data: bytes, encoding: str) -> None:
    assert decode(data, name="x.csv") == ("Zoë,₹", encoding, ())


def test_what_is_not_utf8_is_read_as_windows_1252_and_said() -> None:
    decoded = decode("Näme – €".encode("cp1252"), name="x.csv")
    assert decoded.text == "Näme – €"
    assert decoded.encoding == "cp1252"
    assert "choose another encoding" in decoded.notes[0]


def test_bytes_without_a_character_are_replaced_and_counted() -> None:
    decoded = decode(b"\xef\xbb\xbfa\xffb\xff", name="x.csv")
    assert decoded.text == "a\ufffdb\ufffd"
    assert decoded.notes == ("2 characters could not be read as utf-8-sig and show as \ufffd.",)


def test_a_replacement_character_in_the_file_itself_is_not_counted() -> None:
    assert decode("a\ufffd".encode("utf-8-sig"), name="x.csv").notes == ()


def test_the_chosen_encoding_wins() -> None:
    assert decode("Łódź".encode("cp1250"), name="x.csv", encoding="cp1250").text == "Łódź"


def test_an_unknown_encoding_is_refused_by_name() -> None:
    with pytest.raises(SheetError, match=r"^x\.csv cannot be read as klingon: there is no encod"):
        decode(b"a", name="x.csv", encoding="klingon")


def test_only_text_has_a_mark() -> None:
    assert has_mark("a".encode("utf-16"))
    assert not has_mark(b"a")
