"""Text from outside, made safe to show and to be read aloud."""

from __future__ import annotations

import re

__all__ = ["shown", "spoken"]

_MARKDOWN = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~:$&^=])")
# Line breaks, control characters, what turns the direction of writing round, lone surrogates.
_UNSHOWN = re.compile(r"[\x00-\x1f\x7f\u2028-\u202e\u2066-\u2069\ud800-\udfff]+")
_WORD_JOINER = "\u2060"
_ADDRESS = re.compile(r"(?<=@)|(?<=/)(?=/)|(?<=www)", re.IGNORECASE)
# Streamlit looks for these in the finished text, where no backslash is left to see.
_SYMBOL = re.compile(r"(?<=:)(?=\S)|(?<=[-<>~])(?=[-=>])")
_MARK = re.compile(
    r"(?<=<)(?=[a-z/!?])|(?<=\])(?=[(\[:])|(?<=\\)(?=[!-/:-@\[-`{-~])|(?<=&)(?=[#\w])",
    re.IGNORECASE,
)
_BLOCK = re.compile(r"[-+*#>=|~_`:\[]|\d+[.)](?!\S)")
# It has no width, screen readers pass it by, and to Markdown it is white space.
_BLANK = "\ufeff"


def shown(value: object, *, limit: int = 120) -> str:
    """Return `value` so that no label, badge, box or table reads it as Markdown or as a link.

    Every Markdown character gets a backslash. That alone leaves addresses and URLs as links, and
    colons and arrows as symbols, so an invisible word joiner is put after "@" and ":", inside
    "://" and "->", and after "www". Line breaks, control characters, those that turn the direction
    of writing and lone surrogates become spaces, and those in front go, so that nothing is read as
    set-in code; text longer than `limit` characters is cut with an ellipsis.
    """
    text = _SYMBOL.sub(_WORD_JOINER, _ADDRESS.sub(_WORD_JOINER, _cut(value, limit)))
    return _MARKDOWN.sub(r"\\\1", text)


def spoken(value: object, *, limit: int = 120) -> str:
    """Return `value` for a widget's label, which is drawn as Markdown but read aloud as it stands.

    It is as harmless as `shown` makes it, by invisible characters in the places that matter. Only
    where two backticks or two dollars may be a pair, which nothing invisible parts, do they get
    backslashes that are heard.
    """
    text = _cut(value, limit)
    start = _WORD_JOINER if _BLOCK.match(text) else ""
    for parts in (_ADDRESS, _MARK):
        text = parts.sub(_WORD_JOINER, text)
    # A word joiner may be part of a name, and `:name[…]` is read as one.
    text = _SYMBOL.sub(lambda at: _BLANK if text[at.start() - 1] == ":" else _WORD_JOINER, text)
    for mark in "*_~":
        if text.count(mark) > 1:
            text = text.replace(mark, f"{_BLANK}{mark}{_BLANK}")
    for mark in "`$":
        if text.count(mark) > 1:
            text = text.replace(mark, f"\\{mark}")
    return start + text


def _cut(value: object, limit: int) -> str:
    text = _UNSHOWN.sub(" ", str(value)).strip()
    return text if len(text) <= limit else f"{text[: limit - 1]}…"
