"""What one viewer's session remembers: one typed object under one key."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import streamlit as st

from lsq.analysis.filters import Filters
from lsq.sheets.sheet import Choices
from lsq.ui.jobs import registry
from lsq.ui.panel import Panel
from lsq.ui.ticks import Ticks

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from streamlit.navigation.page import Page

    from lsq.analysis.matching import Match
    from lsq.analysis.stages import Stage
    from lsq.api.account import Account
    from lsq.api.errors import LsqError
    from lsq.lookup.choice import Choice
    from lsq.lookup.job import Job
    from lsq.lookup.losses import Losses
    from lsq.lookup.prepare import Preparation
    from lsq.lookup.run import Lookup
    from lsq.lookup.view import View
    from lsq.sheets.id_column import IdCells
    from lsq.sheets.sheet import Sheet
    from lsq.ui.table_look import Look

__all__ = ["Dropped", "Session", "session"]

_KEY = "leadsheet"


@dataclass(frozen=True, slots=True)
class Dropped:
    """A file as it was dropped, kept so that it can be read in another way."""

    name: str
    data: bytes


@dataclass(slots=True)
class Session:
    """Everything of one viewer; gone with their session.

    Attributes:
        own: The account of keys that the viewer typed, or None.
        upload_id: The upload that was read last, so that it is read once.
        dropped: The file of the sheet; None for pasted text, and after a reload.
        choices: How the viewer wants it read.
        wanted: How it is to be read from the next look on, or None.
        refused: Why it was not read as it was wanted last, or None.
        sheet: The sheet that was dropped or pasted, as read.
        cells: The ids found in it.
        column: The id column that the viewer chose, or None.
        problem: Why the last sheet could not be used without asking, or None.
        without_ids: The last sheet, if it was read and no column was sure to be the ids, or None.
        job: The fetch that was started last, or None.
        lost_job: Whether the address named a fetch that this viewer cannot have.
        filters: What is filtered on the result pages.
        stages: The viewer's own order of stages, or None.
        masked: Whether phones and e-mails are masked; None until the viewer has said.
        matches: What the viewer said of the sheet's columns: see `own_columns.corrected`; or None.
        view: What the result pages showed last, kept with all that was worked out for it.
        panel: What the filter panel remembers.
        look: Columns and sorting of the table; None before the address was read.
        ticks: The leads that are ticked in the tables.
        download: The last choices of the download dialog.
        prepared: The large file that was asked for last, or None.
        reopen: Draws the dialog in which that file is waited for; None where none is open.
        losses: What files would lose, as far as it was counted for the last view.
        pages: The pages of the menu by name, for `st.switch_page`.
    """

    own: Account | None = None
    upload_id: str = ""
    dropped: Dropped | None = None
    choices: Choices = field(default_factory=Choices)
    wanted: Choices | None = None
    refused: LsqError | None = None
    sheet: Sheet | None = None
    cells: IdCells | None = None
    column: str | None = None
    problem: LsqError | None = None
    without_ids: Sheet | None = None
    job: Job | None = None
    lost_job: bool = False
    filters: Filters = field(default_factory=Filters)
    stages: tuple[Stage, ...] | None = None
    masked: bool | None = None
    matches: tuple[Match, ...] | None = None
    view: View | None = None
    panel: Panel = field(default_factory=Panel)
    look: Look | None = None
    ticks: Ticks = field(default_factory=Ticks)
    download: dict[str, str] = field(default_factory=dict)
    prepared: Preparation | None = None
    reopen: Callable[[], None] | None = None
    losses: list[tuple[View, Choice, Losses]] = field(default_factory=list)
    pages: Mapping[str, Page] = field(default_factory=dict)
    _partial: tuple[float, Lookup | None] = (0.0, None)

    def lookup(self) -> Lookup | None:
        """Return the result, or while the job runs what is here so far; None without either.

        What is here so far is worked out at most once a second.
        """
        if self.job is None:
            return None
        snapshot = self.job.snapshot()
        if snapshot.lookup is not None or not snapshot.running:
            return snapshot.lookup
        if self._partial[0] < time.monotonic() - 1:
            self._partial = (time.monotonic(), self.job.so_far())
        return self._partial[1]

    @property
    def running(self) -> bool:
        """Whether the job is still at work."""
        return self.job is not None and self.job.snapshot().running

    def take(self, sheet: Sheet, cells: IdCells) -> None:
        """Work on this sheet from now on."""
        self.sheet, self.cells, self.problem, self.without_ids = sheet, cells, None, None
        self.refused, self.lost_job, self.matches = None, False, None
        if self.look is not None:
            self.look = self.look.of_another_sheet()

    def ask(self, sheet: Sheet | None, problem: LsqError) -> None:
        """Have the viewer say what is meant before this sheet, or this file, is worked on."""
        self.drop_rows()
        self.sheet, self.cells, self.problem, self.without_ids = None, None, problem, sheet
        self.refused = None

    def drop_job(self) -> None:
        """Stop the fetch if it runs, and forget it and what was filtered in its result.

        The link with which the session began stays, until there is something to filter.
        """
        if self.job is not None:
            self.job.stop()
            registry().drop(self.job)
        self.job, self._partial, self.filters, self.view = None, (0.0, None), Filters(), None
        self.panel = Panel(link=self.panel.link)  # it held leads, and values of theirs
        self.ticks.clear()
        self.drop_prepared()
        self.losses.clear()
        st.query_params.pop("job", None)

    def drop_prepared(self) -> None:
        """Stop the large file that is being written, or forget it."""
        if self.prepared is not None:
            self.prepared.drop()
        self.prepared, self.reopen = None, None

    def drop_rows(self) -> None:
        """Drop the fetch, because other rows come: what was made of its stages is of these.

        An account that lists its stages has the same ones for every sheet.
        """
        if self.job is not None and not self.job.plan.catalog.stages:
            self.stages = None
        self.drop_job()

    def drop_sheet(self) -> None:
        """Go back to the empty page."""
        self.drop_rows()
        self.sheet, self.cells, self.problem, self.without_ids = None, None, None, None
        self.dropped, self.choices, self.wanted, self.refused = None, Choices(), None, None
        self.column, self.lost_job, self.matches = None, False, None


def session() -> Session:
    """Return this viewer's session object, made on first use."""
    if _KEY not in st.session_state:
        st.session_state[_KEY] = Session()
    found: Session = st.session_state[_KEY]
    return found
