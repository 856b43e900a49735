"""Single attempts, as the transport's tests make them."""

from __future__ import annotations

import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from lsq.api.account import Account
from lsq.api.errors import LsqError
from lsq.api.lead_id import LeadId
from lsq.api.transport import Transport
from lsq.api.wire import by_ids

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from lsq.api.wire import Reply, Request

ACCESS_KEY = "u$r0marker+access/key="
SECRET_KEY = "0marker0secret" * 3


def account_at(base_url: str) -> Account:
    """Return an account that is called at `base_url`, also where `Account` itself forbids it."""
    account = Account(host="api.leadsquared.com", access_key=ACCESS_KEY, secret_key=SECRET_KEY)
    object.__setattr__(account, "base_url", base_url)
    return account


def request_of(account: Account) -> Request:
    """Return a request for one lead."""
    return by_ids(account, [LeadId("a")], ["ProspectID"])


@contextmanager
def transport_to(base_url: str, **limits: float) -> Iterator[tuple[Transport, Request]]:
    """Lend a transport to `base_url` and a request that it can send."""
    account = account_at(base_url)
    transport = Transport(account, **limits)  # type: ignore[arg-type]
    try:
        yield transport, request_of(account)
    finally:
        transport.close()


def send(base_url: str, **limits: float) -> Reply:
    """Make one attempt."""
    with transport_to(base_url, **limits) as (transport, request):
        return transport.send(request)


def failure_of(base_url: str, **limits: float) -> LsqError:
    """Make one attempt that fails, and return how."""
    with pytest.raises(LsqError) as caught:
        send(base_url, **limits)
    return caught.value


def assert_on_time(attempt: Callable[[], object], *, due_s: float) -> None:
    """Assert that `attempt` takes `due_s` seconds and at most a tenth more.

    A busy machine wakes a thread late now and then, so the best of ten counts.
    """
    took_s: list[float] = []
    while not took_s or (took_s[-1] > 1.1 * due_s and len(took_s) < 10):
        started_s = time.monotonic()
        attempt()
        took_s.append(time.monotonic() - started_s)
        assert took_s[-1] >= due_s
    assert took_s[-1] <= 1.1 * due_s, took_s


def failure_on_time(base_url: str, *, due_s: float, **limits: float) -> LsqError:
    """Make one attempt that fails after `due_s` seconds, and return how."""
    errors: list[LsqError] = []

    def attempt() -> None:
        with pytest.raises(LsqError) as caught:
            transport.send(request)
        errors.append(caught.value)

    with transport_to(base_url, **limits) as (transport, request):
        assert_on_time(attempt, due_s=due_s)
    return errors[-1]
