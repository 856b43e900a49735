"""A large file in the background: progress, cancelling, and how it ends."""

from __future__ import annotations

import gc
import io
from threading import Event
from threading import enumerate as threads
from typing import TYPE_CHECKING, Any

import openpyxl
import pandas as pd
import pytest

from lsq.analysis.stages import Stage, StageRole
from lsq.api.errors import LsqError
from lsq.lookup import prepare
from lsq.lookup.choice import Choice, Form, Rows
from lsq.lookup.files import file_bytes
from lsq.lookup.losses import Losses
from lsq.lookup.prepare import Preparation
from lsq.lookup.view import View
from lsq.sandbox import lead_id
from lsq.sheets.writing import Written

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from lsq.api.models import LeadTable
    from lsq.lookup.run import Lookup

    Make = Callable[..., Lookup]

WAIT_S = 20
CSV = Choice(form=Form.EXCEL_CSV)


@pytest.fixture
def view(make_lookup: Make, make_table: Callable[..., LeadTable]) -> View:
    ids = [lead_id(number) for number in range(3)]
    return View(lookup=make_lookup(*ids, leads=make_table(ids, FirstName=["Asha", "Ravi", "=1+1"])))


@pytest.fixture
def writing(monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Event, Event]]:
    """Hold each writing after its second row; events say that it is there, and let it go on."""
    there, go = Event(), Event()

    def slowly(
        _view: View, _choice: Choice, *, on_rows: Callable[[int], None]
    ) -> Iterator[Written]:
        on_rows(2)
        there.set()
        go.wait(WAIT_S)
        on_rows(3)
        yield Written(data=b"all")

    monkeypatch.setattr(prepare, "file_parts", slowly)
    yield there, go
    go.set()


@pytest.mark.parametrize("form", Form)
def test_the_file_is_the_very_one_that_a_click_would_bring(view: View, form: Form) -> None:
    job = Preparation(view, Choice(form=form))
    assert job.wait(WAIT_S)
    again = file_bytes(view, Choice(form=form))
    if form is Form.XLSX:  # says when it was made
        mine, others = (openpyxl.load_workbook(io.BytesIO(each)) for each in (job.data(), again))
        for sheet, other in zip(mine, others, strict=True):
            assert [*sheet.iter_rows(values_only=True)] == [*other.iter_rows(values_only=True)]
    else:
        assert job.data() == again
    look = job.snapshot()
    assert (look.rows, look.total, look.running, look.error) == (3, 3, False, None)
    assert look.size_bytes == len(job.data())


def test_what_the_file_lost_is_known_when_it_is_there(view: View) -> None:
    job = Preparation(view, CSV)
    assert job.wait(WAIT_S)
    assert job.snapshot().losses == Losses(escaped=1)


def test_progress_is_told_in_rows_and_there_is_no_file_yet(
    view: View, writing: tuple[Event, Event]
) -> None:
    there, go = writing
    job = Preparation(view, CSV)
    assert there.wait(WAIT_S)
    look = job.snapshot()
    assert (look.rows, look.total, look.running, look.size_bytes) == (2, 3, True, None)
    with pytest.raises(LsqError, match="no longer on this server"):
        job.data()
    go.set()
    assert job.wait(WAIT_S)
    assert job.data() == b"all"


def test_a_dropped_file_is_written_no_further_and_kept_nowhere(
    view: View, writing: tuple[Event, Event]
) -> None:
    there, go = writing
    job = Preparation(view, CSV)
    assert there.wait(WAIT_S)
    job.drop()
    go.set()
    assert job.wait(WAIT_S)
    assert job.snapshot().rows == 2
    assert job.snapshot().size_bytes is None
    assert not job.is_of(view, CSV)


