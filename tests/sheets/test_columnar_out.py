"""Parquet keeps types, JSON lines keep the raw text."""

from __future__ import annotations

import io
import json

import pandas as pd

from lsq.sheets.columnar_out import write_jsonl, write_parquet


def test_parquet_comes_back_with_its_types() -> None:
    frame = pd.DataFrame(
        {
            "Id": pd.Series(["007", None], dtype="str"),
            "At": pd.to_datetime(["2026-06-14", None]),
            "Stage": pd.Categorical(["Open", "Won"]),
        },
        index=[5, 9],
    )
    back = pd.read_parquet(io.BytesIO(write_parquet(frame)))
    pd.testing.assert_frame_equal(back, frame.reset_index(drop=True))


def test_json_lines_hold_one_object_a_row() -> None:
    frame = pd.DataFrame({"Name": ["Zoë", 'a"b\n'], "City": [None, "1E5"]}, dtype="str")
    lines = write_jsonl(frame).decode().splitlines()
    assert [json.loads(line) for line in lines] == [
        {"Name": "Zoë", "City": None},
        {"Name": 'a"b\n', "City": "1E5"},
    ]
