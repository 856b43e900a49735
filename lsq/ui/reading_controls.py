"""How a file was read, each decision a control that reads it again."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import streamlit as st

from lsq.analysis.words import counted
from lsq.lookup.reading_notes import SEPARATORS
from lsq.sheets.errors import SheetError
from lsq.sheets.reading import PASTED
from lsq.sheets.sheet import Choices
from lsq.ui.boxes import error_sentence
from lsq.ui.escape import shown
from lsq.ui.opening import read_again
from lsq.ui.state import session

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from lsq.sheets.sheet import Sheet, Worksheet

__all__ = ["ask_worksheet", "reading_controls"]

_AS_FOUND = "As found"
_ENCODINGS = {
    "utf-8": "UTF-8",
    "utf-8-sig": "UTF-8 with a mark",
    "cp1252": "Windows-1252, Western",
    "cp1250": "Windows-1250, Central Europe",
    "iso8859-1": "ISO-8859-1, Western",
    "iso8859-2": "ISO-8859-2, Central Europe",
    "iso8859-15": "ISO-8859-15, Western with €",
    "cp1251": "Windows-1251, Cyrillic",
    "koi8-r": "KOI8-R, Cyrillic",
    "cp1253": "Windows-1253, Greek",
    "cp1254": "Windows-1254, Turkish",
    "cp1255": "Windows-1255, Hebrew",
    "cp1256": "Windows-1256, Arabic",
    "cp1258": "Windows-1258, Vietnamese",
    "cp874": "Windows-874, Thai",
    "cp932": "Shift-JIS, Japanese",
    "gb18030": "GB18030, Chinese",
    "big5": "Big5, Chinese",
    "cp949": "Windows-949, Korean",
    "mac-roman": "Mac Roman",
    "cp437": "DOS 437",
    "utf-16": "UTF-16 with a mark",
    "utf-16-le": "UTF-16 LE",
    "utf-16-be": "UTF-16 BE",
    "utf-32": "UTF-32 with a mark",
    "utf-32-le": "UTF-32 LE",
    "utf-32-be": "UTF-32 BE",
}
_SEPARATORS = {mark: word.capitalize() for mark, word in SEPARATORS.items()}
_ROWS_OFFERED = 20
_ROW = re.compile(r"(?i)(?:row )?(\d{1,9})")


def reading_controls(sheet: Sheet, *, disabled: bool) -> None:
    """Offer to read the file in another way; what cannot be done is said, and nothing changes.

    Args:
        sheet: As it was read.
        disabled: Whether nothing can be changed now, because a fetch runs.
    """
    mine = session()
    if mine.dropped is None:
        if sheet.name != PASTED:
            st.caption(
                f"Read as {shown(_described(sheet), limit=200)}. "
                "Drop the sheet again to have it read in another way."
            )
        return
    controls: list[Callable[..., None]] = [_ask_header_row]
    if sheet.encoding is not None:
        controls = [_ask_encoding, _ask_separator, *controls]
    elif len(sheet.worksheets) > 1:
        controls = [_ask_other_worksheet, *controls]
    for column, control in zip(st.columns(3, gap="medium"), controls, strict=False):
        with column:
            control(sheet, disabled=disabled)
    if mine.refused is not None:
        error_sentence(mine.refused)
    if mine.choices != Choices():
        st.button(
            "Read as found",
            key="as_found",
            type="tertiary",
            icon=":material/undo:",
            on_click=_want,
            args=(Choices(),),
            disabled=disabled,
        )
    read_again()


def ask_worksheet(worksheets: Iterable[Worksheet]) -> None:
    """Ask which of several worksheets is meant; nothing is chosen before."""
    words = {worksheet.name: _worksheet(worksheet) for worksheet in worksheets}
    st.session_state["worksheet"] = None
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
        error_sentence(refused)
    read_again()


def _ask_encoding(sheet: Sheet, *, disabled: bool) -> None:
    _ask("Encoding", "encoding", _ENCODINGS, sheet.encoding, _encoding, disabled=disabled)


def _ask_separator(sheet: Sheet, *, disabled: bool) -> None:
    _ask(
        "Separator",
        "separator",
        _SEPARATORS,
        sheet.separator,
        _separator,
        disabled=disabled,
        typed="Choose, or type a character",
    )


def _ask_header_row(sheet: Sheet, *, disabled: bool) -> None:
    _ask(
        "Column names",
        "header_row",
        map(str, range(_ROWS_OFFERED + 1)),
        str(sheet.header_row),
        _header_row,
        disabled=disabled,
        typed="Choose, or type a row",
    )


def _ask_other_worksheet(sheet: Sheet, *, disabled: bool) -> None:
    words = {worksheet.name: _worksheet(worksheet) for worksheet in sheet.worksheets}
    st.session_state["worksheet"] = sheet.worksheet
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
    chosen = getattr(session().choices, name)
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
    mine.wanted, mine.refused = choices, None


def _described(sheet: Sheet) -> str:
    """Write how a sheet was read: `UTF-8, semicolon, column names in row 3`."""
    parts = [_encoding(sheet.encoding)] if sheet.encoding else []
    if sheet.separator:
        parts.append(_separator(sheet.separator))
    if sheet.worksheet:
        parts.append(f"worksheet {sheet.worksheet}")
    row = sheet.header_row
    parts.append(f"column names in row {row:,}" if row else "no column names")
    return ", ".join(parts)


def _encoding(name: str | None) -> str:
    return _ENCODINGS.get(name or "", name or "")


def _separator(mark: str | None) -> str:
    return _SEPARATORS.get(mark or "", f"“{mark}”") + ("" if mark else ": one cell a line")


def _header_row(row: str | None) -> str:
    return "None: numbered columns" if row == "0" else f"Row {row}"


def _worksheet(worksheet: Worksheet) -> str:
    rows, ids = counted(worksheet.rows, "row"), counted(worksheet.ids, "id")
    return f"{worksheet.name} · {rows} · {ids}"
