"""Large files: asked for, waited for, had again at once, and kept for nobody else."""

from __future__ import annotations

from threading import Event
from typing import TYPE_CHECKING, Any

import pytest
import streamlit as st

from lsq.api.errors import LsqError
from lsq.lookup import prepare
from lsq.lookup.choice import Choice
from lsq.lookup.prepare import Preparation
from lsq.lookup.view import View
from lsq.settings import read_settings
from lsq.ui import download_files, handing_out, preparing
from lsq.ui.download_files import BUILT_ROWS
from lsq.ui.preparing import Shelf
from tests.ui.scripted import WAIT_S

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from streamlit.testing.v1 import AppTest

    from lsq.sheets.written import Written
    from lsq.ui.state import Session
    from tests.ui.kinds import FetchOf, Said, Visit

    Pipeline = dict[str, list[str | None]]

FILES = ("xlsx", "csv", "parquet", "jsonl")


class Held(Event):
    """Lets go of a file that is held on its way."""

    def __init__(self) -> None:
        """Hold it."""
        super().__init__()
        self.there = Event()


@pytest.fixture(autouse=True)
def _few_rows_are_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(download_files, "BUILT_ROWS", 5)


@pytest.fixture
def fetched(fetch_of: FetchOf, pipeline: Pipeline) -> Session:
    """Ten leads; more than are built on click here."""
    return fetch_of(columns=pipeline)


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch) -> Iterator[Held]:
    """Hold each file after four rows, until the event; `held.there` says that it is so far."""
    go, write = Held(), prepare.file_parts

    def slowly(view: Any, choice: Choice, *, on_rows: Callable[[int], None]) -> Iterator[Written]:  # noqa: ANN401 - passed on
        on_rows(4)
        go.there.set()
        go.wait(WAIT_S)
        yield from write(view, choice, on_rows=on_rows)

    monkeypatch.setattr(prepare, "file_parts", slowly)
    yield go
    go.set()


@pytest.fixture
def given(monkeypatch: pytest.MonkeyPatch) -> dict[str, Callable[[], bytes]]:
    """What each download button would bring, by its label."""
    made: dict[str, Callable[[], bytes]] = {}
    draw = st.download_button

    def note(label: str, *, data: Callable[[], bytes], **how: Any) -> bool:  # noqa: ANN401
        made[label] = data
        return draw(label, data=data, **how)

    monkeypatch.setattr(st, "download_button", note)
    return made


def opened(at: AppTest) -> AppTest:
    return at.button(key="download").click().run()


def asked(at: AppTest, which: str) -> AppTest:
    """Ask for a file, and leave the dialog open."""
    opened(at).button(key=f"prepare_{which}").click()
    return opened(at)


def ready(at: AppTest, mine: Session, which: str) -> AppTest:
    """Ask for a file, wait for it, and open the dialog again."""
    asked(at, which)
    assert mine.prepared is not None
    assert mine.prepared.wait(WAIT_S)
    return opened(at)


def test_many_rows_are_prepared_before_they_are_downloaded(
    visit: Visit, fetched: Session, said: Said
) -> None:
    at = opened(visit("leads", mine=fetched))
    assert [at.button(key=f"prepare_{which}").label for which in FILES] == [
        "Prepare Excel workbook",
        "Prepare CSV for Excel",
        "Prepare Parquet",
        "Prepare JSON lines",
    ]
    assert not at.download_button
    assert (
        "10 rows × 9 columns · prepared on request, one at a time · times in Asia/Kolkata"
        in said(at)
    )


