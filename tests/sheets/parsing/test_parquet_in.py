"""Parquet files are sheets: any flat one, within the same limits."""

from __future__ import annotations

import io
from contextlib import suppress
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from lsq.sheets.errors import SheetError
from lsq.sheets.limits import Limits
from lsq.sheets.parsing import parquet_in
from lsq.sheets.parsing.parse import parse_sheet
from lsq.sheets.reading import read_sheet


def parquet(table: pa.Table, **options: Any) -> bytes:  # noqa: ANN401  # of the writer
    out = io.BytesIO()
    pq.write_table(table, out, **options)
    return out.getvalue()


def refusal(data: bytes, **limits: int) -> str:
    with pytest.raises(SheetError) as caught:
        parse_sheet(data, name="leads.parquet", limits=Limits(**limits))
    return str(caught.value)


def test_a_file_is_read_by_its_bytes_its_records_from_row_2_on(ids: list[str]) -> None:
    table = pa.table({"Id": ids[:5], "Score": [1.0, None, 2.5, 3.0, 4.0]})
    sheet = read_sheet(parquet(table, row_group_size=2), name="leads.csv")
    assert sheet.table.to_pydict() == {"Id": ids[:5], "Score": ["1", "", "2.5", "3", "4"]}
    assert sheet.row_numbers.tolist() == [2, 3, 4, 5, 6]
    assert (sheet.header_row, sheet.is_settled, sheet.encoding) == (1, True, None)


def test_names_that_repeat_or_are_empty_are_told_apart() -> None:
    table = pa.table([["a"], ["b"], ["c"]], names=["X", "X", ""])
    sheet = parse_sheet(parquet(table), name="leads.parquet")
    assert sheet.table.to_pydict() == {"X": ["a"], "X (2)": ["b"], "Column 3": ["c"]}


def test_a_file_without_rows_has_its_columns() -> None:
    sheet = parse_sheet(parquet(pa.table({"Id": pa.array([], pa.string())})), name="x.parquet")
    assert sheet.table.column_names == ["Id"]
    assert sheet.table.num_rows == 0


def test_a_file_without_columns_is_empty() -> None:
    assert refusal(parquet(pa.table({}))).startswith("leads.parquet is empty.")


def test_rows_cells_and_unpacked_size_are_refused_before_anything_is_unpacked() -> None:
    data = parquet(pa.table({"Id": ["x" * 1000] * 500, "B": ["y"] * 500}), use_dictionary=False)
    assert "500 rows; the limit is 499." in refusal(data, max_rows=499)
    assert "1,000 cells; the limit is 999." in refusal(data, max_cells=999)
    assert "unpacks to" in refusal(data, max_inflated_bytes=100_000)


@pytest.mark.parametrize("cut", [4, 50, -1, -8, -60])
def test_a_broken_file_is_refused_in_a_sentence(cut: int) -> None:
    data = parquet(pa.table({"Id": [str(number) for number in range(500)]}))
    assert refusal(data[:cut]) == (
        "leads.parquet is not a sheet. "
        "It looks like a Parquet file, but it is broken. Write it anew."
    )


def test_damage_within_is_refused_in_a_sentence_or_does_no_harm() -> None:
    data = bytearray(parquet(pa.table({"Id": [f"{number:08}" for number in range(500)]})))
    for at in range(4, len(data), 97):
        broken = bytes(data[:at]) + b"\xff\x00\xff" + bytes(data[at + 3 :])
        with suppress(SheetError):
            assert parse_sheet(broken, name="x.parquet").table.num_columns == 1


def test_memory_that_is_short_is_not_taken_for_a_broken_file(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def no_memory(_: object) -> None:
        raise pa.ArrowMemoryError

    monkeypatch.setattr(parquet_in, "typed_text", no_memory)
    with pytest.raises(MemoryError):
        parse_sheet(parquet(pa.table({"Id": ["a"]})), name="x.parquet")


def test_one_value_that_stands_for_gigabytes_is_refused_with_the_limit_of_memory() -> None:
    indices = pa.array([0] * 40_000, pa.int32())
    data = parquet(pa.table({"Id": pa.DictionaryArray.from_arrays(indices, ["x" * 100_000])}))
    assert len(data) < 10_000
    with pytest.raises(SheetError, match=r"memory .* 300 MB"):
        read_sheet(data, name="bomb.parquet", limits=Limits(max_memory_bytes=300_000_000))


def test_a_locked_file_is_named() -> None:
    assert "a locked Parquet file" in refusal(b"PARE" + bytes(64) + b"PARE")
