"""The sandbox's server: HTTP/1.1 on loopback, a thread for each connection."""

from __future__ import annotations

import socket
from contextlib import suppress
from http.server import BaseHTTPRequestHandler
from socketserver import ThreadingTCPServer
from threading import Event, Thread
from typing import TYPE_CHECKING, Self

from lsq.sandbox.behaviour import Behaviour
from lsq.sandbox.contract import ACCESS_KEY, SECRET_KEY
from lsq.sandbox.desk import Desk, Request, spread
from lsq.sandbox.faults import ON_THE_LINE, Fault
from lsq.sandbox.line import Line

if TYPE_CHECKING:
    from types import TracebackType

    from lsq.sandbox.arrivals import Arrival

__all__ = ["Sandbox"]

_LOOPBACK = "127.0.0.1"
_MAX_BODY_BYTES = 4_000_000  # 10,000 ids are 0.4 MB
_PIECE_BYTES = 65_536


class Sandbox:
    """A LeadSquared account on this machine, with made-up leads.

    Use it as a context manager, or `start` and `stop` it. It listens on 127.0.0.1 only.

    Attributes:
        access_key: The key to call it with.
        secret_key: The other key to call it with.
    """

    access_key = ACCESS_KEY
    secret_key = SECRET_KEY

    def __init__(
        self, *, leads: int = 1_000_000, behaviour: Behaviour | None = None, port: int = 0
    ) -> None:
        """Prepare an account; nothing listens before `start`.

        Args:
            leads: How many leads it has; they are computed when asked for, so any number is free.
            behaviour: Its switches; by default what the vendor's page says.
            port: The port to listen on; 0 for any free one.
        """
        self._desk = Desk(leads=leads, behaviour=behaviour or Behaviour())
        self._port = port
        self._server: _Server | None = None

    @property
    def base_url(self) -> str:
        """Where it answers, e.g. `http://127.0.0.1:8040`.

        Raises:
            RuntimeError: It is not running.
        """
        if self._server is None:
            message = "The sandbox is not running: call start() first."
            raise RuntimeError(message)
        return f"http://{_LOOPBACK}:{self._server.server_address[1]}"

    @property
    def behaviour(self) -> Behaviour:
        """Its switches; may be replaced while it runs, calls that are under way keep theirs."""
        return self._desk.behaviour

    @behaviour.setter
    def behaviour(self, behaviour: Behaviour) -> None:
        self._desk.behaviour = behaviour

    @property
    def arrivals(self) -> tuple[Arrival, ...]:
        """The latest calls, oldest first."""
        return self._desk.log.snapshot()

    def fail_next(self, fault: Fault, *, times: int = 1) -> None:
        """Let the next `times` calls that pass keys and rate limit meet this fault."""
        self._desk.fail_next(fault, times=times)

    def start(self) -> Self:
        """Begin to listen.

        Raises:
            OSError: The port is taken.
        """
        if self._server is None:
            self._server = _Server(self._desk, self._port)
            self._server.start()
        return self

    def stop(self) -> None:
        """Stop listening, end every wait and hang up on everybody."""
        server, self._server = self._server, None
        if server is not None:
            server.stop()

    def serve_forever(self) -> None:
        """Start, if need be, and return when another thread calls `stop`; stop on an interrupt."""
        self.start()
        server = self._server
        try:
            # In short waits: on Windows an endless one cannot be interrupted from the keyboard.
            while server is not None and not server.stopping.wait(timeout=0.5):
                pass
        finally:
            self.stop()

    def __enter__(self) -> Self:
        """Start."""
        return self.start()

    def __exit__(
        self,
        exc_type: type[BaseException] | None,
        exc: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Stop."""
        self.stop()


class _Server(ThreadingTCPServer):
    """The listening socket, and the open connections so that they can be closed.

    Not an `HTTPServer`: that one asks for its host's name when it starts, which can take seconds.
    """

    allow_reuse_address = True
    daemon_threads = True
    block_on_close = False
    request_queue_size = 128

    def __init__(self, desk: Desk, port: int) -> None:
        self.desk = desk
        self.stopping = Event()
        self._connections: set[socket.socket] = set()
        self._thread = Thread(target=self.serve_forever, args=(0.05,), daemon=True)
        super().__init__((_LOOPBACK, port), _Handler)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self.stopping.set()
        self.shutdown()
        self._thread.join()
        self.server_close()
        for connection in tuple(self._connections):
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)

    def connected(self, connection: socket.socket) -> None:
        self._connections.add(connection)

    def hung_up(self, connection: socket.socket) -> None:
        self._connections.discard(connection)


class _Handler(BaseHTTPRequestHandler):
    """One connection's calls, one after the other."""

    server: _Server
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
            bytes_per_s=behaviour.bytes_per_s,
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
