"""Whether the answers can be trusted: a green line when nothing is wrong, else what to look at."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import streamlit as st

from lsq.analysis.words import age_range, count, counted
from lsq.lookup.report import open_ids
from lsq.ui.escape import shown

if TYPE_CHECKING:
    from lsq.lookup.run import Lookup
    from lsq.lookup.view import View

__all__ = ["trust_line"]

_LONGEST = 400


def trust_line(view: View) -> None:
    """Say whether anything is missing or odd in the answers, what they cost, and how old they are.

    Nothing is said while the fetch still runs: what is missing then is not missing.
    """
    if view.lookup.partial:
        return
    odd = [*open_ids(view.lookup), *view.lookup.oddities]
    with st.container(horizontal=True, vertical_alignment="center", key="trust"):
        if odd:
            with st.popover(
                f":orange-badge[:material/warning: {counted(len(odd), 'thing')} to look at]",
                type="tertiary",
                key="odd",
            ):
                for sentence in odd:
                    st.markdown(f"- {shown(view.drawn('', sentence), limit=_LONGEST)}")
        else:
            st.badge("Nothing odd in this answer", icon=":material/verified:", color="green")
        facts = [*_cost(view.lookup), *_sound(view.lookup), *_age(view.lookup)]
        st.markdown(f":small[:gray[{' · '.join(facts)}]]", width="content")


def _cost(lookup: Lookup) -> list[str]:
    stats = lookup.fetched.stats
    facts = [counted(stats.calls, "call"), f"{count(stats.retries)} retried"]
    if stats.max_calls:
        learned = ", learned from refusals" if stats.limited else ""
        facts.append(f"limit {count(stats.max_calls)} per {stats.window_s:g} s{learned}")
    if stats.from_cache:
        facts.append(f"{count(stats.from_cache)} were still fresh")
    return facts


def _sound(lookup: Lookup) -> list[str]:
    """Say what was looked at and found in order."""
    facts = []
    odd, absent = lookup.fetched.stats.odd, lookup.fetched.leads.absent
    if not odd.unasked:
        facts.append("every id returned was asked for")
    if not absent:
        columns = len(lookup.plan.columns)
        facts.append("the column came back" if columns == 1 else f"all {columns} columns came back")
    return facts


def _age(lookup: Lookup) -> list[str]:
    came_at, now = lookup.fetched.leads.fetched_at, time.time()
    if not came_at:
        return []
    return [f"data {age_range(newest_s=now - max(came_at), oldest_s=now - min(came_at))}"]