def test_as_many_rows_as_are_built_on_click_are(
    visit: Visit, fetched: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert download_files.BUILT_ROWS == 5 < BUILT_ROWS == 20_000
    monkeypatch.setattr(download_files, "BUILT_ROWS", 10)
    assert len(opened(visit("leads", mine=fetched)).download_button) == len(FILES)


@pytest.mark.parametrize("which", FILES)
def test_a_file_that_is_ready_can_be_had_with_its_size(
    visit: Visit, fetched: Session, which: str, given: dict[str, Callable[[], bytes]]
) -> None:
    at = ready(visit("leads", mine=fetched), fetched, which)
    assert [button.key for button in at.download_button] == [f"download_{which}"]
    (label,) = given
    data = given[label]()
    assert label.endswith((" kB", " bytes"))
    assert len(data) == fetched.prepared.snapshot().size_bytes
    assert len([each for each in at.button if str(each.key).startswith("prepare_")]) == 3


def test_the_way_is_shown_in_rows_while_it_is_written_and_can_be_cancelled(
    visit: Visit, fetched: Session, said: Said, held: Held
) -> None:
    at = asked(visit("leads", mine=fetched), "csv")
    job = fetched.prepared
    assert held.there.wait(WAIT_S)
    assert "CSV for Excel: 4 of 10 rows" in said(opened(at))
    (bar,) = at.get("progress")
    assert bar.proto.value == 40
    at.button(key="prepare_cancel").click()
    opened(at)
    assert fetched.prepared is None
    held.set()
    assert job.wait(WAIT_S)
    assert not job.snapshot().size_bytes
    assert "of 10 rows" not in said(at)


def test_one_that_waits_for_another_viewer_says_so(
    visit: Visit, fetched: Session, said: Said, held: Held
) -> None:
    others = Preparation(View(lookup=fetched.job.snapshot().lookup), Choice())
    assert held.there.wait(WAIT_S)
    at = asked(visit("leads", mine=fetched), "csv")
    assert "CSV for Excel: waits for another viewer’s file" in said(at)
    others.drop()
    held.set()
    assert fetched.prepared.wait(WAIT_S)
    assert opened(at).download_button


def test_another_file_takes_the_place_of_the_one_before(
    visit: Visit, fetched: Session, held: Held
) -> None:
    at = asked(visit("leads", mine=fetched), "csv")
    first = fetched.prepared
    at = asked(at, "jsonl")
    assert fetched.prepared is not first
    held.set()
    assert first.wait(WAIT_S)
    assert first.snapshot().size_bytes is None
    assert fetched.prepared.wait(WAIT_S)
    assert [button.key for button in opened(at).download_button] == ["download_jsonl"]


def test_a_second_press_does_not_begin_again(visit: Visit, fetched: Session, held: Held) -> None:
    at = asked(visit("leads", mine=fetched), "csv")
    first = fetched.prepared
    asked(at, "csv")
    assert fetched.prepared is first
    held.set()


def test_in_the_end_the_page_runs_once_with_its_dialog(
    visit: Visit, fetched: Session, held: Held
) -> None:
    at = asked(visit("leads", mine=fetched), "csv")
    look, job = fetched.prepared.snapshot(), fetched.prepared
    held.set()
    assert job.wait(WAIT_S)
    # What the dialog saw while it was drawn, and the fragment in it a moment later.
    looks = iter([look, look])
    done = job.snapshot()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(type(job), "snapshot", lambda _job: next(looks, done))
        opened(at)
    assert [button.key for button in at.download_button] == ["download_csv"]
    assert fetched.reopen is None
    assert not at.run().download_button


def test_unmasked_is_not_masked(visit: Visit, fetched: Session) -> None:
    at = ready(visit("leads", mine=fetched), fetched, "jsonl")
    assert at.download_button
    fetched.masked = True
    at = opened(at.run())
    assert at.segmented_control(key="download_choice_mask").value == "Masked"
    assert not at.download_button
    fetched.masked = False
    assert opened(at.run()).download_button


def test_other_rows_are_another_file(visit: Visit, fetched: Session) -> None:
    at = ready(visit("leads", mine=fetched), fetched, "csv")
    at.segmented_control(key="download_choice_csv").set_value("Programs")
    assert not opened(at).download_button
    fetched.filters = fetched.filters.choose("Source", ["Web"])
    assert not opened(at).download_button


def test_what_the_finished_file_lost_stands_with_it(
    visit: Visit, fetch_of: FetchOf, said: Said
) -> None:
    mine = fetch_of(columns={"FirstName": ["=1+1"] * 10})
    at = opened(visit("leads", mine=mine))
    assert "apostrophe" not in said(at)
    at = ready(at, mine, "csv")
    assert "CSV for Excel: 10 cells that Excel could take for a formula" in said(at)


def test_what_went_wrong_is_said_in_the_dialog(
    visit: Visit, fetched: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: Any, **__: Any) -> Iterator[Written]:  # noqa: ANN401 - as `file_parts` is called
        raise MemoryError

    monkeypatch.setattr(prepare, "file_parts", broken)
    at = ready(visit("leads", mine=fetched), fetched, "xlsx")
    (box,) = at.error
    assert box.value.startswith("Take fewer rows or columns")
    assert at.button(key="prepare_xlsx")


def test_it_is_not_handed_out_after_the_viewer_was_taken_out_of_the_rule(
    visit: Visit,
    fetched: Session,
    given: dict[str, Callable[[], bytes]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ready(visit("leads", mine=fetched), fetched, "csv")
    (hand_out,) = given.values()
    assert hand_out()
    configured = read_settings({}, {"access": {"emails": ["ravi@example.com"]}})
    monkeypatch.setattr(handing_out, "settings", lambda: configured)
    with pytest.raises(LsqError, match=r"You may no longer use this app\."):
        hand_out()


def test_it_goes_with_its_fetch(
    visit: Visit, fetched: Session, given: dict[str, Callable[[], bytes]]
) -> None:
    ready(visit("leads", mine=fetched), fetched, "csv")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(st, "query_params", {})
        fetched.drop_job()
    assert fetched.prepared is None
    (hand_out,) = given.values()
    with pytest.raises(LsqError, match="no longer on this server"):
        hand_out()


class Kept:
    """Stands for a preparation of so many bytes."""

    def __init__(self, size_bytes: int | None, *, running: bool = False) -> None:
        """Be of this size."""
        self.size_bytes, self.running, self.dropped = size_bytes, running, False

    def snapshot(self) -> Kept:
        """Look as asked for."""
        return self

    def drop(self) -> None:
        """Be dropped."""
        self.dropped = True


def test_what_nobody_looks_at_goes_after_half_an_hour(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [1000.0]
    monkeypatch.setattr(preparing.time, "monotonic", lambda: now[0])
    shelf, old, new, working = Shelf(), Kept(5), Kept(5), Kept(None, running=True)
    shelf.seen(old)
    shelf.seen(working)
    now[0] += preparing.KEEP_S
    shelf.seen(new)
    shelf.drop_old()
    assert not old.dropped
    now[0] += 1
    shelf.drop_old()
    assert (old.dropped, new.dropped, working.dropped) == (True, False, False)


def test_a_file_that_is_looked_at_stays_and_all_are_swept(
    visit: Visit, fetched: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    now, chores = [1000.0], []
    monkeypatch.setattr(preparing.time, "monotonic", lambda: now[0])
    monkeypatch.setattr(preparing, "sweep", chores.append)
    preparing._shelf.clear()  # noqa: SLF001 - made with the first file of a server
    at = ready(visit("leads", mine=fetched), fetched, "csv")
    (sweep,) = chores
    for _ in range(2):
        now[0] += preparing.KEEP_S
        sweep()
        assert opened(at).download_button
    now[0] += preparing.KEEP_S + 1
    sweep()
    assert not opened(at).download_button


def test_of_too_much_together_the_one_seen_longest_ago_goes(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    now = iter(range(100, 200))
    monkeypatch.setattr(preparing.time, "monotonic", lambda: float(next(now)))
    monkeypatch.setattr(preparing, "KEEP_BYTES", 10)
    shelf, first, second, third = Shelf(), Kept(4), Kept(4), Kept(4)
    for each in (first, second, third, first):
        shelf.seen(each)
    shelf.drop_old()
    assert [each.dropped for each in (first, second, third)] == [False, True, False]


def test_a_file_whose_session_has_ended_is_not_kept() -> None:
    shelf, gone = Shelf(), Kept(4)
    shelf.seen(gone)
    del gone
    assert not shelf._seen  # noqa: SLF001 - what is still held
