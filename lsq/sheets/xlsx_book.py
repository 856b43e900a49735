"""A workbook without its rows, drawn by xlsxwriter: styles, widths, filters and charts."""

from __future__ import annotations

import io
import re
import zipfile
from typing import TYPE_CHECKING, Any, NamedTuple

import xlsxwriter

from lsq.sheets.column_text import column_text
from lsq.sheets.xlsx_cells import Kind, clean_text

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    import pandas as pd

    from lsq.sheets.written import BarChart, Written

__all__ = ["EmptyBook", "Worksheet", "empty_book"]

_FORMATS = {
    Kind.TEXT: {"num_format": "@"},
    Kind.SHARE: {"num_format": "0.0%"},
    Kind.TIME: {"num_format": "yyyy-mm-dd hh:mm:ss"},
    Kind.DAY: {"num_format": "yyyy-mm-dd"},
}
_HEADER = {"bold": True, "bottom": 1}
_STYLE = re.compile(rb'<c r="[A-Z]+1" s="(\d+)"/>')
_BLUE = "#2F6FC4"
_BAR_PX, _FRAME_PX, _WIDTH_PX = 26, 90, 620
_LONGEST_LABEL = 255  # characters; LibreOffice takes minutes to place one of 32,767


class Worksheet(NamedTuple):
    """A worksheet to be.

    Attributes:
        name: On its tab, allowed and unique.
        frame: Its rows.
        kinds: What each column holds.
        widths: Of the columns, in characters.
        chart: Drawn beside the rows, or None.
        last: Makes its last rows when all before them are written, or None.
        start: Rows of the same table that stand in worksheets before it.
        is_main: Whether that table is the first of the workbook.
    """

    name: str
    frame: pd.DataFrame
    kinds: Sequence[Kind]
    widths: Sequence[int]
    chart: BarChart | None = None
    last: Callable[[Written], pd.DataFrame] | None = None
    start: int = 0
    is_main: bool = False


class EmptyBook(NamedTuple):
    """A workbook to be filled: `xl/worksheets/sheet1.xml` and so on have no rows yet.

    Attributes:
        data: Its bytes.
        styles: The number of the format of the cells of each kind.
        header: The number of the format of a header.
    """

    data: bytes
    styles: Mapping[Kind, int]
    header: int


def empty_book(sheets: Sequence[Worksheet]) -> EmptyBook:
    """Draw a workbook; each worksheet has its header frozen, and a filter over its rows."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        header = book.add_format(_HEADER)
        styles = {kind: book.add_format(look) for kind, look in _FORMATS.items()}
        for sheet in sheets:
            drawn = book.add_worksheet(sheet.name)
            for i, (kind, width) in enumerate(zip(sheet.kinds, sheet.widths, strict=True)):
                drawn.set_column(i, i, width, styles.get(kind))
            # Formats get their numbers as they are used; these cells go when the rows come.
            for i, style in enumerate((header, *styles.values())):
                drawn.write_blank(0, i, None, style)
            drawn.freeze_panes(1, 0)
            if sheet.kinds and sheet.last is None:
                drawn.autofilter(0, 0, len(sheet.frame), len(sheet.kinds) - 1)
            if sheet.chart is not None and len(sheet.frame):
                _draw_chart(book, drawn, sheet, sheet.chart)
    data = out.getvalue()
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        numbers = [int(n) for n in _STYLE.findall(archive.read("xl/worksheets/sheet1.xml"))]
    return EmptyBook(data, dict(zip(styles, numbers[1:], strict=True)), numbers[0])


def _draw_chart(
    book: Any,  # noqa: ANN401 - xlsxwriter ships no types
    drawn: Any,  # noqa: ANN401
    sheet: Worksheet,
    chart: BarChart,
) -> None:
    """Draw the chart at the right of the rows, with its numbers in it for who only previews it.

    It is left out where a name is too long to stand beside a bar.
    """
    frame, ranges = sheet.frame, {}
    names = clean_text(column_text(frame[chart.names])[0]).texts.to_pylist()
    if max(map(len, names)) > _LONGEST_LABEL:
        return
    for role, name in (("categories", chart.names), ("values", chart.lengths)):
        column = list(frame).index(name)
        ranges[role] = [sheet.name, 1, column, len(frame), column]
    bars = book.add_chart({"type": "bar"})
    bars.add_series(
        {
            **ranges,
            "categories_data": names if not all(map(_is_number, names)) else None,
            "values_data": frame[chart.lengths].tolist(),
            "fill": {"color": _BLUE},
            "gap": 40,
            "data_labels": {"value": True},
        }
    )
    bars.set_title({"name": chart.title, "name_font": {"size": 13}, "overlay": False})
    bars.set_legend({"none": True})
    bars.set_y_axis({"reverse": True, "line": {"none": True}, "major_tick_mark": "none"})
    bars.set_x_axis({"visible": False, "major_gridlines": {"visible": False}})
    bars.set_size({"width": _WIDTH_PX, "height": _FRAME_PX + _BAR_PX * len(frame)})
    drawn.insert_chart(1, frame.shape[1] + 1, bars, {"description": f"{chart.title}, as bars"})


def _is_number(text: str) -> bool:
    """Whether xlsxwriter would keep a name as a number, `nan` too, which Excel does not read."""
    try:
        float(text)
    except ValueError:
        return False
    return True
