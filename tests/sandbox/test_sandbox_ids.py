"""Ids that are numbers in disguise."""

from __future__ import annotations

import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lsq.sandbox.ids import is_lead_id, lead_id, number_of

NUMBERS = st.integers(min_value=0, max_value=2**122 - 1)


@given(NUMBERS)
def test_an_id_tells_its_number(number: int) -> None:
    assert number_of(lead_id(number)) == number


@given(st.uuids(version=4))
def test_every_guid_of_version_4_is_some_numbers_id(guid: uuid.UUID) -> None:
    number = number_of(str(guid))
    assert number is not None
    assert lead_id(number) == str(guid)


@given(NUMBERS)
def test_an_id_is_a_guid_of_version_4_in_lower_case(number: int) -> None:
    guid = uuid.UUID(lead_id(number))
    assert (guid.version, guid.variant) == (4, uuid.RFC_4122)
    assert str(guid) == lead_id(number)


@given(NUMBERS)
def test_letters_case_carries_no_meaning(number: int) -> None:
    assert number_of(lead_id(number).upper()) == number
    assert is_lead_id(lead_id(number).upper())


def test_ids_are_the_same_on_every_machine() -> None:
    assert [lead_id(number) for number in (0, 1, 999_999)] == [
        "1827d770-55d6-4a95-91bf-edafe020a33b",
        "120a1a3b-4831-4f14-b5f5-800f4cab18ba",
        "e4e831a9-922f-44d7-b49d-4819d45e459f",
    ]


def test_ids_of_neighbours_look_unrelated() -> None:
    starts = {lead_id(number)[:4] for number in range(1000)}
    assert len(starts) > 900


@pytest.mark.parametrize(
    "text",
    [
        "",
        "call back",
        "0acb9356-bcd1-4128-b63a",
        "{0acb9356-bcd1-4128-b63a-97f52cb8cc3c}",
        " 0acb9356-bcd1-4128-b63a-97f52cb8cc3c",
        "0acb9356bcd14128b63a97f52cb8cc3c",
        "0acb9356-bcd1-4128-b63a-97f52cb8cc3c\n",
        "0acb9356-bcd1-4128-b63a-97f52cb8cc3g",
        "\u0660acb9356-bcd1-4128-b63a-97f52cb8cc3c",
    ],
)
def test_what_is_not_a_guid_is_no_id(text: str) -> None:
    assert not is_lead_id(text)
    assert number_of(text) is None


@pytest.mark.parametrize(
    "text", ["00000000-0000-0000-0000-000000000000", "0acb9356-bcd1-1128-b63a-97f52cb8cc3c"]
)
def test_guids_of_other_versions_are_well_formed_and_nobodys(text: str) -> None:
    assert is_lead_id(text)
    assert number_of(text) is None
