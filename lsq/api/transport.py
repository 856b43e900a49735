"""One HTTP attempt, and the only module that knows requests.

No redirects, proxies, `.netrc` or cookies, and no retries: a retry made down here would pass by the
rate limiter. Errors name the host and never the address, which may hold the keys.
"""

from __future__ import annotations

import logging
import re
import threading
import time
from typing import TYPE_CHECKING, Any, Final

import requests
import urllib3
from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool

from lsq.api import redaction
from lsq.api.deadline import Deadline
from lsq.api.errors import BadReply, NoAnswer
from lsq.api.unanswered import Stage, out_of_time, why
from lsq.api.wire import Reply

if TYPE_CHECKING:
    import socket
    from collections.abc import Callable

    from lsq.api.account import Account
    from lsq.api.errors import LsqError
    from lsq.api.wire import Request

__all__ = ["MIB", "Transport"]

MIB = 1024 * 1024
"""Bytes in a mebibyte."""

_PIECE_BYTES = 64 * 1024
_ENCODINGS: Final = {"", "identity", "gzip", "x-gzip", "deflate"}  # one of them, not a chain
_LENGTH: Final = re.compile(r"\d{1,15}", re.ASCII)
_HEADERS: Final = {"User-Agent": "leadsheet", "Accept": "*/*", "Accept-Encoding": "gzip"}

# urllib3 logs addresses: with DEBUG every call's, and as a warning those with an odd head, which is
# nothing that anybody could do something about.
for _name in ("urllib3.connection", "urllib3.connectionpool"):
    logging.getLogger(_name).addFilter(redaction.redact_record)
    logging.getLogger(_name).addFilter(lambda record: record.levelno != logging.WARNING)


class _TooLong(Exception):  # noqa: N818 - caught right here
    """The body passed the size cap."""


class _TooSlow(Exception):  # noqa: N818 - caught right here
    """The body comes so slowly that it cannot be whole in time."""


class _AtHand(threading.local):
    """The attempt that a thread is making; the library does not hand such things down."""

    deadline: Deadline
    connect_s: float
    stage: Stage


_at_hand = _AtHand()


class _Connection(HTTPConnection):
    """A connection whose every socket is watched by the attempt that uses it."""

    def _new_conn(self) -> socket.socket:
        _at_hand.stage = Stage.CONNECTING
        each_s = _at_hand.connect_s
        opened = _at_hand.deadline.connect(self._dns_host, self.port, each_s=each_s)
        _at_hand.stage = Stage.SECURING
        return opened

    def connect(self) -> None:
        super().connect()
        _at_hand.stage = Stage.ASKING

    def request(self, *args: Any, **options: Any) -> None:  # noqa: ANN401 - handed on as they are
        if self.sock is not None:
            _at_hand.deadline.watch(self.sock)
        super().request(*args, **options)


class _SafeConnection(_Connection, HTTPSConnection):
    """The same over TLS."""


class _Pool(HTTPConnectionPool):
    ConnectionCls = _Connection


class _SafePool(HTTPSConnectionPool):
    ConnectionCls = _SafeConnection


