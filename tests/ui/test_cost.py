"""What a click on Fetch begins, and what it must not begin."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from lsq.api.models import Progress
from lsq.ui.jobs import registry

if TYPE_CHECKING:
    from lsq.api.account import Account
    from lsq.ui.state import Session
    from tests.ui.kinds import FetchOf, KeysOf, Said, Visit

NAMES = {"FirstName": ["A", "B"]}
CHOSEN = {"columns": ["FirstName"]}


@pytest.fixture
def stopped(fetch_of: FetchOf, account: Account) -> Session:
    """A session on its own keys whose fetch has left one id open."""
    mine = fetch_of(columns=NAMES, not_asked=1)
    mine.own = account
    return mine


def test_with_the_keys_of_the_account_its_fetch_can_be_completed(
    visit: Visit, stopped: Session, said: Said
) -> None:
    at = visit("lookup", mine=stopped, state=CHOSEN)
    assert not at.button(key="fetch").disabled
    assert "Connect to the same account" not in said(at)
    before = stopped.job
    at.button(key="fetch").click().run()
    begun = at.session_state["leadsheet"].job
    assert begun is not before
    assert begun.plan.earlier is not None
    assert begun.account == before.account
    begun.stop()


@pytest.mark.parametrize("other", [{"access_key": "other"}, {"secret_key": "other"}])
def test_other_keys_of_the_same_host_cannot_complete_a_fetch(
    other: dict[str, str], visit: Visit, stopped: Session, account: Account, said: Said
) -> None:
    stopped.own = replace(account, **other)
    at = visit("lookup", mine=stopped, state=CHOSEN)
    assert at.button(key="fetch").disabled
    assert "Connect to the same account" in said(at)


@pytest.mark.parametrize("other", [{"access_key": "other"}, {"secret_key": "other"}])
def test_a_click_that_comes_after_the_keys_were_changed_completes_nothing(
    other: dict[str, str], visit: Visit, stopped: Session, account: Account
) -> None:
    at = visit("lookup", mine=stopped, state=CHOSEN)
    mine = at.session_state["leadsheet"]
    before = mine.job
    mine.own = replace(account, **other)
    at.button(key="fetch").click().run()
    assert mine.job is before
    assert at.button(key="fetch").disabled


def test_a_second_click_while_the_fetch_runs_begins_nothing(
    visit: Visit, fetch_of: FetchOf, keys_of: KeysOf
) -> None:
    mine = fetch_of(columns=NAMES, progress=Progress(total=2))
    running, mine.job = mine.job, None
    at = visit("lookup", mine=mine, state=CHOSEN)
    mine = at.session_state["leadsheet"]
    mine.job = running  # what the first click has begun; this page does not know it yet
    at.button(key="fetch").click().run()
    assert mine.job is running
    assert not running.snapshot().stopping
    assert "fetch" not in keys_of(at)


def test_a_further_fetch_takes_the_place_of_the_one_before_it(
    visit: Visit, stopped: Session
) -> None:
    before = stopped.job
    registry().add(before, owner="me")
    at = visit("lookup", mine=stopped, state=CHOSEN)
    at.button(key="fetch").click().run()
    assert registry().find(before.token, owner="me") is None
    at.session_state["leadsheet"].job.stop()
