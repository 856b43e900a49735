"""The three ways in, kept apart: the demo account, the viewer's own keys, the deployer's keys."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING

import streamlit as st

from lsq.api.account import Account, check_host
from lsq.api.cache import NoCache
from lsq.sandbox import ACCESS_KEY, SECRET_KEY, Behaviour, Sandbox
from lsq.settings import Settings
from lsq.ui.configuration import settings
from lsq.ui.state import session
from lsq.ui.sweep import sweep
from lsq.ui.table_look import Look

if TYPE_CHECKING:
    from lsq.api.cache import LeadCache
    from lsq.api.rate_limit import RateLimit

__all__ = [
    "Connection",
    "Way",
    "connect",
    "connection",
    "disconnect",
    "lead_cache",
    "limit_in_force",
]

DEMO_LATENCY_S = 0.3

_OF_AN_ACCOUNT = ("columns", "columns_of", "preset", "set_used", "set_problem", "more_filters")
"""What widgets hold of an account's columns, by their keys; the next one may have none of them."""


class Way(StrEnum):
    """Whose keys are in use."""

    DEMO = "demo"
    OWN = "own"
    TEAM = "team"


@dataclass(frozen=True, slots=True, kw_only=True)
class Connection:
    """The account in use for this viewer, and whose it is."""

    way: Way
    account: Account


def connection() -> Connection:
    """Return the account to use; call it only behind `ui.screen`, which has checked the viewer."""
    own = session().own
    if own is not None:
        return Connection(way=Way.OWN, account=own)
    configured = settings()
    if configured.account is not None and configured.access.stated:
        return Connection(way=Way.TEAM, account=configured.account)
    return Connection(way=Way.DEMO, account=_demo_account())


def connect(*, host: str, access_key: str, secret_key: str) -> None:
    """Try keys that the viewer typed with one call, and keep them in this session if they work.

    A fetch of this very account goes on: keys that a reload has forgotten are given again so.

    Raises:
        LsqError: When the host is not LeadSquared's or the call says no; nothing is kept then.
    """
    configured = settings()
    check_host(host, extra=configured.extra_hosts, loopback=False)
    account = Account(
        host=host.strip(),
        access_key=access_key.strip(),
        secret_key=secret_key.strip(),
        auth=configured.auth,
        extra_hosts=configured.extra_hosts,
    )
    with configured.client(account, cache=NoCache()) as trial:
        trial.probe()
    mine = session()
    if mine.job is None or mine.job.account != account.fingerprint:
        _leave()
    mine.own = account


def disconnect() -> None:
    """Forget the viewer's keys, and everything that they fetched in this session."""
    _leave()


def _leave() -> None:
    """Let go of the account in use; a link that nothing was fetched for yet is not of it."""
    mine = session()
    if mine.own is not None or mine.job is not None:
        st.query_params.clear()
        mine.panel.link = MappingProxyType({})  # after a reload it says what this account holds
        for key in _OF_AN_ACCOUNT:
            st.session_state.pop(key, None)
    if mine.job is not None:
        mine.job.abandon()
    if mine.own is not None:
        lead_cache().forget(mine.own)
    # Another account has stages and columns of its own.
    mine.own, mine.stages, mine.matches = None, None, None
    mine.look = mine.look and Look()
    mine.masked = mine.masked or None  # plain was said of that account, not of the next
    mine.drop_job()


def limit_in_force(account: Account) -> RateLimit:
    """Return the account's rate limit: what is set, or what refusals have taught."""
    with settings().client(account, cache=NoCache()) as client:
        return client.limit


def lead_cache() -> LeadCache:
    """Return the leads that are still fresh, of all accounts, kept apart by account.

    Raises:
        SettingsError: When the cache that is set cannot be used.
    """
    configured = settings()
    return _opened(configured.cache, configured.cache_ttl_s, configured.shared)


@st.cache_resource(show_spinner=False)
def _opened(cache: str, ttl_s: float, shared: str) -> LeadCache:
    opened = Settings(cache=cache, cache_ttl_s=ttl_s, shared=shared).open_cache()
    sweep(opened.drop_stale)
    return opened


@st.cache_resource(show_spinner=False)
def _sandbox() -> Sandbox:
    sandbox = Sandbox(behaviour=Behaviour(latency_s=DEMO_LATENCY_S))
    sandbox.start()
    return sandbox


def _demo_account() -> Account:
    return Account(
        host=_sandbox().base_url, access_key=ACCESS_KEY, secret_key=SECRET_KEY, name="Demo account"
    )
