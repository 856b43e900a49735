"""Phones and e-mails that can be recognised but not used."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeAlias

import pandas as pd

from lsq.analysis.columns import STANDARD_NAMES, Kind
from lsq.analysis.schema import ID
from lsq.analysis.text import each

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = [
    "MASK",
    "Mask",
    "like_phone_or_email",
    "mask_for",
    "masked",
    "masked_email",
    "masked_number",
    "masked_phone",
    "masked_text",
    "unmasked",
]

Mask: TypeAlias = Callable[[str], str]
"""What becomes of one cell."""

MASK = "•••"
"""What every masked text holds, and hardly any other."""

_COUNTRY = re.compile(r"\+\d{1,3}[- ]")
_FEWEST_DIGITS = 8
_ALREADY = re.compile(r"\s*(?:\+\d{1,3}[- ])?\d\d•••••\d{3}\s*")  # in a masked file of ours
_LONG_NUMBER = re.compile(r"\d{6}")
_ADDRESS = re.compile(r"\s*(\S)[^@]*@([^@\s]+)\s*")

# A mailbox begins where a word does: looked for anywhere, a long word would be read over and over.
_AT = re.compile(r"@|%40|\uff20|\ufe6b")
_IN_MAILBOX = r"[^\s@\uff20\ufe6b<>(),;:=/?&\"'|]"
_MAILBOX = rf"{_IN_MAILBOX}+(?:'{_IN_MAILBOX}+)*'*(?:{_AT.pattern}){_IN_MAILBOX}*"
_SPACE = r"[\s.()\u00ad\u200b-\u200f\u2010-\u2015\u2060\ufeff-]{0,3}"
_BETWEEN = rf"(?:{_SPACE}|(?<=\d\d\d) ?[/_] ?(?=\d\d\d))"  # days and scores have fewer digits
_ABROAD = rf"\+{_BETWEEN}\d(?:{_BETWEEN}\d){{7,14}}"
_AT_HOME = rf"(?<!\d)(?<!\d\.)\(?\d(?:{_BETWEEN}\d){{9,14}}"
_NUMBER = rf"(?:{_ABROAD}|{_AT_HOME})(?!\d)"
_ID = r"[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}"
_YEAR, _MONTH, _DAY = r"(?:19|20)\d\d", r"[01]\d", r"[0-3]\d"
_DATE = rf"(?<!\d)(?:{_YEAR}[-.]{_MONTH}[-.]{_DAY}|{_DAY}[-.]{_MONTH}[-.]{_YEAR})(?![-.]?\d)"
_MOMENT = rf"(?<!\d){_YEAR}{_MONTH}{_DAY}_[0-2]\d[0-5]\d(?:[0-5]\d)?(?!\d)"
_FRACTION = r"(?<![\d.])0\.\d+"
_KEPT = rf"{_DATE}|{_MOMENT}|{_ID}|{_FRACTION}"
_ANY_MAILBOX = re.compile(rf"(?<!{_IN_MAILBOX})(?<!{_IN_MAILBOX}'){_MAILBOX}", re.IGNORECASE)
_ANY_NUMBER = re.compile(rf"(?P<kept>{_KEPT})|{_NUMBER}", re.IGNORECASE)
_MAYBE = r"@|%40|\x{ff20}|\x{fe6b}|[^a-zA-Z,:;/@ ][^a-zA-Z,:;/]{7}|\p{Nd}{3} ?/ ?\p{Nd}{3}"
"""What every text has that `masked_text` changes; looked for at the speed of Arrow."""

_WHOLE = {
    Kind.PHONE: re.compile(rf"\s*(?!\d{{1,9}}\.\d+\s*$)(?!{_MOMENT}){_NUMBER}\s*"),
    Kind.EMAIL: re.compile(rf"\s*{_MAILBOX}\s*", re.IGNORECASE),
}
_LOOKED_AT = 2000
_DIGITS_OF_A_PHONE = 5
_LEAST_PHONE, _NO_PHONE = 10**9, 10**15


def masked_phone(text: str) -> str:
    """Keep the country's code and five digits: `+91-98•••••345`; fewer than eight show none."""
    if _ALREADY.fullmatch(text):
        return text
    written = text.strip()
    country = _COUNTRY.match(written)
    start = country.end() if country else 0
    digits = re.sub(r"\D", "", written[start:])
    if len(digits) < _FEWEST_DIGITS:
        return "•••••" if written else text
    return f"{written[:start]}{digits[:2]}•••••{digits[-3:]}"


def masked_email(text: str) -> str:
    """Keep the first letter and the host: `a•••@example.com`; what has no host shows nothing."""
    address = _ADDRESS.fullmatch(_AT.sub("@", text))
    if address is None:
        return MASK if text.strip() else text
    host = "" if _LONG_NUMBER.search(address[2]) else f"@{address[2]}"
    return f"{address[1]}{MASK}{host}"


def masked_text(text: str) -> str:
    """Mask every e-mail and phone in a text; ids, days and fractions of 1 stay."""
    without = text
    if _AT.search(text):
        without = _ANY_MAILBOX.sub(lambda found: masked_email(found[0]), text)
    return _ANY_NUMBER.sub(lambda found: found["kept"] or masked_phone(found[0]), without)


