"""What the account says of its columns: asked once, waited for briefly, missed without harm."""

from __future__ import annotations

import time
from dataclasses import replace
from threading import Event
from typing import TYPE_CHECKING, Self

import pytest

from lsq.analysis.catalog import STANDARD
from lsq.api.errors import KeysRefused
from lsq.api.models import Field
from lsq.sandbox import Behaviour, Fault
from lsq.sandbox.behaviour import FieldsCall
from lsq.sandbox.fields import FIELDS
from lsq.ui import fields
from lsq.ui.fields import Catalogs
from tests.ui.scripted import WAIT_S

if TYPE_CHECKING:
    from streamlit.testing.v1 import AppTest

    from lsq.api.account import Account
    from lsq.api.lead_id import LeadId
    from lsq.sandbox import Sandbox
    from tests.ui.kinds import Visit

COLUMN = Field(name="mx_Batch", label="Batch")
LONG_S = 60.0


class Teller:
    """Stands for a client: says what columns there are, or fails, once it was let go."""

    def __init__(self, account: Account, answer: tuple[Field, ...] | Exception) -> None:
        """Hold the answer back until `go` is set."""
        self.account, self.answer = account, answer
        self.go, self.questions = Event(), 0

    def __call__(self) -> Self:
        """Connect."""
        return self

    def __enter__(self) -> Self:
        """Begin."""
        return self

    def __exit__(self, *_: object) -> None:
        """End."""

    def fields(self) -> tuple[Field, ...]:
        """Answer."""
        self.questions += 1
        assert self.go.wait(WAIT_S)
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer


class Clock:
    """A clock that is put forward by hand."""

    def __init__(self) -> None:
        """Begin at some moment."""
        self.now_s = 1000.0

    def monotonic(self) -> float:
        """Tell the time."""
        return self.now_s


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    made = Clock()
    monkeypatch.setattr(fields, "time", made)
    monkeypatch.setattr(fields, "ask", Teller.fields)
    return made


@pytest.fixture
def teller(account: Account, clock: Clock) -> Teller:
    assert clock
    made = Teller(account, (COLUMN,))
    made.go.set()
    return made


def settle(known: Catalogs, teller: Teller) -> None:
    """Wait until the question under way is answered."""
    asked = known._asked[teller.account.fingerprint]  # noqa: SLF001 - nothing else tells it
    assert asked.answered.wait(WAIT_S)


def test_the_first_run_waits_for_the_answer_and_later_ones_do_not_ask(teller: Teller) -> None:
    known = Catalogs()
    assert known.of(teller.account, teller).label("mx_Batch") == "Batch"
    assert known.of(teller.account, teller) is known.of(teller.account, teller)
    assert teller.questions == 1


