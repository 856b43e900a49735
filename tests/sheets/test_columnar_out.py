"""Parquet keeps types, JSON lines keep the raw text; both say what they had to replace."""

from __future__ import annotations

import io
import json
from typing import Any

import pandas as pd
import pytest

from lsq.sheets.columnar_out import write_jsonl, write_parquet


def objects(data: bytes) -> list[dict[str, Any]]:
    return [json.loads(line) for line in data.decode().removesuffix("\n").split("\n")]


def with_lone_surrogates() -> pd.DataFrame:
    frame = pd.DataFrame(
        {
            "first": pd.Series(["x\ud800", None, "y"], dtype="object"),
            "second": pd.Categorical(pd.Series(["\udfff", "b", None], dtype="object")),
        }
    )
    return frame.set_axis(pd.Index(["a\ud800", "a\ud801"], dtype="object"), axis="columns")


def test_parquet_comes_back_with_its_types() -> None:
    frame = pd.DataFrame(
        {
            "Id": pd.Series(["007", None], dtype="str"),
            "At": pd.to_datetime(["2026-06-14", None]),
            "Stage": pd.Categorical(["Open", "Won"]),
            "Score": pd.array([5, None], dtype="Int64"),
        },
        index=[5, 9],
    )
    written = write_parquet(frame)
    back = pd.read_parquet(io.BytesIO(written.data))
    pd.testing.assert_frame_equal(back, frame.reset_index(drop=True))
    assert written.replaced == 0


def test_objects_are_written_to_parquet_as_text() -> None:
    mixed = pd.DataFrame({"mixed": [1, "b", None]}, dtype="object").set_axis([3, 4, 5])
    back = pd.read_parquet(io.BytesIO(write_parquet(mixed).data))
    assert back["mixed"].tolist()[:2] == ["1", "b"]
    assert back["mixed"].isna().tolist() == [False, False, True]


def test_parquet_replaces_and_counts_lone_surrogates_and_numbers_names_that_are_equal_then() -> (
    None
):
    written = write_parquet(with_lone_surrogates())
    back = pd.read_parquet(io.BytesIO(written.data))
    assert list(back) == ["a\ufffd", "a\ufffd (2)"]
    assert back["a\ufffd"].tolist()[::2] == ["x\ufffd", "y"]
    assert written.replaced == 4


def test_json_lines_hold_one_object_a_row() -> None:
    frame = pd.DataFrame({"Name": ["Zoë", 'a"b\n'], "City": [None, "1E5"]}, dtype="str")
    written = write_jsonl(frame)
    assert written.data == (
        b'{"Name": "Zo\xc3\xab", "City": null}\n{"Name": "a\\"b\\n", "City": "1E5"}\n'
    )
    assert written.replaced == 0


def test_json_lines_escape_what_json_does_not_let_stand() -> None:
    texts = ["\\", "\\n", '"', '\\"', "/", "\u2028", "\x7f", *map(chr, range(0x20))]
    data = write_jsonl(pd.DataFrame({'"\\\n': texts}, dtype="str")).data
    assert objects(data) == [{'"\\\n': text} for text in texts]


def test_json_lines_have_numbers_and_booleans_as_such_and_the_rest_as_text() -> None:
    frame = pd.DataFrame(
        {
            "int": pd.array([2**60, None], dtype="Int64"),
            "float": [0.1 + 0.2, 1e-7],
            "none": [float("inf"), float("-inf")],
            "flag": [True, False],
            "time": pd.to_datetime(["2026-06-14 09:12:00", None]),
            "stage": pd.Categorical(["Open", None]),
            "odd": [1j, 2j],
        },
        index=[7, 8],
    )
    assert objects(write_jsonl(frame).data) == [
        {"int": 2**60, "float": 0.1 + 0.2, "none": None, "flag": True,
         "time": "2026-06-14 09:12:00", "stage": "Open", "odd": "1j"},
        {"int": None, "float": 1e-7, "none": None, "flag": False,
         "time": None, "stage": None, "odd": "2j"},
    ]  # fmt: skip


def test_json_lines_replace_and_count_lone_surrogates() -> None:
    written = write_jsonl(with_lone_surrogates())
    assert objects(written.data) == [
        {"a\ufffd": "x\ufffd", "a\ufffd (2)": "\ufffd"},
        {"a\ufffd": None, "a\ufffd (2)": "b"},
        {"a\ufffd": "y", "a\ufffd (2)": None},
    ]
    assert written.replaced == 4


@pytest.mark.parametrize(
    ("frame", "data"),
    [
        (pd.DataFrame({"a": pd.Series(dtype="str")}), b""),
        (pd.DataFrame(index=[1, 2]), b"{}\n{}\n"),
    ],
    ids=["no rows", "no columns"],
)
def test_json_lines_of_nothing(frame: pd.DataFrame, data: bytes) -> None:
    assert write_jsonl(frame).data == data
