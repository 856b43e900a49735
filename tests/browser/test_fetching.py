"""A fetch survives a reload and a page change, stops cleanly, and shows to its owner only."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from lsq.sandbox import Behaviour, Sandbox, lead_id
from tests.browser.driving import Viewer, serve

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.browser.driving import Server

CALLS, BATCH = 12, 5
IDS = CALLS * BATCH
SO_FAR = re.compile(rf"\b[1-9]\d* of {IDS} leads")


@pytest.fixture(scope="module")
def account() -> Iterator[Sandbox]:
    """A team's account, as far from the app as a real one: in another process."""
    with Sandbox() as sandbox:
        yield sandbox


@pytest.fixture(scope="module")
def slow_app(account: Sandbox, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The app on that account, with room for one small call a second."""
    with serve(
        tmp_path_factory.mktemp("slow"),
        LSQ_HOST=account.base_url,
        LSQ_ACCESS_KEY=account.access_key,
        LSQ_SECRET_KEY=account.secret_key,
        LSQ_ACCESS="platform",
        LSQ_RATE="1/1",
        LSQ_BATCH=str(BATCH),
    ) as server:
        yield server
    log = server.log.read_text(encoding="utf-8")
    assert "Traceback" not in log
    assert account.secret_key not in log


def calls_for_leads(account: Sandbox) -> int:
    """Count the calls so far, but for the one that asks for columns: the app makes it once."""
    return sum("ByIds" in call.target for call in account.arrivals)


def start(viewer: Viewer, *, first: int) -> None:
    """Begin a fetch of twelve calls and wait for the answer to its first."""
    prepare(viewer, first=first)
    begin(viewer)


def prepare(viewer: Viewer, *, first: int) -> None:
    """Drop a sheet of twelve calls; the account has been asked for its columns then."""
    ids = [lead_id(number) for number in range(first, first + IDS)]
    viewer.open()
    viewer.drop("ids.csv", "\n".join(["Lead ID", *ids]).encode())
    viewer.key("fetch").wait_for()


def begin(viewer: Viewer) -> None:
    """Begin the fetch and wait for the answer to its first call."""
    viewer.press("fetch")
    expect(viewer.key("progress")).to_contain_text(SO_FAR)


def leads_so_far(viewer: Viewer) -> int:
    """Read the progress, which is not yet written where the page is still being drawn."""
    progress = viewer.key("progress")
    expect(progress).to_contain_text(SO_FAR)
    return int(progress.inner_text().split()[0])


def test_a_fetch_goes_on_through_a_reload_and_a_page_change(
    slow_app: Server, profile: Callable[..., Viewer], account: Sandbox
) -> None:
    viewer = profile(slow_app)
    calls = calls_for_leads(account)
    start(viewer, first=0)
    before = leads_so_far(viewer)

    viewer.page.reload()
    viewer.settle()
    expect(viewer.key("stop").get_by_role("button")).to_be_enabled()
    assert leads_so_far(viewer) >= before

    viewer.visit("Leads")
    expect(viewer.page.get_by_text(re.compile(rf"Still fetching: \d+ of {IDS}"))).to_be_visible()
    viewer.visit("Lookup")
    viewer.key("open_leads").wait_for()
    expect(viewer.page.get_by_text(f"{IDS} of {IDS} leads found.")).to_be_visible()
    assert calls_for_leads(account) - calls == CALLS  # nothing was asked for twice

    viewer.press("open_leads")
    expect(viewer.page.get_by_text(f"{IDS} leads", exact=True)).to_be_visible()
    viewer.key("leads_table").get_by_test_id("stDataFrame").wait_for()


def test_stop_keeps_what_came_and_the_rest_can_be_fetched(
    slow_app: Server, profile: Callable[..., Viewer], account: Sandbox
) -> None:
    viewer = profile(slow_app)
    calls = calls_for_leads(account)
    start(viewer, first=100)
    viewer.press("stop")
    stopped = viewer.page.get_by_text(re.compile(rf"Stopped by you. \d+ of {IDS} leads are here."))
    here = int(re.findall(r"\d+", stopped.inner_text())[0])
    assert 0 < here < IDS

    again = viewer.key("fetch").get_by_role("button")
    expect(again).to_have_text(re.compile(f"Fetch the other {IDS - here}"))
    again.click()
    expect(viewer.page.get_by_text(f"{IDS} of {IDS} leads found.")).to_be_visible()
    assert calls_for_leads(account) - calls == CALLS  # each batch once, stop or not


def test_a_second_tab_with_the_same_sheet_joins_the_fetch_and_asks_nothing(
    slow_app: Server, profile: Callable[..., Viewer], account: Sandbox
) -> None:
    first = profile(slow_app)
    calls = calls_for_leads(account)
    start(first, first=300)
    second = Viewer(first.page.context, slow_app.url)
    start(second, first=300)
    assert second.page.url == first.page.url
    for tab in (first, second):
        expect(tab.page.get_by_text(f"{IDS} of {IDS} leads found.")).to_be_visible()
    assert calls_for_leads(account) - calls == CALLS


def test_what_the_account_would_not_answer_is_fetched_on_the_next_click(
    slow_app: Server, profile: Callable[..., Viewer], account: Sandbox
) -> None:
    viewer = profile(slow_app)
    prepare(viewer, first=400)
    account.behaviour = Behaviour(keys_work_for=len(account.arrivals) + 3)
    begin(viewer)
    expect(viewer.page.get_by_text("LeadSquared refused the keys (401).")).to_be_visible()
    expect(viewer.page.get_by_text(re.compile("came before it; they are kept"))).to_be_visible()
    refused = calls_for_leads(account)

    account.behaviour = Behaviour()
    viewer.press("fetch")
    expect(viewer.page.get_by_text(f"{IDS} of {IDS} leads found.")).to_be_visible()
    assert calls_for_leads(account) - refused == CALLS - 3


def test_a_copied_link_shows_no_leads_in_another_browser(
    slow_app: Server, profile: Callable[..., Viewer]
) -> None:
    mine, other = profile(slow_app), profile(slow_app)
    start(mine, first=200)
    link = mine.page.url
    assert "job=" in link

    other.open(link)
    lost = other.page.get_by_text("That fetch is no longer on this server.")
    expect(lost).to_be_visible()
    assert "job=" not in other.page.url
    assert_sees_no_leads(other, link)

    mine.key("open_leads").wait_for()
    other.open(link)
    expect(lost).to_be_visible()
    assert_sees_no_leads(other, link)

    mine.page.reload()
    expect(mine.page.get_by_text(f"{IDS} of {IDS} leads found.")).to_be_visible()


def assert_sees_no_leads(viewer: Viewer, link: str) -> None:
    """Look at the result pages by menu and by link."""
    for page in ("Leads", "Stages"):
        viewer.visit(page)
        expect(viewer.page.get_by_text("That fetch is not here")).to_be_visible()
        viewer.open(link.replace("/?", f"/{page.lower()}?"))
        expect(viewer.page.get_by_text("That fetch is not here")).to_be_visible()
