"""Which columns to fetch: presets, the account's columns one by one, and saved sets."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from lsq.analysis.column_sets import MAX_BYTES, ColumnSet, file_name, read_set, write_set
from lsq.analysis.columns import PRESETS
from lsq.analysis.words import count, counted
from lsq.api.errors import LsqError
from lsq.ui.boxes import error_sentence
from lsq.ui.escape import shown

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lsq.analysis.catalog import Catalog
    from lsq.analysis.columns import Resolved

__all__ = ["ask_columns", "ask_preset"]

_MOST_SAID = 4
_MB = 1_000_000


def ask_preset(known: Catalog, *, disabled: bool) -> None:
    """Offer the presets and the saved sets; the preset that is chosen by hand shows as chosen.

    Args:
        known: What is known of the account's columns.
        disabled: Whether nothing can be changed now.
    """
    chosen = _chosen(known)
    same = (name for name in PRESETS if chosen in ([*known.preset(name)], [*PRESETS[name]]))
    st.session_state["preset"] = next(same, None)
    labels = {name: name.capitalize() for name in PRESETS}
    labels["all"] = f"All {count(len(known.names))}"
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.segmented_control(
            "Columns to fetch",
            list(PRESETS),
            format_func=labels.__getitem__,
            key="preset",
            wrap=True,
            on_change=_use_preset,
            args=(known,),
            disabled=disabled,
        )
        st.space("stretch")
        with st.popover("Sets", type="tertiary", icon=":material/bookmarks:", disabled=disabled):
            _sets(known.resolve(chosen).columns)


def ask_columns(known: Catalog, *, disabled: bool) -> tuple[str, ...]:
    """Ask for the columns one by one, by label or schema name; other names can be typed.

    Args:
        known: What is known of the account's columns.
        disabled: Whether nothing can be changed now.

    Returns:
        The names to ask for, slips in upper and lower case corrected.
    """
    options = known.described()
    chosen = st.multiselect(
        "Columns to fetch, one by one",
        list(options),
        # A typed name stays as it is, or it would come back as another column's label.
        format_func=lambda name: options.get(name, name),
        key="columns",
        label_visibility="collapsed",
        accept_new_options=True,
        disabled=disabled,
        placeholder="Choose columns, or type a name such as mx_Batch",
        persist_state="session",
    )
    resolved = known.resolve(chosen)
    _say_set(chosen, resolved)
    _say([*resolved.sentences()])
    if not resolved.columns:
        st.caption("Only the lead ids will be fetched: choose a column to see more.")
    return resolved.columns


def _chosen(known: Catalog) -> list[str]:
    """Return the columns as they are chosen so far, at first the essentials.

    The browser sends back what it was shown. When the account's answer has changed that, the choice
    is set anew, or it would be taken for names that somebody has typed.
    """
    chosen: list[str] = st.session_state.setdefault("columns", [*known.preset("essentials")])
    if st.session_state.setdefault("columns_of", known) is not known:
        st.session_state["columns"] = [*chosen]
        st.session_state["columns_of"] = known
    return chosen


def _use_preset(known: Catalog) -> None:
    if preset := st.session_state.get("preset"):
        st.session_state["columns"] = [*known.preset(preset)]


def _say(sentences: Sequence[str]) -> None:
    for sentence in sentences[:_MOST_SAID]:
        st.caption(f":material/info: {shown(sentence, limit=300)}")
    if rest := sentences[_MOST_SAID:]:
        st.caption(f"and {counted(len(rest), 'further name')} like these")


def _sets(columns: tuple[str, ...]) -> None:
    """Offer to save these columns as a file, and to use such a file."""
    title = st.text_input("Name of the set", value="My columns", key="set_name", max_chars=60)
    st.download_button(
        f"Save {counted(len(columns), 'column')} as a file",
        write_set(title, columns),
        file_name=file_name(title),
        mime="application/json",
        key="set_save",
        icon=":material/download:",
        on_click="ignore",
        disabled=not columns,
        width="stretch",
    )
    st.caption("The file holds names of columns only: no leads, no keys.")
    st.file_uploader(
        "Use a saved set",
        type="json",
        key="set_open",
        max_upload_size=-(-MAX_BYTES // _MB),
        on_change=_use_set,
    )
    problem = st.session_state.get("set_problem")
    if isinstance(problem, LsqError):
        error_sentence(problem)


def _use_set() -> None:
    """Choose the columns of the file that was just dropped, if it is a set."""
    dropped = st.session_state.get("set_open")
    st.session_state["set_problem"] = None
    if dropped is None:
        return
    try:
        used = read_set(dropped.getvalue(), name=dropped.name)
    except LsqError as error:
        st.session_state["set_problem"] = error
        return
    st.session_state["columns"] = [*used.columns]
    st.session_state["set_used"] = used


def _say_set(chosen: Sequence[str], resolved: Resolved) -> None:
    """Say which set is in use, and what of it the account does not have."""
    used = st.session_state.get("set_used")
    if not isinstance(used, ColumnSet) or [*used.columns] != [*chosen]:
        return
    said = f"Set “{shown(used.title)}”: {counted(len(used.columns), 'column')}."
    if strange := [name for name, _ in resolved.strangers]:
        some = ", ".join(shown(name, limit=60) for name in strange[:_MOST_SAID])
        more = ", …" if len(strange) > _MOST_SAID else ""
        said += f" {count(len(strange))} not in this account: {some}{more}."
    if used.left_out:
        said += f" {counted(used.left_out, 'entry', 'entries')} of the file named no column."
    st.caption(f":material/bookmarks: {said}")
