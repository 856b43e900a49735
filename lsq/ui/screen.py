"""What every page, fragment and dialog wears: access check first, errors as sentences."""

from __future__ import annotations

import logging
from contextlib import contextmanager, nullcontext
from functools import wraps
from typing import TYPE_CHECKING, ParamSpec

import streamlit as st

from lsq.api.errors import LsqError
from lsq.ui.access import admitted, owner
from lsq.ui.accounts import lead_cache
from lsq.ui.boxes import error_sentence
from lsq.ui.configuration import settings
from lsq.ui.frame import frame
from lsq.ui.jobs import registry
from lsq.ui.links import remember_link
from lsq.ui.state import session
from lsq.ui.turns import turn

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

__all__ = ["drawer", "error_box", "part", "screen", "window"]

Given = ParamSpec("Given")
_log = logging.getLogger(__name__)


def screen(
    *, connect_in_sidebar: bool = True, in_turn: bool = False
) -> Callable[[Callable[[], None]], Callable[[], None]]:
    """Make a function a page: nobody sees it whom the access rule does not admit.

    Args:
        connect_in_sidebar: Whether the sidebar offers the connection form; not on a page that
            shows the form itself.
        in_turn: Whether it is drawn in turn with others: only where it waits for nothing else. What
            stands around it is not: keys are tried there, and the cache may be a server's.
    """

    def decorate(page: Callable[[], None]) -> Callable[[], None]:
        @wraps(page)
        def framed() -> None:
            remember_link()
            _find_job()
            _reopen()
            frame(connect=connect_in_sidebar)
            lead_cache()  # one that cannot be used is said at once, not when a sheet is there
            with turn() if in_turn else nullcontext():
                page()

        return _checked(framed)

    return decorate


def part(
    *, run_every: str | None = None
) -> Callable[[Callable[Given, None]], Callable[Given, None]]:
    """Make a function a fragment: it runs again by itself, and is checked each time like a page.

    Args:
        run_every: How often it runs again unasked, such as "1s", or None.
    """

    def decorate(function: Callable[Given, None]) -> Callable[Given, None]:
        return st.fragment(run_every=run_every)(_checked(function))

    return decorate


def window(title: str, *, icon: str) -> Callable[[Callable[Given, None]], Callable[Given, None]]:
    """Make a function a dialog: a fragment too, and checked each time like a page.

    When it is closed the page runs once: what asks again every second in it comes to an end.

    Args:
        title: What stands at its head.
        icon: A Material icon.
    """

    def decorate(function: Callable[Given, None]) -> Callable[Given, None]:
        return st.dialog(title, icon=icon, width="medium", on_dismiss="rerun")(_checked(function))

    return decorate


def drawer(title: str) -> Callable[[Callable[Given, None]], Callable[Given, None]]:
    """Make a function a dialog at the right edge: a fragment too, and checked like a page.

    Args:
        title: Markdown that stands at its head; values from outside already escaped.
    """

    def decorate(function: Callable[Given, None]) -> Callable[Given, None]:
        return st.dialog(title, width="small", position="right")(_checked(function))

    return decorate


def _checked(function: Callable[Given, None]) -> Callable[Given, None]:
    @wraps(function)
    def guarded(*args: Given.args, **kwargs: Given.kwargs) -> None:
        with error_box():
            if admitted(settings()):
                function(*args, **kwargs)

    return guarded


@contextmanager
def error_box() -> Iterator[None]:
    """Show what goes wrong as one plain sentence; a fault of ours goes to the log."""
    try:
        yield
    except LsqError as error:
        error_sentence(error)
    except Exception:  # noqa: BLE001 - the last handler: a viewer never meets a traceback
        _log.exception("A page failed")
        st.error(
            "Reload the page; what was fetched is kept. If it comes back, please report it.",
            title="This page broke off by a fault of this program.",
            icon=":material/error:",
        )


def _reopen() -> None:
    """Draw the dialog again whose file is ready: before all else, so that it hardly flickers."""
    mine = session()
    if mine.reopen is not None:
        again, mine.reopen = mine.reopen, None
        again()


def _find_job() -> None:
    """Keep the job's token in the address, and take the job up again after a reload."""
    mine = session()
    if mine.job is not None:
        registry().seen(mine.job, masked=mine.masked)
        st.query_params["job"] = mine.job.token
    elif token := st.query_params.get("job"):
        mine.job = registry().find(token, owner=owner(settings().access))
        if mine.job is None:
            mine.lost_job = True
            del st.query_params["job"]
        else:
            mine.take(mine.job.sheet, mine.job.plan.cells)
            if mine.masked is None:
                mine.masked = registry().masked(mine.job)
            # Else the page would take the first-time columns for a change of mind.
            st.session_state["columns"] = list(mine.job.plan.columns)
