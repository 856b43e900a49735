"""Why an attempt brought no answer, in plain words.

The libraries' own texts hold the whole address, keys included, so nothing of them is repeated: what
counts is which of Python's own errors lies beneath, and how far the attempt had come.
"""

from __future__ import annotations

import errno
import socket
import ssl
import zlib
from enum import Enum, auto
from typing import TYPE_CHECKING, Final

from lsq.api.errors import NoAnswer, Unreachable, UnsafeConnection

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lsq.api.errors import LsqError

__all__ = ["Stage", "out_of_time", "why"]


class Stage(Enum):
    """How far an attempt has come."""

    CONNECTING = auto()
    SECURING = auto()
    ASKING = auto()


# X509_V_ERR_… of OpenSSL: the numbers are part of its interface.
_CERTIFICATES: Final = {
    9: "is not valid yet",
    10: "has expired",
    18: "is self-signed",
    62: "is made out to another host",
    64: "is made out to another host",
}
_OTHER_CERTIFICATE = "is signed by nobody whom this computer trusts"
_OFF_THE_CLOCK: Final = (9, 10)

# What OpenSSL calls bytes that are no TLS at all; the second and third since OpenSSL 3.2.
_NOT_TLS: Final = {"WRONG_VERSION_NUMBER", "PACKET_LENGTH_TOO_LONG", "RECORD_LAYER_FAILURE"}
# A connection is an open file too: this process has as many as it may, or the whole system has.
_NO_MORE_FILES: Final = (errno.EMFILE, errno.ENFILE)
_HANG_UPS: Final = (ssl.SSLEOFError, ssl.SSLZeroReturnError)


def out_of_time(server: str, within_s: float) -> NoAnswer:
    """Return the error for an attempt that its deadline cut off.

    Args:
        server: The host as messages name it.
        within_s: The seconds that the attempt had.
    """
    title = f"{server} did not finish its answer in {within_s:.3g} s."
    return NoAnswer(title, "Try again, or raise LSQ_DEADLINE.")


def why(error: BaseException, *, server: str, stage: Stage) -> LsqError:
    """Return the error that stands for a failed attempt.

    Args:
        error: What was raised, with what lies beneath it.
        server: The host as messages name it.
        stage: How far the attempt had come.
    """
    beneath = list(_beneath(error))
    if any(isinstance(one, OSError) and one.errno in _NO_MORE_FILES for one in beneath):
        title = f"No call could be made to {server}: this computer has too many files open."
        return NoAnswer(title, "Close other programs, or allow more open files (ulimit -n).")
    if stage is Stage.CONNECTING:
        title = f"No answer from {server}: it {_unreachable(beneath)}."
        return Unreachable(title, "Check the host and the network.")
    if stage is Stage.SECURING:
        return _insecure(beneath, server)
    title = f"No answer from {server}: it {_broken_off(beneath)}."
    return NoAnswer(title, "Check the host and the network.")


def _beneath(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__


def _unreachable(beneath: list[BaseException]) -> str:
    if any(isinstance(error, socket.gaierror) for error in beneath):
        return "could not be found: its name is unknown to the network"
    if any(isinstance(error, ConnectionRefusedError) for error in beneath):
        return "could not be reached: it refused the connection"
    if any(isinstance(error, TimeoutError) for error in beneath):
        return "could not be reached: it did not react in time"
    return "could not be reached: there is no way to it"


def _broken_off(beneath: list[BaseException]) -> str:
    if any(isinstance(error, TimeoutError) for error in beneath):
        return "did not answer in time"
    if any(isinstance(error, zlib.error) for error in beneath):
        return "sent an answer that cannot be unpacked"
    return "closed the connection before its answer was whole"


def _insecure(beneath: list[BaseException], server: str) -> LsqError:
    """Tell a handshake that was refused, which no replay mends, from one that was cut off."""
    refusal = next((error for error in beneath if isinstance(error, ssl.SSLError)), None)
    if isinstance(refusal, ssl.SSLCertVerificationError):
        return _untrusted(refusal, server)
    if refusal and not isinstance(refusal, _HANG_UPS):
        what = "does not speak TLS" if refusal.reason in _NOT_TLS else "offers no TLS that is safe"
        title = f"The connection to {server} is not safe: it {what}."
        return UnsafeConnection(title, "Check the host and its port, and proxies on the way.")
    timed_out = any(isinstance(error, TimeoutError) for error in beneath)
    how = "did not react" if timed_out else "hung up"
    title = f"No answer from {server}: it {how} while the safe connection was being agreed on."
    return NoAnswer(title, "Check the host and the network.")


def _untrusted(error: ssl.SSLCertVerificationError, server: str) -> UnsafeConnection:
    what = _CERTIFICATES.get(error.verify_code, _OTHER_CERTIFICATE)
    title = f"The connection to {server} is not safe: its certificate {what}."
    clock = "this computer's clock and " if error.verify_code in _OFF_THE_CLOCK else ""
    return UnsafeConnection(title, f"Check {clock}the host, and what inspects traffic on the way.")
