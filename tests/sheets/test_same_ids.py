"""The same ids are found by sorting, as a dictionary would find them."""

from __future__ import annotations

import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from lsq.sheets.same_ids import first_entries

part = st.integers(0, 2)
some_id = st.tuples(part, part).map(lambda n: f"{n[0]:08x}-0000-0000-0000-{n[1]:012x}")


@given(st.lists(st.one_of(st.none(), some_id), max_size=20), st.integers(0, 3))
def test_each_id_has_the_position_of_the_first_same_one(ids: list[str | None], skip: int) -> None:
    whole = pa.array(ids, type=pa.string())[skip:]
    kept = whole.to_pylist()
    expected = [-1 if one is None else kept.index(one) for one in kept]
    assert first_entries(whole).tolist() == expected
