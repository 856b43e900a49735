"""Threads that come as work comes, and go when it ends."""

from __future__ import annotations

import threading

import pytest

from lsq.api.workers import Workers

SOON_S = 10.0


def test_results_come_with_their_tasks() -> None:
    workers = Workers(lambda number: number * 2, most=3)
    for number in range(1, 8):
        workers.put(number)
    answers = [workers.answer(SOON_S) for _ in range(7)]
    assert sorted(answers) == [(number, number * 2) for number in range(1, 8)]
    assert workers.answer(0) is None
    workers.end()
    assert workers.join(SOON_S)


@pytest.mark.parametrize(("tasks", "most", "threads"), [(1, 5, 1), (3, 5, 3), (9, 5, 5)])
def test_there_are_as_many_threads_as_tasks_up_to_the_most(
    tasks: int, most: int, threads: int
) -> None:
    go, all_here = threading.Event(), threading.Barrier(threads + 1)

    def work(_: int) -> int:
        if not go.is_set():
            all_here.wait(SOON_S)
        go.wait(SOON_S)
        return 1

    workers = Workers(work, most=most)
    for number in range(tasks):
        workers.put(number)
    all_here.wait(SOON_S)
    go.set()
    for _ in range(tasks):
        assert workers.answer(SOON_S)
    workers.end()
    assert workers.join(SOON_S)


def test_more_tasks_later_get_more_threads() -> None:
    both_here = threading.Barrier(2)

    def work(number: int) -> int:
        if number:
            both_here.wait(SOON_S)
        return number

    workers = Workers(work, most=5)
    workers.put(0)
    assert workers.answer(SOON_S) == (0, 0)
    for number in (1, 2):
        workers.put(number)
    assert {workers.answer(SOON_S) for _ in range(2)} == {(1, 1), (2, 2)}
    workers.end()


def test_a_thread_whose_work_is_over_takes_no_further_task() -> None:
    workers = Workers(lambda _: None, most=1)
    workers.put(1)
    workers.put(2)
    assert workers.join(SOON_S)
    assert workers.answer(0) is None


def test_who_waits_for_threads_that_go_on_is_told_so() -> None:
    go = threading.Event()
    workers = Workers(lambda _: go.wait(SOON_S), most=1)
    workers.put(1)
    assert not workers.join(0.01)
    go.set()
    workers.end()
    assert workers.join(SOON_S)


def test_a_thread_that_cannot_start_leaves_its_task_to_the_others(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    workers = Workers(lambda number: number, most=5)
    start, tries = threading.Thread.start, iter(range(9))

    def only_once(thread: threading.Thread) -> None:
        if next(tries):
            message = "can't start new thread"
            raise RuntimeError(message)
        start(thread)

    monkeypatch.setattr(threading.Thread, "start", only_once)
    for number in (1, 2, 3):
        workers.put(number)
    assert {workers.answer(SOON_S) for _ in range(3)} == {(1, 1), (2, 2), (3, 3)}
    workers.end()
    assert workers.join(SOON_S)


def test_not_one_thread_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    def never(_: threading.Thread) -> None:
        message = "can't start new thread"
        raise RuntimeError(message)

    monkeypatch.setattr(threading.Thread, "start", never)
    with pytest.raises(RuntimeError, match="new thread"):
        Workers(lambda number: number, most=5).put(1)
