"""Answers as the server sends them, and the refusals that have LeadSquared's form."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import TYPE_CHECKING, NoReturn

from lsq.sandbox.vendor import WORDING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lsq.sandbox.behaviour import Behaviour

__all__ = [
    "Answer",
    "Refused",
    "error_answer",
    "json_answer",
    "over_limit",
    "refuse_request",
    "refuse_value",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One HTTP answer.

    Attributes:
        status: The HTTP status.
        body: The bytes after the head.
        content_type: What the head says of them.
        headers: Further headers.
    """

    status: int
    body: bytes
    content_type: str = "application/json"
    headers: Mapping[str, str] = field(default_factory=dict)

    def head(self, *, length: int | None) -> bytes:
        """Return the status line and headers, with `length` as Content-Length; None: in chunks."""
        lines = (
            f"HTTP/1.1 {self.status} {HTTPStatus(self.status).phrase}",
            f"Content-Type: {self.content_type}",
            "Transfer-Encoding: chunked" if length is None else f"Content-Length: {length}",
            *(f"{name}: {value}" for name, value in self.headers.items()),
        )
        return "".join(f"{line}\r\n" for line in (*lines, "")).encode("latin-1")


class Refused(Exception):  # noqa: N818 -- it is an answer on its way, not an error of the sandbox
    """A call that gets no leads; raised by the checks, caught where answers are sent."""

    def __init__(self, answer: Answer) -> None:
        """Keep the answer to send instead."""
        super().__init__(answer.status)
        self.answer = answer


def json_answer(status: int, payload: object) -> Answer:
    """Return an answer with this value as JSON."""
    text = json.dumps(payload, ensure_ascii=False, separators=(",", ":"))
    return Answer(status=status, body=text.encode())


def error_answer(
    status: int,
    *,
    exception_type: str = "",
    message: str = "",
    headers: Mapping[str, str] | None = None,
) -> Answer:
    """Return LeadSquared's error body.

    Args:
        status: The HTTP status.
        exception_type: The `MX…` type; without one the key is left out.
        message: The ExceptionMessage; by default the vendor's wording for the status.
        headers: Further headers.
    """
    payload = {"Status": "Error"}
    if exception_type:
        payload["ExceptionType"] = exception_type
    payload["ExceptionMessage"] = message or WORDING[status]
    answer = json_answer(status, payload)
    return Answer(status=status, body=answer.body, headers=headers or {})


def refuse_request() -> NoReturn:
    """Refuse a message that is not as per the API's specification.

    Raises:
        Refused: Always; 400.
    """
    raise Refused(error_answer(400)) from None


def refuse_value(parameter: str, why: str) -> NoReturn:
    """Refuse a well-formed message with a value that the API does not take.

    Raises:
        Refused: Always; 500 MXInvalidInputException.
    """
    message = f"Invalid Input! Parameter Name: {parameter} {why}"
    answer = error_answer(500, exception_type="MXInvalidInputException", message=message)
    raise Refused(answer)


def over_limit(behaviour: Behaviour) -> Answer:
    """Return the refusal of a call over the rate limit, under the status that is switched on."""
    max_calls = 25 if behaviour.max_calls is None else behaviour.max_calls
    return error_answer(
        int(behaviour.limit_status),
        exception_type="MXAPIRateLimitExceededException",
        message=WORDING[429].format(max_calls=max_calls, window_s=behaviour.window_s),
        headers={} if behaviour.retry_after is None else {"Retry-After": behaviour.retry_after},
    )
