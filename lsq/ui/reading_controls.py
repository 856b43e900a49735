"""How a file was read, each decision a control that reads it again."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import streamlit as st

from lsq.sheets.errors import SheetError
from lsq.sheets.reading import PASTED
from lsq.sheets.sheet import Choices
from lsq.ui.boxes import error_sentence
from lsq.ui.escape import shown
from lsq.ui.masking import drawn_error
from lsq.ui.reading_words import (
    ENCODINGS,
    SEPARATORS_OFFERED,
    described,
    encoding_word,
    header_row_words,
    separator_word,
    worksheet_words,
)
from lsq.ui.state import session

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from lsq.sheets.sheet import Sheet, Worksheet

__all__ = ["ask_worksheet", "reading_controls"]

_AS_FOUND = "As found"
_ROWS_OFFERED = 20
_ROW = re.compile(r"(?i)(?:row )?(\d{1,9})")


def reading_controls(sheet: Sheet, *, disabled: bool) -> None:
    """Offer to read the file in another way; what cannot be done is said, and nothing changes.

    Args:
        sheet: As it was read.
        disabled: Whether nothing can be changed now: a fetch runs, or the file is being read again.
    """
    mine = session()
    if mine.dropped is None:
        if sheet.name != PASTED:
            st.caption(
                f"Read as {shown(described(sheet), limit=200)}. "
                "Drop the sheet again to have it read in another way."
            )
        return
    controls: list[Callable[..., None]] = [_ask_header_row]
    if sheet.is_settled:
        controls = []
    elif sheet.encoding is not None:
        controls = [_ask_encoding, _ask_separator, *controls]
    elif len(sheet.worksheets) > 1:
        controls = [_ask_other_worksheet, *controls]
    for column, control in zip(st.columns(3, gap="medium"), controls, strict=False):
        with column:
            control(sheet, disabled=disabled)
    if mine.refused is not None:
        error_sentence(drawn_error(mine.refused))
    if _in_force() != Choices():
        st.button(
            "Read as found",
            key="as_found",
            type="tertiary",
            icon=":material/undo:",
            on_click=_want,
            args=(Choices(),),
            disabled=disabled,
        )


def ask_worksheet(worksheets: Iterable[Worksheet]) -> None:
    """Ask which of several worksheets is meant; nothing is chosen before."""
    words = {worksheet.name: worksheet_words(worksheet) for worksheet in worksheets}
    wanted = session().wanted
    st.session_state["worksheet"] = wanted.worksheet if wanted else None
    st.selectbox(
        "Worksheet",
        list(words),
        index=None,
        format_func=words.__getitem__,
        key="worksheet",
        placeholder="Choose the worksheet that holds the ids",
        on_change=_use_worksheet,
    )
    if (refused := session().refused) is not None:
        error_sentence(drawn_error(refused))


def _ask_encoding(sheet: Sheet, *, disabled: bool) -> None:
    _ask("Encoding", "encoding", ENCODINGS, sheet.encoding, encoding_word, disabled=disabled)


def _ask_separator(sheet: Sheet, *, disabled: bool) -> None:
    _ask(
        "Separator",
        "separator",
        SEPARATORS_OFFERED,
        sheet.separator,
        separator_word,
        disabled=disabled,
        typed="Choose, or type a character",
    )


def _ask_header_row(sheet: Sheet, *, disabled: bool) -> None:
    _ask(
        "Column names",
        "header_row",
        map(str, range(_ROWS_OFFERED + 1)),
        str(sheet.header_row),
        header_row_words,
        disabled=disabled,
        typed="Choose, or type a row",
    )


def _ask_other_worksheet(sheet: Sheet, *, disabled: bool) -> None:
    words = {worksheet.name: worksheet_words(worksheet) for worksheet in sheet.worksheets}
    st.session_state["worksheet"] = _in_force().worksheet or sheet.worksheet
    st.selectbox(
        "Worksheet",
        list(words),
        format_func=words.__getitem__,
        key="worksheet",
        on_change=_use_worksheet,
        disabled=disabled,
    )


def _ask(  # noqa: PLR0913 - what makes up one control
    label: str,
    name: str,
    values: Iterable[str],
    found: str | None,
    describe: Callable[[str | None], str],
    *,
    disabled: bool,
    typed: str = "",
) -> None:
    """Draw the control of one field of `Choices`; the first option leaves it to the reader."""
    chosen = getattr(_in_force(), name)
    current = _AS_FOUND if chosen is None else str(chosen)
    options = [_AS_FOUND, *(value for value in values if chosen is not None or value != found)]
    if current not in options:
        options.append(current)

    def words(value: str) -> str:
        if value != _AS_FOUND:
            return describe(value)
        return f"{describe(found)} (as found)" if chosen is None else _AS_FOUND

    st.session_state[name] = current
    st.selectbox(
        label,
        options,
        format_func=words,
        key=name,
        on_change=_use_choice,
        args=(name,),
        disabled=disabled,
        accept_new_options=bool(typed),
        placeholder=typed or None,
    )


def _use_choice(name: str) -> None:
    value = str(st.session_state.get(name) or "")
    chosen: Any = None if value == _AS_FOUND else value
    if name == "header_row" and chosen is not None:
        row = _ROW.fullmatch(value.strip())
        if row is None:
            title = f"“{value}” is not the number of a row."
            session().refused = SheetError(title, "Type the row that holds the column names.")
            return
        chosen = int(row[1])
    _want(replace(session().choices, **{name: chosen}))


def _use_worksheet() -> None:
    if name := st.session_state.get("worksheet"):
        _want(Choices(worksheet=name))  # a row of column names is one of the worksheet before


def _want(choices: Choices) -> None:
    mine = session()
    if not mine.running:
        mine.wanted, mine.refused = choices, None


def _in_force() -> Choices:
    """Return what the controls show: while the file is being read again, what is wanted."""
    return session().wanted or session().choices
