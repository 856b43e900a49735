"""A setting that makes no sense ends every command that reads it with one sentence and exit 2."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.bad_settings import BAD_SETTINGS

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from lsq.sandbox import Sandbox
    from tests.cli.conftest import Ran


@pytest.mark.parametrize("name", BAD_SETTINGS)
def test_it_is_one_sentence_that_names_the_setting_and_what_to_write(
    name: str,
    lsq: Callable[..., Ran],
    sheet: Path,
    sandbox: Sandbox,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    text, wanted = BAD_SETTINGS[name]
    monkeypatch.setenv(name, text)
    ran = lsq("fetch", sheet)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("lsq: ")
    assert name in ran.err
    assert ran.err.endswith(f"{wanted}\n")
    assert ran.err.count("\n") == 1
    assert "marker" not in ran.err
    assert not sandbox.arrivals


def test_a_cache_file_is_used_closed_and_used_again(
    lsq: Callable[..., Ran],
    sheet: Path,
    sandbox: Sandbox,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("LSQ_CACHE", str(tmp_path / "leads.db"))
    first = lsq("fetch", sheet, "--quiet")
    assert {path.name for path in tmp_path.iterdir()} == {sheet.name, "leads.db"}
    second = lsq("fetch", sheet, "--quiet")
    assert (first.code, second.code) == (0, 0)
    assert second.out.splitlines()[1] == first.out.splitlines()[1]
    known = [id_ for call in sandbox.arrivals[:1] for id_ in call.ids]
    asked_again = [id_ for call in sandbox.arrivals[2:] for id_ in call.ids]
    assert set(asked_again) < set(known)
