"""A setting that makes no sense is one sentence on every page, before there is any sheet."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.bad_settings import BAD_SETTINGS

if TYPE_CHECKING:
    from tests.ui.kinds import Said, Visit


@pytest.mark.parametrize("page", ["lookup", "guide"])
@pytest.mark.parametrize("name", BAD_SETTINGS)
def test_it_is_one_sentence_that_names_the_setting_and_what_to_write(
    name: str, page: str, visit: Visit, said: Said, monkeypatch: pytest.MonkeyPatch
) -> None:
    text, wanted = BAD_SETTINGS[name]
    monkeypatch.setenv(name, text)
    at = visit(page)
    # As it is read: without what keeps Markdown and links out of it.
    shown = said(at).replace("\\", "").replace("\u2060", "")
    assert len(at.error) == 1
    assert name in shown
    assert wanted in shown
    assert "marker" not in shown
    assert not at.exception
