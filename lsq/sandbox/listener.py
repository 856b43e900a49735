"""The listening socket of a sandbox: HTTP/1.1 on loopback, a thread for each connection."""

from __future__ import annotations

import socket
from contextlib import suppress
from http.server import BaseHTTPRequestHandler
from socketserver import ThreadingTCPServer
from threading import Event, Thread
from typing import TYPE_CHECKING

from lsq.sandbox.desk import Desk, Request, spread
from lsq.sandbox.faults import ON_THE_LINE
from lsq.sandbox.line import Line

if TYPE_CHECKING:
    from ssl import SSLContext

__all__ = ["LOOPBACK", "Listener"]

LOOPBACK = "127.0.0.1"
"""The only address that is listened on."""

_MAX_BODY_BYTES = 4_000_000  # 10,000 ids are 0.4 MB
_PIECE_BYTES = 65_536
_HANDSHAKE_S = 10.0


class Listener(ThreadingTCPServer):
    """The listening socket, and the open connections so that they can be closed.

    Not an `HTTPServer`: that one asks for its host's name when it starts, which can take seconds.
    """

    allow_reuse_address = True
    daemon_threads = True
    block_on_close = False
    request_queue_size = 128

    def __init__(self, desk: Desk, *, port: int, tls: SSLContext | None) -> None:
        """Take the port; see `Sandbox` for the arguments."""
        self.desk = desk
        self._tls = tls
        self.stopping = Event()
        self._connections: set[socket.socket] = set()
        self._thread = Thread(target=self.serve_forever, args=(0.05,), daemon=True)
        super().__init__((LOOPBACK, port), _Handler)

    def start(self) -> None:
        """Begin to accept connections."""
        self._thread.start()

    def stop(self) -> None:
        """Stop accepting, end every wait and hang up on everybody."""
        self.stopping.set()
        self.shutdown()
        self._thread.join()
        self.server_close()
        for connection in tuple(self._connections):
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)

    def finish_request(
        self, request: socket.socket | tuple[bytes, socket.socket], client_address: object
    ) -> None:
        """Shake hands first where TLS is spoken; here, so that nobody else waits for it."""
        if self._tls is None or isinstance(request, tuple):
            super().finish_request(request, client_address)
            return
        request.settimeout(_HANDSHAKE_S)
        # Whoever does not trust the certificate, or speaks plain HTTP, is gone.
        with suppress(OSError), self._tls.wrap_socket(request, server_side=True) as safe:
            super().finish_request(safe, client_address)

    def connected(self, connection: socket.socket) -> None:
        """Remember an open connection."""
        self._connections.add(connection)

    def hung_up(self, connection: socket.socket) -> None:
        """Forget a connection."""
        self._connections.discard(connection)


class _Handler(BaseHTTPRequestHandler):
    """One connection's calls, one after the other."""

    server: Listener
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = -1  # head and body leave in one packet; unbuffered ones stall 40 ms on the client
    timeout = 120

    def setup(self) -> None:
        """Let the server know the connection."""
        super().setup()
        self.server.connected(self.connection)

    def handle(self) -> None:
        """Answer calls until either side hangs up; that ends the connection and nothing else."""
        with suppress(ConnectionError):
            super().handle()

    def finish(self) -> None:
        """Let the server forget the connection."""
        self.server.hung_up(self.connection)
        # The last bytes may find the client gone.
        with suppress(OSError):
            super().finish()

    def answer_call(self) -> None:
        """Answer one call."""
        desk = self.server.desk
        behaviour = desk.behaviour
        path, _, query = self.path.partition("?")
        arrival = desk.log.arrived(f"{self.command} {path}")
        request = Request(
            method=self.command,
            path=path,
            query=query,
            headers=self.headers,
            body=self._read_body(),
        )
        answer, fault = desk.answer(request, arrival, behaviour)
        line = Line(
            self,
            arrival=arrival,
            stopping=self.server.stopping,
            behaviour=behaviour,
        )
        extra_s = behaviour.jitter_s * spread(arrival.number)
        line.wait_until(arrival.arrived_s + behaviour.latency_s + extra_s)
        (ON_THE_LINE[fault] if fault else Line.send)(line, answer)

    do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = answer_call  # noqa: N815 -- http.server's names

    def _read_body(self) -> bytes:
        """Return the body; b"", which no check lets pass, when it is huge or of unknown length."""
        try:
            length = int(self.headers.get("Content-Length", 0))
        except ValueError:
            length = -1
        if length < 0 or "Transfer-Encoding" in self.headers:
            self.close_connection = True
            return b""
        if length <= _MAX_BODY_BYTES:
            return self.rfile.read(length)
        while length > 0 and (piece := self.rfile.read(min(length, _PIECE_BYTES))):
            length -= len(piece)
        return b""

    def log_message(self, *_: object) -> None:
        """Print nothing: an address may hold keys."""
