"""Cost before spend: fresh leads, calls, seconds and memory, without any call."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from lsq.api.account import Account
from lsq.api.cache import MemoryCache
from lsq.api.errors import ServerFailed
from lsq.api.models import Fetched
from lsq.api.rate_limit import RateLimit
from lsq.lookup.plan import ANSWER_S, BYTES_A_VALUE, plan
from lsq.sandbox import lead_id
from lsq.sheets.id_column import find_ids
from lsq.sheets.parsing.parse import parse_sheet

if TYPE_CHECKING:
    from collections.abc import Callable

    from lsq.api.models import LeadTable
    from lsq.lookup.plan import Plan
    from lsq.sandbox import Sandbox
    from lsq.sheets.id_column import IdCells

LIMIT = RateLimit(25, 5.0)
IDS = tuple(lead_id(number) for number in range(60))
CELLS = find_ids(parse_sheet("\n".join(["Lead ID", *IDS]).encode(), name="list.csv"))
ACCOUNT = Account(host="api-in21.leadsquared.com", access_key="a-key", secret_key="s-key")  # noqa: S106 - made up


def cost(cells: IdCells = CELLS, cache: MemoryCache | None = None, **options: object) -> Plan:
    usual = {"columns": ("FirstName",), "limit": LIMIT, "batch": 1000}
    return plan(cells, account=ACCOUNT, cache=cache or MemoryCache(), **{**usual, **options})


def test_every_distinct_id_is_planned_in_the_order_of_the_sheet() -> None:
    assert cost().ids == IDS
    assert cost().left_out == ()


def test_sixty_ids_are_one_call_and_one_answer() -> None:
    found = cost()
    assert (found.fresh, found.calls, found.seconds) == (0, 1, ANSWER_S)


def test_a_call_more_than_the_window_holds_waits_for_the_next_window() -> None:
    assert cost(batch=1, first=25).seconds == ANSWER_S
    assert cost(batch=1, first=26).seconds == 5.0 + ANSWER_S
    assert cost(batch=1, first=51).seconds == 10.0 + ANSWER_S


def test_fresh_leads_cost_no_call(make_table: Callable[..., LeadTable]) -> None:
    cache = MemoryCache()
    cache.put(ACCOUNT, make_table(IDS[:20]))
    found = cost(cache=cache, batch=10)
    assert (found.fresh, found.calls) == (20, 4)


def test_leads_without_the_wanted_columns_are_not_fresh(
    make_table: Callable[..., LeadTable],
) -> None:
    cache = MemoryCache()
    cache.put(ACCOUNT, make_table(IDS))
    assert cost(cache=cache, columns=("mx_City",)).fresh == 0


def test_all_fresh_is_no_call_and_no_time(make_table: Callable[..., LeadTable]) -> None:
    cache = MemoryCache()
    cache.put(ACCOUNT, make_table(IDS))
    found = cost(cache=cache)
    assert (found.fresh, found.calls, found.seconds) == (60, 0, 0.0)


def test_a_refresh_asks_also_for_what_is_fresh(make_table: Callable[..., LeadTable]) -> None:
    cache = MemoryCache()
    cache.put(ACCOUNT, make_table(IDS))
    found = cost(cache=cache, refresh=True)
    assert (found.fresh, found.calls) == (0, 1)
    assert found.refresh


def test_a_trial_asks_for_the_first_few_and_names_the_rest() -> None:
    found = cost(first=25)
    assert found.ids == IDS[:25]
    assert found.left_out == IDS[25:]


def test_a_trial_longer_than_the_sheet_is_the_whole_sheet() -> None:
    assert cost(first=1000).ids == IDS
    assert cost(first=1000).left_out == ()


def test_completing_asks_only_for_what_failed_or_was_not_asked(
    make_table: Callable[..., LeadTable],
) -> None:
    earlier = Fetched(
        leads=make_table(IDS[2:50]),
        not_found=IDS[50:55],
        failed={IDS[57]: ServerFailed("It broke.")},
        not_asked=(IDS[1], *IDS[55:57], *IDS[58:], IDS[0]),
    )
    found = cost(earlier=earlier)
    assert found.ids == (IDS[0], IDS[1], *IDS[55:])
    assert found.earlier is earlier


def test_memory_grows_with_leads_and_columns() -> None:
    one, three, five = (
        cost(columns=tuple(columns)).memory_bytes for columns in ("A", "ABC", "ABCDE")
    )
    assert 0 < one < three < five
    assert five - three == three - one == len(IDS) * 2 * BYTES_A_VALUE


def test_a_plan_makes_no_call(
    sandbox: Sandbox,
    make_plan: Callable[..., Plan],
    make_sheet: Callable[..., tuple[object, IdCells]],
) -> None:
    assert make_plan(make_sheet(*IDS)[1]).calls == 1
    assert sandbox.arrivals == ()


@given(batch=st.integers(1, 70), first=st.integers(0, 70), max_calls=st.integers(1, 30))
def test_the_estimate_is_never_below_the_bound_of_the_limit(
    batch: int, first: int, max_calls: int
) -> None:
    found = cost(batch=batch, first=first, limit=RateLimit(max_calls, 5.0))
    assert found.calls * batch >= len(found.ids) > (found.calls - 1) * batch or not found.calls
    assert found.seconds >= max(0, found.calls - 1) // max_calls * 5.0
    assert found.ids + found.left_out == IDS
