"""The process that reads a sheet, seen from the app: it always ends, and its end is a sentence."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pytest

from lsq.sheets import child, reading
from lsq.sheets.child import environment
from lsq.sheets.errors import SheetError
from lsq.sheets.limits import Limits
from lsq.sheets.reading import PASTED, read_pasted, read_sheet
from lsq.sheets.sheet import Choices

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path


WAIT_S = 60
"""How long anything is waited for before a test fails, in seconds."""


def noting(kind: Callable[..., Any], made: list[Any]) -> Callable[..., Any]:
    """Return what stands in for `kind` and notes each that is made."""

    def make(*given: Any, **more: Any) -> Any:  # noqa: ANN401 - whatever it is given and makes
        made.append(one := kind(*given, **more))
        return one

    return make


@pytest.fixture(autouse=True)
def _every_process_is_ended_and_awaited(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Whatever becomes of a reading: no process that it started runs on, or stays as a zombie."""
    started: list[subprocess.Popen[bytes]] = []
    with monkeypatch.context() as patch:
        patch.setattr(subprocess, "Popen", noting(subprocess.Popen, started))
        yield
    assert [process.args for process in started if process.returncode is None] == []


def end_with(monkeypatch: pytest.MonkeyPatch, code: str, **given: Any) -> SheetError:  # noqa: ANN401 - passed on
    """Let this code stand in for the process that reads, and return what is said of its end."""
    monkeypatch.setattr(child, "_WORKER", ("-c", f"import os, resource, signal, sys, time; {code}"))
    with pytest.raises(SheetError) as caught:
        read_sheet(b"Id\n1\n", **{"name": "x.csv", **given})
    assert caught.value.__suppress_context__ or caught.value.__context__ is None
    return caught.value


def test_a_file_is_read_in_a_process_of_its_own() -> None:
    sheet = read_sheet(b"Id;Name\n1;a\n", name="x.csv", choices=Choices(separator=";"))
    assert sheet.table.to_pylist() == [{"Id": "1", "Name": "a"}]
    assert (sheet.name, sheet.row_numbers.tolist(), sheet.separator) == ("x.csv", [2], ";")


def test_pasted_text_is_read_in_a_process_of_its_own() -> None:
    assert read_pasted("1\n2\n").table.num_rows == 2
    with pytest.raises(SheetError, match="Nothing is pasted yet"):
        read_pasted(" ")
    with pytest.raises(SheetError, match=f"^The {PASTED} are 5 bytes"):
        read_pasted("12345", limits=Limits(max_bytes=4))


def test_a_file_that_is_too_large_starts_no_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "ask", lambda *_, **__: pytest.fail("asked"))
    with pytest.raises(SheetError, match=r"is 5 bytes; the limit is 4\."):
        read_sheet(b"12345", name="x.csv", limits=Limits(max_bytes=4))


def test_the_package_is_found_from_any_folder_and_nothing_there_stands_in_for_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "numpy.py").write_text("raise SystemExit(9)")
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("PYTHONPATH", raising=False)
    assert read_sheet(b"Id\n1\n", name="x.csv").table.num_rows == 1


def test_it_is_given_no_secret() -> None:
    given = environment(
        {"LSQ_SECRET_KEY": "s", "AWS_SESSION_TOKEN": "t", "PATH": "/bin", "PYTHONPATH": "/more"}
    )
    assert not {"LSQ_SECRET_KEY", "AWS_SESSION_TOKEN"} & set(given)
    assert given["PATH"] == "/bin"
    assert given["PYTHONPATH"].endswith(f"{os.pathsep}/more")
    assert os.pathsep not in environment({})["PYTHONPATH"]


