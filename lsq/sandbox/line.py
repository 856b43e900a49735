"""One connection's way back: answers sent properly, and every way to send them badly."""

from __future__ import annotations

import os
import socket
import struct
from time import monotonic
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from http.server import BaseHTTPRequestHandler
    from threading import Event

    from lsq.sandbox.answers import Answer
    from lsq.sandbox.arrivals import Arrival
    from lsq.sandbox.behaviour import Behaviour

__all__ = ["Line"]

_TICK_S = 0.05


class Line:
    """Sends one answer over a handler's connection.

    Every wait ends at once when the sandbox stops, and the connection with it.
    """

    def __init__(
        self,
        handler: BaseHTTPRequestHandler,
        *,
        arrival: Arrival,
        stopping: Event,
        behaviour: Behaviour,
    ) -> None:
        """Answer the call that `handler` is at; the behaviour says how slow slow is."""
        self._handler = handler
        self._arrival = arrival
        self._stopping = stopping
        self._behaviour = behaviour

    def wait_until(self, moment_s: float) -> None:
        """Wait until this moment of the monotonic clock.

        Raises:
            ConnectionAbortedError: The sandbox stops.
        """
        self._wait(max(0.0, moment_s - monotonic()))

    def send(self, answer: Answer) -> None:
        """Send the answer as it is."""
        self._head(answer, length=len(answer.body))
        if (bytes_per_s := self._behaviour.bytes_per_s) is None:
            self._body(answer.body)
        else:
            piece = max(1, round(bytes_per_s * _TICK_S))
            self._in_pieces(answer.body, size=piece, every_s=_TICK_S)

    def send_first_half(self, answer: Answer) -> None:
        """Send half the body, with a head that says just that."""
        half = answer.body[: len(answer.body) // 2]
        self._head(answer, length=len(half))
        self._body(half)

    def send_wrong_length(self, answer: Answer, *, off_by: int) -> None:
        """Send the body under a Content-Length that is `off_by` bytes off; then hang up."""
        self._head(answer, length=max(0, len(answer.body) + off_by))
        self._body(answer.body)
        self.hang_up()

    def send_half_a_chunk(self, answer: Answer) -> None:
        """Send the body as one chunk and hang up in the middle of it."""
        self._head(answer, length=None)
        self._body(b"%x\r\n" % len(answer.body) + answer.body[: len(answer.body) // 2])
        self.hang_up()

    def drip(self, answer: Answer) -> None:
        """Send the body a byte at a time."""
        self._head(answer, length=len(answer.body))
        self._in_pieces(answer.body, size=1, every_s=self._behaviour.drip_s)

    def drip_head(self, answer: Answer) -> None:
        """Send head and body a byte at a time."""
        self._noted(answer)
        whole = answer.head(length=len(answer.body)) + answer.body
        self._in_pieces(whole, size=1, every_s=self._behaviour.drip_s)

    def send_late(self, answer: Answer) -> None:
        """Send the answer as it is, some time after its turn."""
        self._wait(self._behaviour.slow_s)
        self.send(answer)

    def say_nothing(self) -> None:
        """Send nothing until the sandbox stops."""
        self._wait(None)

    def reset_mid_body(self, answer: Answer) -> None:
        """Send half of what the head says, then break the connection off."""
        self._head(answer, length=len(answer.body))
        self._body(answer.body[: len(answer.body) // 2])
        self.reset()

    def hang_up(self) -> None:
        """End the connection in good order, with whatever was sent."""
        self._handler.close_connection = True

    def reset(self) -> None:
        """Break the connection off: the client sees a reset, not an end."""
        connection = self._handler.connection
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        # Closed by its number, because the handler's files would keep the socket open.
        os.close(connection.detach())
        self.hang_up()

    def _head(self, answer: Answer, *, length: int | None) -> None:
        self._noted(answer)
        self._handler.wfile.write(answer.head(length=length))

    def _noted(self, answer: Answer) -> None:
        self._arrival.status = answer.status
        self._arrival.answered_s = monotonic()

    def _body(self, body: bytes) -> None:
        self._handler.wfile.write(body)
        self._handler.wfile.flush()

    def _in_pieces(self, body: bytes, *, size: int, every_s: float) -> None:
        for start in range(0, len(body), size):
            self._body(body[start : start + size])
            self._wait(every_s)

    def _wait(self, seconds: float | None) -> None:
        if self._stopping.wait(seconds):
            raise ConnectionAbortedError
