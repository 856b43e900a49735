"""Which error an answer is: the body decides before the status.

LeadSquared sends errors as 200, 403, 429 and 500, so its own `ExceptionType` and message are asked
first. An `MX…` type means that the same question gets the same answer; LeadSquared's async API page
says that those are not retried and others are.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from typing import TYPE_CHECKING

from lsq.api.account import API_HOSTS
from lsq.api.errors import (
    BadReply,
    BadRequest,
    KeysRefused,
    NoSuchCall,
    NotLeadSquared,
    RateLimited,
    Redirected,
    Rejected,
    ResponseError,
    ServerFailed,
)
from lsq.api.redaction import Redactor
from lsq.api.reply_json import as_text

if TYPE_CHECKING:
    from lsq.api.account import Account
    from lsq.api.wire import Reply

__all__ = ["refusal", "unusable"]

_LIMIT = re.compile(
    r"exceeded the limit of (\d{1,6}) in (\d{1,6}(?:\.\d{1,3})?) second", re.IGNORECASE
)
_LIMIT_TYPE = re.compile("RateLimit|Throttle", re.IGNORECASE)
_KEYS_TYPE = re.compile("AccessDetails|Authentic|Unauthori[sz]ed", re.IGNORECASE)
_HOST_NAME = re.compile(r"(?<![\w.@-])[\w.-]*\w")
_PASSING = re.compile("time[d]? ?out|deadlock|try again", re.IGNORECASE)
_TYPE_NAME = re.compile(r"[A-Za-z0-9_.]{1,80}")
_MESSAGE_CHARS = 200
_A_DAY_S = 86_400
_A_YEAR_S = 366 * _A_DAY_S  # no server means to be left alone for longer
_CALLERS_FAULT = frozenset(range(400, 500)) - {HTTPStatus.REQUEST_TIMEOUT}


def refusal(reply: Reply, document: object, *, account: Account) -> ResponseError | None:
    """Return the error that an answer stands for, or None for one that should hold leads.

    Args:
        reply: The answer as it came.
        document: Its body as JSON; None where it is not JSON.
        account: Named in the sentence by its host; its keys are kept out of it.
    """
    kind, message = _told(document, account)
    server, is_error = account.server, reply.status >= HTTPStatus.BAD_REQUEST
    # A body that is not JSON can name the limit too; a good page of leads is not searched.
    start = reply.body[:2000].decode("utf-8", errors="replace") if is_error else ""
    limit = _LIMIT.search(message or start)
    if reply.status == HTTPStatus.TOO_MANY_REQUESTS or _LIMIT_TYPE.search(kind) or limit:
        return _rate_limited(reply, limit, server)
    if reply.status in (401, 403) or _KEYS_TYPE.search(kind):
        return _keys_refused(reply, kind, message, server)
    if HTTPStatus.MULTIPLE_CHOICES <= reply.status < HTTPStatus.BAD_REQUEST:
        title = f"{server} sent the call on to another address ({reply.status})."
        advice = "It was not followed, because the keys would go along. Check the host."
        return Redirected(title, advice, status=reply.status)
    if reply.status in (404, 405, 410):
        title = f"{server} does not know this call ({reply.status})."
        return NoSuchCall(title, "Check the host and its region.", status=reply.status)
    if is_error or kind or _says_error(document):
        return _failed(reply, kind, message, server)
    return None


def unusable(reply: Reply, server: str) -> BadReply:
    """Return the error for a success whose body is not what was asked for.

    Args:
        reply: The answer as it came.
        server: The host's name.
    """
    start = reply.body[:100].lstrip(b"\xef\xbb\xbf \t\r\n")
    is_page = start[:1] == b"<"
    what = "a web page" if is_page else "something else" if start else "nothing"
    title = f"What came is not LeadSquared's answer: {server} sent {what} ({reply.status})."
    kind = NotLeadSquared if is_page else BadReply
    return kind(title, "Check the host, and proxies on the way.", status=reply.status)


def _says_error(document: object) -> bool:
    return isinstance(document, dict) and str(document.get("Status")).lower() == "error"


def _told(document: object, account: Account) -> tuple[str, str]:
    """Return the exception's type and message, made fit to be shown."""
    if not isinstance(document, dict):
        return "", ""
    kind = as_text(document.get("ExceptionType")) or ""
    message = as_text(document.get("ExceptionMessage") or document.get("Message")) or ""
    # Redacted before it is cut: half a key must not be left at the end.
    clean = Redactor(account.access_key, account.secret_key).redact
    words = " ".join(clean(message).split())[:_MESSAGE_CHARS]
    return (clean(kind) if _TYPE_NAME.fullmatch(kind) else ""), words


def _rate_limited(reply: Reply, limit: re.Match[str] | None, server: str) -> RateLimited:
    max_calls, window_s = (int(limit[1]), float(limit[2])) if limit else (None, None)
    told = f" ({max_calls} calls in {window_s:g} s)" if limit else ""
    advice = "Other programs may use the account too. Wait a little, or lower the rate (LSQ_RATE)."
    retry_after_s = _retry_after_s(reply)
    if retry_after_s:
        until = datetime.fromtimestamp(reply.came_at + retry_after_s, tz=UTC)
        day = f"{until:%Y-%m-%d} " if retry_after_s > _A_DAY_S / 2 else ""
        advice = (
            f"It asks to wait {retry_after_s:,.0f} s, until {day}{until:%H:%M:%S} UTC. {advice}"
        )
    return RateLimited(
        f"{server} said that the account's rate limit is exceeded{told}.",
        advice,
        status=reply.status,
        max_calls=max_calls or None,
        window_s=window_s or None,
        retry_after_s=retry_after_s,
    )


def _retry_after_s(reply: Reply) -> float | None:
    """Read `Retry-After` as seconds or as a date; nonsense counts as not sent."""
    value = reply.headers.get("retry-after", "").strip()
    try:
        if re.fullmatch(r"\d{1,9}", value, re.ASCII):
            wait_s = float(value)
        else:
            wait_s = parsedate_to_datetime(value).timestamp() - reply.came_at
    except (ValueError, OverflowError, OSError):
        return None
    return max(0.0, wait_s) if wait_s < _A_YEAR_S else None


def _keys_refused(reply: Reply, kind: str, message: str, server: str) -> KeysRefused:
    # A call to the wrong region's host is answered with 401 and the right host's name.
    named = _HOST_NAME.findall(message.lower())
    right = [host for host in API_HOSTS if host in named and host != server]
    advice = (
        f"{server} names {right[0]} as the account's host."
        if right
        else f"Check the access key and the secret key for {server}: keys work on their own"
        " region's host only, and only while their user is active and may use the API."
    )
    title = f"LeadSquared refused the keys ({reply.status})."
    return KeysRefused(title, advice, status=reply.status, exception_type=kind)


def _failed(reply: Reply, kind: str, message: str, server: str) -> ResponseError:
    said = f"It says: {message}" if message else "It gives no reason."
    if reply.status in _CALLERS_FAULT:
        title = f"{server} did not accept the call ({reply.status})."
        return BadRequest(title, said, status=reply.status, exception_type=kind)
    if kind.startswith("MX") and not _PASSING.search(message):
        title = f"{server} rejected the call ({kind})."
        return Rejected(title, said, status=reply.status, exception_type=kind)
    title = f"{server} failed to answer the call ({reply.status})."
    return ServerFailed(title, f"{said} Try again later.", status=reply.status, exception_type=kind)
