"""Faults that have the right answer and send it wrongly, late, or not at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsq.sandbox.faults.names import Fault

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from lsq.sandbox.answers import Answer
    from lsq.sandbox.line import Line

__all__ = ["ON_THE_LINE"]

ON_THE_LINE: Mapping[Fault, Callable[[Line, Answer], None]] = {
    Fault.TRUNCATED_JSON: lambda line, answer: line.send_first_half(answer),
    Fault.LENGTH_TOO_LONG: lambda line, answer: line.send_wrong_length(answer, off_by=100),
    Fault.LENGTH_TOO_SHORT: lambda line, answer: line.send_wrong_length(answer, off_by=-20),
    Fault.CHUNKED_CUT: lambda line, answer: line.send_half_a_chunk(answer),
    Fault.CLOSED: lambda line, _answer: line.hang_up(),
    Fault.RESET: lambda line, _answer: line.reset(),
    Fault.RESET_MID_BODY: lambda line, answer: line.reset_mid_body(answer),
    Fault.DRIP: lambda line, answer: line.drip(answer),
    Fault.DRIP_HEAD: lambda line, answer: line.drip_head(answer),
    Fault.SLOW: lambda line, answer: line.send_late(answer),
    Fault.SILENCE: lambda line, _answer: line.say_nothing(),
}
"""Faults by how they send an answer."""
