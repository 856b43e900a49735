"""What can go wrong between a question and its leads, played on purpose.

A fault does one of four things: it sends something else instead of the answer (`INSTEAD`), spoils
the leads (`SPOILED_LEADS`) or the answer's bytes (`SPOILED_ANSWERS`), or mistreats the connection
(`ON_THE_LINE`). Each kind has its table; a new fault is a name and an entry in one of them.
"""

from __future__ import annotations

from lsq.sandbox.faults.answers import SPOILED_ANSWERS
from lsq.sandbox.faults.instead import INSTEAD
from lsq.sandbox.faults.leads import SPOILED_LEADS, STRANGER
from lsq.sandbox.faults.line import ON_THE_LINE
from lsq.sandbox.faults.names import Fault
from lsq.sandbox.faults.values import ODD_VALUES

__all__ = [
    "INSTEAD",
    "ODD_VALUES",
    "ON_THE_LINE",
    "SPOILED_ANSWERS",
    "SPOILED_LEADS",
    "STRANGER",
    "Fault",
]
