"""What a sheet and its fetch came to, in sentences with numbers; the same on page and shell."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from lsq.analysis.words import age_range, count, counted, duration
from lsq.api.errors import RequestError
from lsq.api.models import Outcome

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lsq.api.errors import LsqError
    from lsq.api.models import Progress
    from lsq.lookup.plan import Plan
    from lsq.lookup.run import Lookup
    from lsq.sheets.id_column import IdCells

__all__ = [
    "MEANINGS",
    "Said",
    "cost",
    "found",
    "outcome",
    "so_far",
    "stale",
    "sum_of_rows",
    "takes",
]

_ENOUGH_ANSWERS = 2  # below that a rate is a guess

MEANINGS: Mapping[Outcome, str] = {
    Outcome.FOUND: "One fresh lead each",
    Outcome.NOT_FOUND: "Asked twice: deleted, merged, hidden, or another account’s",
    Outcome.FAILED: "The call failed; the reason is in the file",
    Outcome.NOT_ASKED: "Stopped before their turn",
    Outcome.DUPLICATE: "Same id as an earlier row; the row still gets its lead",
    Outcome.BLANK: "No value in the id column",
    Outcome.INVALID: "No lead id in it",
    Outcome.TO_FETCH: "Will be asked for",
}
"""What each outcome of a row means, in words for people."""


@dataclass(frozen=True, slots=True)
class Said:
    """One state of a lookup in words.

    Attributes:
        kind: How it went, which decides the box's colour.
        title: The sentence that says it.
        body: What it means and what can be done.
    """

    kind: Literal["success", "info", "warning", "error"]
    title: str
    body: str


def sum_of_rows(cells: IdCells) -> str:
    """Write where the rows went before a fetch: `5,000 rows = 4,812 ids + 142 duplicates + …`."""
    parts = [counted(len(cells.ids), "id")]
    for outcome, noun, plural in (
        (Outcome.DUPLICATE, "duplicate", "duplicates"),
        (Outcome.BLANK, "blank", "blank"),
        (Outcome.INVALID, "not an id", "not ids"),
    ):
        if number := cells.count(outcome):
            parts.append(counted(number, noun, plural))
    rows = counted(cells.rows, "row")
    if cells.extra_ids:
        rows += f" and {counted(cells.extra_ids, 'further id')} in the same cells"
    return f"{rows} = {' + '.join(parts)}"


def takes(seconds: float) -> str:
    """Write an estimate: `about 1 s`; never finer than a second."""
    return f"about {duration(math.ceil(seconds))}"


def cost(plan: Plan, *, fresh_for_s: float, batch: int) -> tuple[str, str]:
    """Write what a fetch will cost: the figure, and what it consists of."""
    age = duration(fresh_for_s)
    if not plan.calls:
        return "No calls.", f"{'It is' if len(plan.ids) == 1 else 'All are'} under {age} old."
    asked = len(plan.ids) - plan.fresh
    figure = f"{counted(plan.calls, 'call')} · {takes(plan.seconds)}"
    a_call = f"{count(min(batch, asked))} a call" if plan.calls > 1 else "in one call"
    if not plan.fresh:
        return figure, f"{counted(asked, 'lead')} will be asked for, {a_call}."
    return figure, (
        f"{count(plan.fresh)} {_is(plan.fresh)} still fresh (under {age} old), "
        f"{count(asked)} will be asked for, {a_call}."
    )


def so_far(progress: Progress) -> str:
    """Write how far a fetch is: `2,983 of 4,812 leads · 1,850 a second · about 1 s left`.

    Rate and rest come only when two calls were answered, and without what was still fresh.
    """
    text = f"{count(progress.leads)} of {counted(progress.total, 'lead')}"
    settled = progress.done - progress.from_cache
    if progress.calls_answered < _ENOUGH_ANSWERS or settled <= 0 or not progress.elapsed_s:
        return text
    rate = settled / progress.elapsed_s
    rest_s = max(1.0, (progress.total - progress.done) / rate, _waits_s(progress))
    return f"{text} · {count(round(rate))} a second · {takes(rest_s)} left"


def _waits_s(progress: Progress) -> float:
    """Return the seconds that the calls to come have to wait for the rate limit."""
    to_come = progress.calls_planned - progress.calls_answered - progress.free_calls
    if to_come <= 0 or not progress.max_calls:
        return 0.0
    return progress.waiting_s + (to_come - 1) // progress.max_calls * progress.window_s


def found(lookup: Lookup) -> str:
    """Write how many of the sheet's ids have their lead: `4,795 of 4,812 leads found`."""
    return (
        f"{count(len(lookup.fetched.leads))} of {counted(len(lookup.plan.cells.ids), 'lead')} found"
    )


