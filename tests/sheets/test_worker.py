"""The process that reads a sheet: what it answers, what it may take, what it does not load."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from lsq.sheets import worker
from lsq.sheets.errors import SheetError
from lsq.sheets.limits import Limits
from lsq.sheets.pipe import Request, read_answer, write_request
from lsq.sheets.sheet import Choices

if TYPE_CHECKING:
    from lsq.sheets.sheet import Sheet


def request(size: int, *, name: str | None = "x.csv", limits: Limits = Limits()) -> Request:  # noqa: B008  # frozen
    return Request(name=name, size=size, choices=Choices(), limits=limits)


def answered(data: bytes, *, name: str | None = "x.csv") -> Sheet:
    sink = io.BytesIO()
    worker.answer(request(len(data), name=name), io.BytesIO(data), sink)
    return read_answer(io.BytesIO(sink.getvalue()))


def run(*code: str, given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    program = [sys.executable, "-c", "\n".join(code)]
    return subprocess.run(program, input=given, capture_output=True, check=False)  # noqa: S603 - ours


def test_a_file_is_answered_with_its_sheet() -> None:
    assert answered(b"Id,Name\n1,a\n").table.to_pylist() == [{"Id": "1", "Name": "a"}]


def test_pasted_text_is_answered_with_its_sheet() -> None:
    assert answered("1\n2 \ud800".encode("utf-8", "surrogatepass"), name=None).table.num_rows == 3


def test_what_is_no_sheet_is_answered_with_the_sentence() -> None:
    with pytest.raises(SheetError, match=r"^x\.csv is empty\."):
        answered(b"")


def test_memory_that_is_not_to_be_had_is_a_sentence_with_the_limit(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def no_memory(*_: object, **__: object) -> None:
        raise MemoryError

    monkeypatch.setattr(worker, "parse_sheet", no_memory)
    with pytest.raises(SheetError, match=r"^Reading x\.csv takes more memory than .* 2,000 MB\."):
        answered(b"Id\n1\n")


def test_it_loads_neither_pandas_nor_requests_even_where_arrow_would() -> None:
    done = run(
        "import io, os, sys",
        "from lsq.sheets import worker",
        "worker.main()",
        "sys.exit(sorted({'pandas', 'requests'} & set(sys.modules)) or None)",
        given=asked(b"Id,Name\n1,a\n2,b,c\n"),
    )
    assert (done.returncode, done.stderr) == (0, b"")
    assert read_answer(io.BytesIO(done.stdout)).table.num_rows == 2


def asked(data: bytes) -> bytes:
    pipe = io.BytesIO()
    write_request(request(len(data)), data, pipe)
    return pipe.getvalue()


def test_what_others_print_does_not_get_into_the_answer() -> None:
    done = run(
        "import os",
        "from lsq.sheets import worker",
        "parse = worker.parse_sheet",
        "def loud(*given, **more):",
        "    print('hello', flush=True)",
        "    os.write(1, b'hello')",
        "    return parse(*given, **more)",
        "worker.parse_sheet = loud",
        "worker.main()",
        given=asked(b"Id\n1\n"),
    )
    assert read_answer(io.BytesIO(done.stdout)).table.num_rows == 1
    assert done.stderr == b"hello\nhello"


def test_nobody_asking_and_nobody_listening_end_it_quietly() -> None:
    start = "from lsq.sheets import worker"
    assert run(start, "worker.main()").stderr == b""
    deaf = ("import os", "end, _ = os.pipe()", "_ = os.dup2(_, 1)", "os.close(end)")
    assert run(start, *deaf, "worker.main()", given=asked(b"Id\n1\n")).stderr == b""


@pytest.mark.skipif(sys.platform != "linux", reason="other systems know other limits")
def test_it_lowers_what_it_may_take_and_never_raises_it() -> None:
    told = run(
        "import os, resource, time",
        "from lsq.sheets.worker import hold_to",
        "from lsq.sheets.limits import Limits",
        "from lsq.sheets.pipe import Request",
        "from lsq.sheets.sheet import Choices",
        "limits = Limits(max_memory_bytes=300_000_000)",
        "used = int(time.process_time())",
        "hold_to(Request(name='x', size=1000, choices=Choices(), limits=limits))",
        "print(used, int(time.process_time()))",
        "hold_to(Request(name='x', size=10**8, choices=Choices(), limits=Limits()))",
        "for kind in (resource.RLIMIT_CPU, resource.RLIMIT_CORE): print(*resource.getrlimit(kind))",
        "print(open('/proc/self/oom_score_adj').read())",
        "try: bytes(400_000_000)",
        "except MemoryError: print('no')",
        "bytes(200_000_000)",
    )
    before, after, seconds, hard, core, core_hard, spared, more = told.stdout.split()
    assert int(before) <= int(seconds) - 3 <= int(after)  # three beyond what its start has taken
    assert int(hard) == int(seconds) + 1
    assert (core, core_hard, spared, more) == (b"0", b"0", b"1000", b"no")


def test_a_system_without_such_limits_reads_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker, "resource", None)
    monkeypatch.setattr(worker, "_OWN", worker.Path(os.devnull) / "none")
    worker.hold_to(request(10))
    assert answered(b"Id\n1\n").table.num_rows == 1
