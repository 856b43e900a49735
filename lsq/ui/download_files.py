"""The four files of the download dialog: small ones are built on click, large ones prepared."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from lsq.analysis.words import count, counted, size
from lsq.lookup.choice import MIME, Form
from lsq.lookup.files import file_bytes, file_name
from lsq.lookup.losses import NAMES, loss_sentence
from lsq.lookup.rows import main_size
from lsq.ui.boxes import error_sentence
from lsq.ui.handing_out import handed_out
from lsq.ui.losses_said import losses_said
from lsq.ui.preparing import prepare, prepared
from lsq.ui.screen import part
from lsq.ui.state import session

if TYPE_CHECKING:
    from collections.abc import Callable

    from lsq.lookup.choice import Choice
    from lsq.lookup.prepare import Preparation
    from lsq.lookup.view import View

__all__ = ["BUILT_ROWS", "files"]

BUILT_ROWS = 20_000
"""A file of more rows takes seconds, so it is prepared; rows of the file, whatever the leads are.
As many as the leads of a table that is sent whole (`ui.table.EAGER_ROWS`)."""

_KEYS = {Form.XLSX: "xlsx", Form.PARQUET: "parquet", Form.JSONL: "jsonl"}


def files(view: View, choice: Choice, *, csv: Form, again: Callable[[], None]) -> None:
    """Draw the files that can be had, and what they hold and lose.

    Args:
        view: What was fetched.
        choice: What they are to hold.
        csv: Which form of CSV is offered.
        again: Draws the dialog in which they stand.
    """
    rows, columns = main_size(view.lookup, choice)
    forms = (Form.XLSX, csv, Form.PARQUET, Form.JSONL)
    choices = [replace(choice, form=form) for form in forms]
    large = rows > BUILT_ROWS
    draw = _on_request if large else _on_click
    draw(view, choices[0], empty=not rows)
    with st.container(horizontal=True):
        for each in choices[1:]:
            draw(view, each, empty=not rows)
    if large:
        _preparing(view, choices, again)
    built = "prepared on request, one at a time" if large else "built when you click"
    what = f"{counted(rows, 'row')} × {counted(columns, 'column')}"
    st.caption(" · ".join(filter(None, (what, built, _times(choice), "no keys inside"))))
    if said := _losses_of_ready(view, choices) if large else losses_said(view, choice, forms):
        st.caption(said)


def _times(choice: Choice) -> str:
    """Say of which zone the times are: files of raw text have them as they came, in UTC."""
    if choice.of_ledger:
        return ""
    zone = choice.zone.key
    return f"times in {zone}" + (", in CSV and JSON lines UTC" if zone != "UTC" else "")


def _on_click(view: View, choice: Choice, *, empty: bool) -> None:
    _download(view, choice, NAMES[choice.form], partial(file_bytes, view, choice), empty=empty)


def _on_request(view: View, choice: Choice, *, empty: bool) -> None:
    """Draw the button that prepares a file, or once that is done the one that brings it."""
    name, mine = NAMES[choice.form], prepared(view, choice)
    look = None if mine is None else mine.snapshot()
    if mine is not None and look is not None and look.size_bytes is not None:
        _download(view, choice, f"{name}, {size(look.size_bytes)}", mine.data, empty=empty)
        return
    st.button(
        f"Prepare {name}",
        key=f"prepare_{_KEYS.get(choice.form, 'csv')}",
        on_click=partial(prepare, view, choice),
        disabled=empty,
        type="primary" if choice.form is Form.XLSX else "secondary",
        width="stretch",
    )


def _download(
    view: View, choice: Choice, label: str, build: Callable[[], bytes], *, empty: bool
) -> None:
    for_people = choice.form is Form.XLSX
    st.download_button(
        label,
        data=handed_out(build),
        file_name=file_name(view.lookup, choice),
        mime=MIME[choice.form],
        key=f"download_{_KEYS.get(choice.form, 'csv')}",
        on_click="ignore",
        disabled=empty,
        type="primary" if for_people else "secondary",
        icon=":material/table_view:" if for_people else None,
        width="stretch",
    )


def _preparing(view: View, choices: list[Choice], again: Callable[[], None]) -> None:
    """Show how far the file is that is prepared for one of these choices, or how it ended."""
    for choice in choices:
        mine = prepared(view, choice)
        if mine is None:
            continue
        look = mine.snapshot()
        if look.running:
            with st.container(horizontal=True, vertical_alignment="center"):
                _progress(mine, NAMES[choice.form], again)
                st.button("Cancel", key="prepare_cancel", on_click=session().drop_prepared)
        elif look.error is not None:
            error_sentence(look.error)


def _losses_of_ready(view: View, choices: list[Choice]) -> str:
    """Say what the file lost that was prepared for one of these choices; "" without one."""
    ready = ((each, mine) for each in choices if (mine := prepared(view, each)) is not None)
    return "".join(loss_sentence(each.form, mine.snapshot().losses) for each, mine in ready)


@part(run_every="1s")
def _progress(preparation: Preparation, name: str, again: Callable[[], None]) -> None:
    """Look once a second; in the end the page runs once, and its dialog is drawn again."""
    look = preparation.snapshot()
    if not look.running:
        session().reopen = again
        st.rerun()
    rows = f"{count(look.rows)} of {counted(look.total, 'row')}"
    said = "waits for another viewer’s file" if look.waiting else rows
    st.progress(min(1.0, look.rows / look.total), text=f"{name}: {said}")