def masked_number(text: str) -> str:
    """Mask a number of a column of the account's own in which some are phones, as text is masked.

    Such a column is told by this mask from one of mere numbers, and from a standard one, in which
    a number is never a phone.
    """
    return masked_text(text)


def unmasked(text: str) -> str:
    """Keep a text as it is."""
    return text


_MASKS: dict[Kind, Mask] = {Kind.PHONE: masked_phone, Kind.EMAIL: masked_email}

_USUAL: dict[Mask, tuple[str, str]] = {
    masked_phone: (
        r"^(?:(\+[0-9]{1,3}[- ])|\+)?([0-9]{2})(?:[0-9]{3,}|[0-9]{2,3}[ -][0-9]{2,})([0-9]{3})$",
        r"\1\2•••••\3",
    ),
    masked_email: (
        r"^([!-$&-?A-~])[!-$&-?A-~]*@((?:[0-9]{0,5}[a-zA-Z._-])+[0-9]{0,5})$",
        r"\1•••@\2",
    ),
}
"""How most phones and e-mails are written, and what the mask makes of them: for Arrow, which masks
ten times as many a second. All others are left to the mask itself."""


def like_phone_or_email(text: str) -> bool:
    """Tell whether a text may be a phone or an e-mail at all."""
    return bool(_AT.search(text)) or sum(map(str.isdigit, text)) >= _DIGITS_OF_A_PHONE


def mask_for(values: pd.Series, kind: Kind, *, name: str = "") -> Mask:
    """Choose how the cells of a column are masked.

    Args:
        values: The whole column, so that a part of it is masked in the same way; any dtype.
        kind: What it holds, as far as is known or guessed by its name.
        name: Its schema name; what a standard column holds is no guess.

    Returns:
        `masked_phone` or `masked_email` for a column of those: by its kind, unless that is a guess
        that no cell bears out (`Email sent: yes`), or, where it is no standard column, because most
        of its distinct values are ones. `masked_number` for numbers of which fewer are phones;
        `unmasked` for the lead's id, `masked_text` else.
    """
    if name == ID:
        return unmasked
    if name in STANDARD_NAMES:
        return _MASKS.get(kind, masked_text)
    written = _some_texts(values)
    if kind in _MASKS and any(map(like_phone_or_email, written)):
        return _MASKS[kind]
    for content, shape in _WHOLE.items():
        if 2 * sum(bool(shape.fullmatch(text)) for text in written) > len(written):
            return _MASKS[content]
    return masked_number if _has_long_numbers(values) else masked_text


def masked(values: pd.Series, mask: Mask) -> pd.Series:
    """Mask a column, looking at each distinct value once.

    Args:
        values: Any dtype that `analysis.frames` makes.
        mask: From `mask_for`, for the whole column.

    Returns:
        With the index of `values`: text, as category where `values` is one; blank values stay
        blank. `values` itself where nothing is to be masked, as in dates.
    """
    of_few = isinstance(values.dtype, pd.CategoricalDtype)
    if mask is unmasked:
        return values
    if mask is masked_number and pd.api.types.is_numeric_dtype(values.dtype):
        return _masked_where_needed(values.astype("str").str.removesuffix(".0"))
    if mask in {masked_number, masked_text}:
        return _masked_where_needed(values)
    if isinstance(values.dtype, pd.StringDtype) and mask in _USUAL:
        return _masked_as_usual(values, mask)
    hidden = each(values, mask)
    return hidden.astype("category") if of_few else hidden


def _masked_as_usual(values: pd.Series, mask: Mask) -> pd.Series[str]:
    """Mask what is written as most are at once, and the others one by one."""
    hidden = values.str.replace(*_USUAL[mask], regex=True)
    # What the pattern ends with is the end or, in some engines, a line end before it.
    others = (hidden == values).fillna(value=False) | values.str.endswith("\n", na=False)
    return hidden.mask(others, each(values[others], mask)) if others.any() else hidden


def _masked_where_needed(values: pd.Series) -> pd.Series:
    if isinstance(values.dtype, pd.CategoricalDtype):
        if _maybe(values.cat.categories.to_series()).any():
            return each(values, masked_text).astype("category")
    elif isinstance(values.dtype, pd.StringDtype) and (found := _maybe(values)).any():
        return values.mask(found, each(values[found], masked_text))
    return values


def _maybe(text: pd.Series) -> pd.Series[bool]:
    return text.astype("str").str.contains(_MAYBE, na=False)


def _has_long_numbers(values: pd.Series) -> bool:
    """Tell whether a column of numbers has whole ones that would be masked if they were text."""
    if not pd.api.types.is_numeric_dtype(values.dtype):
        return False
    size = values.dropna().abs()
    return bool((size.between(_LEAST_PHONE, _NO_PHONE, inclusive="left") & (size % 1 == 0)).any())


def _some_texts(values: pd.Series) -> Sequence[str]:
    """Return up to 2,000 distinct texts or numbers of a column, from all over it, blanks apart."""
    if pd.api.types.is_datetime64_any_dtype(values.dtype):
        return ()
    distinct = values.dropna().drop_duplicates()
    some = distinct.iloc[:: len(distinct) // _LOOKED_AT + 1]
    return [text for text in map(str, some) if text.strip()]
