"""How a fetch ended, in exact words, in the singular and in the plural."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from lsq.api.errors import KeysRefused, NoAnswer, ServerFailed
from lsq.api.models import FetchStats
from lsq.lookup.plan import Plan
from lsq.lookup.sentences import found, outcome, stale
from lsq.sandbox import lead_id

if TYPE_CHECKING:
    from collections.abc import Callable

    from lsq.api.models import LeadTable
    from lsq.lookup.run import Lookup
    from lsq.sheets.id_column import IdCells

    Make = Callable[..., Lookup]

IDS = tuple(lead_id(number) for number in range(12))
NOW_S = 1_700_000_000.0
TWO_CALLS = FetchStats(calls=2, elapsed_s=1.3)
BROKE = ServerFailed("The server answered 500.")


def costing(cells: IdCells, *, fresh: int = 0, calls: int = 1, seconds: float = 0.6) -> Plan:
    return Plan(
        cells=cells, ids=cells.ids, columns=("A",), fresh=fresh, calls=calls, seconds=seconds
    )


def test_done_accounts_for_every_row(make_lookup: Make) -> None:
    lookup = make_lookup("", *IDS, not_found=IDS[10:], stats=TWO_CALLS)
    said = outcome(lookup, now=NOW_S + 200)
    assert said.kind == "success"
    assert said.title == "10 of 12 leads found."
    assert said.body == (
        "2 were not found, asked twice. Every one of the 13 rows is accounted for. "
        "2 calls in 1.3 s; data 3 min old."
    )


def test_done_with_one_row_says_nothing_of_the_others(make_lookup: Make) -> None:
    one = make_lookup(IDS[0], stats=FetchStats(calls=1, elapsed_s=0.3))
    said = outcome(one, now=NOW_S)
    assert (said.title, said.body) == (
        "1 of 1 lead found.",
        "1 call in 0.3 s; data under 1 min old.",
    )


def test_done_from_the_cache_makes_no_calls(
    make_lookup: Make, make_table: Callable[..., LeadTable]
) -> None:
    lookup = make_lookup(*IDS[:2], leads=make_table(IDS[:2], age_s=[0, 840]))
    assert outcome(lookup, now=NOW_S).body == (
        "Every one of the 2 rows is accounted for. No calls; data 0–14 min old."
    )


def test_done_without_any_lead(make_lookup: Make) -> None:
    lookup = make_lookup(IDS[0], not_found=IDS[:1], stats=TWO_CALLS)
    said = outcome(lookup, now=NOW_S)
    assert said.title == "0 of 1 lead found." == f"{found(lookup)}."
    assert said.body == "1 was not found, asked twice. 2 calls in 1.3 s."


def test_stopped_says_what_is_here_and_what_the_rest_costs(make_lookup: Make) -> None:
    lookup = make_lookup(*IDS, not_found=IDS[8:10], not_asked=IDS[10:], stats=TWO_CALLS)
    rest = costing(lookup.plan.cells, calls=2)
    said = outcome(lookup, now=NOW_S, rest=rest)
    assert said.kind == "warning"
    assert said.title == "Stopped by you. 8 of 12 leads are here."
    assert said.body == (
        "2 were not found, 2 were not asked for; nothing fetched is lost. "
        "Fetching again asks only for those: 2 calls, about 1 s."
    )


def test_stopped_with_one_of_each_is_in_the_singular(make_lookup: Make) -> None:
    lookup = make_lookup(*IDS[:3], not_found=IDS[1:2], not_asked=IDS[2:3])
    said = outcome(lookup, now=NOW_S)
    assert said.title == "Stopped by you. 1 of 3 leads is here."
    assert said.body == "1 was not found, 1 was not asked for; nothing fetched is lost."


def test_a_trial_is_not_called_stopped(make_lookup: Make) -> None:
    said = outcome(make_lookup(*IDS, first=5), now=NOW_S)
    assert said.title == "A trial of the first 5: 5 of 12 leads are here."
    assert said.body == "7 were not asked for; nothing fetched is lost."


def test_a_stopped_trial_is_called_stopped(make_lookup: Make) -> None:
    said = outcome(make_lookup(*IDS, first=5, not_asked=IDS[3:5]), now=NOW_S)
    assert said.title == "Stopped by you. 3 of 12 leads are here."


def test_partial_names_the_reason_once(make_lookup: Make) -> None:
    failed = dict.fromkeys(IDS[8:10], BROKE)
    said = outcome(make_lookup(*IDS, failed=failed, not_found=IDS[10:11]), now=NOW_S)
    assert said.kind == "warning"
    assert said.title == "9 of 12 leads found; 2 ids failed."
    assert said.body == (
        "The server answered 500. 1 was not found, asked twice. "
        "Ask again for the 2 only, or download them as a sheet."
    )


def test_partial_with_one_failure_is_in_the_singular(make_lookup: Make) -> None:
    lookup = make_lookup(*IDS[:2], failed={IDS[1]: BROKE})
    said = outcome(lookup, now=NOW_S)
    assert said.title == "1 of 2 leads found; 1 id failed."
    assert said.body == (
        "The server answered 500. Ask again for that one only, or download it as a sheet."
    )


def test_partial_and_stopped_says_both_and_at_most_three_reasons(make_lookup: Make) -> None:
    failed = {lead_id: ServerFailed(f"Reason {n}.") for n, lead_id in enumerate(IDS[5:9])}
    lookup = make_lookup(*IDS, failed=failed, not_asked=IDS[11:])
    said = outcome(lookup, now=NOW_S)
    assert "Reason 2." in said.body
    assert "Reason 3." not in said.body
    assert " 1 was not asked for. Ask again for the 4 only" in said.body


def test_failed_before_anything_came(make_lookup: Make) -> None:
    lookup = make_lookup(
        *IDS,
        not_asked=IDS,
        stats=FetchStats(calls=1),
        stopped_by=KeysRefused("LeadSquared refused the keys (401).", "Check them."),
    )
    said = outcome(lookup, now=NOW_S)
    assert said.kind == "error"
    assert said.title == "LeadSquared refused the keys (401)."
    assert said.body == "1 call was made and nothing was fetched. Check them."


@pytest.mark.parametrize(
    ("leads", "words"),
    [
        (1, "2 calls were made and 1 lead came before it; it is kept."),
        (3, "2 calls were made and 3 leads came before it; they are kept."),
    ],
)
def test_failed_after_something_came_says_that_it_is_kept(
    make_lookup: Make, leads: int, words: str
) -> None:
    lookup = make_lookup(
        *IDS, not_asked=IDS[leads:], stats=TWO_CALLS, stopped_by=KeysRefused("Refused.")
    )
    assert outcome(lookup, now=NOW_S).body == words


def test_stale_says_how_old_and_what_a_refresh_costs(
    make_lookup: Make, make_table: Callable[..., LeadTable]
) -> None:
    ages = [0.0, 2 * 3600 + 14 * 60 + 30]
    lookup = make_lookup(*IDS[:2], leads=make_table(IDS[:2], age_s=ages))
    refresh = costing(lookup.plan.cells, fresh=1)
    said = stale(lookup, now=NOW_S, refresh=refresh, clock="16:06 (Asia/Kolkata)")
    assert said.kind == "info"
    assert said.title == "These leads are 2 h 14 min old."
    assert said.body == (
        "Fetched at 16:06 (Asia/Kolkata). Refreshing asks for 1 of 2; "
        "the rest are still fresh: 1 call, about 1 s."
    )


def test_stale_without_fresh_ones_and_under_a_minute(make_lookup: Make) -> None:
    lookup = make_lookup(*IDS)
    said = stale(lookup, now=NOW_S + 5, refresh=costing(lookup.plan.cells, calls=2), clock="9:12")
    assert said.title == "These leads are 1 min old."
    assert said.body == "Fetched at 9:12. Refreshing asks for 12 of 12: 2 calls, about 1 s."


def test_a_server_that_never_answers_is_named_before_its_ids(
    make_lookup: Callable[..., Lookup],
) -> None:
    gone = NoAnswer("No answer from api.leadsquared.com: it is gone.", "Check it.")
    lookup = make_lookup(*IDS, failed=dict.fromkeys(IDS, gone), stats=FetchStats(calls=4))
    said = outcome(lookup, now=NOW_S)
    assert (said.kind, said.title) == ("error", gone.title)
    assert said.body == "4 calls were made and nothing was fetched. Check it."
