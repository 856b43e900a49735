"""One HTTP attempt, and the only module that knows requests.

No redirects, proxies, `.netrc` or cookies, and no retries: a retry made down here would pass by the
rate limiter. Errors name the host and never the address, which may hold the keys.
"""

from __future__ import annotations

import logging
import time
from http.cookiejar import DefaultCookiePolicy
from typing import TYPE_CHECKING

import requests
import urllib3
from requests.adapters import HTTPAdapter

from lsq.api import redaction
from lsq.api.errors import BadReply, LsqError, NoAnswer, UnsafeConnection
from lsq.api.wire import Reply

if TYPE_CHECKING:
    from collections.abc import Callable

    from lsq.api.account import Account
    from lsq.api.wire import Request

__all__ = ["MIB", "Transport"]

MIB = 1024 * 1024
"""Bytes in a mebibyte."""

_PIECE_BYTES = 256 * 1024

# urllib3 logs addresses: with DEBUG every call's, and as a warning those with an odd head.
for _name in ("urllib3.connection", "urllib3.connectionpool"):
    logging.getLogger(_name).addFilter(redaction.redact_record)


class _TooLong(Exception):  # noqa: N818 - caught right here
    """The body passed the deadline or the size cap; the argument says which."""


class Transport:
    """Sends requests to one account's host; safe to share between threads."""

    def __init__(  # noqa: PLR0913 - the limits of a call belong together, each has its default
        self,
        account: Account,
        *,
        deadline_s: float = 60.0,
        connect_s: float = 5.0,
        read_s: float = 15.0,
        max_body_bytes: int = 32 * MIB,
        connections: int = 64,
    ) -> None:
        """Open nothing yet.

        Args:
            account: Gives the host that errors name.
            deadline_s: Seconds for one call, its body included.
            connect_s: Seconds for the connection.
            read_s: Seconds without a single byte after which the answer is given up.
            max_body_bytes: The largest decoded body that is read.
            connections: Connections kept open, one per thread that sends.
        """
        redaction.register(account)
        self._account = account  # its keys are redacted in logs for as long as it is held
        self._server = account.server
        self._deadline_s = deadline_s
        self._timeouts_s = (min(connect_s, deadline_s), min(read_s, deadline_s))
        self._max_body_bytes = max_body_bytes
        self._session = _session(connections)

    def send(
        self,
        request: Request,
        *,
        answered: Callable[[], None] = lambda: None,
        within_s: float | None = None,
    ) -> Reply:
        """Make one attempt.

        Args:
            request: What to send.
            within_s: What the call's deadline has left, in seconds.
            answered: Called when the head of the answer is here, so that the rate limit's window
                begins there and not after a long body.

        Raises:
            NoAnswer: If no whole answer came in time.
            UnsafeConnection: If the server's certificate cannot be trusted.
            BadReply: If the body is larger than the cap.
        """
        try:
            return self._attempt(request, answered, min(within_s or self._deadline_s, self._deadline_s))
        except _TooLong as too_long:
            failure: LsqError = too_long.args[0]
        except (requests.RequestException, urllib3.exceptions.HTTPError, OSError) as error:
            failure = self._told(error)
        # Raised outside the except block: as its context, the cause would carry the address along.
        raise failure

    def close(self) -> None:
        """Close the idle connections; calls in flight end by themselves."""
        self._session.close()

    def _attempt(
        self, request: Request, answered: Callable[[], None], deadline_s: float
    ) -> Reply:
        ends_s = time.monotonic() + deadline_s
        with self._session.post(
            request.url,
            data=request.body,
            headers=dict(request.headers),
            timeout=self._timeouts_s,
            allow_redirects=False,
            stream=True,
        ) as response:
            answered()
            body = self._body(response, ends_s)
            headers = {name.lower(): value for name, value in response.headers.items()}
            return Reply(response.status_code, headers, body, time.time())

    def _body(self, response: requests.Response, ends_s: float) -> bytes:
        """Read piece by piece: the library's timeouts start anew with every byte that drips in."""
        body = bytearray()
        while piece := response.raw.read1(_PIECE_BYTES, decode_content=True):
            body += piece
            if len(body) > self._max_body_bytes:
                title = f"{self._server} sent more than {self._max_body_bytes // MIB} MiB at once."
                raise _TooLong(BadReply(title, "Ask for fewer columns, or lower LSQ_BATCH."))
            if time.monotonic() > ends_s:
                title = f"{self._server} did not finish its answer in {self._deadline_s:g} s."
                raise _TooLong(NoAnswer(title, "Try again, or raise LSQ_DEADLINE."))
        return bytes(body)

    def _told(self, error: Exception) -> LsqError:
        """Put a failure in words of our own; the library's text holds the whole address."""
        if isinstance(error, (requests.exceptions.SSLError, urllib3.exceptions.SSLError)):
            title = f"The connection to {self._server} is not safe: its certificate is not trusted."
            return UnsafeConnection(title, "Check the host, and what inspects traffic on the way.")
        title = f"No answer from {self._server}: it {_reason(error)}."
        return NoAnswer(title, "Check the host and the network.")


def _session(connections: int) -> requests.Session:
    session = requests.Session()
    session.trust_env = False
    session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
    session.headers["User-Agent"] = "leadsheet"
    adapter = HTTPAdapter(pool_connections=1, pool_maxsize=connections, max_retries=0)
    session.mount("https://", adapter)
    session.mount("http://", adapter)
    return session


def _reason(error: Exception) -> str:
    if isinstance(error, (requests.Timeout, urllib3.exceptions.TimeoutError)):
        return "did not answer in time"
    cause = getattr(error.args[0], "reason", None) if error.args else None
    if isinstance(cause, urllib3.exceptions.NameResolutionError):
        return "could not be found: its name is unknown to the network"
    if isinstance(cause, urllib3.exceptions.NewConnectionError):
        return "could not be reached"
    if isinstance(error, urllib3.exceptions.DecodeError):
        return "sent an answer that cannot be unpacked"
    return "closed the connection before its answer was whole"
