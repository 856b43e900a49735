"""What can go wrong between a question and its leads, played on purpose.

A fault does one of three things: it spoils the leads, sends something else instead of the answer,
or mistreats the connection. Each kind has its table; a new fault is a name and an entry here.
"""

from __future__ import annotations

from enum import StrEnum, auto
from typing import TYPE_CHECKING

from lsq.sandbox.answers import Answer, error_answer, over_limit
from lsq.sandbox.ids import lead_id
from lsq.sandbox.vendor import PATH

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from lsq.sandbox.behaviour import Behaviour
    from lsq.sandbox.line import Line
    from lsq.sandbox.retrieve import Row

__all__ = ["INSTEAD", "ON_THE_LINE", "SPOILED_LEADS", "STRANGER", "Fault"]

STRANGER = lead_id(10**20)
"""The id of a lead that the account does not have."""


class Fault(StrEnum):
    """Something that goes wrong with one call."""

    TOO_MANY_REQUESTS = auto()
    SERVER_ERROR_HTML = auto()
    SERVER_ERROR_JSON = auto()
    SERVER_ERROR_MX = auto()
    BAD_GATEWAY = auto()
    UNAVAILABLE = auto()
    GATEWAY_TIMEOUT = auto()
    BAD_REQUEST = auto()
    KEYS_REFUSED = auto()
    FORBIDDEN = auto()
    NOT_FOUND = auto()
    REDIRECT = auto()
    ERROR_IN_200 = auto()
    HTML_IN_200 = auto()
    EMPTY_BODY = auto()
    TRUNCATED_JSON = auto()
    LENGTH_TOO_LONG = auto()
    LENGTH_TOO_SHORT = auto()
    RESET = auto()
    RESET_MID_BODY = auto()
    DRIP = auto()
    SILENCE = auto()
    DUPLICATE_LEADS = auto()
    LEADS_NOT_ASKED_FOR = auto()
    NO_LEAD_IDS = auto()


def _html(status: int, text: str) -> Answer:
    body = f"<!DOCTYPE html><html><body><h1>{text}</h1></body></html>".encode()
    return Answer(status=status, body=body, content_type="text/html; charset=utf-8")


def _always(answer: Answer) -> Callable[[Behaviour], Answer]:
    return lambda _behaviour: answer


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
    # To the sandbox itself, so that a client that follows it stands in the log of arrivals.
    Fault.REDIRECT: _always(Answer(status=302, body=b"", headers={"Location": f"/moved{PATH}"})),
    Fault.ERROR_IN_200: _always(
        error_answer(
            200, exception_type="MXInvalidInputException", message="You have not passed Parameter."
        )
    ),
    Fault.HTML_IN_200: _always(_html(200, "Sign in to this network")),
    Fault.EMPTY_BODY: _always(Answer(status=200, body=b"")),
}
"""Faults that send this instead of the leads."""

ON_THE_LINE: Mapping[Fault, Callable[[Line, Answer], None]] = {
    Fault.TRUNCATED_JSON: lambda line, answer: line.send_first_half(answer),
    Fault.LENGTH_TOO_LONG: lambda line, answer: line.send_wrong_length(answer, off_by=100),
    Fault.LENGTH_TOO_SHORT: lambda line, answer: line.send_wrong_length(answer, off_by=-20),
    Fault.RESET: lambda line, _answer: line.reset(),
    Fault.RESET_MID_BODY: lambda line, answer: line.reset_mid_body(answer),
    Fault.DRIP: lambda line, answer: line.drip(answer),
    Fault.SILENCE: lambda line, _answer: line.say_nothing(),
}
"""Faults that have the right answer and send it wrongly, or not at all."""


def _repeat(page: list[Row]) -> list[Row]:
    return page + page[:10]


def _add_stranger(page: list[Row]) -> list[Row]:
    return [*page, *({**row, "ProspectID": STRANGER} for row in page[:1])]


def _without_ids(page: list[Row]) -> list[Row]:
    return [{name: row[name] for name in row if name != "ProspectID"} for row in page]


SPOILED_LEADS: Mapping[Fault, Callable[[list[Row]], list[Row]]] = {
    Fault.DUPLICATE_LEADS: _repeat,
    Fault.LEADS_NOT_ASKED_FOR: _add_stranger,
    Fault.NO_LEAD_IDS: _without_ids,
}
"""Faults that send other leads than the right ones."""
