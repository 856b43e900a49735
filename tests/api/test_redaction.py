"""Keys out of text, by value."""

from __future__ import annotations

import base64
import gc
import io
import json
import logging
import sys
import threading
from typing import TYPE_CHECKING
from urllib.parse import quote, quote_plus, urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lsq.api.account import Account
from lsq.api.redaction import RedactingFormatter, Redactor, install, redact, register

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

KEY = 'u$r/0+marker="key"%5'


def base64_of(text: str) -> str:
    return base64.b64encode(f"{text}:x".encode()).decode()


def quoted(text: str) -> str:
    return quote(text, safe="")


WRITINGS = {
    "as it is": str,
    "in a path": quote,
    "in a form": quote_plus,
    "in a query": lambda key: urlencode({"accessKey": key}),
    "in lower case escapes": lambda key: quoted(key).lower(),
    "escaped twice": lambda key: quoted(quoted(key)),
    "in JSON": json.dumps,
    "in base64": base64_of,
}


@pytest.mark.parametrize("write", WRITINGS.values(), ids=WRITINGS)
def test_a_value_is_found_however_it_is_written(write: Callable[[str], str]) -> None:
    written = f"before {write(KEY)} after"
    redacted = Redactor(KEY).redact(written)
    assert redacted != written
    assert "marker" not in redacted
    assert redacted.startswith("before ")
    assert redacted.endswith(" after")


@given(st.text(alphabet=st.characters(min_codepoint=33, max_codepoint=126), min_size=6))
def test_no_printable_key_survives(key: str) -> None:
    assert key not in Redactor(key).redact(f"GET /?accessKey={key}").replace("[redacted]", "")


def test_short_values_are_left_alone() -> None:
    assert Redactor("the").redact("the end") == "the end"


def test_the_longer_of_two_values_goes_first() -> None:
    assert Redactor("secret", "secret-longer").redact("secret-longer") == "[redacted]"


def test_a_redactor_does_not_show_what_it_hides() -> None:
    assert KEY not in repr(Redactor(KEY))


def test_registered_keys_are_redacted_while_their_account_lives() -> None:
    account = Account(host="api.leadsquared.com", access_key="0living0key", secret_key="0" * 40)
    register(account)
    assert redact(f"0living0key {'0' * 40}") == "[redacted] [redacted]"
    del account
    gc.collect()
    assert redact("0living0key") == "0living0key"


def test_an_equal_account_that_is_dropped_leaves_the_other_known() -> None:
    keep, drop = (
        Account(host="api.leadsquared.com", access_key="0twice0key", secret_key="0" * 40)
        for _ in range(2)
    )
    register(keep)
    register(drop)
    del drop
    gc.collect()
    assert redact(keep.access_key) == "[redacted]"


@pytest.fixture
def known(account: Account) -> Account:
    register(account)
    return account


@pytest.fixture
def installed(monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[logging.Logger, io.StringIO]]:
    """Install the redaction over a handler of our own, and put everything back afterwards."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    logger = logging.getLogger("lsq.test_redaction")
    logger.addHandler(handler)
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    others = [item for item in logging.getLogger().handlers if item is not handler]
    before = [(item, item.formatter) for item in [*others, logging.lastResort]]
    install()
    yield logger, stream
    logger.removeHandler(handler)
    for item, formatter in before:
        item.setFormatter(formatter)


def test_a_log_line_holds_no_key(
    known: Account, installed: tuple[logging.Logger, io.StringIO]
) -> None:
    logger, stream = installed
    logger.warning("calling %s", f"https://x/?secretKey={quote(known.secret_key)}")
    assert stream.getvalue() == "calling https://x/?secretKey=[redacted]\n"


def test_a_logged_traceback_holds_no_key(
    known: Account, installed: tuple[logging.Logger, io.StringIO]
) -> None:
    logger, stream = installed
    logger.error("failed", exc_info=ValueError(known.access_key))
    assert "ValueError: [redacted]" in stream.getvalue()


def test_a_formatter_keeps_the_layout_of_the_one_inside(known: Account) -> None:
    record = logging.LogRecord("name", logging.INFO, "", 1, known.secret_key, (), None)
    formatter = RedactingFormatter(logging.Formatter("%(levelname)s %(message)s"))
    assert formatter.format(record) == "INFO [redacted]"


@pytest.mark.usefixtures("installed")
def test_installing_twice_wraps_once() -> None:
    install()
    formatters = [handler.formatter for handler in logging.getLogger("lsq.test_redaction").handlers]
    assert not any(isinstance(formatter._inner, RedactingFormatter) for formatter in formatters)  # noqa: SLF001 - the nesting itself


@pytest.mark.usefixtures("installed")
def test_an_uncaught_error_is_printed_without_keys(
    known: Account, capsys: pytest.CaptureFixture[str]
) -> None:
    error = RuntimeError(known.access_key)
    sys.excepthook(RuntimeError, error, None)
    assert capsys.readouterr().err == "RuntimeError: [redacted]\n"


@pytest.mark.usefixtures("installed")
def test_an_uncaught_error_of_a_thread_is_printed_without_keys(
    known: Account, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail() -> None:
        raise RuntimeError(known.access_key)

    thread = threading.Thread(target=fail)
    thread.start()
    thread.join()
    assert "RuntimeError: [redacted]" in capsys.readouterr().err


@pytest.mark.usefixtures("installed")
def test_a_thread_that_exits_prints_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    sys.excepthook(SystemExit, SystemExit(1), None)
    assert capsys.readouterr().err == ""
