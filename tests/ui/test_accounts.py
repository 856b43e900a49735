"""Keys that are given while a fetch runs: those of its account let it go on, others end it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from lsq.api.client import LeadSquared
from lsq.api.models import Progress
from lsq.sandbox import ACCESS_KEY, SECRET_KEY
from lsq.ui import accounts
from lsq.ui.jobs import registry
from lsq.ui.table_look import Look

if TYPE_CHECKING:
    from streamlit.testing.v1 import AppTest

    from lsq.api.account import Account
    from lsq.ui.state import Session
    from tests.ui.kinds import FetchOf, Visit

OWNER = "whoever began it"


@pytest.fixture
def running(fetch_of: FetchOf, monkeypatch: pytest.MonkeyPatch) -> Session:
    """A session after a reload: its fetch still runs and is registered, its keys are forgotten.

    Any keys of any host work from now on, without a call.
    """
    monkeypatch.setattr(accounts, "check_host", lambda host, **_: host)
    monkeypatch.setattr(LeadSquared, "probe", lambda _client: None)
    mine = fetch_of(columns={"FirstName": ["A"]}, progress=Progress(total=1))
    registry().add(mine.job, owner=OWNER)
    return mine


def connect(at: AppTest, account: Account, *keys: str) -> Session:
    given = (account.base_url, *keys)
    for key, text in zip(("host", "access_key", "secret_key"), given, strict=True):
        at.text_input(key=key).input(text)
    at.button(key="connect").click().run()
    return at.session_state["leadsheet"]


def test_the_keys_of_the_very_account_let_its_fetch_go_on(
    visit: Visit, running: Session, account: Account
) -> None:
    job = running.job
    mine = connect(visit("guide", mine=running), account, ACCESS_KEY, SECRET_KEY)
    assert mine.own is not None
    assert mine.own.fingerprint == account.fingerprint
    assert mine.job is job
    assert not job.snapshot().stopping
    assert registry().find(job.token, owner=OWNER) is job


@pytest.mark.parametrize("keys", [("other", SECRET_KEY), (ACCESS_KEY, "other")])
def test_other_keys_of_the_same_host_stop_the_fetch_and_drop_it(
    keys: tuple[str, str], visit: Visit, running: Session, account: Account
) -> None:
    job = running.job
    mine = connect(visit("guide", mine=running), account, *keys)
    assert mine.own is not None
    assert mine.job is None
    assert job.snapshot().stopping
    assert registry().find(job.token, owner=OWNER) is None


def test_another_account_gets_neither_the_look_nor_the_matches_of_the_last(
    visit: Visit, running: Session, account: Account
) -> None:
    running.look, running.matches = Look(columns=("mx_Theirs",), sort="mx_Theirs"), ()
    mine = connect(visit("guide", mine=running), account, "other", SECRET_KEY)
    assert (mine.look, mine.matches) == (Look(), None)


def test_a_link_s_columns_are_still_to_be_taken_up_after_the_first_keys(
    visit: Visit, running: Session, account: Account
) -> None:
    running.job = None
    mine = connect(visit("guide", mine=running, query=LINK), account, "other", SECRET_KEY)
    assert mine.panel.link
    assert mine.look is None


LINK = {"mx_Board": "a", "cols": "FirstName,mx_Board", "sort": "-mx_Board", "Board": "b"}
CHOSEN = {"columns": ["FirstName", "mx_Board"], "set_problem": None, "more_filters": ["mx_Board"]}


def test_disconnecting_leaves_neither_columns_nor_values_of_the_account(
    visit: Visit, running: Session, account: Account
) -> None:
    running.own = account
    at = visit("guide", mine=running, query=LINK, state=CHOSEN)
    assert running.panel.link
    at.button(key="disconnect").click().run()
    assert dict(at.query_params) == {}
    assert not at.session_state["leadsheet"].panel.link
    assert [key for key in CHOSEN if key in at.session_state] == []


def test_the_columns_of_the_last_account_are_not_asked_of_the_next(
    visit: Visit, running: Session, account: Account
) -> None:
    at = visit("lookup", mine=running, query=LINK, state=CHOSEN)
    assert running.panel.link
    mine = connect(at, account, "other", SECRET_KEY)
    assert dict(at.query_params) == {}
    assert not mine.panel.link
    assert "mx_Board" not in at.multiselect(key="columns").value


def test_the_first_keys_keep_the_address_with_which_the_session_began(
    visit: Visit, running: Session, account: Account
) -> None:
    running.job = None
    at = visit("guide", mine=running, query=LINK, state=CHOSEN)
    mine = connect(at, account, ACCESS_KEY, SECRET_KEY)
    assert {name: at.query_params[name] for name in at.query_params} == LINK
    assert mine.panel.link
    assert at.session_state["columns"] == CHOSEN["columns"]
