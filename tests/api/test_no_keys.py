"""No key is anywhere that somebody else could read."""

from __future__ import annotations

import gc
import logging
from typing import TYPE_CHECKING

from lsq.api.cache import NoCache
from lsq.api.retry import RetryPolicy
from lsq.sandbox import Fault, Sandbox, lead_id

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import pytest

    from lsq.api.client import LeadSquared
    from lsq.api.errors import (
        LsqError,
    )

SLOW_OR_PAUSING = {
    Fault.DRIP,
    Fault.DRIP_HEAD,
    Fault.SILENCE,
    Fault.SLOW,
    Fault.TOO_MANY_REQUESTS,
}


def ids_of(count: int) -> list[str]:
    return [lead_id(number) for number in range(count)]


def test_a_client_that_is_gone_lets_its_keys_go(
    connect: Callable[..., LeadSquared], sandbox: Sandbox
) -> None:
    fetched = connect(sandbox).leads_by_id(ids_of(1), columns=[])
    gc.collect()
    holders = [item for item in (*fetched.leads, fetched.stats) if sandbox.secret_key in repr(item)]
    assert holders == []


def test_no_key_is_in_any_log_of_a_whole_run(
    connect: Callable[..., LeadSquared], sandbox: Sandbox, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    errors: Sequence[LsqError] = []
    for fault in Fault:
        if fault in SLOW_OR_PAUSING:
            continue
        sandbox.fail_next(fault, times=2)
        client = connect(sandbox, retry=RetryPolicy(attempts=2, base_s=0.001), cache=NoCache())
        fetched = client.leads_by_id(ids_of(2), columns=[])
        errors = [*errors, *fetched.failed.values(), *filter(None, [fetched.stopped_by])]
    told = "".join(f"{error!r} {error} {vars(error)}" for error in errors) + caplog.text
    assert len(errors) > 10
    for key in (sandbox.access_key, sandbox.secret_key):
        assert key not in told
        assert key.replace("$", "%24") not in told