def test_files_are_written_one_after_the_other_and_one_that_waits_can_be_dropped(
    view: View, writing: tuple[Event, Event]
) -> None:
    there, go = writing
    first = Preparation(view, CSV)
    assert there.wait(WAIT_S)
    second = Preparation(view, Choice(form=Form.JSONL))
    assert (first.snapshot().waiting, second.snapshot().waiting) == (False, True)
    second.drop()
    assert second.wait(WAIT_S)
    assert (second.snapshot().rows, second.snapshot().waiting) == (0, False)
    assert first.snapshot().running
    go.set()
    assert first.wait(WAIT_S)
    assert first.data() == b"all"


def test_a_file_whose_viewer_has_gone_is_written_no_further(
    view: View, writing: tuple[Event, Event]
) -> None:
    there, go = writing
    job = Preparation(view, CSV)
    assert there.wait(WAIT_S)
    (thread,) = (each for each in threads() if each.name == "prepare")
    writes = job._writing  # noqa: SLF001 - what the thread still has
    del job
    gc.collect()
    assert writes.stop.is_set()
    go.set()
    thread.join(WAIT_S)
    assert not thread.is_alive()
    assert writes.snapshot().rows == 2
    assert writes.data is None


def test_a_file_that_is_too_large_to_keep_is_refused_while_it_is_written(
    view: View, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(prepare, "MOST_BYTES", 1000)
    parts = [Written(data=b"x" * 600)] * 5
    taken = iter(parts)
    monkeypatch.setattr(prepare, "file_parts", lambda *_, **__: taken)
    job = Preparation(view, CSV)
    assert job.wait(WAIT_S)
    look = job.snapshot()
    assert look.error is not None
    assert look.error.title == "This file would be larger than 1 kB."
    assert look.size_bytes is None
    assert len([*taken]) == 3


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        (MemoryError(), "The server’s memory does not hold this file."),
        (LsqError("It has too many columns.", ""), "It has too many columns."),
        (RuntimeError("oops"), "The file broke off by a fault of this program."),
    ],
    ids=["memory", "ours", "fault"],
)
def test_what_goes_wrong_is_one_sentence(
    view: View, monkeypatch: pytest.MonkeyPatch, fault: Exception, said: str
) -> None:
    def broken(*_: Any, **__: Any) -> Iterator[Written]:  # noqa: ANN401 - as `file_parts` is called
        raise fault

    monkeypatch.setattr(prepare, "file_parts", broken)
    job = Preparation(view, CSV)
    assert job.wait(WAIT_S)
    look = job.snapshot()
    assert look.error is not None
    assert look.error.title == said
    assert look.size_bytes is None


def test_the_next_file_is_written_after_one_that_failed(
    view: View, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(prepare, "file_parts", lambda *_, **__: 1 / 0)
        assert Preparation(view, CSV).wait(WAIT_S)
    job = Preparation(view, CSV)
    assert job.wait(WAIT_S)
    assert job.data()


def test_a_file_is_of_its_own_choice_and_no_other(view: View, make_lookup: Make) -> None:
    kept = Choice(rows=Rows.FILTERED, kept=pd.Index([0, 2]))
    job = Preparation(view, kept)
    assert job.is_of(view, Choice(rows=Rows.FILTERED, kept=pd.Index([0, 2])))
    assert job.is_of(View(lookup=view.lookup, masked=True), kept)
    others = [
        Choice(rows=Rows.FILTERED, kept=pd.Index([0, 1])),
        Choice(rows=Rows.FILTERED),
        Choice(rows=Rows.FILTERED, kept=pd.Index([0, 2]), mask=True),
        Choice(rows=Rows.FILTERED, kept=pd.Index([0, 2]), form=Form.PARQUET),
    ]
    assert not any(job.is_of(view, other) for other in others)
    stages = (Stage("Enrolled", StageRole.WON),)
    assert not job.is_of(View(lookup=view.lookup, stages=stages), kept)
    assert not job.is_of(View(lookup=make_lookup(lead_id(0))), kept)
    assert job.wait(WAIT_S)
