"""The calls as they stand on the wire: the request, and the reply as it comes. No I/O, no clock.

LeadSquared, "Get Leads in Bulk by Ids" and "Get Metadata of Leads":
POST https://{host}/v2/LeadManagement.svc/Leads/Retrieve/ByIds
GET https://{host}/v2/LeadManagement.svc/LeadsMetaData.Get
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from lsq.api.errors import InvalidArgument

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from lsq.api.account import Account
    from lsq.api.lead_id import LeadId

__all__ = ["ID_COLUMN", "MAX_IDS", "Reply", "Request", "all_fields", "by_ids", "columns_of"]

ID_COLUMN = "ProspectID"
"""The column that holds a lead's id, in the only spelling that the API knows."""

MAX_IDS = 1000
"""Ids in one call: the page's own example asks for pages of 1,000, and larger ones are clamped."""

_BY_IDS = "/v2/LeadManagement.svc/Leads/Retrieve/ByIds"
_FIELDS = "/v2/LeadManagement.svc/LeadsMetaData.Get"


@dataclass(frozen=True, slots=True)
class Request:
    """One call: what a transport needs to send it. Its address and headers may hold the keys."""

    url: str = field(repr=False)
    headers: Mapping[str, str] = field(repr=False)
    body: bytes = b""
    method: str = "POST"


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
    url, headers = _signed(account, _BY_IDS)
    return Request(url, {**headers, "Content-Type": "application/json"}, json.dumps(body).encode())


def all_fields(account: Account) -> Request:
    """Build the request that asks what columns the account's leads have."""
    url, headers = _signed(account, _FIELDS)
    return Request(url, headers, method="GET")


def _signed(account: Account, path: str) -> tuple[str, dict[str, str]]:
    """Return the address of a call and its headers, with the keys where the account has them."""
    url = account.base_url + path
    if account.auth == "headers":
        return url, {
            "x-LSQ-AccessKey": account.access_key,
            "x-LSQ-SecretKey": account.secret_key,
        }
    keys = {"accessKey": account.access_key, "secretKey": account.secret_key}
    return f"{url}?{urlencode(keys)}", {}
