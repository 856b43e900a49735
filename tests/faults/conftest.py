"""What the tests of the faults share."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

import pytest

from lsq.sandbox import Sandbox
from tests.faults.scene import USUAL, Scene

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    """Run a sandbox of 10,000 leads without a rate limit."""
    with Sandbox(leads=10_000, behaviour=USUAL) as running:
        yield running


@pytest.fixture
def scene(sandbox: Sandbox, caplog: pytest.LogCaptureFixture) -> Scene:
    """Return a user of that sandbox; everything that is logged is looked at."""
    caplog.set_level(logging.DEBUG)
    return Scene(sandbox, caplog)