def outcome(lookup: Lookup, *, now: float, rest: Plan | None = None) -> Said:
    """Say how a fetch ended.

    Args:
        lookup: The fetch.
        now: Seconds since the epoch.
        rest: What asking for the open ids would cost, or None when none is open.
    """
    fetched = lookup.fetched
    if fetched.stopped_by is not None:
        return _broken(lookup, fetched.stopped_by)
    if fetched.failed:
        first, *_ = fetched.failed.values()
        nobody = len(fetched.failed) == len(lookup.plan.cells.ids)
        unheard = nobody and isinstance(first, RequestError)
        return _broken(lookup, first) if unheard else _partial(lookup)
    if fetched.not_asked:
        return _stopped(lookup, rest)
    rows = counted(lookup.plan.cells.rows, "row")
    accounted = f"Every one of the {rows} is accounted for." if lookup.plan.cells.rows > 1 else ""
    body = " ".join(part for part in (_not_found(lookup), accounted, _spent(lookup, now)) if part)
    return Said("success", f"{found(lookup)}.", body)


def stale(lookup: Lookup, *, now: float, refresh: Plan, clock: str) -> Said:
    """Say that the leads have grown old, and what asking again would cost.

    Args:
        lookup: The fetch.
        now: Seconds since the epoch.
        refresh: The cost of asking again.
        clock: When they were fetched, as the viewer's clock shows it, with the zone.
    """
    oldest_s = now - min(lookup.fetched.leads.fetched_at)
    asked = len(refresh.ids) - refresh.fresh
    rest = "; the rest are still fresh" if refresh.fresh else ""
    return Said(
        "info",
        f"These leads are {duration(max(60.0, oldest_s // 60 * 60))} old.",
        f"Fetched at {clock}. Refreshing asks for {count(asked)} of {count(len(refresh.ids))}"
        f"{rest}: {counted(refresh.calls, 'call')}, {takes(refresh.seconds)}.",
    )


def _broken(lookup: Lookup, error: LsqError) -> Said:
    fetched, leads = lookup.fetched, len(lookup.fetched.leads)
    calls = f"{counted(fetched.stats.calls, 'call')} {_was(fetched.stats.calls)} made and"
    they_are = "it is" if leads == 1 else "they are"
    kept = f"{counted(leads, 'lead')} came before it; {they_are} kept."
    if not leads:
        kept = "nothing was fetched."
    return Said("error", error.title, f"{calls} {kept} {error.advice}".strip())


def _partial(lookup: Lookup) -> Said:
    fetched, ids = lookup.fetched, lookup.plan.cells.ids
    reasons = list(dict.fromkeys(error.title for error in fetched.failed.values()))
    others = f"{_not_found(lookup)} " if fetched.not_found else ""
    open_ones = f"{_not_asked(lookup)}. " if fetched.not_asked else ""
    failed = len(fetched.failed)
    them = "that one" if failed == 1 else f"the {count(failed)}"
    return Said(
        "warning",
        f"{count(len(fetched.leads))} of {counted(len(ids), 'lead')} found; "
        f"{counted(failed, 'id')} failed.",
        f"{' '.join(reasons[:3])} {others}{open_ones}"
        f"Ask again for {them} only, or download {'it' if failed == 1 else 'them'} as a sheet.",
    )


def _stopped(lookup: Lookup, rest: Plan | None) -> Said:
    fetched, ids = lookup.fetched, lookup.plan.cells.ids
    leads = len(fetched.leads)
    here = f"{count(leads)} of {counted(len(ids), 'lead')} {_is(leads)} here."
    if lookup.plan.left_out and len(fetched.not_asked) == len(lookup.plan.left_out):
        title = f"A trial of the first {count(len(lookup.plan.ids))}: {here}"
    else:
        title = f"Stopped by you. {here}"
    again = ""
    if rest is not None:
        again = (
            f" Fetching again asks only for those: {counted(rest.calls, 'call')}, "
            f"{takes(rest.seconds)}."
        )
    missing = len(fetched.not_found)
    lost = f"{count(missing)} {_was(missing)} not found, " if missing else ""
    return Said("warning", title, f"{lost}{_not_asked(lookup)}; nothing fetched is lost.{again}")


def _not_asked(lookup: Lookup) -> str:
    open_ones = len(lookup.fetched.not_asked)
    return f"{count(open_ones)} {_was(open_ones)} not asked for"


def _not_found(lookup: Lookup) -> str:
    missing = len(lookup.fetched.not_found)
    return f"{count(missing)} {_was(missing)} not found, asked twice." if missing else ""


def _spent(lookup: Lookup, now: float) -> str:
    stats, came_at = lookup.fetched.stats, lookup.fetched.leads.fetched_at
    calls = f"{counted(stats.calls, 'call')} in {duration(max(0.1, stats.elapsed_s))}"
    if not stats.calls:
        calls = "No calls"
    if not came_at:
        return f"{calls}."
    ages = age_range(newest_s=now - max(came_at), oldest_s=now - min(came_at))
    return f"{calls}; data {ages}."


def _was(number: int) -> str:
    return "was" if number == 1 else "were"


def _is(number: int) -> str:
    return "is" if number == 1 else "are"
