"""The sandbox as its users see it: started, watched, told to fail, stopped."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from lsq.sandbox.behaviour import Behaviour
from lsq.sandbox.contract import ACCESS_KEY, SECRET_KEY
from lsq.sandbox.desk import Desk
from lsq.sandbox.listener import LOOPBACK, Listener

if TYPE_CHECKING:
    from ssl import SSLContext
    from types import TracebackType

    from lsq.sandbox.arrivals import Arrival
    from lsq.sandbox.faults import Fault

__all__ = ["Sandbox"]


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
        self,
        *,
        leads: int = 1_000_000,
        behaviour: Behaviour | None = None,
        port: int = 0,
        tls: SSLContext | None = None,
    ) -> None:
        """Prepare an account; nothing listens before `start`.

        Args:
            leads: How many leads it has; they are computed when asked for, so any number is free.
            behaviour: Its switches; by default what the vendor's page says.
            port: The port to listen on; 0 for any free one.
            tls: Speak TLS with this certificate; by default plain HTTP.
        """
        self._desk = Desk(leads=leads, behaviour=behaviour or Behaviour())
        self._port = port
        self._tls = tls
        self._server: Listener | None = None

    @property
    def base_url(self) -> str:
        """Where it answers, e.g. `http://127.0.0.1:8040`.

        Raises:
            RuntimeError: It is not running.
        """
        if self._server is None:
            message = "The sandbox is not running: call start() first."
            raise RuntimeError(message)
        scheme = "http" if self._tls is None else "https"
        return f"{scheme}://{LOOPBACK}:{self._server.server_address[1]}"

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

    def spare_next(self, times: int) -> None:
        """Let the next `times` calls of that kind meet none, whatever the behaviour says."""
        self._desk.spare_next(times)

    def start(self) -> Self:
        """Begin to listen.

        Raises:
            OSError: The port is taken.
        """
        if self._server is None:
            self._server = Listener(self._desk, port=self._port, tls=self._tls)
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
