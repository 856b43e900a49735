"""Faults that send something else instead of the leads."""

from __future__ import annotations

import gzip
from functools import lru_cache
from typing import TYPE_CHECKING

from lsq.sandbox.answers import Answer, error_answer, over_limit
from lsq.sandbox.contract import ACCESS_KEY, SECRET_KEY
from lsq.sandbox.faults.names import Fault
from lsq.sandbox.vendor import PATH

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from lsq.sandbox.behaviour import Behaviour

__all__ = ["INSTEAD"]

_BOMB_BYTES = 100_000_000


def _html(status: int, text: str) -> Answer:
    body = f"<!DOCTYPE html><html><body><h1>{text}</h1></body></html>".encode()
    return Answer(status=status, body=body, content_type="text/html; charset=utf-8")


def _always(answer: Answer) -> Callable[[Behaviour], Answer]:
    return lambda _behaviour: answer


def _redirect(status: int) -> Callable[[Behaviour], Answer]:
    """Lead to where the behaviour says, or to the sandbox itself; followers stand in the log."""
    return lambda behaviour: Answer(
        status=status, body=b"", headers={"Location": f"{behaviour.redirect_to}/moved{PATH}"}
    )


@lru_cache(maxsize=1)
def _bomb() -> bytes:
    return gzip.compress(b" " * _BOMB_BYTES)


def _gzip_bomb(_behaviour: Behaviour) -> Answer:
    return Answer(status=200, body=_bomb(), headers={"Content-Encoding": "gzip"})


INSTEAD: Mapping[Fault, Callable[[Behaviour], Answer]] = {
    Fault.TOO_MANY_REQUESTS: over_limit,
    Fault.SERVER_ERROR_HTML: _always(_html(500, "Server Error")),
    Fault.SERVER_ERROR_JSON: _always(
        error_answer(
            500,
            message="There was an error processing the request. Please contact administrator.",
        )
    ),
    Fault.SERVER_ERROR_MX: _always(
        error_answer(
            500,
            exception_type="MXInvalidInputException",
            message="Invalid Input! Parameter Name: LeadIds",
        )
    ),
    Fault.SERVER_ERROR_KEYS: _always(
        error_answer(500, exception_type="MXInvalidAccessDetailsException")
    ),
    Fault.KEYS_ECHOED: _always(
        error_answer(
            500,
            exception_type="MXInvalidInputException",
            message=f"Invalid Input! accessKey={ACCESS_KEY}&secretKey={SECRET_KEY}",
        )
    ),
    Fault.BAD_GATEWAY: _always(_html(502, "Bad Gateway")),
    Fault.UNAVAILABLE: _always(_html(503, "Service Unavailable")),
    Fault.GATEWAY_TIMEOUT: _always(_html(504, "Gateway Timeout")),
    Fault.BAD_REQUEST: _always(error_answer(400)),
    Fault.KEYS_REFUSED: _always(
        error_answer(401, exception_type="MXInvalidAccessDetailsException")
    ),
    Fault.FORBIDDEN: _always(
        error_answer(
            403,
            exception_type="MXUnAuthorizedAccessException",
            message="You do not have permission to access this.",
        )
    ),
    Fault.NOT_FOUND: _always(error_answer(404)),
    Fault.METHOD_NOT_ALLOWED: _always(error_answer(405, message="Method not allowed.")),
    Fault.GONE: _always(_html(410, "Gone")),
    Fault.MOVED: _redirect(301),
    Fault.REDIRECT: _redirect(302),
    Fault.TEMPORARY_REDIRECT: _redirect(307),
    Fault.ERROR_IN_200: _always(
        error_answer(
            200, exception_type="MXInvalidInputException", message="You have not passed Parameter."
        )
    ),
    Fault.HTML_IN_200: _always(_html(200, "Sign in to this network")),
    Fault.EMPTY_BODY: _always(Answer(status=200, body=b"")),
    Fault.NO_CONTENT: _always(Answer(status=204, body=b"")),
    Fault.NULL_BODY: _always(Answer(status=200, body=b"null")),
    Fault.EMPTY_LIST: _always(Answer(status=200, body=b"[]")),
    Fault.EMPTY_OBJECT: _always(Answer(status=200, body=b"{}")),
    Fault.EMPTY_TEXT: _always(Answer(status=200, body=b'""')),
    Fault.GZIP_BOMB: _gzip_bomb,
}
"""Faults by the answer that comes instead."""
