"""Free memory goes back to the system."""

from __future__ import annotations

import subprocess
import sys

import pyarrow as pa
import pytest

from lsq.sheets.spare_memory import give_back

_KEEPS = """
import gc
from pathlib import Path
from lsq.sheets.spare_memory import give_back

def resident_mb():
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4096 / 1e6

texts = [bytes(2000) for _ in range(50_000)]
kept = texts[-1]
del texts
gc.collect()
before = resident_mb()
give_back()
print(before - resident_mb())
"""


def test_arrow_takes_its_memory_where_python_does() -> None:
    assert pa.default_memory_pool().backend_name == "system"


def test_giving_back_leaves_what_is_in_use() -> None:
    texts = pa.array([f"text {number}" for number in range(1000)])
    give_back()
    assert texts[999].as_py() == "text 999"


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_room_that_the_allocator_would_keep_goes_back() -> None:
    command = [sys.executable, "-c", _KEEPS]
    done = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603 - ours
    assert float(done.stdout) > 50
