"""A viewer's own keys: tried with one call, in one session only, and never shown again."""

from __future__ import annotations

from threading import Event
from typing import TYPE_CHECKING

import pytest

from lsq.analysis.stages import Stage, StageRole
from lsq.api.cache import MemoryCache
from lsq.api.client import LeadSquared
from lsq.sandbox import ACCESS_KEY, SECRET_KEY, Behaviour, Fault, Sandbox
from lsq.ui import accounts
from lsq.ui.jobs import registry
from tests.ui.scripted import WAIT_S

if TYPE_CHECKING:
    from collections.abc import Iterator

    from streamlit.testing.v1 import AppTest

    from lsq.api.lead_id import LeadId
    from tests.ui.kinds import KeysOf, Said, Visit

ACCESS, SECRET = "u$rmarkeraccess", "markersecretmarkersecretmarkersecret"


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Sandbox]:
    """Let a viewer connect to a sandbox, whose loopback host is refused when it is typed."""
    monkeypatch.setattr(accounts, "check_host", lambda host, **_: host)
    with Sandbox(behaviour=Behaviour(max_calls=None)) as running:
        yield running


@pytest.fixture
def cache(monkeypatch: pytest.MonkeyPatch) -> MemoryCache:
    """The server's cache, to be looked into."""
    shared = MemoryCache()
    monkeypatch.setattr(accounts, "_opened", lambda *_: shared)
    return shared


def connect(at: AppTest, host: str, access_key: str = ACCESS, secret_key: str = SECRET) -> AppTest:
    at.text_input(key="host").input(host)
    at.text_input(key="access_key").input(access_key)
    at.text_input(key="secret_key").input(secret_key)
    return at.button(key="connect").click().run()


def connected(at: AppTest, server: Sandbox) -> AppTest:
    connect(at, server.base_url, ACCESS_KEY, SECRET_KEY)
    assert not at.error
    return at


@pytest.mark.parametrize(
    "host",
    [
        "http://127.0.0.1:8040",
        "http://localhost:8040",
        "localhost",
        "127.0.0.1",
        "[::1]",
        "http://api-in21.leadsquared.com",
        "api-in21.leadsquared.com.evil.example",
        "api-in21.leadsquared.com@evil.example",
        "evil.example/api-in21.leadsquared.com",
        "https://api-in21.leadsquared.com:8443",
        "api-in21.leadsquared.com/path",
        "\N{CYRILLIC SMALL LETTER A}pi-in21.leadsquared.com",
        "169.254.169.254",
        "",
    ],
)
def test_a_typed_host_that_is_not_leadsquareds_is_refused_and_nothing_is_sent(
    host: str, visit: Visit, said: Said, monkeypatch: pytest.MonkeyPatch
) -> None:
    clients: list[object] = []
    monkeypatch.setattr(LeadSquared, "__init__", lambda *_, **__: clients.append("made"))
    at = connect(visit("guide"), host)
    assert clients == []
    assert r"is not one of LeadSquared's API hosts\." in at.error[0].title
    assert r"api\-in21\.leadsquared\.com" in at.error[0].value
    assert at.session_state["leadsheet"].own is None
    assert "marker" not in said(at)


def test_a_loopback_host_of_the_environment_does_not_let_viewers_type_one(
    visit: Visit, monkeypatch: pytest.MonkeyPatch, server: Sandbox
) -> None:
    monkeypatch.undo()
    at = connect(visit("guide"), server.base_url, ACCESS_KEY, SECRET_KEY)
    assert "is not one of" in at.error[0].title
    assert server.arrivals == ()


@pytest.mark.parametrize(
    ("access_key", "secret_key", "which"),
    [("", "x", "access"), ("x", "", "secret"), ("two words", "x", "access")],
)
def test_a_key_that_is_missing_or_broken_is_named_and_nothing_is_sent(
    access_key: str, secret_key: str, which: str, visit: Visit, server: Sandbox
) -> None:
    at = connect(visit("guide"), server.base_url, access_key, secret_key)
    assert at.error[0].title.startswith(f"The {which} key is empty or holds spaces")
    assert server.arrivals == ()


