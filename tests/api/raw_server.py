"""A server that answers with whatever bytes it was given, right or wrong."""

from __future__ import annotations

import re
import socket
import struct
import threading
from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import ssl
    from collections.abc import Sequence


def head(*lines: str, status: str = "200 OK") -> bytes:
    """Return the head of an answer."""
    return "\r\n".join([f"HTTP/1.1 {status}", *lines, "", ""]).encode()


def whole(body: bytes, *lines: str, status: str = "200 OK") -> bytes:
    """Return an answer of the right length."""
    return head(f"Content-Length: {len(body)}", *lines, status=status) + body


class Server:
    """Answers every connection's first call with the pieces it was given, then hangs up.

    With `later` it stays, and answers every further call of the connection with those pieces.
    With `tls` it speaks TLS. With `resets` it does not end a connection but resets it.
    """

    def __init__(
        self,
        *pieces: bytes,
        gap_s: float = 0.0,
        later: Sequence[bytes] = (),
        tls: ssl.SSLContext | None = None,
        resets: bool = False,
    ) -> None:
        """Listen on a free port of loopback."""
        self.pieces, self.later, self.gap_s = pieces, later, gap_s
        self.tls, self.resets = tls, resets
        self.requests: list[bytes] = []
        self.connections = 0
        self.stop = threading.Event()
        self.socket = socket.create_server(("127.0.0.1", 0))
        scheme = "https" if tls else "http"
        self.base_url = f"{scheme}://127.0.0.1:{self.socket.getsockname()[1]}"
        self.thread = threading.Thread(target=self.run)
        self.thread.start()

    def run(self) -> None:
        """Serve one connection after the other until closed."""
        with suppress(OSError):
            while True:
                connection, _ = self.socket.accept()
                self.connections += 1
                with connection, suppress(OSError):
                    self.serve(connection)

    def serve(self, connection: socket.socket) -> None:
        """Answer the calls of one connection."""
        if self.resets:  # to linger for 0 s: what is not sent by then never will be
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        spoken = connection
        if self.tls:
            connection.settimeout(5)
            spoken = self.tls.wrap_socket(connection, server_side=True)
        with spoken, suppress(OSError):
            pieces: Sequence[bytes] = self.pieces
            while request := _request(spoken):
                self.requests.append(request)
                for piece in pieces:
                    spoken.sendall(piece)
                    self.stop.wait(self.gap_s)
                pieces = self.later
                if not pieces:
                    break

    def close(self) -> None:
        """Stop listening and wait for the last connection."""
        self.stop.set()
        with suppress(OSError):
            self.socket.shutdown(socket.SHUT_RDWR)
        self.socket.close()
        self.thread.join(5)
        assert not self.thread.is_alive(), "the client left a connection open"


def _request(connection: socket.socket) -> bytes:
    """Read one whole request: a connection that is closed before is reset, not ended."""
    sent = b""
    while piece := connection.recv(65536):
        sent += piece
        start, _, body = sent.partition(b"\r\n\r\n")
        length = re.search(rb"Content-Length: (\d+)", start)
        is_tls = sent[:1] == b"\x16"
        if is_tls or (length and len(body) >= int(length[1])):
            break
    return sent
