"""An answer read: the leads that were asked for and what was odd about it, or its error.

LeadSquared, "Get Leads in Bulk by Ids", Response.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import chain
from operator import itemgetter
from typing import TYPE_CHECKING, TypeAlias, cast

from lsq.api.errors import NoLeadId
from lsq.api.lead_id import LeadId, parse_lead_id
from lsq.api.models import LeadTable, Oddities
from lsq.api.refusals import refusal, unusable
from lsq.api.reply_json import DAMAGE, Json, UnreadableError, as_column, as_text, read_json
from lsq.api.wire import ID_COLUMN

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from lsq.api.account import Account
    from lsq.api.text_column import TextColumn
    from lsq.api.wire import Reply

__all__ = ["Page", "read_page"]

_Lead: TypeAlias = "dict[str, object]"


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What one call brought.

    Attributes:
        leads: The leads asked for that came, in the order asked.
        odd: What was odd about the answer.
        nameless: Leads without an id among others with one; nobody can say whose they are.
    """

    leads: LeadTable
    odd: Oddities = field(default_factory=Oddities)
    nameless: int = 0


def read_page(
    reply: Reply, *, account: Account, asked: Sequence[LeadId], columns: Sequence[str]
) -> Page:
    """Read an answer: the leads that were asked for, or the error it stands for.

    Leads are matched by their id, in any letter case, and never by their position.

    Args:
        reply: The answer to `by_ids(account, asked, columns)`.
        account: Named in errors by its host.
        asked: The ids of the call.
        columns: The columns of the call, `ProspectID` first.

    Raises:
        ResponseError: The class that fits the answer; `BadReply` and `NoLeadId` among them.
    """
    try:
        read = read_json(reply.body)
    except UnreadableError:
        read = Json(None)
    if error := refusal(reply, read.document, account=account):
        raise error
    sent = _leads(read.document, reply, account.server)
    found = _match(sent, asked, account.server)
    ids = [id_ for id_ in asked if id_ in found.leads]
    leads = [found.leads[id_] for id_ in ids]
    names = dict.fromkeys(chain.from_iterable(leads))
    texts = _texts(leads, dict.fromkeys((*columns, *names)))
    if texts is None:
        raise unusable(reply, account.server)
    table = LeadTable(
        ids=ids,
        columns=texts,
        fetched_at=[reply.came_at] * len(ids),
        absent=frozenset(columns).difference(names) if ids else frozenset(),
    )
    odd = Oddities(
        unasked=found.unasked,
        repeated=found.repeated,
        doubled=read.doubled,
        damaged=sum(column.holding(DAMAGE) for column in texts.values()),
        miscounted=int(_is_miscounted(read.document, len(sent))),
    )
    return Page(leads=table, odd=odd, nameless=found.nameless)


def _leads(document: object, reply: Reply, server: str) -> list[_Lead]:
    """Take the list of leads out of any of the envelopes in which the API's calls send it."""
    leads = document
    if isinstance(document, dict):
        leads = document.get("Leads")
        # The key is left out when there is nothing to list, and only then.
        if leads is None and str(document.get("RecordCount")) == "0":
            leads = []
    if not isinstance(leads, list):
        raise unusable(reply, server)
    return [_flat(lead, reply, server) for lead in leads]


def _is_miscounted(document: object, leads: int) -> bool:
    """Tell whether the answer's own count is there and wrong; its rows are believed."""
    count = document.get("RecordCount") if isinstance(document, dict) else None
    return count is not None and str(count).strip() != str(leads)


def _flat(lead: object, reply: Reply, server: str) -> _Lead:
    """Return a lead as column to value, also where it comes as a list of attributes."""
    if not isinstance(lead, dict):
        raise unusable(reply, server)
    pairs = lead.get("LeadPropertyList")
    if not isinstance(pairs, list):
        return lead
    return {
        str(pair["Attribute"]): pair.get("Value")
        for pair in pairs
        if isinstance(pair, dict) and "Attribute" in pair
    }


@dataclass(slots=True)
class _Match:
    leads: dict[LeadId, _Lead] = field(default_factory=dict)
    unasked: int = 0
    repeated: int = 0
    nameless: int = 0


def _match(leads: Sequence[_Lead], asked: Sequence[LeadId], server: str) -> _Match:
    ids = [lead.get(ID_COLUMN) for lead in leads]
    if (
        {str}.issuperset(map(type, ids))
        and len(set(ids)) == len(ids)
        and set(asked).issuperset(ids)
    ):
        return _Match(dict(zip(cast("list[LeadId]", ids), leads, strict=True)))  # as it mostly is
    return _match_one_by_one(leads, asked, server)


def _match_one_by_one(leads: Sequence[_Lead], asked: Sequence[LeadId], server: str) -> _Match:
    found, wanted = _Match(), {id_: id_ for id_ in asked}
    for lead in leads:
        _put_id_key(lead)
        text = lead.get(ID_COLUMN)
        if not isinstance(text, str) or not text.strip():
            found.nameless += 1
            continue
        id_ = wanted.get(LeadId(text)) or wanted.get(parse_lead_id(text) or LeadId(""))
        if id_ is None:
            found.unasked += 1
            continue
        earlier = found.leads.setdefault(id_, lead)
        if earlier is not lead:
            found.repeated += 1
            found.leads[id_] = max(earlier, lead, key=_modified_on)
    if leads and found.nameless == len(leads):
        title = f"There is no lead id in the answer of {server}: {len(leads)} leads came unnamed."
        advice = "Leads are never matched by position. Ask LeadSquared why ProspectID is missing."
        raise NoLeadId(title, advice, status=200)
    return found


def _put_id_key(lead: _Lead) -> None:
    """Move the id to its own key where the answer spells it differently."""
    if ID_COLUMN not in lead:
        key = next((key for key in lead if key.lower() == "prospectid"), None)
        if key is not None:
            lead[ID_COLUMN] = lead.pop(key)


def _modified_on(lead: _Lead) -> str:
    return str(lead.get("ModifiedOn") or "")


def _texts(leads: Sequence[_Lead], names: Iterable[str]) -> dict[str, TextColumn] | None:
    """Return the columns, or None when a value is nested deeper than can be written."""
    try:
        return {as_text(name) or "": as_column(_values(leads, name)) for name in names}
    except RecursionError:
        return None


def _values(leads: Sequence[_Lead], name: str) -> list[object]:
    try:
        return list(map(itemgetter(name), leads))  # quicker, and mostly every lead has every key
    except KeyError:
        return [lead.get(name) for lead in leads]