@pytest.mark.usefixtures("server")
def test_keys_that_work_are_kept_after_one_call(
    visit: Visit, server: Sandbox, said: Said, keys_of: KeysOf
) -> None:
    at = connected(visit("guide"), server)
    assert len(server.arrivals) == 1
    assert at.session_state["leadsheet"].own is not None
    text = said(at)
    assert ":green-badge[:material/verified_user:" in text
    assert "At most 25 calls in 5 s." in text
    assert "disconnect" in keys_of(at)
    assert "access_key" not in keys_of(at)
    for page in ("lookup", "leads"):
        other = visit(page, mine=at.session_state["leadsheet"])
        assert "Connected" in said(other)
        assert "sample" not in keys_of(other)


def test_the_form_in_the_sidebar_connects_too(visit: Visit, server: Sandbox, said: Said) -> None:
    at = connected(visit("lookup"), server)
    assert "Disconnect and forget the keys" in said(at)


def test_wrong_keys_are_refused_with_what_to_check(visit: Visit, server: Sandbox) -> None:
    at = connect(visit("guide"), server.base_url)
    assert "refused the keys" in at.error[0].title
    assert at.session_state["leadsheet"].own is None
    assert len(server.arrivals) == 1


def holds_keys(text: str, *keys: str) -> bool:
    return any(key in text for key in keys)


