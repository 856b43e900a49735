"""Naughty text through every format and back: nothing changes beyond the declared losses."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from lsq.lookup.choice import Rows, Shape
from tests.corpora import needs_naughty_strings
from tests.files.losses import held
from tests.files.made import made_ledger, written
from tests.files.readers import READERS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lsq.lookup.choice import Form
    from lsq.lookup.run import Lookup
    from tests.files.readers import Reader

each_reader = pytest.mark.parametrize(
    "reader", READERS, ids=[f"{reader.form} by {reader.name}" for reader in READERS]
)

our_reader = pytest.mark.parametrize(
    "reader",
    [reader for reader in READERS if reader.name == "our own"],
    ids=lambda reader: str(reader.form),
)


def changed(reader: Reader, wrote: list[str], came: list[str]) -> list[tuple[str, str]]:
    """Return what came otherwise than declared, beside what was to come."""
    expected = [reader.shows(held(reader.form, text)) for text in wrote]
    pairs = zip(expected, came, strict=True)
    return [(ascii(text[:60]), ascii(other[:60])) for text, other in pairs if text != other]


@each_reader
def test_leads_names_and_the_analysts_cells_come_back(
    files: Mapping[Form, bytes], texts: list[str], own_texts: list[str], reader: Reader
) -> None:
    came = reader.read(files[reader.form])
    assert changed(reader, texts, came["FirstName"]) == []
    assert changed(reader, own_texts, came["Note"]) == []


@each_reader
def test_names_of_columns_come_back(
    files_of_names: Mapping[Form, bytes], names: list[str], reader: Reader
) -> None:
    came = reader.read(files_of_names[reader.form])
    assert changed(reader, names, list(came)[1 : len(names) + 1]) == []
    assert [cells for cells in list(came.values())[1:-3] if cells != ["x", "y"]] == []


@our_reader
def test_names_come_back_from_one_row_for_each_lead(
    lookup: Lookup, texts: list[str], reader: Reader
) -> None:
    came = reader.read(written(lookup, reader.form, shape=Shape.LEADS))
    assert changed(reader, texts, came["FirstName"]) == []


@our_reader
def test_cells_that_are_no_ids_come_back_from_the_ledger(
    own_texts: list[str], reader: Reader
) -> None:
    kept = [text for text in own_texts if text.strip("\0").strip()]
    came = reader.read(written(made_ledger(kept), reader.form, rows=Rows.LEDGER))
    assert changed(reader, kept, came["value"][1:]) == []


@needs_naughty_strings
def test_there_are_as_many_texts_as_said(texts: list[str]) -> None:
    assert len(texts) > 700
