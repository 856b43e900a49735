"""Columns as text: exact where they are text, and as promised where Arrow writes them."""

from __future__ import annotations

import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lsq.sheets.column_text import column_text, names_text, nullable_text


def texts(series: pd.Series) -> list[str | None]:
    return nullable_text(series)[0].to_pylist()


@given(st.lists(st.floats(allow_nan=False), min_size=1, max_size=5))
def test_fractions_are_written_as_python_writes_them(values: list[float]) -> None:
    for text, value in zip(texts(pd.Series(values)), values, strict=True):
        assert text in {repr(value).removesuffix(".0"), f"{value:.0f}"}
        assert float(text) == value


@given(st.lists(st.floats(1e-4, 1e10) | st.floats(-1e10, -1e-4) | st.just(0.5), min_size=1))
def test_usual_fractions_never_have_an_exponent(values: list[float]) -> None:
    assert not [text for text in texts(pd.Series([*values, 0.5])) if "e" in str(text)]


@pytest.mark.parametrize("value", [2.0**53 - 1, 1e15, -5.0, 0.0])
def test_whole_numbers_have_no_fraction_and_no_exponent(value: float) -> None:
    assert texts(pd.Series([value, None])) == [str(int(value)), None]


@pytest.mark.parametrize("unit", ["s", "ms", "us", "ns"])
def test_times_are_written_the_same_in_every_unit(unit: str) -> None:
    times = pd.Series(pd.to_datetime(["2026-06-14 09:12:00", None])).astype(f"datetime64[{unit}]")
    assert texts(times) == ["2026-06-14 09:12:00", None]


@pytest.mark.parametrize("unit", ["ms", "us"])
def test_parts_of_a_second_have_six_digits_where_there_are_some(unit: str) -> None:
    times = pd.Series(pd.to_datetime(["2026-06-14 09:12:00.120", "2026-06-14"], format="ISO8601"))
    assert texts(times.astype(f"datetime64[{unit}]")) == [
        "2026-06-14 09:12:00.120000",
        "2026-06-14 00:00:00",
    ]


def test_times_of_a_zone_say_how_far_it_is() -> None:
    times = pd.Series(pd.to_datetime(["2026-06-14 09:12:00"], utc=True)).dt.tz_convert(
        "Asia/Kolkata"
    )
    assert texts(times) == ["2026-06-14 14:42:00+05:30"]


def test_categories_of_numbers_are_written_as_numbers() -> None:
    assert texts(pd.Series(pd.Categorical([7.0, None]))) == ["7", None]


@pytest.mark.parametrize(
    "none",
    [pd.Series(dtype="str").astype("category"), pd.Series(dtype="datetime64[us, UTC]")],
    ids=["categories", "times"],
)
def test_a_column_without_any_value_is_missing_throughout(none: pd.Series) -> None:
    written, _ = nullable_text(none.reindex([-1, -1]))
    assert isinstance(written, pa.StringArray)
    assert written.to_pylist() == [None, None]


def test_text_in_chunks_is_one_column() -> None:
    chunks = pa.chunked_array([["a", None], ["b"]], type=pa.large_string())
    series = pd.Series(pd.array(chunks, dtype=pd.StringDtype("pyarrow")))
    assert texts(series) == ["a", None, "b"]


def test_missing_is_empty_in_text_without_nulls() -> None:
    filled, replaced = column_text(pd.Series(["a", None], dtype="str"))
    assert (filled.to_pylist(), filled.null_count, replaced) == (["a", ""], 0, 0)


def test_names_that_hold_a_lone_surrogate_are_counted() -> None:
    names, replaced = names_text(["a\ud800", 5, "b"])
    assert (names.to_pylist(), replaced) == (["a\ufffd", "5", "b"], 1)
