"""`import lsq`: what it offers, and what it does not load."""

from __future__ import annotations

import logging
import subprocess
import sys

import lsq


def test_the_menu_is_sorted_and_whole() -> None:
    assert list(lsq.__all__) == sorted(lsq.__all__)
    assert all(hasattr(lsq, name) for name in lsq.__all__)


def test_the_menu_has_the_names_of_the_contract() -> None:
    assert {"Account", "LeadSquared", "Fetched", "LeadTable", "LsqError", "RateLimit"} <= set(
        lsq.__all__
    )


def test_importing_it_loads_no_pandas_pyarrow_or_streamlit() -> None:
    script = (
        "import sys, lsq; print(*{'pandas', 'pyarrow', 'streamlit', 'numpy'} & set(sys.modules))"
    )
    run = subprocess.run(  # noqa: S603 - our own interpreter and text
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert run.stdout.strip() == ""


def test_a_program_that_sets_up_no_logging_hears_nothing() -> None:
    assert any(
        isinstance(handler, logging.NullHandler) for handler in logging.getLogger("lsq").handlers
    )
