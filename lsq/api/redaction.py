"""Keys out of text, by value: names of parameters change, what must not be seen does not.

Every transport registers its account and keeps the keys out of what urllib3 logs. A program that
calls `install` keeps the keys of all living accounts out of all its log lines, tracebacks included.
"""

from __future__ import annotations

import base64
import json
import logging
import sys
import threading
import traceback
from typing import TYPE_CHECKING
from urllib.parse import quote, quote_plus
from weakref import WeakValueDictionary

if TYPE_CHECKING:
    from types import TracebackType

    from lsq.api.account import Account

__all__ = ["RedactingFormatter", "Redactor", "install", "redact", "redact_record", "register"]

SHORTEST = 6
"""Values below this many characters are not replaced: they would be found inside common words."""

_REPLACEMENT = "[redacted]"
# By identity, not by value: of two equal accounts, one may be dropped and the other stay in use.
_known: WeakValueDictionary[int, Account] = WeakValueDictionary()
_lock = threading.Lock()


class Redactor:
    """Replaces given values in text, also where they are written for URLs, JSON or as base64."""

    def __init__(self, *values: str) -> None:
        """Work out all the ways in which `values` can be written."""
        forms = {form for value in values if len(value) >= SHORTEST for form in _forms(value)}
        # The longest first, so that no part of a longer form is left standing.
        self._forms = sorted(forms, key=len, reverse=True)

    def __repr__(self) -> str:
        """Say what this is without saying what it hides."""
        return "Redactor()"

    def redact(self, text: str) -> str:
        """Return `text` with every known value replaced."""
        for form in self._forms:
            text = text.replace(form, _REPLACEMENT)
        return text


def register(account: Account) -> None:
    """Let `redact` and `RedactingFormatter` know the keys of `account` for as long as it lives."""
    with _lock:
        _known[id(account)] = account


def redact(text: str) -> str:
    """Return `text` without the keys of any registered account."""
    with _lock:
        accounts = list(_known.values())
    keys = {key for account in accounts for key in (account.access_key, account.secret_key)}
    return Redactor(*keys).redact(text)


class RedactingFormatter(logging.Formatter):
    """A log formatter whose finished lines hold no key of a registered account."""

    def __init__(self, inner: logging.Formatter | None = None) -> None:
        """Redact what `inner` writes; by default the plain message."""
        super().__init__()
        self._inner = inner or logging.Formatter()

    def format(self, record: logging.LogRecord) -> str:
        """Format the record, traceback included, and redact the result."""
        return redact(self._inner.format(record))


def redact_record(record: logging.LogRecord) -> bool:
    """Take the keys out of one record, as a logger's filter; every record passes.

    A traceback is left out: it would be written by a handler that knows nothing of keys.
    """
    record.msg, record.args = redact(record.getMessage()), ()
    record.exc_info = record.exc_text = None
    return True


def install() -> None:
    """Keep keys out of what this process's log handlers and uncaught errors write.

    Handlers that are added later are not covered: call it again, which does no harm.
    """
    loggers = [logging.getLogger(), *map(logging.getLogger, logging.root.manager.loggerDict)]
    handlers = [handler for logger in loggers for handler in logger.handlers]
    for handler in filter(None, [*handlers, logging.lastResort]):
        if not isinstance(handler.formatter, RedactingFormatter):
            handler.setFormatter(RedactingFormatter(handler.formatter))
    sys.excepthook = _print_uncaught
    threading.excepthook = lambda args: _print_uncaught(
        args.exc_type, args.exc_value, args.exc_traceback
    )


def _print_uncaught(
    kind: type[BaseException], error: BaseException | None, trace: TracebackType | None
) -> None:
    if sys.stderr is not None and not issubclass(kind, SystemExit):
        sys.stderr.write(redact("".join(traceback.format_exception(kind, error, trace))))


def _forms(value: str) -> set[str]:
    encoded = quote(value, safe="")
    raw = value.encode()
    # Without the last, padded group, so that it is also found at the head of a longer text.
    whole = len(raw) * 4 // 3
    return {
        value,
        encoded,
        encoded.replace("%", "%25"),
        _lower_escapes(encoded),
        quote(value),
        quote_plus(value),
        json.dumps(value)[1:-1],
        base64.b64encode(raw).decode()[:whole],
        base64.urlsafe_b64encode(raw).decode()[:whole],
    }


def _lower_escapes(encoded: str) -> str:
    head, *rest = encoded.split("%")
    return "%".join([head, *(part[:2].lower() + part[2:] for part in rest)])
