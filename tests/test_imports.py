"""The arrows of the house: who may import whom, read from the syntax tree.

    app, pages -> ui -> lookup -> analysis, sheets, api          cli -> lookup
    ui, cli -> sandbox, settings                                 sandbox -> nothing of lsq

Going further down is allowed (ui may use analysis); going up or sideways is not.
"""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[1]

SEAMS = {"lsq.api.models", "lsq.api.lead_id", "lsq.api.errors"}
LOOKUP = {"lsq.lookup", "lsq.analysis", "lsq.sheets", "lsq.api", "lsq.__version__"}
MAY_IMPORT = {
    "app": {"pages", "lsq.ui"},
    "pages": {"app", "lsq.ui"},
    "lsq.ui": {"lsq.sandbox", "lsq.settings"} | LOOKUP,
    "lsq.cli": {"lsq.sandbox", "lsq.settings"} | LOOKUP,
    "lsq.lookup": LOOKUP,
    "lsq.analysis": SEAMS,
    "lsq.sheets": SEAMS,
    "lsq.settings": {"lsq.api", "lsq.settings_access", "lsq.settings_source", "lsq.sheets.limits"},
    "lsq.settings_access": {"lsq.api", "lsq.settings_source"},
    "lsq.settings_source": {"lsq.api"},
    "lsq.api": set(),
    "lsq.sandbox": set(),
    "lsq.__main__": {"lsq.cli"},
    "lsq": {"lsq.api"},
}
"""Each room and the rooms it may import; its own modules it always may."""

ONLY_IN = {
    "streamlit": {"app", "pages", "lsq.ui"},
    "plotly": {"lsq.ui"},
    "requests": {"lsq.api.transport"},
    "urllib3": {"lsq.api.transport"},
    "sqlite3": {"lsq.api.cache"},
    "redis": {
        "lsq.api.shared",
        "lsq.api.cache.redis",
        "lsq.api.rate_limit.redis",
        "lsq.api.rate_limit.board",
    },
    "xlsxwriter": {"lsq.sheets"},
    "python_calamine": {"lsq.sheets"},
    "pandas": {"lsq.sheets", "lsq.analysis", "lsq.lookup", "lsq.ui", "lsq.cli"},
    "pyarrow": {"lsq.sheets", "lsq.analysis", "lsq.lookup"},
}
"""Libraries and the only rooms that may import them."""


def inside(module: str, rooms: set[str]) -> bool:
    return any(module == room or module.startswith(f"{room}.") for room in rooms)


def room_of(module: str) -> str:
    """Return the most exact room of `MAY_IMPORT` that holds `module`."""
    return max((room for room in MAY_IMPORT if inside(module, {room})), key=len)


def imports(source: str) -> Iterator[str]:
    """Yield the full name of everything a module imports, also inside functions."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def violations(module: str, source: str) -> list[str]:
    """Name every import of `source`, a module called `module`, that points the wrong way."""
    room = room_of(module)
    own = set() if room == "lsq" else {room}
    found = []
    for name in imports(source):
        if name.split(".")[0] in {"lsq", "app", "pages"}:
            good = inside(name, MAY_IMPORT[room] | own)
        else:
            good = inside(module, ONLY_IN.get(name.split(".")[0], {module}))
        if not good:
            found.append(f"{module} imports {name}")
    return found


def modules() -> list[tuple[str, Path]]:
    """Return the name and path of every module of the house."""
    found = []
    for path in [
        ROOT / "app.py",
        *sorted((ROOT / "pages").glob("*.py")),
        *sorted((ROOT / "lsq").rglob("*.py")),
    ]:
        parts = path.relative_to(ROOT).with_suffix("").parts
        found.append((".".join(parts[:-1] if parts[-1] == "__init__" else parts), path))
    return found


@pytest.mark.parametrize(("module", "path"), modules(), ids=lambda value: str(value)[-40:])
def test_every_import_goes_down(module: str, path: Path) -> None:
    assert violations(module, path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    ("module", "planted"),
    [
        ("lsq.api.wire", "import pandas as pd"),
        ("lsq.api.client", "import requests"),
        ("lsq.api.cache", "import redis"),
        ("lsq.api.client", "from lsq.sheets import reading"),
        ("lsq.sheets.reading", "import streamlit as st"),
        ("lsq.sheets.ledger", "from lsq.api.client import LeadSquared"),
        ("lsq.analysis.frames", "from lsq.sheets import joining"),
        ("lsq.lookup.run", "from lsq.ui import state"),
        ("lsq.lookup.run", "from lsq.sandbox import Sandbox"),
        ("lsq.sandbox.server", "from lsq.api.models import LeadTable"),
        ("lsq.sandbox.server", "def late():\n    import lsq.api.wire"),
        ("lsq.cli.fetch", "from lsq.ui import jobs"),
        ("pages.leads", "from lsq.analysis import stages"),
        ("lsq", "from lsq.sheets import reading"),
    ],
)
def test_a_planted_bad_import_is_seen(module: str, planted: str) -> None:
    assert len(violations(module, planted)) == 1


@pytest.mark.parametrize(
    ("module", "good"),
    [
        ("lsq.api.client", "from lsq.api.wire import read_page"),
        ("lsq.sheets.ledger", "from lsq.api.models import Outcome"),
        ("lsq.ui.charts.stage_bars", "from lsq.analysis.stages import stage_counts"),
        ("lsq", "from lsq.api.client import LeadSquared"),
        ("lsq.cli.main", "from lsq import __version__"),
    ],
)
def test_a_good_import_is_let_through(module: str, good: str) -> None:
    assert violations(module, good) == []


def test_page_files_hold_no_statement_that_would_run_without_the_access_check() -> None:
    for path in sorted((ROOT / "pages").glob("*.py")):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.If):
                assert ast.unparse(node) == "if __name__ == '__main__':\n    app.main()"
            else:
                assert isinstance(node, (ast.Import, ast.ImportFrom, ast.FunctionDef)) or (
                    isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
                ), f"{path.name}:{node.lineno}"


def test_every_page_wears_the_screen() -> None:
    for path in sorted((ROOT / "pages").glob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        page = next(n for n in tree.body if isinstance(n, ast.FunctionDef) and n.name == "page")
        assert ast.unparse(page.decorator_list[0]).startswith("screen"), path.name


def test_fragments_and_dialogs_are_made_in_the_screen_only_so_that_each_is_checked() -> None:
    for module, path in modules():
        if module != "lsq.ui.screen":
            text = path.read_text(encoding="utf-8")
            assert "st.fragment" not in text, module
            assert "st.dialog" not in text, module


def test_import_lsq_loads_no_pandas_and_needs_no_redis() -> None:
    heavy = {"pandas", "pyarrow", "redis", "streamlit"}
    code = f"import lsq, sys; print(sorted({heavy} & set(sys.modules)))"
    done = subprocess.run(  # noqa: S603 - our own interpreter on our own text
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


def test_no_file_or_function_outgrows_the_house() -> None:
    for module, path in modules():
        text = path.read_text(encoding="utf-8")
        limit = 60 if module.startswith("pages.") else 250
        assert text.count("\n") <= limit, module
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
                assert (node.end_lineno or 0) - node.lineno < 50, f"{module}.{node.name}"
