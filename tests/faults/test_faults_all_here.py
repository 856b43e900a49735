"""No fault of the list is forgotten."""

from __future__ import annotations

import re
from pathlib import Path

FAULTS = 47


def test_every_fault_of_the_list_has_a_test_with_its_number() -> None:
    texts = [path.read_text() for path in Path(__file__).parent.glob("test_faults_of_*.py")]
    numbered = re.findall(r"^def test_fault_(\d\d)_", "\n".join(texts), re.MULTILINE)
    assert sorted(set(map(int, numbered))) == list(range(1, FAULTS + 1))
