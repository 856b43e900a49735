"""Driving the app as a person does: a server, a browser profile, the steps of the job."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit
from urllib.request import urlopen

from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import BrowserType, ConsoleMessage

ROOT = Path(__file__).parents[2]
CHROMIUM = shutil.which("chromium")
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",  # what should leave, cannot
)
LOOPBACK = "127.0.0.1"
NARROW_PX = 768
DESK = {"viewport": {"width": 1440, "height": 1000}, "timezone_id": "Asia/Kolkata"}
PHONE = DESK | {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
START_S = 60
PATIENCE_MS = 30_000
"""How long a state may take to come on a busy machine; nothing waits this long when all is well."""

MOVE_MS = 100
MOVES = PATIENCE_MS // MOVE_MS
"""How often a hand moves over a chart that has just been drawn, until it is seen there."""

_CELLS = "table => [...table.rows].map(row => [...row.cells].map(cell => cell.innerText.trim()))"
# Below a page's path Streamlit first looks for its server there, and only then at the root.
_PROBE = re.compile("/[a-z]+/_stcore/(health|host-config)$")

expect.set_options(timeout=PATIENCE_MS)


@dataclass(frozen=True)
class Server:
    """The app, running in a process of its own.

    Attributes:
        url: Where it answers.
        log: What it writes to its standard output and error.
        pid: Its process.
    """

    url: str
    log: Path
    pid: int


@contextmanager
def serve(folder: Path, **settings: str) -> Iterator[Server]:
    """Run the app on a free loopback port until the end of the block.

    Args:
        folder: Where its log may stand; also its home, so that nobody's own secrets are read.
        settings: `LSQ_*` variables; all others are taken out of its environment.

    Raises:
        RuntimeError: It did not start.
    """
    url, place = f"http://{LOOPBACK}:{_free_port()}", folder / "server.log"
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("LSQ_", "STREAMLIT_"))}
    with (
        place.open("wb") as log,
        subprocess.Popen(  # noqa: S603 - our own command, no shell
            _command(url, folder),
            cwd=ROOT,
            env=kept | settings | {"HOME": str(folder)},
            stdout=log,
            stderr=subprocess.STDOUT,
        ) as process,
    ):
        server = Server(url, place, process.pid)
        try:
            _wait_until_healthy(server, process)
            yield server
        finally:
            process.terminate()


def launch(chromium: BrowserType) -> Browser:
    """Start the machine's Chromium."""
    return chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))


