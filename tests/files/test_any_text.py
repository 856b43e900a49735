"""Whatever the text is: a file of ours that comes back has it, but for the declared losses."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.files.losses import held
from tests.files.made import made_lookup, written
from tests.files.readers import READERS

if TYPE_CHECKING:
    from tests.files.readers import Reader

OUR_OWN = [reader for reader in READERS if reader.name == "our own"]
CELLS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12) | st.text(
    alphabet="\"',;|\t\r\n=+-@ \x00x_000D05F\ufeff#\\", max_size=12
)
NAMES = CELLS.filter(lambda name: any(letter.isprintable() and letter != " " for letter in name))


@pytest.mark.parametrize("reader", OUR_OWN, ids=[str(reader.form) for reader in OUR_OWN])
@given(rows=st.lists(st.tuples(CELLS, CELLS), min_size=1, max_size=4), name=NAMES)
@settings(max_examples=40, deadline=None, derandomize=True)
def test_any_text_comes_back(reader: Reader, rows: list[tuple[str, str]], name: str) -> None:
    first_names, own = map(list, zip(*rows, strict=True))
    came = reader.read(written(made_lookup(first_names, {name: own}), reader.form))
    _, again, *_ = came
    wrote = {"FirstName": first_names, again: own}
    assert again == reader.shows(held(reader.form, name))
    assert {column: came[column] for column in wrote} == {
        column: [reader.shows(held(reader.form, text)) for text in texts]
        for column, texts in wrote.items()
    }
