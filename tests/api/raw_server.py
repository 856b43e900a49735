"""A server that answers with whatever bytes it was given, right or wrong."""

from __future__ import annotations

import re
import socket
import threading
from contextlib import suppress


class Server:
    """Answers every connection's first call with the pieces it was given, then hangs up."""

    def __init__(self, *pieces: bytes, gap_s: float = 0.0) -> None:
        """Listen on a free port of loopback."""
        self.pieces, self.gap_s = pieces, gap_s
        self.requests: list[bytes] = []
        self.stop = threading.Event()
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.base_url = f"http://127.0.0.1:{self.socket.getsockname()[1]}"
        self.thread = threading.Thread(target=self.run)
        self.thread.start()

    def run(self) -> None:
        """Serve one connection after the other until closed."""
        with suppress(OSError):
            while True:
                connection, _ = self.socket.accept()
                with connection, suppress(OSError):
                    self.requests.append(_request(connection))
                    for piece in self.pieces:
                        connection.sendall(piece)
                        self.stop.wait(self.gap_s)

    def close(self) -> None:
        """Stop listening and wait for the last connection."""
        self.stop.set()
        with suppress(OSError):
            self.socket.shutdown(socket.SHUT_RDWR)
        self.socket.close()
        self.thread.join()


def _request(connection: socket.socket) -> bytes:
    """Read one whole request: a connection that is closed before is reset, not ended."""
    sent = b""
    while piece := connection.recv(65536):
        sent += piece
        head, _, body = sent.partition(b"\r\n\r\n")
        length = re.search(rb"Content-Length: (\d+)", head)
        is_tls = sent[:1] == b"\x16"
        if is_tls or (length and len(body) >= int(length[1])):
            break
    return sent
