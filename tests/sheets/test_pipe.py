"""A request and its answer arrive as they were sent, and half an answer is none."""

from __future__ import annotations

import io

import numpy as np
import pyarrow as pa
import pytest

from lsq.sheets.damage import Damage
from lsq.sheets.errors import SheetError, WorksheetTie
from lsq.sheets.limits import Limits
from lsq.sheets.pipe import (
    Request,
    read_answer,
    read_request,
    write_error,
    write_request,
    write_sheet,
)
from lsq.sheets.saved_setup import SavedSetup
from lsq.sheets.sheet import Choices, Sheet, Worksheet


def sheet(rows: int, *, damage: list[Damage | None] | None = None) -> Sheet:
    words = None if damage is None else pa.array(damage, type=pa.string()).dictionary_encode()
    return Sheet(
        name="Ünï\udcff.csv",
        table=pa.table({"Id": [f"i{n}" for n in range(rows)], "row_numbers": [""] * rows}),
        row_numbers=np.arange(rows, dtype=np.int64) + 2,
        worksheet="North",
        worksheets=(Worksheet("North", rows + 1, 3), Worksheet("South", 0)),
        header_row=1,
        damage=words,
        starts=(0, 7),
        setup=SavedSetup(id_column="Id", lead_columns={"Stage\ud800": "ProspectStage"}),
        notes=("One thing.", "Another."),
    )


def through(sent: Sheet) -> Sheet:
    pipe = io.BytesIO()
    write_sheet(sent, pipe)
    return read_answer(io.BytesIO(pipe.getvalue()))


def test_a_request_and_the_bytes_after_it_arrive() -> None:
    request = Request(
        name="a\nb.csv",
        size=4,
        choices=Choices(worksheet="Ü", separator="\t", header_row=0),
        limits=Limits(max_rows=3, max_processor_s=1.5),
    )
    pipe = io.BytesIO()
    write_request(request, b"\n\x00\xff\n", pipe)
    pipe.seek(0)
    assert read_request(pipe) == request
    assert pipe.read() == b"\n\x00\xff\n"


def test_half_a_request_is_nobody_asking() -> None:
    with pytest.raises(EOFError):
        read_request(io.BytesIO(b'{"name"'))


@pytest.mark.parametrize("rows", [0, 1, 200_000])
def test_a_sheet_arrives_whole(rows: int) -> None:
    sent = sheet(rows)
    got = through(sent)
    assert got.table.equals(sent.table)
    assert got.table.schema.metadata is None
    assert np.array_equal(got.row_numbers, sent.row_numbers)
    for name in ("name", "worksheet", "worksheets", "encoding", "separator", "header_row"):
        assert getattr(got, name) == getattr(sent, name)
    assert (got.damage, got.starts, got.notes) == (None, (0, 7), ("One thing.", "Another."))


def test_damage_arrives_in_every_batch() -> None:
    damage = [None, Damage.SHORT, Damage.QUOTE, None] * 40_000
    got = through(sheet(160_000, damage=damage)).damage
    assert isinstance(got, pa.DictionaryArray)
    assert got.to_pylist() == damage


def test_an_error_arrives_in_its_own_words() -> None:
    pipe = io.BytesIO()
    write_error(SheetError("x is empty.", "Drop another."), pipe)
    with pytest.raises(SheetError, match=r"^x is empty\. Drop another\.$") as caught:
        read_answer(io.BytesIO(pipe.getvalue()))
    assert caught.value.advice == "Drop another."


def test_a_tie_arrives_with_its_worksheets() -> None:
    pipe = io.BytesIO()
    write_error(WorksheetTie("Two.", "Choose.", (Worksheet("North", 3, 2),)), pipe)
    with pytest.raises(WorksheetTie) as caught:
        read_answer(io.BytesIO(pipe.getvalue()))
    assert caught.value.worksheets == (Worksheet("North", 3, 2),)


def test_an_answer_that_breaks_off_anywhere_is_no_answer() -> None:
    pipe = io.BytesIO()
    write_sheet(sheet(70_000), pipe)
    whole = pipe.getvalue()
    for end in (*range(0, 3000, 50), *range(3000, len(whole) - 8, 50_000)):
        with pytest.raises(EOFError):
            read_answer(io.BytesIO(whole[:end]))
