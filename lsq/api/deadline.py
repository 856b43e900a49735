"""The time of one attempt, and the watchdog that ends what outlives it.

The timeouts of sockets begin anew with every byte, so a server that drips could hold a call for
ever. Shutting the socket down ends every wait for it, in whatever layer: TLS, head or body.
"""

from __future__ import annotations

import socket
import threading
import time
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Self

if TYPE_CHECKING:
    from types import TracebackType

__all__ = ["Deadline"]

_NEVER_S = float("inf")
_SOON_S = 0.001  # a timeout of 0 would mean: do not wait at all


class Deadline:
    """Shuts down, when the time is over, the socket that it was told of last.

    Use it with `with`: nothing of it is left after the block, neither thread nor socket.

    Attributes:
        within_s: The seconds given, counted from the making of this object.
        ends_s: When they are over, on the monotonic clock.
    """

    def __init__(self, within_s: float) -> None:
        """Let the time begin."""
        self.within_s = within_s
        self.ends_s = time.monotonic() + within_s
        self._lock = threading.Lock()
        self._watched: socket.socket | None = None

    def __enter__(self) -> Self:
        """Put the watchdog on it."""
        _watchdog.add(self)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Call the watchdog off."""
        _watchdog.remove(self)
        with self._lock:
            self._let_go()

    @property
    def left_s(self) -> float:
        """Return the seconds that are left, 0 when the time is over."""
        return max(0.0, self.ends_s - time.monotonic())

    @property
    def is_over(self) -> bool:
        """Tell whether the time is over; what was read by then may have been cut off."""
        return not self.left_s

    def connect(self, host: str, port: int, *, each_s: float) -> socket.socket:
        """Open a TCP connection, trying the addresses of `host` in turn, and watch it.

        Looking up the name cannot be cut off: the system's resolver has limits of its own.

        Args:
            host: A name or an address.
            port: The port.
            each_s: Seconds for one address, bounded by what is left.

        Raises:
            OSError: How the last address failed; `socket.gaierror` for an unknown name.
        """
        failure = OSError("the name has no address")
        for family, kind, protocol, _, address in _addresses(host, port):
            if self.is_over:
                raise TimeoutError
            opened = socket.socket(family, kind, protocol)
            try:
                opened.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                opened.settimeout(max(min(each_s, self.left_s), _SOON_S))
                opened.connect(address)
                self.watch(opened)
            except OSError as error:
                opened.close()
                failure = error
            else:
                return opened
        raise failure

    def watch(self, opened: socket.socket) -> None:
        """Shut `opened` down when the time is over, at once if it is.

        What is kept is a second handle on the same connection: TLS takes the first one over, and
        a handle of our own cannot be closed and given to another connection under our hands.
        """
        handle = socket.fromfd(opened.fileno(), opened.family, opened.type)
        with self._lock:
            self._let_go()
            self._watched = handle
            if self.is_over:
                self._shut()

    def cut(self) -> None:
        """Shut the watched socket down; who waits for it is woken as if the server had hung up."""
        with self._lock:
            self._shut()

    def _shut(self) -> None:
        if self._watched:
            with suppress(OSError):  # the server may have been quicker
                self._watched.shutdown(socket.SHUT_RDWR)

    def _let_go(self) -> None:
        if self._watched:
            self._watched.close()
            self._watched = None


def _addresses(host: str, port: int) -> list[Any]:
    try:
        return socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except UnicodeError:  # a name that cannot be one, such as a..b
        raise socket.gaierror(socket.EAI_NONAME, "not a name") from None


class _Watchdog:
    """One thread for all attempts at hand: it begins with the first and ends with the last.

    A thread for each would wait, at its start, for every thread that is busy reading an answer.
    """

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._watched: set[Deadline] = set()
        self._thread: threading.Thread | None = None
        self._wakes_s = 0.0

    def add(self, deadline: Deadline) -> None:
        with self._changed:
            if self._thread is None:
                thread = threading.Thread(target=self._run, name="deadline", daemon=True)
                thread.start()
                self._thread = thread
            self._watched.add(deadline)
            if deadline.ends_s < self._wakes_s:
                self._changed.notify_all()

    def remove(self, deadline: Deadline) -> None:
        with self._changed:
            self._watched.discard(deadline)
            thread = self._thread
            if self._watched or thread is None:
                return
            self._thread = None
            self._changed.notify_all()
        thread.join()

    def _run(self) -> None:
        with self._changed:
            while self._thread is threading.current_thread():
                for deadline in [watched for watched in self._watched if watched.is_over]:
                    deadline.cut()
                    self._watched.remove(deadline)
                self._wakes_s = min((watched.ends_s for watched in self._watched), default=_NEVER_S)
                self._changed.wait(min(self._wakes_s - time.monotonic(), threading.TIMEOUT_MAX))


_watchdog = _Watchdog()
