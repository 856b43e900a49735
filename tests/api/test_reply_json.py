"""JSON from a server that may send anything."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lsq.api.reply_json import Json, UnreadableError, as_column, as_text, read_json

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


@pytest.mark.parametrize(
    "digits", ["7", "-7", "0.10", "1e400", "1E5", "12345678901234567890", "9" * 5000, "NaN"]
)
def test_a_number_keeps_its_digits(digits: str) -> None:
    assert read_json(digits.encode()).document == digits
    assert as_text(read_json(digits.encode()).document) == digits


def test_a_number_becomes_an_ordinary_string() -> None:
    assert type(as_text(read_json(b"7").document)) is str


@given(VALUES)
def test_a_nested_value_is_json_of_itself(value: object) -> None:
    document = read_json(json.dumps({"value": [value]}).encode()).document
    assert isinstance(document, dict)
    text = as_text(document["value"])
    assert text is not None
    assert json.loads(text) == [value]


@pytest.mark.parametrize(
    ("value", "text"), [(None, None), ("", ""), (" a ", " a "), (True, "true"), (False, "false")]
)
def test_a_value_is_its_text(value: object, text: str | None) -> None:
    assert as_text(value) == text


def test_a_lone_surrogate_is_replaced() -> None:
    assert as_text(read_json(rb'"a\ud800b"').document) == "a\ufffdb"


def test_a_whole_pair_of_surrogates_is_its_letter() -> None:
    assert as_text(read_json(rb'"\ud83d\ude00"').document) == "\U0001f600"


def test_a_byte_order_mark_is_dropped() -> None:
    assert read_json(b"\xef\xbb\xbf[]").document == []


def test_invalid_utf_8_is_replaced() -> None:
    assert read_json(b'"Ren\xe9"').document == "Ren\ufffd"


def test_the_last_of_repeated_keys_holds() -> None:
    assert read_json(b'{"a":"1","a":"2"}') == Json({"a": "2"}, doubled=1)


@pytest.mark.parametrize(
    "body",
    [
        b'{"RecordCount":1,"Leads":[{"a":"1","a":"2"}]}',
        b'{"RecordCount":1,"Leads":[{"a":"x\\":","a":"2"},{}]}',
        b'{"Leads":[{"a" :"1","b" :"2","a" :"3"}]}',
        b'{"Leads":[{"a":{"b":1,"b":2}}]}',
        b'{"Leads":[],"Leads":[{"a":1}]}',
    ],
)
def test_a_doubled_key_is_seen_wherever_it_stands_and_however_it_is_written(body: bytes) -> None:
    assert read_json(body).doubled == 1


def test_values_that_look_like_keys_are_none() -> None:
    assert read_json(b'[{"a":"\\":\\":"},{"b":"1"}]') == Json([{"a": '":":'}, {"b": "1"}])


def test_objects_with_two_values_under_one_key_are_counted() -> None:
    assert read_json(b'[{"a":1,"a":2,"a":3},{"a":1},{"b":{"c":1,"c":1}}]').doubled == 2


@pytest.mark.parametrize("body", [b"", b"<html>", b"[1", b"{]", b"\x00\xff", b"[" * 100_000])
def test_what_is_not_json_is_unreadable(body: bytes) -> None:
    with pytest.raises(UnreadableError):
        read_json(body)


@given(st.binary())
def test_no_bytes_break_the_reading(body: bytes) -> None:
    try:
        as_text(read_json(body).document)
    except UnreadableError:
        return


@given(st.lists(VALUES))
def test_a_column_is_read_value_by_value(values: list[object]) -> None:
    column = read_json(json.dumps(values).encode()).document
    assert isinstance(column, list)
    assert as_column(column) == [as_text(value) for value in column]
