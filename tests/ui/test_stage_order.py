"""The order of stages: whose it is, and clicks that come before the list is drawn anew."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from lsq.analysis.stages import Stage, StageRole
from lsq.ui import stage_order
from lsq.ui.state import Session

A, B, C = (Stage(name, StageRole.OPEN) for name in "ABC")
DRAWN = (A, B, C)


@pytest.fixture
def mine(monkeypatch: pytest.MonkeyPatch) -> Session:
    found = Session()
    monkeypatch.setattr(stage_order, "session", lambda: found)
    return found


@pytest.mark.parametrize(
    ("own", "account", "said"),
    [
        ((A,), (B,), "This is your own order"),
        (None, (B,), "Order comes from the account"),
        (None, None, "This is the usual order"),
    ],
)
def test_it_is_said_whose_order_it_is(own: Any, account: Any, said: str) -> None:  # noqa: ANN401 - parameters of the test
    view: Any = SimpleNamespace(stages=own, catalog=SimpleNamespace(stages=account))
    assert stage_order.order_sentence(view).startswith(said)


def test_of_two_quick_clicks_none_is_lost(mine: Session) -> None:
    for _ in range(2):  # the second one before the list was drawn anew
        stage_order.move(DRAWN, "C", -1)
    assert mine.stages == (C, A, B)


def test_a_stage_that_came_since_takes_part(mine: Session) -> None:
    mine.stages = (B, A)
    stage_order.move((B, A, C), "C", -1)
    assert mine.stages == (B, C, A)


@pytest.mark.parametrize(("chosen", "role"), [("won", StageRole.WON), (None, StageRole.OPEN)])
def test_a_role_is_taken_when_one_is_chosen(
    chosen: str | None, role: StageRole, mine: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stage_order.st, "session_state", {"role of B": chosen})
    stage_order.set_role(DRAWN, "B", "role of B")
    assert (mine.stages or DRAWN)[1].role is role
