"""Faults that write the right leads wrongly."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from lsq.sandbox.faults.names import Fault
from lsq.sandbox.faults.values import ODD_VALUES

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from lsq.sandbox.answers import Answer

__all__ = ["SPOILED_ANSWERS"]

_PLACE = "here goes the lead"


def _not_gzip(answer: Answer) -> Answer:
    return replace(answer, headers={**answer.headers, "Content-Encoding": "gzip"})


def _marked(answer: Answer) -> Answer:
    return replace(answer, body=b"\xef\xbb\xbf" + answer.body)


def _wrong_charset(answer: Answer) -> Answer:
    return replace(answer, content_type="application/json; charset=utf-16")


def _leads_in_an_object(answer: Answer) -> Answer:
    return _with_leads(answer, lambda leads: {str(row): lead for row, lead in enumerate(leads)})


def _lead_as_a_list(answer: Answer) -> Answer:
    return _with_leads(answer, lambda leads: [list(leads[0].values()), *leads[1:]])


def _with_values(values: Mapping[str, bytes | None]) -> Callable[[Answer], Answer]:
    def spoil(answer: Answer) -> Answer:
        first: dict[str, bytes | None] = {}

        def take_first(leads: list[dict[str, Any]]) -> list[object]:
            first.update({name: json.dumps(value).encode() for name, value in leads[0].items()})
            return [_PLACE, *leads[1:]]

        body = _with_leads(answer, take_first).body
        pairs = {**first, **values}.items()
        fields = (b'"%s":%s' % (name.encode(), raw) for name, raw in pairs if raw is not None)
        lead = b"{%s}" % b",".join(fields)
        return replace(answer, body=body.replace(json.dumps(_PLACE).encode(), lead, 1))

    return spoil


def _with_leads(answer: Answer, change: Callable[[list[dict[str, Any]]], object]) -> Answer:
    """Write an answer again with other leads; one that has none is left alone."""
    document = json.loads(answer.body)
    if not (isinstance(document, dict) and document.get("Leads")):
        return answer
    changed = {**document, "Leads": change(document["Leads"])}
    return replace(answer, body=json.dumps(changed, ensure_ascii=False).encode())


SPOILED_ANSWERS: Mapping[Fault, Callable[[Answer], Answer]] = {
    Fault.NOT_GZIP: _not_gzip,
    Fault.BYTE_ORDER_MARK: _marked,
    Fault.WRONG_CHARSET: _wrong_charset,
    Fault.LEADS_IN_AN_OBJECT: _leads_in_an_object,
    Fault.LEAD_AS_A_LIST: _lead_as_a_list,
    **{fault: _with_values(values) for fault, values in ODD_VALUES.items()},
}
"""Faults by what they make of an answer's bytes."""
