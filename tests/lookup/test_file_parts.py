"""Raw files are put together in parts; nobody can tell by the file."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lsq.lookup.choice import Choice, Form, Rows, Shape
from lsq.lookup.files import file_bytes, file_parts
from lsq.lookup.rows import raw_parts
from lsq.lookup.view import View
from lsq.sandbox import lead_id
from tests.lookup.raw import raw_rows

if TYPE_CHECKING:
    from collections.abc import Callable

    from lsq.lookup.run import Lookup

    Make = Callable[..., Lookup]

IDS = tuple(lead_id(number) for number in range(6))
UTC = ZoneInfo("UTC")
CELLS = st.lists(st.sampled_from([*IDS, "", "oops", f"{IDS[5]} {IDS[1]}"]), max_size=12)
KEPT = st.none() | st.lists(st.integers(0, 2), unique=True).map(sorted)


@given(
    cells=CELLS,
    part_rows=st.integers(1, 10),
    kept=KEPT,
    form=st.sampled_from([Form.CSV, Form.EXCEL_CSV, Form.JSONL]),
    rows=st.sampled_from(Rows),
    shape=st.sampled_from(Shape),
)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_a_file_made_in_parts_has_the_bytes_of_one_made_at_once(  # noqa: PLR0913, PLR0917 - each is one choice of a file
    make_lookup: Make,
    cells: list[str],
    part_rows: int,
    kept: list[int] | None,
    form: Form,
    rows: Rows,
    shape: Shape,
) -> None:
    # Three leads at least, so that `kept` names leads; the repeats stand in other parts.
    lookup = make_lookup(*IDS[:3], *cells, IDS[3], IDS[4], not_found=IDS[3:4], not_asked=IDS[4:5])
    left = None if kept is None else pd.Index(kept, dtype="int64")
    options = {"form": form, "rows": rows, "shape": shape, "zone": UTC, "kept": left}
    view, choice = View(lookup=lookup), Choice(**options)
    whole, in_parts = (
        b"".join(part.data for part in file_parts(view, choice, part_rows=so_many))
        for so_many in (1000, part_rows)
    )
    assert in_parts == whole == file_bytes(view, choice)


@pytest.mark.parametrize("shape", Shape)
def test_the_parts_are_the_rows_of_the_whole_in_order(make_lookup: Make, shape: Shape) -> None:
    lookup = make_lookup(IDS[0], IDS[1], "oops", IDS[0], IDS[2], f"{IDS[1]} {IDS[3]}")
    parts = list(raw_parts(lookup, Choice(shape=shape), part_rows=3))
    assert [len(part) for part in parts[:-1]] == [3] * (len(parts) - 1)
    together = pd.concat(parts, ignore_index=True)
    pd.testing.assert_frame_equal(
        together, raw_rows(lookup, Choice(shape=shape)).reset_index(drop=True)
    )


def test_no_rows_at_all_are_one_part_with_the_names(make_lookup: Make) -> None:
    (part,) = raw_parts(
        make_lookup(IDS[0]), Choice(rows=Rows.FILTERED, kept=pd.Index([], dtype="int64"))
    )
    assert part.empty
    assert "ProspectID" in part


def test_what_is_raw_is_the_text_that_came(make_lookup: Make) -> None:
    lookup = make_lookup(*IDS)
    frame = raw_rows(lookup, Choice(shape=Shape.LEADS))
    assert frame["Score"].tolist() == list(lookup.fetched.leads.columns["Score"])
    assert {str(dtype) for dtype in frame.dtypes} == {"str"}
