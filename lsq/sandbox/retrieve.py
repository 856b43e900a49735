"""The one API: from a question to the leads, under every switch of the behaviour."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zlib import crc32

from lsq.sandbox.account import find_row, schema_name
from lsq.sandbox.answers import refuse_request, refuse_value
from lsq.sandbox.behaviour import (
    Behaviour,
    Empty,
    Envelope,
    IdCase,
    MalformedId,
    Order,
    RecordCount,
    ReturnId,
)
from lsq.sandbox.ids import is_lead_id

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from lsq.sandbox.contract import Question

__all__ = ["Row", "envelope", "retrieve"]

Row = dict[str, str | None]
"""One lead of an answer, by column."""

_ID, _CREATED = "ProspectID", "CreatedOn"


def retrieve(
    question: Question, behaviour: Behaviour, *, leads: int, call: int
) -> tuple[list[Row], int]:
    """Return one page of leads, and how many leads all pages have.

    Args:
        question: What is asked for.
        behaviour: The switches.
        leads: How many leads the account has.
        call: The call's number, for an order of its own.

    Raises:
        Refused: An id is malformed and the behaviour does not just leave it out.
    """
    _check_ids(question, behaviour)
    columns = _columns(question, behaviour)
    fetched = tuple(dict.fromkeys((*columns, _ID, _CREATED)))
    ids = dict.fromkeys(text.lower() for text in question.ids)
    found = [row for text in ids if (row := find_row(text, fetched, leads=leads)) is not None]
    start = (question.page_index - 1) * question.page_size
    page = _ordered(found, behaviour.order, call)[start : start + question.page_size]
    for row in page:
        if behaviour.id_case is not IdCase.LOWER:
            row[_ID] = _ID_FORMS[behaviour.id_case].format(row[_ID], str(row[_ID]).upper())
        for name in fetched[len(columns) :]:
            del row[name]
        if behaviour.id_key != _ID and _ID in row:
            row[behaviour.id_key] = row.pop(_ID)
    return page, len(found)


def envelope(page: list[Row], *, total: int, behaviour: Behaviour) -> object:
    """Return the JSON value that stands for a page of leads."""
    if behaviour.envelope is Envelope.BARE_ARRAY:
        return page
    reply: dict[str, object] = {}
    if behaviour.record_count is not RecordCount.ABSENT:
        reply["RecordCount"] = _COUNTS[behaviour.record_count](len(page), total)
    if page or behaviour.empty is Empty.EMPTY_LIST:
        flat = behaviour.envelope is Envelope.LEADS
        reply["Leads"] = page if flat else [_property_list(row) for row in page]
    return reply


_COUNTS: Mapping[RecordCount, Callable[[int, int], object]] = {
    RecordCount.PAGE: lambda page, _total: page,
    RecordCount.TOTAL: lambda _page, total: total,
    RecordCount.TEXT: lambda page, _total: str(page),
    # Right for an empty page: one that says it has leads is not an answer at all.
    RecordCount.LESS: lambda page, _total: max(0, page - 1),
    RecordCount.MORE: lambda page, _total: page + (page > 0),
    RecordCount.NEGATIVE: lambda page, _total: -page,
}

_ID_FORMS: Mapping[IdCase, str] = {
    IdCase.UPPER: "{1}",
    IdCase.BRACED: "{{{1}}}",
    IdCase.SPACED: " {0} ",
}


def _check_ids(question: Question, behaviour: Behaviour) -> None:
    """Refuse a call with a malformed id, when the behaviour says so."""
    if behaviour.malformed_id is MalformedId.LEFT_OUT or (
        all(map(is_lead_id, question.ids))
        and behaviour.bad_ids.isdisjoint(map(str.lower, question.ids))
    ):
        return
    if behaviour.malformed_id is MalformedId.BAD_REQUEST:
        refuse_request()
    refuse_value("LeadIds", "is not valid")


def _columns(question: Question, behaviour: Behaviour) -> tuple[str, ...]:
    """Return the columns to answer, under the switches for case and for the id."""
    columns = question.columns
    if not behaviour.column_case_matters:
        columns = tuple(dict.fromkeys(map(schema_name, columns)))
    if behaviour.return_id is ReturnId.ALWAYS:
        columns = tuple(dict.fromkeys((_ID, *columns)))
    if behaviour.return_id is ReturnId.NEVER:
        columns = tuple(name for name in columns if name != _ID)
    return columns


def _ordered(rows: list[Row], order: Order, call: int) -> list[Row]:
    """Return the leads in the order of the behaviour."""
    if order is Order.NEWEST_FIRST:
        return sorted(rows, key=lambda row: row[_CREATED] or "", reverse=True)
    if order is Order.BY_CALL:
        return sorted(rows, key=lambda row: crc32(f"{call} {row[_ID]}".encode()))
    return rows


def _property_list(row: Row) -> dict[str, object]:
    """Return a lead as the sister API Leads.RecentlyModified writes it."""
    pairs = [{"Attribute": name, "Value": value} for name, value in row.items()]
    return {"LeadPropertyList": pairs}
