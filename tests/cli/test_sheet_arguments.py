"""What corrects the reading of a sheet is refused where there is nothing to correct."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import xlsxwriter

from lsq.sandbox import lead_id

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.cli.conftest import Ran


@pytest.mark.parametrize("command", ["check", "fetch"])
def test_a_worksheet_of_a_text_file_is_refused(
    lsq: Callable[..., Ran], sheet: Path, command: str
) -> None:
    ran = lsq(command, sheet, "--worksheet", "Leads")
    said = "list.csv is text, without worksheets. Leave out --worksheet."
    assert (ran.code, ran.out, ran.err) == (2, "", f"lsq: {said}\n")


def test_a_parquet_file_leaves_no_room_for_choices(lsq: Callable[..., Ran], tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    pq.write_table(pa.table({"Lead ID": [lead_id(0)]}), path)
    ran = lsq("check", path, "--worksheet", "Leads", "--header-row", "0")
    said = "a.parquet is a Parquet file, whose columns are settled."
    assert (ran.code, ran.err) == (2, f"lsq: {said} Leave out --worksheet and --header-row.\n")
    assert "Column names as the file gives them." in lsq("check", path).out


def test_encoding_and_separator_of_a_workbook_are_refused(
    lsq: Callable[..., Ran], tmp_path: Path
) -> None:
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet("A").write_column(0, 0, ["Lead ID", lead_id(1)])
    said = "lsq: a.xlsx is a workbook, whose encoding and cells are settled. Leave out"
    both = ("--encoding", "cp1250", "--separator", ";")
    assert lsq("check", path, *both).err == f"{said} --encoding and --separator.\n"
    ran = lsq("check", path, *both[:2])
    assert (ran.code, ran.err) == (2, f"{said} --encoding.\n")
    assert lsq("check", path, "--worksheet", "A").code == 0
