"""Leadsheet: a spreadsheet of LeadSquared lead ids in, every lead out.

This is the menu of the Python side. It is filled when somebody asks for a dish: `import lsq` loads
neither pandas nor Streamlit nor requests, because each sheet is read in a process of its own, which
has to start fast and small.
"""

from __future__ import annotations

import logging
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lsq.api.account import Account
    from lsq.api.cache import LeadCache, MemoryCache, NoCache, SqliteCache
    from lsq.api.client import LeadSquared
    from lsq.api.errors import (
        AccountError,
        BadReply,
        BadRequest,
        InvalidArgument,
        KeysRefused,
        LsqError,
        NoAnswer,
        NoLeadId,
        NoSuchCall,
        NotLeadSquared,
        RateLimited,
        Redirected,
        Rejected,
        RequestError,
        ResponseError,
        ServerFailed,
        SettingsError,
        Unreachable,
        UnsafeConnection,
    )
    from lsq.api.lead_id import LeadId, parse_lead_id
    from lsq.api.models import Fetched, FetchStats, Field, LeadTable, Oddities, Outcome, Progress
    from lsq.api.rate_limit import RateLimit
    from lsq.api.retry import RetryPolicy

__all__ = [
    "Account",
    "AccountError",
    "BadReply",
    "BadRequest",
    "FetchStats",
    "Fetched",
    "Field",
    "InvalidArgument",
    "KeysRefused",
    "LeadCache",
    "LeadId",
    "LeadSquared",
    "LeadTable",
    "LsqError",
    "MemoryCache",
    "NoAnswer",
    "NoCache",
    "NoLeadId",
    "NoSuchCall",
    "NotLeadSquared",
    "Oddities",
    "Outcome",
    "Progress",
    "RateLimit",
    "RateLimited",
    "Redirected",
    "Rejected",
    "RequestError",
    "ResponseError",
    "RetryPolicy",
    "ServerFailed",
    "SettingsError",
    "SqliteCache",
    "Unreachable",
    "UnsafeConnection",
    "__version__",
    "parse_lead_id",
]

__version__ = "0.1.0"

_HOMES = {
    "account": {"Account"},
    "cache": {"LeadCache", "MemoryCache", "NoCache", "SqliteCache"},
    "client": {"LeadSquared"},
    "lead_id": {"LeadId", "parse_lead_id"},
    "models": {"FetchStats", "Fetched", "Field", "LeadTable", "Oddities", "Outcome", "Progress"},
    "rate_limit": {"RateLimit"},
    "retry": {"RetryPolicy"},
}
"""Where in lsq.api a name of the menu lives; all others are errors."""


def __getattr__(name: str) -> object:
    """Load what is asked for (PEP 562), once."""
    if name not in __all__:
        message = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(message)
    home = next((home for home, names in _HOMES.items() if name in names), "errors")
    dish: object = getattr(import_module(f"lsq.api.{home}"), name)
    globals()[name] = dish
    return dish


def __dir__() -> list[str]:
    """List the whole menu, for completion."""
    return sorted({*globals(), *__all__})


logging.getLogger(__name__).addHandler(logging.NullHandler())