def test_keys_that_work_stand_nowhere_afterwards(
    visit: Visit, server: Sandbox, said: Said, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    at = connected(visit("guide"), server)
    state = repr(at.session_state.to_dict())
    for told in (said(at), state, repr(at.query_params), caplog.text):
        assert not holds_keys(told, ACCESS_KEY, SECRET_KEY)


@pytest.mark.parametrize(
    "fault", [None, Fault.SERVER_ERROR_HTML, Fault.RESET, Fault.NOT_FOUND, Fault.REDIRECT,
              Fault.TOO_MANY_REQUESTS, Fault.HTML_IN_200, Fault.BAD_REQUEST]
)  # fmt: skip
def test_a_failed_try_says_why_and_tells_no_key(
    fault: Fault | None,
    visit: Visit,
    server: Sandbox,
    said: Said,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level("DEBUG")
    keys = (ACCESS, SECRET) if fault is None else (ACCESS_KEY, SECRET_KEY)
    if fault is not None:
        server.fail_next(fault, times=5)
    at = connect(visit("guide"), server.base_url, *keys)
    assert len(at.error) == 1
    assert "fault of this program" not in at.error[0].title
    mine = at.session_state["leadsheet"]
    assert mine.own is None
    for told in (said(at), repr(mine), repr(at.query_params), caplog.text):
        assert not holds_keys(told, *keys)


def test_one_sessions_keys_are_in_no_other(visit: Visit, server: Sandbox, said: Said) -> None:
    at = connected(visit("guide"), server)
    other = visit("guide")
    assert at.session_state["leadsheet"].own is not None
    assert other.session_state["leadsheet"].own is None
    assert ":orange-badge[:material/science: Demo account]" in said(other)
    assert server.base_url.partition("://")[2] not in said(other).replace("\\", "")


def test_disconnecting_forgets_keys_leads_job_and_what_was_cached(
    visit: Visit, server: Sandbox, ids: list[LeadId], cache: MemoryCache, said: Said
) -> None:
    at = connected(visit("lookup"), server)
    text = "\n".join(["Lead ID", *ids[:3]]).encode()
    at.file_uploader(key="sheet").upload("a.csv", text).run()
    at.button(key="fetch").click().run()
    mine = at.session_state["leadsheet"]
    job, own = mine.job, mine.own
    assert job.wait(WAIT_S)
    assert cache.count(own, job.plan.ids, job.plan.columns) == 3
    mine.stages = (Stage("Theirs", StageRole.OPEN),)
    at.run().button(key="disconnect").click().run()
    assert (mine.own, mine.job, mine.lookup(), mine.stages) == (None, None, None, None)
    assert cache.count(own, job.plan.ids, job.plan.columns) == 0
    assert registry()._entries == {}  # noqa: SLF001 - nobody could find it either way
    assert "job" not in at.query_params
    assert "Demo account" in said(at)
    assert not at.success


def test_disconnecting_stops_a_fetch_that_is_under_way(
    visit: Visit, server: Sandbox, ids: list[LeadId]
) -> None:
    at = connected(visit("lookup"), server)
    server.behaviour = Behaviour(latency_s=WAIT_S)
    text = "\n".join(["Lead ID", *ids[:3]]).encode()
    at.file_uploader(key="sheet").upload("a.csv", text).run()
    at.button(key="fetch").click().run()
    job = at.session_state["leadsheet"].job
    assert job.snapshot().running
    at.button(key="disconnect").click().run()
    assert job.wait(WAIT_S / 2)
    assert job.snapshot().stopping


def test_what_a_call_under_way_brings_after_disconnecting_is_not_kept(
    visit: Visit, server: Sandbox, ids: list[LeadId], cache: MemoryCache
) -> None:
    at = connected(visit("lookup"), server)
    server.behaviour = Behaviour(latency_s=0.5)
    text = "\n".join(["Lead ID", *ids[:3]]).encode()
    at.file_uploader(key="sheet").upload("a.csv", text).run()
    at.button(key="fetch").click().run()
    mine = at.session_state["leadsheet"]
    job, own = mine.job, mine.own
    at.button(key="disconnect").click().run()
    assert job.wait(WAIT_S)
    Event().wait(0.8)  # until the answer has come
    assert len(server.arrivals) == 2
    assert cache.count(own, job.plan.ids, job.plan.columns) == 0


def test_giving_the_same_keys_again_keeps_the_fetch(
    visit: Visit, server: Sandbox, ids: list[LeadId]
) -> None:
    at = connected(visit("lookup"), server)
    text = "\n".join(["Lead ID", *ids[:3]]).encode()
    at.file_uploader(key="sheet").upload("a.csv", text).run()
    at.button(key="fetch").click().run()
    mine = at.session_state["leadsheet"]
    assert mine.job.wait(WAIT_S)
    # As after a reload: the job was found again by its token, the keys were not.
    mine.own = None
    connected(at.run(), server)
    assert mine.job is not None
    assert at.run().success[0].title == r"3 of 3 leads found\."


def test_connecting_with_other_keys_leaves_the_demo_accounts_leads_behind(
    visit: Visit, server: Sandbox, ids: list[LeadId]
) -> None:
    at = visit("lookup")
    text = "\n".join(["Lead ID", *ids[:3]]).encode()
    at.file_uploader(key="sheet").upload("a.csv", text).run()
    at.button(key="fetch").click().run()
    assert at.session_state["leadsheet"].job.wait(WAIT_S)
    connected(at, server)
    mine = at.session_state["leadsheet"]
    assert mine.job is None
    assert mine.sheet is not None


def test_without_a_cache_nothing_stays_fresh(visit: Visit, ids: list[LeadId]) -> None:
    at = visit("lookup", secrets={"lsq": {"cache": "off"}})
    text = "\n".join(["Lead ID", *ids[:3]]).encode()
    at.file_uploader(key="sheet").upload("a.csv", text).run()
    at.button(key="fetch").click().run()
    assert at.session_state["leadsheet"].job.wait(WAIT_S)
    at.run().button(key="change_sheet").click().run()
    at.file_uploader(key="sheet").upload("b.csv", text).run()
    assert at.button(key="fetch").label == "Fetch 3 leads"
