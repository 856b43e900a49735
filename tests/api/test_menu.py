"""`import lsq`: what it offers, and what it does not load."""

from __future__ import annotations

import ast
import inspect
import logging
import subprocess
import sys
from importlib import import_module

import pytest

import lsq


def test_the_menu_is_sorted_and_whole() -> None:
    assert list(lsq.__all__) == sorted(lsq.__all__)
    assert all(hasattr(lsq, name) for name in lsq.__all__)


def test_the_menu_has_the_names_of_the_contract() -> None:
    assert {"Account", "LeadSquared", "Fetched", "LeadTable", "LsqError", "RateLimit"} <= set(
        lsq.__all__
    )


def test_an_editor_is_told_the_same_menu_as_a_program() -> None:
    tree = ast.parse(inspect.getsource(lsq))
    block = next(node for node in tree.body if isinstance(node, ast.If))
    told = {
        alias.name: node.module
        for node in block.body
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }
    assert {*told, "__version__"} == set(lsq.__all__) <= set(dir(lsq))
    for name, home in told.items():
        assert getattr(lsq, name) is getattr(import_module(str(home)), name)


def test_what_is_not_on_the_menu_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match=r"^module 'lsq' has no attribute 'pandas'$"):
        lsq.pandas  # type: ignore[attr-defined]  # noqa: B018


def test_importing_it_loads_no_pandas_pyarrow_streamlit_or_requests() -> None:
    heavy = "{'pandas', 'pyarrow', 'streamlit', 'numpy', 'requests', 'sqlite3'}"
    script = f"import sys, lsq; print(*{heavy} & set(sys.modules))"
    run = subprocess.run(  # noqa: S603 - our own interpreter and text
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert run.stdout.strip() == ""


def test_a_program_that_sets_up_no_logging_hears_nothing() -> None:
    assert any(
        isinstance(handler, logging.NullHandler) for handler in logging.getLogger("lsq").handlers
    )
