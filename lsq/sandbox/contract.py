"""The checks of a call against the documented contract, each with its documented refusal."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import parse_qs

from lsq.sandbox.answers import Refused, error_answer, refuse_request, refuse_value
from lsq.sandbox.behaviour import KeysIn, OversizePage
from lsq.sandbox.vendor import FIELDS_PATH, MAX_LEADS, PATH

if TYPE_CHECKING:
    from collections.abc import Mapping
    from email.message import Message

    from lsq.sandbox.behaviour import Behaviour

__all__ = ["ACCESS_KEY", "SECRET_KEY", "Question", "check_address", "check_keys", "read_question"]

ACCESS_KEY = "u$r5a4db0c5ma2de0up"
"""The sandbox's access key: made up, in the shape of real ones, with a `$` in it."""
SECRET_KEY = "5a4db0c5ma2de0up5a4db0c5ma2de0up5a4db0c5"  # noqa: S105 -- made up, opens nothing
"""The sandbox's secret key: made up."""

_METHODS: Mapping[str, str] = {PATH: "POST", FIELDS_PATH: "GET"}
_DEFAULT_PAGE = 25
_Part = TypeVar("_Part")


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What a well-formed call asks for.

    Attributes:
        ids: The LeadIds, as written.
        columns: The names in Include_CSV, in order, each once.
        page_index: Which page, from 1.
        page_size: Leads on a page, after the clamp.
    """

    ids: tuple[str, ...]
    columns: tuple[str, ...]
    page_index: int
    page_size: int


def check_address(method: str, path: str) -> None:
    """Refuse what is none of the calls that the sandbox has.

    Raises:
        Refused: 404 for another path, 405 for another method.
    """
    allowed = _METHODS.get(path)
    if allowed is None:
        raise Refused(error_answer(404))
    if method != allowed:
        message = "Method not allowed."
        raise Refused(error_answer(405, message=message, headers={"Allow": allowed}))


def check_keys(query: str, headers: Message[str, str], behaviour: Behaviour) -> None:
    """Refuse a call without the sandbox's keys, where keys are accepted.

    Raises:
        Refused: 401; it names the right host when the keys are played to be another region's.
    """
    values = parse_qs(query)
    pairs = {
        KeysIn.QUERY: (values.get("accessKey", [""])[0], values.get("secretKey", [""])[0]),
        KeysIn.HEADERS: (headers.get("x-LSQ-AccessKey"), headers.get("x-LSQ-SecretKey")),
    }
    known = any(
        pair == (ACCESS_KEY, SECRET_KEY)
        for place, pair in pairs.items()
        if behaviour.keys_in in {place, KeysIn.BOTH}
    )
    host = behaviour.other_region_host
    if known and host is None:
        return
    message = "" if host is None else f"Invalid Access Details provided. Use the API host {host}."
    exception_type = "MXInvalidAccessDetailsException"
    raise Refused(error_answer(401, exception_type=exception_type, message=message))


def read_question(content_type: str, body: bytes, behaviour: Behaviour) -> Question:
    """Read what a call asks for.

    Raises:
        Refused: 400 when content type, names or structure are not as documented; 500 with an MX
            type when a value is not one that the API takes.
    """
    if content_type.partition(";")[0].strip().lower() != "application/json":
        refuse_request()
    try:
        message = json.loads(body)
    except (ValueError, RecursionError):
        refuse_request()
    ids = _part(_part(message, "SearchParameters", dict), "LeadIds", list)
    names = _part(_part(message, "Columns", dict), "Include_CSV", str).split(",")
    columns = tuple(dict.fromkeys(name.strip() for name in names if name.strip()))
    if not ids or not columns or not all(isinstance(each, str) for each in ids):
        refuse_request()
    if len(ids) > MAX_LEADS:
        refuse_value("LeadIds", f"can not be more than {MAX_LEADS}")
    page_index, page_size = _paging(message, behaviour)
    return Question(ids=tuple(ids), columns=columns, page_index=page_index, page_size=page_size)


def _paging(message: object, behaviour: Behaviour) -> tuple[int, int]:
    """Return page index and size; the first 25 leads when nothing is said."""
    if not (isinstance(message, dict) and "Paging" in message):
        return 1, _DEFAULT_PAGE
    paging = _part(message, "Paging", dict)
    index, size = _part(paging, "PageIndex", int), _part(paging, "PageSize", int)
    for name, value in {"PageIndex": index, "PageSize": size}.items():
        if value < 1:
            refuse_value(name, "can not be less than 1")
    if size > behaviour.max_page and behaviour.oversize_page is OversizePage.REJECT:
        refuse_value("PageSize", f"can not be more than {behaviour.max_page}")
    return index, min(size, behaviour.max_page)


def _part(message: object, name: str, kind: type[_Part]) -> _Part:
    """Return one attribute of a JSON object, if it is there and of this kind."""
    part = message.get(name) if isinstance(message, dict) else None
    if not isinstance(part, kind) or isinstance(part, bool):
        refuse_request()
    return part
