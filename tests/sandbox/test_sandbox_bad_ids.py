"""Switches that spoil ids and keys, over a real socket."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from lsq.sandbox import lead_id
from lsq.sandbox.behaviour import IdCase, MalformedId

if TYPE_CHECKING:
    from tests.sandbox.conftest import Caller

IDS = [lead_id(number) for number in range(40)]


def switch(caller: Caller, **switches: Any) -> None:  # noqa: ANN401 -- values of any switch
    caller.sandbox.behaviour = replace(caller.sandbox.behaviour, **switches)


def test_ids_come_in_braces_and_with_spaces(caller: Caller) -> None:
    switch(caller, id_case=IdCase.BRACED)
    assert caller.ask(IDS[:1]).ids() == [f"{{{IDS[0].upper()}}}"]
    switch(caller, id_case=IdCase.SPACED)
    assert caller.ask(IDS[:1]).ids() == [f" {IDS[0]} "]


def test_ids_come_under_another_name(caller: Caller) -> None:
    switch(caller, id_key="LeadId")
    assert caller.ask(IDS[:1]).leads == [
        {"CreatedOn": caller.ask(IDS[:1], "CreatedOn").leads[0]["CreatedOn"], "LeadId": IDS[0]}
    ]


def test_a_bad_id_spoils_its_call_however_well_formed(caller: Caller) -> None:
    switch(caller, bad_ids=frozenset(IDS[:1]), malformed_id=MalformedId.BAD_REQUEST)
    assert caller.ask([IDS[0].upper(), IDS[1]]).status == 400
    assert caller.ask(IDS[1:]).status == 200
    switch(caller, malformed_id=MalformedId.LEFT_OUT)
    assert caller.ask(IDS[:2]).status == 200


def test_keys_work_for_so_many_calls(caller: Caller) -> None:
    switch(caller, keys_work_for=2)
    assert [caller.ask(IDS).status for _ in range(3)] == [200, 200, 401]
    switch(caller, keys_work_for=None)
    assert caller.ask(IDS).status == 200
