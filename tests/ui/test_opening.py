"""A dropped file that is read again."""

from __future__ import annotations

from contextlib import nullcontext

import pytest

from lsq.sheets.sheet import Choices
from lsq.ui import masking, opening
from lsq.ui.state import Dropped, Session


def test_a_reading_again_that_fails_unexpectedly_is_not_tried_at_every_look(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise RuntimeError

    dropped, said = Dropped("meera.n@example.com.csv", b"Id\n1\n"), []
    mine = Session(dropped=dropped, wanted=Choices(header_row=0), masked=True)
    for module in (opening, masking):
        monkeypatch.setattr(module, "session", lambda: mine)
    monkeypatch.setattr(opening.st, "spinner", lambda text: said.append(text) or nullcontext())
    monkeypatch.setattr(opening, "read_sheet", fail)
    with pytest.raises(RuntimeError):
        opening.read_again()
    assert mine.wanted is None
    assert mine.choices == Choices()
    assert "m•••@" in said[0]