def test_memory_that_rust_did_not_get_is_named_with_the_limit(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    words = "memory allocation of 549755813888 bytes failed"
    error = end_with(monkeypatch, f"print('{words}', file=sys.stderr, flush=True); os.abort()")
    assert error.title == "x.csv asks for 549,756 MB of memory; the limit is 2,000 MB."


def test_memory_that_python_or_arrow_did_not_get_is_named_too(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    error = end_with(monkeypatch, "raise MemoryError")
    assert error.title == "Reading x.csv takes more memory than the limit of 2,000 MB."


def test_processor_time_that_is_up_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    error = end_with(monkeypatch, "os.kill(os.getpid(), signal.SIGXCPU)")
    assert "takes more than 3 seconds of processor time, the limit for its size" in error.title


@pytest.mark.parametrize(
    ("name", "advice"),
    [
        ("leads.CSV", "Leave out columns, or split it."),
        ("leads.tsv", "Leave out columns, or split it."),
        ("leads.txt", "Leave out columns, or split it."),
        (PASTED, "Leave out columns, or split it."),
        ("l.xlsx", "Save the list as CSV and drop that, leave out columns, or split it."),
    ],
)
def test_who_has_a_csv_is_not_told_to_make_one(
    name: str, advice: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    error = end_with(monkeypatch, "os.kill(os.getpid(), signal.SIGXCPU)", name=name)
    assert error.advice == advice


def test_one_second_is_said_in_the_singular(monkeypatch: pytest.MonkeyPatch) -> None:
    limits = Limits(max_processor_s=1)
    error = end_with(monkeypatch, "os.kill(os.getpid(), signal.SIGXCPU)", limits=limits)
    assert "takes more than 1 second of processor time, the limit for its size" in error.title


def test_a_process_that_sleeps_is_ended_by_the_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "_SLOW_HOST", 0.1)
    error = end_with(monkeypatch, "time.sleep(60)")
    assert error.title == "Reading x.csv takes more than 0 seconds, the limit for its size."


def test_a_process_that_says_too_much_of_its_end_is_ended_by_the_clock(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(reading, "_SLOW_HOST", 0.3)
    assert "takes more than" in end_with(monkeypatch, "sys.stderr.write('x' * 9_000_000)").title


def test_a_process_that_the_system_kills_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    error = end_with(monkeypatch, "os.kill(os.getpid(), signal.SIGKILL)")
    assert error.title.startswith("The system ended the reading of x.csv")


@pytest.mark.parametrize(
    "code",
    [
        "sys.exit(3)",
        "sys.stdout.write('rubbish' * 9999)",
        "os.close(1); time.sleep(60)",
        "os.kill(os.getpid(), signal.SIGSEGV)",
    ],
)
def test_any_other_end_is_a_broken_file(code: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(child, "_DYING_S", 0.5)
    error = end_with(monkeypatch, code)
    assert error.title == "x.csv is broken in a way that stopped the reading of it."


def test_a_system_that_starts_no_process_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/none/python")
    with pytest.raises(SheetError, match="starts no further process at the moment"):
        read_sheet(b"Id\n1\n", name="x.csv")


def test_an_interrupt_ends_the_process_too(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(_: object) -> None:
        raise KeyboardInterrupt

    threads: list[threading.Thread] = []
    for kind in (threading.Thread, threading.Timer):
        monkeypatch.setattr(child, kind.__name__, noting(kind, threads))
    monkeypatch.setattr(child, "read_answer", interrupt)
    with pytest.raises(KeyboardInterrupt):
        read_sheet(b"Id\n" + b"1\n" * 500_000, name="x.csv")
    for thread in threads:
        thread.join(WAIT_S)
    assert [thread.is_alive() for thread in threads] == [False, False]


def test_an_answer_before_the_last_byte_is_heard_does_not_block() -> None:
    with pytest.raises(SheetError, match="those of a PNG picture"):
        read_sheet(b"\x89PNG" + bytes(30_000_000), name="x.csv")


def test_at_most_three_are_read_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    running = most = 0
    lock, process = threading.Lock(), child._process  # noqa: SLF001 - a turn lasts longer than it
    together = threading.Barrier(child._AT_ONCE)  # noqa: SLF001 - who waits here has a turn

    @contextmanager
    def counted() -> Iterator[subprocess.Popen[bytes]]:
        nonlocal running, most
        with lock:
            running += 1
            most = max(most, running)
        together.wait(WAIT_S)
        with process() as started:
            yield started
        with lock:
            running -= 1

    def read(number: int) -> str:
        sheet = read_sheet(f"Id\n{number}\n".encode(), name="x.csv")
        return str(sheet.table["Id"][0])

    monkeypatch.setattr(child, "_process", counted)
    with ThreadPoolExecutor(9) as pool:
        assert list(pool.map(read, range(9))) == [str(number) for number in range(9)]
    assert most == child._AT_ONCE == 3  # noqa: SLF001 - as above


def test_who_gets_no_turn_is_told_and_the_next_one_is_read(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(child, "_TURNS", turns := threading.BoundedSemaphore(1))
    monkeypatch.setattr(child, "_TURN_S", 0.1)
    with (
        turns,
        pytest.raises(SheetError, match=r"^Other sheets are being read at the moment\. Try"),
    ):
        read_sheet(b"Id\n1\n", name="x.csv")
    for _ in range(2):
        assert read_sheet(b"Id\n1\n", name="x.csv").table.num_rows == 1
