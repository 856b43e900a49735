"""What a click in a chart leaves for the room that answers it: AppTest cannot click there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsq.ui import facet_state
from lsq.ui.state import Session

if TYPE_CHECKING:
    from collections.abc import Iterable
    from types import ModuleType

    import pytest

    from lsq.analysis.filters import Filters

__all__ = ["clicked"]


def clicked(
    monkeypatch: pytest.MonkeyPatch,
    room: ModuleType,
    chart: str,
    *,
    data: Iterable[object],
    before: Filters | None = None,
) -> Session:
    """Return the session of somebody who clicked on the points with these data.

    Args:
        monkeypatch: Of the test.
        room: The module that answers.
        chart: Its chart's key.
        data: What each point carries.
        before: The filters until now.
    """
    mine = Session()
    mine.filters = before or mine.filters
    points = [{"customdata": each} for each in data]
    monkeypatch.setattr(room.st, "session_state", {chart: {"selection": {"points": points}}})
    for each in (room, facet_state):
        monkeypatch.setattr(each, "session", lambda: mine)
    return mine
