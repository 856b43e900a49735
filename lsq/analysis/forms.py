"""When two values are the same: each is brought to a fair form first, and forms are compared.

A sheet and the account seldom write alike: Excel cuts a phone's country code, people add spaces,
an owner is named by their address. None of that is a change.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from lsq.analysis.columns import Kind
from lsq.analysis.sheet_times import same_times
from lsq.analysis.stages import STAGE, stage_key
from lsq.analysis.text import each
from lsq.analysis.values import filled

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy.typing as npt

    from lsq.analysis.values import Flags

__all__ = ["OWNERS", "compared", "form", "numbers", "same"]

OWNERS = frozenset({"OwnerIdName", "OwnerIdEmailAddress", "CreatedByName", "ModifiedByName"})
"""Columns that name a person of the account, in which a name and an address may be the same."""

_PHONE_DIGITS = 10
_CELL = 32_767  # units of UTF-16 that a cell of a workbook can hold
_CUT = 100  # at its end, in which our mark says that it was cut
_YES, _NO = {"yes", "y", "true", "1"}, {"no", "n", "false", "0"}


def same(old: pd.Series, new: pd.Series, *, column: str, as_kind: Kind, header: str = "") -> Flags:
    """Mark the rows whose value has not changed, or cannot be compared; see `compared`."""
    alike, unread = compared(old, new, column=column, as_kind=as_kind, header=header)
    return alike | unread


def compared(
    old: pd.Series, new: pd.Series, *, column: str, as_kind: Kind, header: str = ""
) -> tuple[Flags, Flags]:
    """Mark the rows whose value has not changed; blank and missing are the same.

    Args:
        old: What the sheet says.
        new: What the account says now, one value per row of `old`.
        column: The schema name of the account's column.
        as_kind: What that column holds.
        header: The name of `old` in the sheet; it may name the zone of times.

    Returns:
        Which rows are the same, and which cannot be compared, because what stands in the sheet is
        not to be read as the date or the number that the column holds. No row is both.
    """
    if as_kind is Kind.DATE and pd.api.types.is_datetime64_any_dtype(new.dtype):
        return same_times(old, new, header=header)
    if as_kind is Kind.NUMBER:
        return _same_numbers(old, new)
    alike = _same_texts(old, new, column=column, as_kind=as_kind)
    return alike, np.zeros_like(alike)


def form(values: pd.Series, *, column: str, as_kind: Kind) -> pd.Series[str]:
    """Bring the values of a column to the form in which they are compared.

    Args:
        values: Any dtype.
        column: The schema name of the account's column that the values are of.
        as_kind: What that column holds.

    Returns:
        dtype str, "" where there is none, with the index of `values`.
    """
    if column == STAGE:
        return each(values, lambda text: stage_key(text) if text.strip() else "", missing="")
    change = _person if column in OWNERS else _CHANGES.get(as_kind, _text)
    if isinstance(values.dtype, pd.CategoricalDtype):
        names = form(pd.Series(values.cat.categories), column=column, as_kind=as_kind)
        taken = pa.array([*names, ""], pa.large_string()).take(pa.array(_codes(values)))
    else:
        taken = change(pc.fill_null(pa.array(values.astype("str"), pa.large_string()), ""))
    return pd.Series(taken, index=values.index, dtype="str")


def _codes(values: pd.Series) -> npt.NDArray[np.int64]:
    """Return which category a row has; a missing value has the place after the last."""
    codes = values.cat.codes.to_numpy().astype(np.int64)
    return np.where(codes < 0, len(values.cat.categories), codes)


def _text(texts: pa.Array) -> pa.Array:
    """Leave out case, spaces, what is not seen, and the apostrophe that stops a formula.

    In files U+FFFD stands for what is not seen.
    """
    plain = pc.utf8_lower(pc.utf8_normalize(texts, form="NFKC"))
    dense = pc.replace_substring_regex(plain, r"[\s\p{Z}\p{C}\x{FFFD}-\x{FFFF}]+", "")
    return pc.replace_substring_regex(dense, r"^'([=+@-])", r"\1")


def _phone(texts: pa.Array) -> pa.Array:
    """Keep the digits, of many the last ten: country codes and leading zeros come and go."""
    whole = pc.replace_substring_regex(texts, r"\.0$", "")
    digits = pc.replace_substring_regex(whole, r"[^0-9]+", "")
    last = pc.utf8_slice_codeunits(digits, start=-_PHONE_DIGITS)
    return pc.if_else(pc.equal(digits, ""), _text(texts), last)


def _person(texts: pa.Array) -> pa.Array:
    """Keep the letters of a name, or of an address what stands before its "@"."""
    plain = _text(texts)
    letters = pc.replace_substring_regex(plain, r"@.*$|[^\p{L}\p{M}\p{N}@]+", "")
    return pc.if_else(pc.equal(letters, ""), plain, letters)


def _flag(texts: pa.Array) -> pa.Array:
    """Write yes and no in one way."""
    plain = _text(texts)
    yes = pc.is_in(plain, pa.array(sorted(_YES), plain.type))
    no = pc.is_in(plain, pa.array(sorted(_NO), plain.type))
    return pc.if_else(yes, "1", pc.if_else(no, "0", plain))


def _code(texts: pa.Array) -> pa.Array:
    """Leave out the ".0" that a spreadsheet program adds to a number."""
    return pc.replace_substring_regex(_text(texts), r"^([0-9]+)\.0$", r"\1")


_CHANGES: dict[Kind, Callable[[pa.Array], pa.Array]] = {
    Kind.PHONE: _phone,
    Kind.FLAG: _flag,
    Kind.ID: _code,
}


def numbers(values: pd.Series) -> pd.Series[float]:
    """Read numbers as people write them, `1,24,000` and `₹ 500` too; float64, NaN for the rest."""
    if pd.api.types.is_numeric_dtype(values.dtype):
        return values.astype("Float64").astype("float64")
    plain = pc.replace_substring_regex(
        pc.fill_null(pa.array(values.astype("str"), pa.large_string()), ""),
        r"^['\s\p{Z}\p{Sc}]+|[\s\p{Z}%]+$|,",
        "",
    )
    return pd.to_numeric(pd.Series(plain, index=values.index, dtype="str"), errors="coerce").astype(
        "float64"
    )


def _same_texts(old: pd.Series, new: pd.Series, *, column: str, as_kind: Kind) -> Flags:
    """Compare the letters first, and the forms only where they differ."""
    before, now = (values.astype("str").fillna("").reset_index(drop=True) for values in (old, new))
    alike: Flags = (before == now).to_numpy(dtype=np.bool_, copy=True)
    rest = np.flatnonzero(~alike)
    forms = (form(values.iloc[rest], column=column, as_kind=as_kind) for values in (old, new))
    then, today = (each_form.to_numpy() for each_form in forms)
    alike[rest] = then == today
    for row in rest[before[rest].str.len() > _CELL // 2]:
        alike[row] |= _is_cut(before[row], now[row])
    return alike


def _is_cut(old: str, new: str) -> bool:
    """Tell whether a text of the sheet is the beginning of the other, cut where a cell is full."""
    is_full = len(old.encode("utf-16-le")) // 2 in {_CELL - 1, _CELL}  # an emoji is not halved
    return is_full and new.startswith(old[:-_CUT])


def _same_numbers(old: pd.Series, new: pd.Series) -> tuple[Flags, Flags]:
    before, now = numbers(old).to_numpy(), numbers(new).to_numpy()
    missing = np.isnan(before)
    unread = missing & filled(old)
    blank = missing & np.isnan(now) & ~unread
    return blank | np.isclose(before, now, rtol=1e-9, atol=1e-9), unread
