"""Where calls are answered: keys, rate limit, faults, leads and their columns. Knows no sockets."""

from __future__ import annotations

from collections import deque
from contextlib import suppress
from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING

from lsq.sandbox.answers import Answer, Refused, error_answer, json_answer, over_limit
from lsq.sandbox.arrivals import Arrival, ArrivalLog
from lsq.sandbox.contract import check_address, check_keys, read_question
from lsq.sandbox.faults import INSTEAD, ON_THE_LINE, SPOILED_ANSWERS, SPOILED_LEADS, Fault
from lsq.sandbox.fields import describe_fields
from lsq.sandbox.limit import MovingWindow
from lsq.sandbox.retrieve import envelope, retrieve
from lsq.sandbox.vendor import FIELDS_PATH

if TYPE_CHECKING:
    from email.message import Message

    from lsq.sandbox.behaviour import Behaviour
    from lsq.sandbox.contract import Question

__all__ = ["Desk", "Request", "spread"]

_GOLDEN = 0.6180339887498949


def spread(call: int) -> float:
    """Return a part of one for a call's number; any run of calls covers 0 to 1 evenly."""
    return call * _GOLDEN % 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """A call as it came in."""

    method: str
    path: str
    query: str
    headers: Message[str, str]
    body: bytes


class Desk:
    """Answers the calls of one account; safe to use from several threads.

    Attributes:
        behaviour: The switches; read once for each call.
        log: The calls so far.
    """

    def __init__(self, *, leads: int, behaviour: Behaviour) -> None:
        """Open an account with this many computed leads."""
        self.behaviour = behaviour
        self.log = ArrivalLog()
        self._leads = leads
        self._window = MovingWindow()
        self._at_work = Lock()
        self._faults: deque[Fault | None] = deque()

    def fail_next(self, fault: Fault, *, times: int = 1) -> None:
        """Let the next `times` calls that pass keys and rate limit meet this fault."""
        self._faults.extend([fault] * times)

    def spare_next(self, times: int) -> None:
        """Let the next `times` calls of that kind meet none, whatever the behaviour says."""
        self._faults.extend([None] * times)

    def answer(
        self, request: Request, arrival: Arrival, behaviour: Behaviour
    ) -> tuple[Answer, Fault | None]:
        """Return the answer to a call, and the fault to play in sending it, if any."""
        try:
            check_address(request.method, request.path)
            check_keys(request.query, request.headers, behaviour)
            _check_rotation(arrival, behaviour)
            self._check_limit(arrival, behaviour)
            fault = self._fault(arrival, behaviour)
            answer = self._reply(request, arrival, behaviour, fault)
        except Refused as refused:
            return refused.answer, None
        return answer, fault if fault in ON_THE_LINE else None

    def _check_limit(self, arrival: Arrival, behaviour: Behaviour) -> None:
        """Count the call, and refuse it when it is over the limit."""
        if behaviour.max_calls is not None and not self._window.admits(
            arrival.arrived_s,
            max_calls=behaviour.max_calls,
            window_s=behaviour.window_s,
            refused_calls_count=behaviour.refused_calls_count,
        ):
            raise Refused(over_limit(behaviour))

    def _fault(self, arrival: Arrival, behaviour: Behaviour) -> Fault | None:
        """Return what goes wrong with this call: queued faults first, then the share."""
        with suppress(IndexError):
            return self._faults.popleft()
        faults = (*filter(None, [behaviour.fault]), *behaviour.faults)
        part = spread(arrival.number + behaviour.fault_seed)
        if not faults or part >= behaviour.fault_share:
            return None
        return faults[int(part / behaviour.fault_share * len(faults))]

    def _reply(
        self, request: Request, arrival: Arrival, behaviour: Behaviour, fault: Fault | None
    ) -> Answer:
        """Return what was asked for, or what a fault sends instead or makes of it."""
        question = None
        if request.path != FIELDS_PATH:
            content_type = request.headers.get("Content-Type", "")
            question = read_question(content_type, request.body, behaviour)
            self.log.asked(arrival, question.ids)
        if fault and fault in INSTEAD:
            return INSTEAD[fault](behaviour)
        if question is None:
            answer = describe_fields(request.query, behaviour)
        else:
            answer = self._leads_of(question, behaviour, fault, call=arrival.number)
        return SPOILED_ANSWERS[fault](answer) if fault and fault in SPOILED_ANSWERS else answer

    def _leads_of(
        self, question: Question, behaviour: Behaviour, fault: Fault | None, *, call: int
    ) -> Answer:
        # One page after the other: the interpreter works on no two at once anyway, and so calls
        # that come together are heard, and counted, when they come.
        with self._at_work:
            page, total = retrieve(question, behaviour, leads=self._leads, call=call)
            if fault and fault in SPOILED_LEADS:
                page = SPOILED_LEADS[fault](page)
            return json_answer(200, envelope(page, total=total, behaviour=behaviour))


def _check_rotation(arrival: Arrival, behaviour: Behaviour) -> None:
    """Refuse keys whose time is over."""
    if behaviour.keys_work_for is not None and arrival.number >= behaviour.keys_work_for:
        exception_type = "MXInvalidAccessDetailsException"
        raise Refused(error_answer(401, exception_type=exception_type))
