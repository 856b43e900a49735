"""What an id is, and how text becomes one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lsq.api.lead_id import are_normal, parse_lead_id

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


AS_WRITTEN = st.sampled_from([ID, ID[::-1], ID[:-1], ID[1:] + "-", ID.upper(), *NO_IDS])
CUT = st.tuples(st.integers(0, 73), st.integers(0, 73)).map(lambda cut: f"{ID}\n{ID}"[slice(*cut)])


@given(texts=st.lists(st.uuids().map(str) | AS_WRITTEN | CUT | st.text()))
def test_many_are_normal_if_each_reads_as_itself(texts: list[str]) -> None:
    assert are_normal(texts) == all(parse_lead_id(text) == text for text in texts)


@given(uuids=st.lists(st.uuids().filter(lambda uuid: uuid.int)))
def test_ids_as_leadsquared_writes_them_are_normal(uuids: list[UUID]) -> None:
    assert are_normal([str(uuid) for uuid in uuids])
