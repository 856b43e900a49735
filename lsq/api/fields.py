"""The answer of LeadsMetaData.Get read: what columns an account's leads have.

LeadSquared, "Get Metadata of Leads". Sources differ on how options are written, so every form that
was seen is read; an entry that makes no sense is left out, because the others serve all the same.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsq.api.models import Field
from lsq.api.refusals import refusal, unusable
from lsq.api.reply_json import UnreadableError, as_text, read_json

if TYPE_CHECKING:
    from lsq.api.account import Account
    from lsq.api.wire import Reply

__all__ = ["read_fields"]

_MOST_FIELDS = 5_000  # real accounts have up to about 350
_NAME_CHARS = 200


def read_fields(reply: Reply, *, account: Account) -> tuple[Field, ...]:
    """Read an answer: the columns of the account's leads, or the error that it stands for.

    Args:
        reply: The answer to `all_fields(account)`.
        account: Named in errors by its host.

    Returns:
        Each column once, in the order sent; of two with one name the first.

    Raises:
        ResponseError: The class that fits the answer; `BadReply` for one without any column.
    """
    try:
        document = read_json(reply.body).document
    except UnreadableError:
        document = None
    if error := refusal(reply, document, account=account):
        raise error
    entries = document if isinstance(document, list) else []
    fields: dict[str, Field] = {}
    for entry in entries:
        field = _field(entry)
        if field is not None and len(fields) < _MOST_FIELDS:
            fields.setdefault(field.name, field)
    if not fields:
        raise unusable(reply, account.server)
    return tuple(fields.values())


def _field(entry: object) -> Field | None:
    """Read one column; None for what is no column that could be asked for."""
    if not isinstance(entry, dict):
        return None
    name = _words(entry.get("SchemaName"))
    if not name or "," in name or len(name) > _NAME_CHARS:
        return None
    return Field(
        name=name,
        label=_words(entry.get("DisplayName"))[:_NAME_CHARS] or name,
        type=_words(entry.get("DataType")),
        options=_options(entry.get("Options")),
    )


def _options(options: object) -> tuple[str, ...]:
    """Read the values to choose from: strings, or objects whose `Value` stands in the leads."""
    if not isinstance(options, list):
        return ()
    values = (
        option.get("Value", option.get("Text")) if isinstance(option, dict) else option
        for option in options
    )
    return tuple(dict.fromkeys(text for value in values if (text := _text(value)).strip()))


def _words(value: object) -> str:
    """Return a name or label on one line; "" for anything but text."""
    return " ".join(_text(value).split())


def _text(value: object) -> str:
    return (as_text(value) or "") if isinstance(value, str) else ""
