"""What the account in use says of its columns: asked once a day, and never waited for for long."""

from __future__ import annotations

import logging
import time
from dataclasses import dataclass, field
from functools import partial
from threading import Event, Lock, Thread
from typing import TYPE_CHECKING

import streamlit as st

from lsq.analysis.catalog import STANDARD, Catalog
from lsq.ui.accounts import connection
from lsq.ui.configuration import settings

if TYPE_CHECKING:
    from collections.abc import Callable

    from lsq.api.account import Account
    from lsq.api.client import LeadSquared
    from lsq.api.models import Field

__all__ = ["Catalogs", "ask", "catalog"]

WAIT_S = 1.5
"""How long the first runs wait for the answer, in seconds from the question on."""

_DAY_S = 24 * 60 * 60.0
_AGAIN_S = 10 * 60.0  # after a failure

_log = logging.getLogger(__name__)


def catalog() -> Catalog:
    """Return what is known of the columns of the account in use.

    The account is asked in the background, with one call a day. The run that needs it first waits
    a moment for the answer; later ones never do. Until the account has answered, and if it does
    not, the standard columns serve.
    """
    configured, account = settings(), connection().account
    return _catalogs().of(account, partial(configured.quick_client, account))


def ask(client: LeadSquared) -> tuple[Field, ...]:
    """Ask the account; the one place of the app where it is, so that tests can do without."""
    return client.fields()


@dataclass(slots=True)
class _Asked:
    """One question to one account, and what is known meanwhile."""

    asked_s: float
    catalog: Catalog
    failed: bool = False
    answered: Event = field(default_factory=Event)

    def is_old(self, now_s: float) -> bool:
        """Whether it is time to ask again."""
        return now_s - self.asked_s > (_AGAIN_S if self.failed else _DAY_S)

    def put(self, client: LeadSquared) -> None:
        """Put the question and keep the answer; a failure keeps what was known before."""
        try:
            with client:
                self.catalog = Catalog.of(ask(client))
        except Exception as error:  # noqa: BLE001 - whatever it is, the standard columns serve
            self.failed = True
            # Its kind only: the sentence may repeat what a server has said.
            _log.warning("An account did not say what columns it has: %s", type(error).__name__)
        finally:
            self.answered.set()


class Catalogs:
    """What accounts have said, each by its fingerprint; safe to use from several sessions."""

    def __init__(self) -> None:
        """Know of no account."""
        self._asked: dict[str, _Asked] = {}
        self._lock = Lock()

    def of(self, account: Account, connect: Callable[[], LeadSquared]) -> Catalog:
        """Return what is known of an account; ask it, through `connect`, if that was long ago."""
        now_s, key = time.monotonic(), account.fingerprint
        with self._lock:
            asked = self._asked.get(key)
            if asked is None or asked.is_old(now_s):
                self._drop_old(now_s)
                client = connect()
                asked = _Asked(now_s, asked.catalog if asked else STANDARD)
                self._asked[key] = asked
                Thread(target=asked.put, args=(client,), name="fields", daemon=True).start()
        if asked.catalog is STANDARD:
            asked.answered.wait(max(0.0, asked.asked_s + WAIT_S - now_s))
        return asked.catalog

    def _drop_old(self, now_s: float) -> None:
        old = [key for key, asked in self._asked.items() if now_s - asked.asked_s > 2 * _DAY_S]
        for key in old:
            del self._asked[key]


@st.cache_resource(show_spinner=False)
def _catalogs() -> Catalogs:
    return Catalogs()
