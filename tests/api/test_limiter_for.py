"""One limiter for an account in a process."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from lsq.api.rate_limit import RateLimit
from lsq.api.rate_limit_window import limiter_for

if TYPE_CHECKING:
    from lsq.api.account import Account


def test_an_account_has_one_limiter_in_a_process(account: Account) -> None:
    limit = RateLimit(25, 5.0)
    assert limiter_for(account, limit) is limiter_for(replace(account), limit)
    assert limiter_for(account, limit) is not limiter_for(
        replace(account, host="api.leadsquared.com"), limit
    )


def test_the_limit_given_last_holds_for_all_clients_of_an_account(account: Account) -> None:
    limiter = limiter_for(account, RateLimit(25, 5.0))
    limiter_for(account, RateLimit(7, 5.0))
    assert limiter.state().max_calls == 7


def test_what_refusals_taught_stays_while_the_setting_does(account: Account) -> None:
    limit = RateLimit(24, 0.001)
    limiter_for(account, limit).refused(max_calls=3, window_s=None)
    assert limiter_for(account, limit).state().max_calls == 3
