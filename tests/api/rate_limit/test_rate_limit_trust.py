"""What a process keeps to while Redis's count cannot be trusted; moments are made up."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from lsq.api.rate_limit import RateLimit
from lsq.api.rate_limit.board import KEPT_S, Visit
from lsq.api.rate_limit.trust import PROBE_S, Trust

LIMIT = RateLimit(25, 5.0)


def visit(board: str = "1", processes: int = 1) -> Visit:
    return Visit(
        granted=False, free_calls=0, wait_s=0.0, processes=processes, board=board, refusals=()
    )


@dataclass
class Story:
    """A trust and what happens to it, second by second."""

    trust: Trust

    def came(self, now_s: float, board: str = "1", *, held: int = 0, processes: int = 1) -> bool:
        """Let Redis answer."""
        return self.trust.came(visit(board, processes), now_s, held=held, window_s=5.0)

    def failed(self, now_s: float, *, held: int = 0) -> bool:
        """Let Redis not answer."""
        return self.trust.failed(now_s, held=held, window_s=5.0)

    def calls(self, now_s: float) -> int:
        """Return what may be called at that moment."""
        return self.trust.calls(LIMIT, now_s)


@pytest.fixture
def story() -> Story:
    return Story(Trust())


def test_a_redis_that_answers_is_trusted_with_the_whole_limit(story: Story) -> None:
    assert story.calls(0) == 25
    story.came(0)
    assert story.calls(1) == 25
    assert not story.trust.is_careful(1)


def test_one_failure_gets_a_second_chance(story: Story) -> None:
    assert not story.failed(10)
    assert story.trust.is_failing
    assert not story.trust.is_gone
    assert not story.trust.may_try(10 + PROBE_S / 2)
    assert story.trust.may_try(10 + PROBE_S)
    assert not story.came(11)
    assert story.calls(11) == 25


def test_redis_is_gone_when_it_fails_again_and_that_is_told_once(story: Story) -> None:
    assert [story.failed(10), story.failed(11), story.failed(12)] == [False, True, False]
    assert story.trust.is_gone


def test_in_the_window_after_redis_went_only_own_slots_are_reused(story: Story) -> None:
    story.came(0)
    story.failed(10, held=7)
    story.failed(11, held=7)
    assert story.calls(11) == 7
    assert story.calls(16) == 7
    assert story.calls(17.5) == 12


def test_a_process_that_held_more_than_its_part_keeps_to_the_part(story: Story) -> None:
    story.came(0)
    story.failed(10, held=25)
    story.failed(11, held=25)
    assert story.calls(11) == 12


def test_a_process_that_held_nothing_waits_for_the_window_to_end(story: Story) -> None:
    story.failed(10)
    story.failed(11)
    assert story.calls(12) == 0
    assert story.trust.part(LIMIT, 12) == 12


@pytest.mark.parametrize(("processes", "part"), [(1, 12), (2, 12), (3, 8), (30, 1)])
def test_the_part_is_by_the_processes_that_were_there_and_two_at_the_least(
    story: Story, processes: int, part: int
) -> None:
    story.came(0, processes=processes)
    story.failed(10)
    story.failed(11)
    assert story.calls(20) == part


def test_back_again_the_part_holds_for_a_window_and_then_the_limit(story: Story) -> None:
    story.failed(10)
    story.failed(11)
    assert story.came(100, "2")
    assert not story.trust.is_failing
    assert story.trust.is_careful(106)
    assert story.calls(106) == 12
    assert story.calls(106.5) == 25


def test_back_soon_the_window_of_own_slots_still_ends_first(story: Story) -> None:
    story.failed(10, held=3)
    story.failed(11, held=3)
    story.came(12)
    assert [story.calls(17), story.calls(17.5), story.calls(18.5)] == [3, 12, 25]


def test_while_careful_a_new_board_does_not_make_processes_fewer(story: Story) -> None:
    story.came(0, processes=5)
    story.failed(10)
    story.failed(11)
    story.came(30, "2", processes=1)
    assert story.calls(31) == 5


def test_a_board_that_was_lost_unseen_is_not_trusted_for_a_window(story: Story) -> None:
    story.came(0)
    assert not story.came(1, "2", held=4)
    assert story.calls(7.4) == 4
    assert story.calls(7.5) == 25


def test_a_board_that_ended_because_nobody_came_is_no_loss(story: Story) -> None:
    story.came(0)
    assert story.trust.known(KEPT_S - 1) == "1"
    assert story.trust.known(KEPT_S) == ""
    story.came(KEPT_S, "2")
    assert story.calls(KEPT_S) == 25
