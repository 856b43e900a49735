"""How fast a sheet is read and its ids are checked, next to pandas that only reads it.

    python tests/benchmarks/read_sheets.py [--csv 1000000] [--xlsx 100000] [--times 3]

Each measurement is a process of its own, which has the bytes in memory when its clock starts; ours
ends with the ledger. Of several in turn the quickest counts, because other work on the machine only
adds. Memory is what the process and the one that reads for it have resident together (Linux).
"""

from __future__ import annotations

import argparse
import io
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from uuid import UUID

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from tests.benchmarks.stand_in import say  # noqa: E402 - after the path is set

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

CSV_RATIO, XLSX_RATIO, MEMORY_RATIO = 1.5, 2.0, 6.0
_EVERY_S = 0.01
_HEADER = ("Lead ID", "Name", "City", "Amount", "Phone", "Stage")
_CITIES = ("Pune", "Delhi", "Mumbai", "Kochi", "Jaipur")


class Measured(NamedTuple):
    """One reading: seconds, and the most bytes resident at any moment."""

    seconds: float
    peak: int


def rows(count: int) -> Iterator[tuple[str, ...]]:
    """Make rows as an export has them; every id is another."""
    for n in range(count):
        lead = str(UUID(int=(n + 1) * 0x9E3779B97F4A7C15F39CC0605CEDC835 % 2**128))
        stage = ("New", "Won", "Lost")[n % 3]
        yield (
            lead,
            f"Customer {n}",
            _CITIES[n % 5],
            str(n * 7 % 9973),
            str(9_000_000_000 + n),
            stage,
        )


def write_csv(place: Path, count: int) -> None:
    """Write them as CSV: 80 MB for a million."""
    with place.open("w", encoding="utf-8") as file:
        file.write(",".join(_HEADER) + "\n")
        file.writelines(",".join(row) + "\n" for row in rows(count))


def write_xlsx(place: Path, count: int) -> None:
    """Write them as a workbook."""
    import xlsxwriter  # noqa: PLC0415 - the processes that are measured do not have it

    with xlsxwriter.Workbook(place, {"constant_memory": True}) as book:
        sheet = book.add_worksheet("Leads")
        for number, row in enumerate((_HEADER, *rows(count))):
            sheet.write_row(number, 0, row)


def ours(data: bytes, name: str) -> Callable[[], object]:
    """Return what reads the sheet and settles its ledger."""
    from lsq.sheets.id_column import find_ids  # noqa: PLC0415 - each process loads its own side
    from lsq.sheets.ledger import settle  # noqa: PLC0415 - likewise
    from lsq.sheets.reading import read_sheet  # noqa: PLC0415 - likewise

    def work() -> object:
        sheet = read_sheet(data, name=name)
        return sheet, settle(find_ids(sheet), None)

    return work


def pandas(data: bytes, name: str) -> Callable[[], object]:
    """Return what reads the sheet with pandas, and no more."""
    import pandas as pd  # noqa: PLC0415 - each process loads its own side

    if name.endswith(".csv"):
        return lambda: pd.read_csv(io.BytesIO(data), dtype=str)
    return lambda: pd.read_excel(io.BytesIO(data), engine="calamine")


def measure(side: str, place: Path) -> Measured:
    """Read the file in a new process, and watch what it takes.

    Raises:
        RuntimeError: It did not end well.
    """
    command = [sys.executable, __file__, "--read", side, str(place)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:  # noqa: S603 - ours
        peak = 0
        while process.poll() is None:
            peak = max(peak, sum(map(resident_bytes, [process.pid, *children(process.pid)])))
            time.sleep(_EVERY_S)  # noqa: TID251 - a sample is taken now and then
        said = process.communicate()[0]
    if process.returncode:
        message = f"{side} ended with {process.returncode}"
        raise RuntimeError(message)
    return Measured(float(said), peak)


def children(pid: int) -> list[int]:
    """Return the processes that this one has started (Linux)."""
    try:
        listed = [task / "children" for task in Path(f"/proc/{pid}/task").iterdir()]
        return [int(word) for place in listed for word in place.read_text().split()]
    except OSError:  # a thread or the process has ended meanwhile
        return []


def resident_bytes(pid: int) -> int:
    """Return what is resident of a process now; 0 if it has ended."""
    try:
        return int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1]) * 4096
    except (OSError, IndexError):
        return 0


def compare(place: Path, *, times: int, asked: float) -> float:
    """Measure both sides in turn, print their figures, and return the ratio of the times."""
    size = place.stat().st_size
    runs = [(measure("ours", place), measure("pandas", place)) for _ in range(times)]
    mine, other = min(run[0] for run in runs), min(run[1] for run in runs)
    ratio = mine.seconds / other.seconds
    say(f"{place.name}: {size / 1e6:.1f} MB, the quickest of {times}")
    say(f"  bytes to ledger {mine.seconds:7.2f} s   peak {mine.peak / 1e6:5.0f} MB, both processes")
    say(f"  pandas alone    {other.seconds:7.2f} s   peak {other.peak / 1e6:5.0f} MB")
    say(f"  ratio of times  {ratio:7.2f}     asked: {asked} at most")
    if place.suffix == ".csv":  # a workbook is packed
        share = mine.peak / size
        say(f"  peak / file     {share:7.2f}     asked: {MEMORY_RATIO} at most for 80 MB")
    return ratio


def read(side: str, place: Path) -> None:
    """Be one measurement: print the seconds."""
    data = place.read_bytes()
    work = {"ours": ours, "pandas": pandas}[side](data, place.name)
    started = time.perf_counter()
    work()
    say(f"{time.perf_counter() - started:.4f}")


def main() -> None:
    """Compare a CSV and a workbook."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--csv", type=int, default=1_000_000, help="rows")
    parser.add_argument("--xlsx", type=int, default=100_000, help="rows")
    parser.add_argument("--times", type=int, default=3)
    parser.add_argument("--read", nargs=2, metavar=("SIDE", "FILE"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.read:
        read(options.read[0], Path(options.read[1]))
        return
    with tempfile.TemporaryDirectory() as folder:
        for name, write, count, asked in (
            ("leads.csv", write_csv, options.csv, CSV_RATIO),
            ("leads.xlsx", write_xlsx, options.xlsx, XLSX_RATIO),
        ):
            if count:
                write(Path(folder) / name, count)
                compare(Path(folder) / name, times=options.times, asked=asked)


if __name__ == "__main__":
    main()
