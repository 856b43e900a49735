"""Typed values become the text that a person would write, as a workbook's cells do."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any
from uuid import UUID

import pyarrow as pa
import pytest

from lsq.sheets.parsing.cell_text import cell_text
from lsq.sheets.parsing.typed_text import typed_text, value_text

MOMENT = dt.datetime(2026, 6, 14, 9, 12)  # noqa: DTZ001 - as a sheet has it
SOME_ID = "0b7b1c64-5b2f-4e0f-9a53-6a3e1d0c9f11"


@pytest.mark.parametrize(
    ("values", "kind", "written"),
    [
        (["007", "", None, " x "], pa.string(), ["007", "", "", " x "]),
        (["a", "b", "a", None], pa.dictionary(pa.int32(), pa.string()), ["a", "b", "a", ""]),
        (["a", None], pa.large_string(), ["a", ""]),
        (["a", None], pa.string_view(), ["a", ""]),
        ([5, None, -3], pa.int64(), ["5", "", "-3"]),
        ([2**63], pa.uint64(), ["9223372036854775808"]),
        ([5.0, 0.1 + 0.2, 1e20, -0.0, 1.5], pa.float64(), ["5", "0.3", "1" + "0" * 20, "0", "1.5"]),
        ([float("nan"), float("inf"), None], pa.float64(), ["", "inf", ""]),
        ([0.1, 2.0], pa.float32(), ["0.1", "2"]),
        ([Decimal("5.00"), Decimal("5.10")], pa.decimal128(9, 2), ["5", "5.10"]),
        ([True, False, None], pa.bool_(), ["TRUE", "FALSE", ""]),
        ([None, None], pa.null(), ["", ""]),
        ([MOMENT, None], pa.timestamp("us"), ["2026-06-14 09:12:00", ""]),
        ([MOMENT], pa.timestamp("s"), ["2026-06-14 09:12:00"]),
        ([MOMENT], pa.timestamp("ns", "Asia/Kolkata"), ["2026-06-14 09:12:00+00:00"]),
        ([dt.date(2026, 6, 14)], pa.date32(), ["2026-06-14"]),
        ([dt.date(2026, 6, 14)], pa.date64(), ["2026-06-14"]),
        ([dt.time(9, 12)], pa.time32("s"), ["09:12:00"]),
        ([dt.timedelta(hours=25)], pa.duration("s"), ["25:00:00"]),
        ([b"caf\xc3\xa9", b"\xff"], pa.binary(), ["café", "\ufffd"]),
        ([b"Bengaluru, India", None], pa.binary(), ["Bengaluru, India", ""]),
        ([b"Bengaluru, India", b"\xff"], pa.large_binary(), ["Bengaluru, India", "\ufffd"]),
        ([b"Bengaluru, India"], pa.binary_view(), ["Bengaluru, India"]),
        ([b"Pune", None], pa.binary(4), ["Pune", ""]),
        ([b"Bengaluru, India"], pa.dictionary(pa.int8(), pa.binary()), ["Bengaluru, India"]),
        ([UUID(SOME_ID).bytes, None], pa.binary(16), [SOME_ID, ""]),
        ([UUID(SOME_ID).bytes], pa.uuid(), [SOME_ID]),
        ([["a", "é"], None], pa.list_(pa.string()), ['["a", "é"]', ""]),
        ([{"n": 1}], pa.struct([("n", pa.int64())]), ['{"n": 1}']),
    ],
)
def test_a_column_of_any_type_is_written(
    values: list[Any], kind: pa.DataType, written: list[str]
) -> None:
    texts = typed_text(pa.chunked_array([pa.array(values, type=kind)]))
    assert texts.type == pa.string()
    assert texts.to_pylist() == written


def test_times_are_rounded_to_milliseconds_as_in_a_workbook() -> None:
    times = [MOMENT.replace(microsecond=us) for us in (0, 400, 999_600, 123_456)]
    texts = typed_text(pa.chunked_array([pa.array(times, type=pa.timestamp("us"))]))
    assert texts.to_pylist() == [cell_text(time) for time in times]


def test_a_column_without_rows_stays_one() -> None:
    for kind in (pa.float64(), pa.string(), pa.timestamp("us"), pa.list_(pa.string())):
        assert typed_text(pa.chunked_array([], type=kind)).to_pylist() == []


def test_text_that_is_none_gets_replacement_characters() -> None:
    data = b"a\xffb"
    offsets = pa.py_buffer(bytes([0, 0, 0, 0, 3, 0, 0, 0]))
    broken = pa.StringArray.from_buffers(1, offsets, pa.py_buffer(data))
    assert typed_text(pa.chunked_array([broken])).to_pylist() == ["a\ufffdb"]


def test_half_a_character_gets_a_replacement_character() -> None:
    assert value_text("a\ud83d") == "a\ufffd"
    assert value_text({"k": ["\udc00"]}) == '{"k": ["\ufffd"]}'
