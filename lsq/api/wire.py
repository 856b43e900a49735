"""The call as it stands on the wire: builds the request, reads the reply. No I/O, no clock.

LeadSquared, "Get Leads in Bulk by Ids":
POST https://{host}/v2/LeadManagement.svc/Leads/Retrieve/ByIds
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from itertools import chain
from typing import TYPE_CHECKING, TypeAlias
from urllib.parse import urlencode

from lsq.api.errors import BadReply, InvalidArgument, NoLeadId, NotLeadSquared
from lsq.api.lead_id import LeadId, parse_lead_id
from lsq.api.models import LeadTable
from lsq.api.refusals import refusal
from lsq.api.reply_json import UnreadableError, as_text, as_texts, read_json
from lsq.api.text_column import TextColumn

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from lsq.api.account import Account

__all__ = ["ID_COLUMN", "MAX_IDS", "Page", "Reply", "Request", "by_ids", "columns_of", "read_page"]

ID_COLUMN = "ProspectID"
"""The column that holds a lead's id, in the only spelling that the API knows."""

MAX_IDS = 1000
"""Ids in one call: the page's own example asks for pages of 1,000, and larger ones are clamped."""

_PATH = "/v2/LeadManagement.svc/Leads/Retrieve/ByIds"

_Lead: TypeAlias = "dict[str, object]"


@dataclass(frozen=True, slots=True)
class Request:
    """One POST: what a transport needs to send it. Its address and headers may hold the keys."""

    url: str = field(repr=False)
    headers: Mapping[str, str] = field(repr=False)
    body: bytes


@dataclass(frozen=True, slots=True)
class Reply:
    """One answer as it came.

    Attributes:
        status: The HTTP status.
        headers: Header values by name in lower case.
        body: The decoded body (gzip undone), not yet read as text.
        came_at: When the last byte came, in seconds since the epoch.
    """

    status: int
    headers: Mapping[str, str]
    body: bytes = field(repr=False)
    came_at: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What one call brought.

    Attributes:
        leads: The leads asked for that came, in the order asked.
        unasked: Leads that came without being asked for; they are left out.
        repeated: Leads that came more than once; the one modified last is kept.
        nameless: Leads without an id among others with one; nobody can say whose they are.
    """

    leads: LeadTable
    unasked: int = 0
    repeated: int = 0
    nameless: int = 0


def columns_of(columns: Iterable[str]) -> tuple[str, ...]:
    """Return the columns to ask for: `ProspectID` first, then those given, exact repeats dropped.

    Raises:
        InvalidArgument: For a name that is blank or holds a comma, which the list cannot carry.
    """
    names = tuple(dict.fromkeys((ID_COLUMN, *columns)))
    for name in names:
        if not name.strip() or "," in name:
            title = f"“{name}” is not the name of a column."
            raise InvalidArgument(title, "Give schema names one by one, such as FirstName.")
    return names


def by_ids(account: Account, ids: Sequence[LeadId], columns: Sequence[str]) -> Request:
    """Build the documented request.

    The paging block is the page's own, whatever the number of ids: one page holds them all.

    Args:
        account: Gives the host and the keys.
        ids: At most `MAX_IDS` ids.
        columns: What `columns_of` returned.
    """
    body = {
        "SearchParameters": {"LeadIds": list(ids)},
        "Columns": {"Include_CSV": ", ".join(columns)},
        "Paging": {"PageIndex": 1, "PageSize": MAX_IDS},
    }
    url, headers = account.base_url + _PATH, {"Content-Type": "application/json"}
    if account.auth == "headers":
        headers["x-LSQ-AccessKey"] = account.access_key
        headers["x-LSQ-SecretKey"] = account.secret_key
    else:
        keys = {"accessKey": account.access_key, "secretKey": account.secret_key}
        url = f"{url}?{urlencode(keys)}"
    return Request(url, headers, json.dumps(body).encode())


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
        document = read_json(reply.body)
    except UnreadableError:
        document = None
    if error := refusal(reply, document, account=account):
        raise error
    found = _match(_leads(document, reply, account.server), asked, account.server)
    ids = [id_ for id_ in asked if id_ in found.leads]
    leads = [found.leads[id_] for id_ in ids]
    try:
        table = _table(ids, leads, columns, reply.came_at)
    except RecursionError:
        raise _bad_reply(reply, account.server) from None
    return Page(
        leads=table, unasked=found.unasked, repeated=found.repeated, nameless=found.nameless
    )


def _leads(document: object, reply: Reply, server: str) -> list[_Lead]:
    """Take the list of leads out of any of the envelopes in which the API's calls send it."""
    leads = document
    if isinstance(document, dict):
        leads = document.get("Leads")
        # The key is left out when there is nothing to list, and only then.
        if leads is None and str(document.get("RecordCount")) == "0":
            leads = []
    if not isinstance(leads, list):
        raise _bad_reply(reply, server)
    return [_flat(lead, reply, server) for lead in leads]


def _flat(lead: object, reply: Reply, server: str) -> _Lead:
    """Return a lead as column to value, also where it comes as a list of attributes."""
    if not isinstance(lead, dict):
        raise _bad_reply(reply, server)
    pairs = lead.get("LeadPropertyList")
    if not isinstance(pairs, list):
        return lead
    return {
        str(pair["Attribute"]): pair.get("Value")
        for pair in pairs
        if isinstance(pair, dict) and "Attribute" in pair
    }


def _bad_reply(reply: Reply, server: str) -> BadReply:
    start = reply.body[:100].lstrip(b"\xef\xbb\xbf \t\r\n")
    is_page = start[:1] == b"<"
    what = "a web page" if is_page else "something else" if start else "nothing"
    title = f"What came is not LeadSquared's answer: {server} sent {what} ({reply.status})."
    kind = NotLeadSquared if is_page else BadReply
    return kind(title, "Check the host, and proxies on the way.", status=reply.status)


@dataclass(slots=True)
class _Match:
    leads: dict[LeadId, _Lead] = field(default_factory=dict)
    unasked: int = 0
    repeated: int = 0
    nameless: int = 0


def _match(leads: Sequence[_Lead], asked: Sequence[LeadId], server: str) -> _Match:
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


def _table(
    ids: list[LeadId], leads: Sequence[_Lead], columns: Sequence[str], came_at: float
) -> LeadTable:
    sent = dict.fromkeys(chain.from_iterable(leads))
    names = dict.fromkeys((*columns, *sent))
    return LeadTable(
        ids=ids,
        columns={
            as_text(name) or "": TextColumn(as_texts([lead.get(name) for lead in leads]))
            for name in names
        },
        fetched_at=[came_at] * len(ids),
        absent=frozenset(columns).difference(sent) if ids else frozenset(),
    )
