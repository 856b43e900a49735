"""Text from outside, made safe to show."""

from __future__ import annotations

import re

__all__ = ["shown"]

_MARKDOWN = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~:$&^=])")
_UNSHOWN = re.compile(r"[\x00-\x1f\x7f\u2028\u2029\ud800-\udfff]+")
_WORD_JOINER = "\u2060"


def shown(value: object, *, limit: int = 120) -> str:
    """Return `value` so that no label, badge, box or table reads it as Markdown or as a link.

    Every Markdown character gets a backslash. That alone leaves addresses and URLs as links, so an
    invisible word joiner is put after "@", inside "://" and after "www". Line breaks, control
    characters and lone surrogates become spaces, and those in front go, so that nothing is read as
    set-in code; text longer than `limit` characters is cut with an ellipsis.
    """
    text = _UNSHOWN.sub(" ", str(value)).strip()
    text = text if len(text) <= limit else f"{text[: limit - 1]}…"
    text = _MARKDOWN.sub(r"\\\1", text)
    text = text.replace("@", f"@{_WORD_JOINER}")
    text = re.sub("/(?=/)", f"/{_WORD_JOINER}", text)
    return re.sub("(?i)www", lambda match: f"{match[0]}{_WORD_JOINER}", text)
