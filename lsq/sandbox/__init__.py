"""A stand-in LeadSquared on loopback, for the demo account, `lsq sandbox` and tests.

It imports nothing of the rest of `lsq`, so that one misreading cannot sit on both ends.

    with Sandbox(behaviour=Behaviour(latency_s=0.3)) as sandbox:
        sandbox.fail_next(Fault.RESET, times=2)
        …  # calls to sandbox.base_url with sandbox.access_key and sandbox.secret_key
"""

from __future__ import annotations

from lsq.sandbox.behaviour import Behaviour
from lsq.sandbox.contract import ACCESS_KEY, SECRET_KEY
from lsq.sandbox.faults import Fault
from lsq.sandbox.ids import lead_id, number_of
from lsq.sandbox.sample import SAMPLE_NAME, sample_sheet
from lsq.sandbox.server import Sandbox

__all__ = [
    "ACCESS_KEY",
    "SAMPLE_NAME",
    "SECRET_KEY",
    "Behaviour",
    "Fault",
    "Sandbox",
    "lead_id",
    "number_of",
    "sample_sheet",
]
