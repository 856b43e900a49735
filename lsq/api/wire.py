"""The call as it stands on the wire: the request, and the reply as it comes. No I/O, no clock.

LeadSquared, "Get Leads in Bulk by Ids":
POST https://{host}/v2/LeadManagement.svc/Leads/Retrieve/ByIds
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

__all__ = ["ID_COLUMN", "MAX_IDS", "Reply", "Request", "by_ids", "columns_of"]

ID_COLUMN = "ProspectID"
"""The column that holds a lead's id, in the only spelling that the API knows."""

MAX_IDS = 1000
"""Ids in one call: the page's own example asks for pages of 1,000, and larger ones are clamped."""

_PATH = "/v2/LeadManagement.svc/Leads/Retrieve/ByIds"


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
