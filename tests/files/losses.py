"""What each format may lose, and nothing beyond; docs/files.md says the same to people."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lsq.lookup.choice import Form

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

__all__ = ["LOSSES", "TEXT_LOSSES", "apostrophised", "held"]

LOSSES: Mapping[Form, tuple[str, ...]] = {
    Form.XLSX: ("surrogate", "control", "long", "blank", "spelling", "milliseconds"),
    Form.EXCEL_CSV: ("surrogate", "nul", "blank"),
    Form.CSV: ("surrogate", "blank"),
    Form.PARQUET: ("surrogate", "spelling", "unread"),
    Form.JSONL: ("surrogate",),
}
"""The names of the losses of each format, in the order of docs/files.md."""

_CUT = " … [cut: a cell holds 32,767 characters]"
_CONTROL = dict.fromkeys([*range(9), 11, 12, *range(14, 32), 0xFFFE, 0xFFFF], "\ufffd")
_RUNS = re.compile("'*[ \u00a0\u3000]*[=+\\-@\t\r\n\0\uff1d\uff0b\uff0d\uff20]")
_NUMBER = re.compile(r"(-?[0-9]+|\+[0-9]{1,6})(\.[0-9]+)?([eE][+-]?[0-9]+)?")


def _surrogate(text: str) -> str:
    return re.sub("[\ud800-\udfff]", "\ufffd", text)


def _control(text: str) -> str:
    return text.translate(_CONTROL)


def _long(text: str) -> str:
    units = text.encode("utf-16-le", "surrogatepass")
    if len(units) <= 2 * 32_767:
        return text
    return units[: 2 * (32_767 - len(_CUT))].decode("utf-16-le", "ignore") + _CUT


def _nul(text: str) -> str:
    return text.replace("\0", "\ufffd")


TEXT_LOSSES: Mapping[str, Callable[[str], str]] = {
    "surrogate": _surrogate,
    "control": _control,
    "long": _long,
    "nul": _nul,
}
"""Those that change a text, and what becomes of it."""


def held(form: Form, text: str) -> str:
    """Return what a file holds of a text, once its declared losses have happened."""
    for name in LOSSES[form]:
        if name in TEXT_LOSSES:
            text = TEXT_LOSSES[name](text)
    return text


def apostrophised(text: str) -> str:
    """Return what stands in CSV for Excel: the rule, said a second time."""
    return f"'{text}" if _RUNS.match(text) and not _NUMBER.fullmatch(text) else text