class Viewer:
    """A person at one page of the app, in a browser profile that others may share.

    Attributes:
        page: The page, for everything that is no step of its own here.
        url: Where the app answers.
    """

    def __init__(self, context: BrowserContext, url: str) -> None:
        """Open an empty page in the profile."""
        self.page: Page = context.new_page()
        self.page.set_default_timeout(PATIENCE_MS)
        self.url = url

    def open(self, path: str = "/") -> None:
        """Go to a path of the app, or to a copied link, and wait until it is drawn."""
        self.page.goto(path if path.startswith("http") else self.url + path)
        self.settle()

    def settle(self) -> None:
        """Wait until the server has nothing more to draw."""
        drawn = "[data-testid=stApp][data-test-script-state=notRunning]"
        self.page.locator(drawn).wait_for()
        self.page.locator("h1").first.wait_for()

    def key(self, name: str) -> Locator:
        """Return the element that the app gave this key."""
        return self.page.locator(f".st-key-{name}")

    def press(self, key: str) -> None:
        """Press the button with this key."""
        self.key(key).get_by_role("button").first.click()

    def visit(self, title: str) -> None:
        """Follow the menu, which stands in the drawer when the window is narrow."""
        link = self.page.get_by_role("link", name=title, exact=True)
        narrow = self.page.viewport_size["width"] < NARROW_PX
        if narrow:
            self.page.get_by_test_id("stExpandSidebarButton").click()
        link.first.click()
        self.page.wait_for_url(re.compile(f"/{'' if title == 'Lookup' else title.lower()}([?]|$)"))
        if narrow:
            self.close_drawer()
        self.settle()

    def close_drawer(self) -> None:
        """Push the drawer away that stands before the page of a narrow window."""
        self.page.get_by_test_id("stSidebarCollapseButton").get_by_role("button").click()
        expect(self.page.get_by_test_id("stSidebar")).to_have_attribute("data-collapsed", "true")

    def drop(self, name: str, data: bytes) -> None:
        """Drop a file on the empty page."""
        file = {"name": name, "mimeType": "application/octet-stream", "buffer": data}
        self.key("sheet").locator("input[type=file]").set_input_files(file)

    def fetch(self) -> None:
        """Press Fetch and wait for its end."""
        self.press("fetch")
        self.key("open_leads").wait_for()
        self.settle()

    def choose(self, key: str, option: str) -> None:
        """Choose an option of the control with this key, and wait until it is chosen."""
        self.key(key).get_by_role("radio", name=option).or_(
            self.key(key).get_by_role("button", name=option)
        ).first.click()
        self.settle()

    def pick(self, key: str, option: str, *, typed: bool = False) -> None:
        """Choose an option of the select box with this key, or type one that is not offered."""
        self.key(key).locator("input").click()
        if typed:
            self.page.keyboard.type(option)
            self.page.keyboard.press("Enter")
        else:
            self.page.get_by_role("option", name=option, exact=True).click()
        self.settle()

    def download(self, key: str) -> tuple[str, bytes]:
        """Press a download button; return the name and the bytes of what comes."""
        with self.page.expect_download() as coming:
            self.press(key)
        return coming.value.suggested_filename, Path(coming.value.path()).read_bytes()

    def figures(self) -> list[list[str]]:
        """Read the page's first table, row by row, the header first."""
        table = self.page.get_by_test_id("stTable").first.locator("table")
        table.locator("tbody tr").first.wait_for()
        rows: list[list[str]] = table.evaluate(_CELLS)
        return rows


class Watch:
    """What a profile must never do: ask another machine for something, or fail in its console.

    Attributes:
        outside: Addresses asked for that are not this machine's.
        errors: What its consoles called an error.
    """

    def __init__(self, context: BrowserContext) -> None:
        """Look at everything that the profile does from now on."""
        self.outside: list[str] = []
        self.errors: list[str] = []
        context.on("request", lambda request: self._asked(request.url))
        context.on("page", lambda page: page.on("websocket", lambda ws: self._asked(ws.url)))
        context.on("console", self._told)
        context.on("weberror", lambda error: self.errors.append(str(error.error)))

    def _asked(self, url: str) -> None:
        address = urlsplit(url)
        if address.scheme not in {"data", "blob"} and address.hostname != LOOPBACK:
            self.outside.append(url)

    def _told(self, message: ConsoleMessage) -> None:
        if message.type == "error" and not _PROBE.search(message.location["url"]):
            self.errors.append(f"{message.text} ({message.location['url']})")


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind((LOOPBACK, 0))
        port: int = listener.getsockname()[1]
        return port


def _command(url: str, folder: Path) -> list[str]:
    options = {
        "server.port": urlsplit(url).port,
        "server.address": LOOPBACK,
        "server.headless": "true",
        "server.fileWatcherType": "none",
        "secrets.files": folder / "none.toml",
    }
    flags = [f"--{name}={value}" for name, value in options.items()]
    return [sys.executable, "-m", "streamlit", "run", "app.py", *flags]


def _wait_until_healthy(server: Server, process: subprocess.Popen[bytes]) -> None:
    for _ in range(START_S * 10):
        with suppress(OSError), urlopen(f"{server.url}/_stcore/health", timeout=5) as reply:  # noqa: S310 - loopback
            if reply.read() == b"ok":
                return
        with suppress(subprocess.TimeoutExpired):
            process.wait(timeout=0.1)
            break
    message = f"The app did not start:\n{server.log.read_text(encoding='utf-8')}"
    raise RuntimeError(message)
