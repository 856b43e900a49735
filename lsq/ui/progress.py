"""The card of a running fetch: how far, how fast, how long still, and Stop."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from lsq.analysis.words import count, counted
from lsq.lookup.sentences import so_far
from lsq.ui.screen import part
from lsq.ui.state import session

if TYPE_CHECKING:
    from lsq.api.models import Progress
    from lsq.lookup.job import Job

__all__ = ["progress_card", "still_fetching"]


@part(run_every="1s")
def progress_card() -> None:
    """Look at the running job once a second; when it ends, the whole page runs once."""
    job = session().job
    if job is None or not job.snapshot().running:
        st.rerun()
    else:
        _card(job)


@part(run_every="2s")
def still_fetching() -> None:
    """Say on a result page that more is to come, and that figures are of what is here.

    When the fetch has ended, the whole page runs once more and shows the result.
    """
    job = session().job
    if job is None or not job.snapshot().running:
        st.rerun()
    progress = job.snapshot().progress
    with st.container(border=True, horizontal=True, vertical_alignment="center"):
        st.markdown(
            f":material/schedule: **Still fetching: {count(progress.leads)} of "
            f"{count(progress.total)}.** Numbers below are for what is here.",
            width="content",
        )
        st.space("stretch")
        if st.button("Update", key="update", icon=":material/refresh:", type="tertiary"):
            st.rerun()


def _card(job: Job) -> None:
    snapshot = job.snapshot()
    progress = snapshot.progress
    with st.container(border=True):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(f"**Fetching {counted(progress.total, 'lead')}**", width="content")
            st.space("stretch")
            st.button(
                "Stop",
                key="stop",
                icon=":material/stop_circle:",
                on_click=job.stop,
                disabled=snapshot.stopping,
            )
        share = progress.done / progress.total if progress.total else 0.0
        with st.container(key="progress"):
            st.progress(min(1.0, share), text=so_far(progress))
        if snapshot.stopping:
            st.caption("Stopping after the calls under way …")
        else:
            st.caption(_calls(progress, share=job.plan.share))


def _calls(progress: Progress, *, share: float) -> str:
    whose = "the account’s limit of" if share == 1 else "this fetch’s share of the limit,"
    limit = f"{counted(progress.max_calls, 'call')} in {progress.window_s:g} s"
    if progress.waiting_s > 0:
        seconds = max(1, round(progress.waiting_s))
        room = f"Waiting {seconds} s: {whose} {limit} is used up"
    else:
        room = (
            f"{count(progress.free_calls)} of {counted(progress.max_calls, 'call')} free "
            f"in this {progress.window_s:g} s window"
        )
    if progress.alone:
        room += (
            f" · Redis cannot be reached: this fetch keeps to {limit}, its part of the shared limit"
        )
    refused = ""
    if progress.limited:
        refused = f", {count(progress.limited)} refused because others use the account too"
    return (
        f"{count(progress.calls_answered)} of {counted(progress.calls_planned, 'call')} answered, "
        f"{count(progress.retried)} retried{refused} · {room} · "
        "You can leave this page or reload it; the fetch goes on."
    )
