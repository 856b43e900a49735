"""What an id is, and how text becomes one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lsq.api.lead_id import parse_lead_id

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

ID = "0acb9356-bcd1-4128-b63a-97f52cb8cc3c"

WRITINGS = {
    "upper case": str.upper,
    "lower case": str.lower,
    "braces": "{{{}}}".format,
    "white space": "\t {}\n".format,
    "no dashes": lambda id_: id_.replace("-", ""),
}


@pytest.mark.parametrize("write", WRITINGS.values(), ids=WRITINGS)
@given(uuid=st.uuids().filter(lambda uuid: uuid.int))
def test_every_way_to_write_an_id_is_the_same_id(write: Callable[[str], str], uuid: UUID) -> None:
    assert parse_lead_id(write(str(uuid))) == str(uuid)


@given(st.text())
def test_what_is_read_as_an_id_reads_as_itself_again(text: str) -> None:
    id_ = parse_lead_id(text)
    assert id_ is None or parse_lead_id(id_) == id_


NO_IDS = [
    "",
    "ProspectID",
    ID[:-1],
    ID + "0",
    ID.replace("a", "g"),
    ID.replace("0", "\u0660"),
    ID.replace("-", "\u2013"),
    f"{ID},{ID}",
    f"x{ID}",
    "00000000-0000-0000-0000-000000000000",
]


@pytest.mark.parametrize("text", NO_IDS)
def test_other_text_is_not_an_id(text: str) -> None:
    assert parse_lead_id(text) is None
