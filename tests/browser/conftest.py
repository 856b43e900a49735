"""The app on a port of its own and a real Chromium that watches its manners."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Browser, BrowserContext, sync_playwright

from tests.browser.driving import CHROMIUM, DESK, Server, Viewer, Watch, launch, serve

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

FAULTS = "[data-testid=stException], :text('by a fault of this program')"


@pytest.fixture(scope="session")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The app on the demo account; one for all tests of a worker that need no fresh one."""
    with serve(tmp_path_factory.mktemp("app")) as server:
        yield server
    assert "Traceback" not in server.log.read_text(encoding="utf-8")


@pytest.fixture
def fresh_app(tmp_path: Path) -> Iterator[Server]:
    """The app on the demo account, asked for nothing yet; ask for it before `profile`."""
    with serve(tmp_path) as server:
        yield server
    assert "Traceback" not in server.log.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A Chromium; for a module only, because Playwright's event loop would bother other tests."""
    if CHROMIUM is None:
        why = "chromium is not on this machine's path"
        if os.environ.get("CI"):
            pytest.fail(f"{why}, and CI asks for the browser tests")
        pytest.skip(why)
    with sync_playwright() as playwright, launch(playwright.chromium) as chromium:
        yield chromium


@pytest.fixture
def profile(browser: Browser) -> Iterator[Callable[..., Viewer]]:
    """Make browser profiles, each with its own cookies and one page of the app.

    Call it with a `Server` and what Playwright's `new_context` takes. At the end no profile may
    have called another machine, met an error in its console, or show a fault of ours.
    """
    watched = []

    def make(server: Server, **options: object) -> Viewer:
        context = browser.new_context(**DESK | options)
        watched.append((context, Watch(context)))
        return Viewer(context, server.url)

    yield make
    for context, watch in watched:
        faults = [page.locator(FAULTS).all_inner_texts() for page in context.pages]
        context.close()
        assert not any(faults), faults
        assert watch.outside == []
        assert watch.errors == []


@pytest.fixture(scope="module")
def desk(browser: Browser) -> Iterator[BrowserContext]:
    """One profile for the tests of a module: what a page loads is loaded once and stays warm."""
    context = browser.new_context(**DESK)
    watch = Watch(context)
    yield context
    context.close()
    assert watch.outside == []
    assert watch.errors == []


@pytest.fixture
def viewer(desk: BrowserContext, app: Server) -> Iterator[Viewer]:
    """A newcomer's session on the empty page of the demo account."""
    newcomer = Viewer(desk, app.url)
    newcomer.open()
    yield newcomer
    faults = [page.locator(FAULTS).all_inner_texts() for page in desk.pages]
    for page in desk.pages:
        page.close()
    assert not any(faults), faults
