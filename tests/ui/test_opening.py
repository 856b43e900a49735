"""A dropped file that is read again."""

from __future__ import annotations

import pytest

from lsq.sheets.sheet import Choices
from lsq.ui import opening
from lsq.ui.state import Dropped, Session


def test_a_reading_again_that_fails_unexpectedly_is_not_tried_at_every_look(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise RuntimeError

    mine = Session(dropped=Dropped("a.csv", b"Id\n1\n"), wanted=Choices(header_row=0))
    monkeypatch.setattr(opening, "session", lambda: mine)
    monkeypatch.setattr(opening, "read_sheet", fail)
    with pytest.raises(RuntimeError):
        opening.read_again()
    assert mine.wanted is None
    assert mine.choices == Choices()
