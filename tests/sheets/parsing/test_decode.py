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
    assert decode(data, name="x.csv") == ("Zoë,₹".encode(), encoding, 0, ())


def test_what_is_not_utf8_is_read_as_windows_1252_and_said() -> None:
    decoded = decode("Näme – €".encode("cp1252"), name="x.csv")
    assert decoded.data.decode() == "Näme – €"
    assert decoded.encoding == "cp1252"
    assert "choose another encoding" in decoded.notes[0]


def test_bytes_without_a_character_are_replaced_and_counted() -> None:
    decoded = decode(b"\xef\xbb\xbfa\xffb\xff", name="x.csv")
    assert decoded.data.decode() == "a\ufffdb\ufffd"
    assert decoded.lost == 2
    assert decoded.notes == ("2 characters could not be read as utf-8-sig and show as \ufffd.",)


def test_a_replacement_character_in_the_file_itself_is_not_counted() -> None:
    decoded = decode("a\ufffd".encode("utf-8-sig"), name="x.csv")
    assert (decoded.lost, decoded.notes) == (0, ())
    assert decode("a\ufffd".encode(), name="x.csv").lost == 0


def test_one_lost_character_is_told_in_the_singular() -> None:
    decoded = decode(b"\xef\xbb\xbfa\xff", name="x.csv")
    assert decoded.notes == ("1 character could not be read as utf-8-sig and shows as \ufffd.",)


def test_a_few_broken_characters_do_not_make_utf8_another_encoding() -> None:
    decoded = decode("Zoë ".encode() * 10 + b"\xff", name="x.csv")
    assert (decoded.encoding, decoded.lost) == ("utf-8", 1)
    assert decoded.data.decode() == "Zoë " * 10 + "\ufffd"
    assert decoded.notes == ("1 character could not be read as utf-8 and shows as \ufffd.",)


def test_more_than_a_tenth_of_broken_characters_is_another_encoding() -> None:
    assert decode("ë".encode() * 9 + b"\xff", name="x.csv").encoding == "utf-8"
    assert decode("ë".encode() * 8 + b"\xff", name="x.csv").encoding == "cp1252"


def test_what_windows_1252_lacks_is_told_after_the_doubt() -> None:
    decoded = decode(b"N\xe4me \x81", name="x.csv")
    assert decoded.data.decode() == "Näme \ufffd"
    assert decoded.lost == 1
    assert ["Windows-1252" in note for note in decoded.notes] == [True, False]


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
def test_letters_of_two_or_four_bytes_are_known_without_a_mark(encoding: str) -> None:
    data = "Lead ID,Name\nZoë".encode(encoding)
    assert has_mark(data)
    assert decode(data, name="x.csv") == ("Lead ID,Name\nZoë".encode(), encoding, 0, ())


def test_half_a_character_at_the_end_is_counted() -> None:
    decoded = decode("Lead ID,Name".encode("utf-16") + b"\x41", name="x.csv")
    assert (decoded.data.decode(), decoded.lost) == ("Lead ID,Name\ufffd", 1)


def test_the_chosen_encoding_wins() -> None:
    decoded = decode("Łódź".encode("cp1250"), name="x.csv", encoding="cp1250")
    assert decoded == ("Łódź".encode(), "cp1250", 0, ())


def test_an_unknown_encoding_is_refused_by_name() -> None:
    with pytest.raises(SheetError, match=r"^x\.csv cannot be read as klingon: there is no encod"):
        decode(b"a", name="x.csv", encoding="klingon")


def test_what_is_no_encoding_of_text_is_refused() -> None:
    with pytest.raises(SheetError, match=r"^x\.csv cannot be read as base64: "):
        decode(b"a", name="x.csv", encoding="base64")
    with pytest.raises(SheetError, match=r"^x\.csv cannot be read as a\0b: "):
        decode(b"a", name="x.csv", encoding="a\0b")


def test_lone_surrogates_of_a_chosen_encoding_do_no_harm() -> None:
    assert decode(b"a+2AA-b", name="x.csv", encoding="utf-7").data == b"a?b"


def test_only_text_has_a_mark() -> None:
    assert has_mark("a".encode("utf-16"))
    assert not has_mark(b"a")
