"""A job is found by its token and its owner together, and not for ever."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest

from lsq.ui import jobs
from lsq.ui.jobs import KEEP_S, JobRegistry

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.fixture
def pass_s(monkeypatch: pytest.MonkeyPatch) -> Callable[[float], None]:
    """Let time pass, in seconds, and only so."""
    now_s = [1000.0]
    monkeypatch.setattr(jobs, "time", SimpleNamespace(monotonic=lambda: now_s[0]))

    def wait(seconds: float) -> None:
        now_s[0] += seconds

    return wait


def job(token: str = "token", *, running: bool = False) -> Any:  # noqa: ANN401, S107 - stands for a Job
    return SimpleNamespace(token=token, snapshot=lambda: SimpleNamespace(running=running))


def test_who_began_a_job_finds_it_by_its_token() -> None:
    registry, mine = JobRegistry(), job()
    registry.add(mine, owner="anita")
    assert registry.find("token", owner="anita") is mine
    assert registry.find("other", owner="anita") is None


@pytest.mark.parametrize("owner", ["ravi", "", None])
def test_nobody_else_finds_it(owner: str | None) -> None:
    registry = JobRegistry()
    registry.add(job(), owner="anita")
    assert registry.find("token", owner=owner) is None


def test_a_job_without_an_owner_is_found_by_nobody() -> None:
    registry = JobRegistry()
    registry.add(job(), owner=None)
    assert registry.find("token", owner=None) is None
    assert registry.find("token", owner="anita") is None


def test_a_job_that_is_dropped_is_gone() -> None:
    registry, mine = JobRegistry(), job()
    registry.add(mine, owner="anita")
    registry.drop(mine)
    registry.drop(mine)
    assert registry.find("token", owner="anita") is None


def test_a_finished_job_is_kept_for_half_an_hour_after_the_last_look(
    pass_s: Callable[[float], None],
) -> None:
    registry, mine = JobRegistry(), job()
    registry.add(mine, owner="anita")
    for _ in range(3):
        pass_s(KEEP_S - 1)
        assert registry.find("token", owner="anita") is mine
    pass_s(KEEP_S + 1)
    assert registry.find("token", owner="anita") is None
    assert KEEP_S == 1800


def test_a_look_by_somebody_else_keeps_nothing(pass_s: Callable[[float], None]) -> None:
    registry = JobRegistry()
    registry.add(job(), owner="anita")
    pass_s(KEEP_S - 1)
    assert registry.find("token", owner="ravi") is None
    pass_s(2)
    assert registry.find("token", owner="anita") is None


def test_a_running_job_is_never_dropped(pass_s: Callable[[float], None]) -> None:
    registry, mine = JobRegistry(), job(running=True)
    registry.add(mine, owner="anita")
    pass_s(10 * KEEP_S)
    registry.add(job("another"), owner="ravi")
    assert registry.find("token", owner="anita") is mine


def test_old_jobs_go_though_nobody_asks_for_any(pass_s: Callable[[float], None]) -> None:
    registry = JobRegistry()
    registry.add(job("old"), owner="anita")
    pass_s(KEEP_S + 1)
    registry.add(job("new"), owner="anita")
    registry.drop_old()
    assert list(registry._entries) == ["new"]  # noqa: SLF001 - that memory is freed shows only here


def test_a_look_from_a_living_session_counts(pass_s: Callable[[float], None]) -> None:
    registry, watched = JobRegistry(), job("watched")
    registry.add(watched, owner="anita")
    pass_s(KEEP_S - 1)
    registry.seen(watched, masked=None)
    pass_s(KEEP_S - 1)
    assert registry.find("watched", owner="anita") is watched


def test_what_was_chosen_of_masks_last_is_kept_with_the_job() -> None:
    registry, watched = JobRegistry(), job("watched")
    registry.seen(watched, masked=True)
    assert registry.masked(watched) is None, "nobody finds it again"
    registry.add(watched, owner="anita")
    assert registry.masked(watched) is None
    for said, kept in ((True, True), (None, True), (False, False), (None, False)):
        registry.seen(watched, masked=said)
        assert registry.masked(watched) is kept
