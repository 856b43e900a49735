"""How much memory a lookup takes at its peak: `lsq fetch` for each kind of file, and the app.

    python tests/benchmarks/memory.py [--leads 100000]

Each is a process of its own, measured by the system when it has ended (Linux); so is the sandbox,
which is not counted. Megabytes are millions of bytes. Figures hold for 100,000 leads x 12 columns.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

# No pandas in here: a process starts with its parent's peak as its own.
from lsq.sandbox import ACCESS_KEY, SECRET_KEY, lead_id  # noqa: E402 - after the path is set
from tests.benchmarks.fetch_speed import COLUMNS, say, server  # noqa: E402 - after the path is set

TWELVE = (*COLUMNS, "Mobile")
FETCH_MB = 300
ENDINGS = (".csv", ".jsonl", ".parquet", ".xlsx")


def peak_mb(*command: str) -> float:
    """Run Python with these arguments against a sandbox; return its peak of resident memory.

    Raises:
        RuntimeError: It did not end well.
    """
    with server(0.0) as sandbox:
        environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith("LSQ_")},
            "LSQ_HOST": sandbox.base_url,
            "LSQ_ACCESS_KEY": ACCESS_KEY,
            "LSQ_SECRET_KEY": SECRET_KEY,
            "PYTHONPATH": str(ROOT),
        }
        process = os.posix_spawn(sys.executable, [sys.executable, *command], environment)
        _, status, used = os.wait4(process, 0)
    if status:
        message = f"{' '.join(command)} ended with {os.waitstatus_to_exitcode(status)}"
        raise RuntimeError(message)
    return used.ru_maxrss * 1024 / 1e6


def fetch(sheet: Path, ending: str) -> float:
    """Return the peak of `lsq fetch` with one file to write."""
    target = f"{sheet.parent / 'leads'}{ending}"
    columns = ",".join(TWELVE)
    return peak_mb(
        *("-m", "lsq", "fetch", str(sheet), "--columns", columns, "--out", target, "--quiet")
    )


def app(sheet: Path) -> float:
    """Let app_memory.py print what the app holds; return its peak, a workbook included."""
    return peak_mb("-m", "tests.benchmarks.app_memory", str(sheet), *TWELVE)


def main() -> None:
    """Measure all of them and print them next to the figures they have to reach."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--leads", type=int, default=100_000)
    options = parser.parse_args()
    say(f"{options.leads:,} leads x {len(TWELVE)} columns, in the memory cache too")
    with tempfile.TemporaryDirectory() as folder:
        sheet = Path(folder) / "ids.csv"
        sheet.write_text("\n".join(["Lead ID", *map(lead_id, range(options.leads))]))
        for ending in ENDINGS:
            peak = fetch(sheet, ending)
            figure = f"{peak / FETCH_MB:5.2f} x the {FETCH_MB} MB"
            say(f"{f'lsq fetch {ending}':38}{peak:6.0f} MB   {figure}")
        app(sheet)


if __name__ == "__main__":
    main()