def test_nobody_waits_for_longer_than_a_moment_after_the_question(
    teller: Teller, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    teller.go.clear()
    known = Catalogs()
    monkeypatch.setattr(fields, "WAIT_S", 0.05)
    assert known.of(teller.account, teller) is STANDARD
    clock.now_s += 0.05
    monkeypatch.setattr(fields, "WAIT_S", LONG_S)
    clock.now_s += LONG_S  # a later run: it would wait for a minute if it waited at all
    before_s = time.perf_counter()
    assert known.of(teller.account, teller) is STANDARD
    assert time.perf_counter() - before_s < LONG_S / 2
    teller.go.set()
    settle(known, teller)
    assert known.of(teller.account, teller).has("mx_Batch")
    assert teller.questions == 1


def test_every_account_is_asked_for_itself(teller: Teller) -> None:
    known = Catalogs()
    known.of(teller.account, teller)
    other = Teller(replace(teller.account, access_key="other"), ())
    other.go.set()
    assert known.of(other.account, other).label("mx_Batch") == "Batch"  # from its name
    assert not known.of(other.account, other).fields
    assert (teller.questions, other.questions) == (1, 1)


def test_after_a_day_it_is_asked_again_and_what_was_known_serves_meanwhile(
    teller: Teller, clock: Clock
) -> None:
    known = Catalogs()
    first = known.of(teller.account, teller)
    clock.now_s += 25 * 3600
    teller.go.clear()
    assert known.of(teller.account, teller) is first
    teller.go.set()
    settle(known, teller)
    again = known.of(teller.account, teller)
    assert again is not first
    assert again == first
    assert teller.questions == 2


def test_a_failure_is_remembered_for_ten_minutes_and_told_by_its_kind(
    teller: Teller, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    teller.answer = KeysRefused("LeadSquared refused the keys u$r1.", "It says: u$r1.")
    known = Catalogs()
    assert known.of(teller.account, teller) is STANDARD
    clock.now_s += 599
    assert known.of(teller.account, teller) is STANDARD
    assert teller.questions == 1
    assert "did not say what columns it has: KeysRefused" in caplog.text
    assert "u$r1" not in caplog.text
    clock.now_s += 2
    teller.answer = (COLUMN,)
    assert known.of(teller.account, teller).has("mx_Batch")
    assert teller.questions == 2


def test_what_was_known_outlives_a_failure(teller: Teller, clock: Clock) -> None:
    known = Catalogs()
    first = known.of(teller.account, teller)
    clock.now_s += 25 * 3600
    teller.answer = RuntimeError("broken")
    known.of(teller.account, teller)
    settle(known, teller)
    assert known.of(teller.account, teller) is first


def test_accounts_that_nobody_asks_about_are_forgotten(teller: Teller, clock: Clock) -> None:
    known = Catalogs()
    known.of(teller.account, teller)
    clock.now_s += 3 * 24 * 3600
    other = Teller(replace(teller.account, access_key="other"), (COLUMN,))
    other.go.set()
    known.of(other.account, other)
    assert [*known._asked] == [other.account.fingerprint]  # noqa: SLF001 - nothing else tells it


def drop(at: AppTest, ids: list[LeadId], name: str = "a.csv") -> AppTest:
    return at.file_uploader(key="sheet").upload(name, "\n".join(["Lead ID", *ids]).encode()).run()


def asked_for_fields(sandbox: Sandbox) -> int:
    return sum("LeadsMetaData.Get" in call.target for call in sandbox.arrivals)


@pytest.mark.usefixtures("fields_asked")
def test_the_account_is_asked_when_a_sheet_is_there_and_once_for_all_viewers(
    visit: Visit, ids: list[LeadId], sandboxes: list[Sandbox]
) -> None:
    at = visit("lookup")
    assert sandboxes[0].arrivals == ()
    at = drop(at, ids[:3])
    drop(visit("lookup"), ids[:3], "b.csv").run()
    assert asked_for_fields(sandboxes[0]) == 1
    at.button(key="fetch").click().run()
    job = at.session_state["leadsheet"].job
    assert job.wait(WAIT_S)
    assert len(job.plan.catalog.fields) == len(FIELDS)
    assert [stage.name for stage in job.plan.catalog.stages][-1] == "Invalid"
    assert len(sandboxes[0].arrivals) == 2


@pytest.mark.usefixtures("fields_asked")
@pytest.mark.parametrize("switch", [FieldsCall.FORBIDDEN, FieldsCall.ABSENT])
def test_an_account_that_does_not_say_it_is_looked_up_all_the_same(
    switch: FieldsCall, visit: Visit, ids: list[LeadId], sandboxes: list[Sandbox]
) -> None:
    at = visit("lookup")
    sandboxes[0].behaviour = Behaviour(fields_call=switch)
    at = drop(at, ids[:3])
    assert not at.error
    at.button(key="fetch").click().run()
    assert at.session_state["leadsheet"].job.wait(WAIT_S)
    assert at.run().success[0].title == r"3 of 3 leads found\."
    assert asked_for_fields(sandboxes[0]) == 1


@pytest.mark.usefixtures("fields_asked")
def test_a_silent_account_does_not_hold_the_page_up(
    visit: Visit, ids: list[LeadId], sandboxes: list[Sandbox], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fields, "WAIT_S", 0.05)
    monkeypatch.setattr("lsq.settings._QUICK_S", 0.5)
    at = visit("lookup")
    sandboxes[0].fail_next(Fault.SILENCE)
    at = drop(at, ids[:3])
    assert at.button(key="fetch").label == "Fetch 3 leads"
    at.button(key="fetch").click().run()
    assert at.session_state["leadsheet"].job.wait(WAIT_S)
    assert at.run().success[0].title == r"3 of 3 leads found\."