class Transport:
    """Sends requests to one account's host; safe to share between threads."""

    def __init__(  # noqa: PLR0913 - the limits of a call belong together, each has its default
        self,
        account: Account,
        *,
        deadline_s: float = 60.0,
        connect_s: float = 5.0,
        read_s: float | None = None,
        max_body_bytes: int = 32 * MIB,
        connections: int = 64,
    ) -> None:
        """Open nothing yet.

        Args:
            account: Gives the host that errors name.
            deadline_s: Seconds for one attempt, from the look-up of the name to the last byte.
            connect_s: Seconds for the connection to one address, and for agreeing on TLS.
            read_s: Seconds without a single byte after which the answer is given up; by default
                15, or a quarter of the deadline where that is more.
            max_body_bytes: The largest decoded body that is read.
            connections: Connections kept open, one per thread that sends.
        """
        redaction.register(account)
        self._account = account  # its keys are redacted in logs for as long as it is held
        self._server = account.server
        self._deadline_s = deadline_s
        self._connect_s = connect_s
        self._read_s = max(15.0, deadline_s / 4) if read_s is None else read_s
        self._max_body_bytes = max_body_bytes
        self._adapter = _adapter(connections)

    def send(
        self,
        request: Request,
        *,
        answered: Callable[[], None] = lambda: None,
        within_s: float | None = None,
    ) -> Reply:
        """Make one attempt, which ends in time whatever the server does.

        Args:
            request: What to send.
            answered: Called when the head of the answer is here, so that the rate limit's window
                begins there and not after a long body; or when it is clear that none will come.
            within_s: Seconds for this attempt, if they are fewer than the transport's deadline.

        Raises:
            NoAnswer: If no whole answer came in time; `Unreachable` if no connection came about.
            UnsafeConnection: If the server's certificate cannot be trusted, or it speaks no TLS.
            BadReply: If the body is larger than the cap.
        """
        within_s = self._deadline_s if within_s is None else min(within_s, self._deadline_s)
        with Deadline(within_s) as deadline:
            try:
                return self._attempt(request, answered, deadline)
            except _TooLong:
                failure = self._too_long()
            except _TooSlow:
                failure = self._too_slow()
            except (requests.RequestException, urllib3.exceptions.HTTPError, OSError) as error:
                failure = self._told(error, deadline)
        # Raised outside the except block: as its context, the cause would carry the address along.
        raise failure

    def close(self) -> None:
        """Close the idle connections; calls in flight end by themselves."""
        pools = self._adapter.poolmanager.pools
        for key in pools.keys():  # noqa: SIM118 - this mapping cannot be iterated over
            pools[key].close()  # now, and not when the last error that holds the pool is collected
        self._adapter.close()

    def _attempt(self, request: Request, answered: Callable[[], None], deadline: Deadline) -> Reply:
        _at_hand.deadline, _at_hand.connect_s = deadline, self._connect_s
        _at_hand.stage = Stage.ASKING
        try:
            response = self._head(request, deadline)
        finally:
            answered()
        with response:
            body = self._body(response, deadline)
        headers = {name.lower(): value for name, value in response.headers.items()}
        return Reply(response.status_code, headers, body, time.time())

    def _head(self, request: Request, deadline: Deadline) -> requests.Response:
        """Send the request and read the head of its answer, on the adapter itself.

        A session would follow what a redirect says far enough to read its body, however long.
        """
        left_s = deadline.left_s
        if not left_s:
            raise TimeoutError
        headers = {**_HEADERS, **request.headers}
        asked = requests.Request(request.method, request.url, data=request.body, headers=headers)
        timeouts_s = (min(self._connect_s, left_s), min(self._read_s, left_s))
        return self._adapter.send(asked.prepare(), stream=True, timeout=timeouts_s)

    def _body(self, response: requests.Response, deadline: Deadline) -> bytes:
        """Read piece by piece; a zipped one is never unpacked further than a piece over the cap."""
        encoding = response.headers.get("Content-Encoding", "").lower()
        length = response.headers.get("Content-Length", "")
        half = int(length) / 2 if _LENGTH.fullmatch(length) else 0
        body, unpack = bytearray(), encoding in _ENCODINGS  # what we cannot unpack says its status
        while True:
            piece = response.raw.read1(_PIECE_BYTES, decode_content=unpack)
            if deadline.is_over:  # a body without a length ends as well when it is cut
                raise TimeoutError
            if not piece:
                return bytes(body)
            body += piece
            if len(body) > self._max_body_bytes:
                raise _TooLong
            # Given up at half time, a call that drips can be made again.
            if deadline.left_s < deadline.within_s / 2 and response.raw.tell() < half:
                raise _TooSlow

    def _told(self, error: Exception, deadline: Deadline) -> LsqError:
        if deadline.is_over:
            return out_of_time(self._server, self._deadline_s)
        return why(error, server=self._server, stage=_at_hand.stage)

    def _too_slow(self) -> LsqError:
        title = f"{self._server} answers too slowly to finish in {self._deadline_s:g} s."
        return NoAnswer(title, "Try again, or raise LSQ_DEADLINE.")

    def _too_long(self) -> LsqError:
        title = f"{self._server} sent more than {self._max_body_bytes // MIB} MiB at once."
        return BadReply(title, "Ask for fewer columns, or lower LSQ_BATCH.")


def _adapter(connections: int) -> HTTPAdapter:
    adapter = HTTPAdapter(pool_connections=1, pool_maxsize=connections, max_retries=0)
    adapter.poolmanager.pool_classes_by_scheme = {"http": _Pool, "https": _SafePool}
    return adapter
