"""How fast files are written, next to pyarrow that writes the bare table.

    python tests/benchmarks/files.py [--rows 100000] [--times 5]

Twenty columns: an analyst's, the outcome and a lead's, with texts, categories, a number and times.
Both sides write the same rows in the same run, in turns; of several the quickest counts. A file
from a lookup begins with the leads as they were fetched: it is joined first, part by part.
"""

from __future__ import annotations

import argparse
import io
import sys
import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from uuid import UUID

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

import numpy as np  # noqa: E402 - after the path is set
import pandas as pd  # noqa: E402 - after the path is set
import pyarrow as pa  # noqa: E402 - after the path is set
import pyarrow.csv as pa_csv  # noqa: E402 - after the path is set
import pyarrow.parquet as pq  # noqa: E402 - after the path is set

from lsq import Account  # noqa: E402 - after the path is set
from lsq.api.models import Fetched, LeadTable  # noqa: E402 - after the path is set
from lsq.api.text_column import TextColumn  # noqa: E402 - after the path is set
from lsq.lookup.choice import Choice, Form  # noqa: E402 - after the path is set
from lsq.lookup.files import file_parts  # noqa: E402 - after the path is set
from lsq.lookup.plan import Plan  # noqa: E402 - after the path is set
from lsq.lookup.run import settled  # noqa: E402 - after the path is set
from lsq.lookup.view import View  # noqa: E402 - after the path is set
from lsq.sheets.columnar_out import write_jsonl, write_parquet  # noqa: E402
from lsq.sheets.csv_out import write_csv  # noqa: E402 - after the path is set
from lsq.sheets.id_column import find_ids  # noqa: E402 - after the path is set
from lsq.sheets.sheet import Sheet  # noqa: E402 - after the path is set
from tests.benchmarks.stand_in import say  # noqa: E402 - after the path is set

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy.typing as npt

CSV_RATIO = PARQUET_RATIO = 1.5
EXCEL_CSV_RATIO = 8.0
PAGE = 1000
OWN = 6
"""The analyst's columns come first, then `Outcome`, then the lead's."""

_WORDS = np.array(
    ["Anita", "Rao", "Contacted", "campaign june", "Mumbai", "=1+1", "https://a.example", "Pune"],
    dtype=object,
)


class Figure(NamedTuple):
    """What was measured: seconds of ours and of the rival, and how many times its time is asked."""

    what: str
    ours_s: float
    rival_s: float
    asked: float | None = None

    @property
    def ratio(self) -> float:
        """How many times as long ours takes."""
        return self.ours_s / self.rival_s

    def __str__(self) -> str:
        """Say it in a line."""
        asked = "" if self.asked is None else f"   asked: {self.asked:g} at most"
        times = f"{self.ours_s:7.3f} s, pyarrow {self.rival_s:.3f} s"
        return f"{self.what:34}{times}   ratio {self.ratio:5.2f}{asked}"


def frame(rows: int) -> pd.DataFrame:
    """Make rows as a lookup joins them, the lead's columns typed."""
    dice = np.random.default_rng(1)

    def words() -> npt.NDArray[np.object_]:
        return _WORDS[dice.integers(0, len(_WORDS), rows)]

    def times() -> pd.Series[pd.Timestamp]:
        seconds = pd.to_timedelta(dice.integers(0, 10**7, rows), unit="s")
        return pd.Series(pd.Timestamp("2026-01-01") + seconds)

    ids = [str(UUID(bytes=dice.bytes(16), version=4)) for _ in range(rows)]
    columns: dict[str, object] = {"Lead Id": ids}
    columns |= {f"Own {number}": words() for number in range(1, OWN)}
    columns |= {"Outcome": pd.Categorical(np.repeat(["found"], rows)), "ProspectID": ids}
    columns |= {name: words() for name in ("FirstName", "LastName", "mx_City", "Source")}
    columns |= {name: pd.Categorical(words()) for name in ("ProspectStage", "OwnerIdName")}
    columns |= {
        "EmailAddress": [f"lead{number}@example.com" for number in range(rows)],
        "Phone": [f"+91-98{number:08d}" for number in range(rows)],
        "Notes": [f"note number {number} about something" for number in range(rows)],
        "Score": pd.Series(dice.integers(0, 200, rows)).where(dice.random(rows) > 0.1),
        "CreatedOn": times().where(dice.random(rows) > 0.1),
        "ModifiedOn": times(),
    }
    return pd.DataFrame(columns)


def view(made: pd.DataFrame) -> View:
    """Make the lookup that ends in such rows: its sheet, and its leads as raw text."""
    own, leads = made.iloc[:, :OWN], made.iloc[:, OWN + 1 :]
    table = pa.Table.from_pandas(own, preserve_index=False)
    texts = [pa.array(column.to_pylist(), type=pa.string()) for column in table.columns]
    sheet = Sheet(
        name="list.csv",
        table=pa.table(texts, names=table.column_names),
        row_numbers=np.arange(2, len(made) + 2),
    )
    cells = find_ids(sheet, column="Lead Id")
    columns = {str(name): fetched_texts(leads[name]) for name in leads}
    fetched = LeadTable(ids=cells.ids, columns=columns, fetched_at=[0.0] * len(made))
    return View(
        lookup=settled(
            sheet,
            Plan(cells=cells, ids=cells.ids, left_out=(), columns=tuple(columns)),
            Fetched(leads=fetched),
            account=Account(host="api.leadsquared.com", access_key="none", secret_key="none"),  # noqa: S106 - made up
        )
    )


def fetched_texts(values: pd.Series) -> TextColumn:
    """Make a column of raw text as answers bring it, a page each."""
    texts = [None if pd.isna(value) else str(value) for value in values]
    return TextColumn(*(TextColumn(texts[at : at + PAGE]) for at in range(0, len(texts), PAGE)))


def bare_csv(table: pa.Table) -> None:
    """Write the table as pyarrow does, every value quoted as in ours."""
    pa_csv.write_csv(table, io.BytesIO(), pa_csv.WriteOptions(quoting_style="all_valid"))


def bare_parquet(table: pa.Table) -> None:
    """Write the table as pyarrow does, packed as ours."""
    pq.write_table(table, io.BytesIO(), compression="zstd")


def compare(
    what: str,
    ours: Callable[[], object],
    rival: Callable[[], object],
    *,
    times: int,
    asked: float | None = None,
) -> Figure:
    """Let both work in turns and take the quickest of each."""
    runs = [(_seconds(ours), _seconds(rival)) for _ in range(times)]
    return Figure(what, min(run[0] for run in runs), min(run[1] for run in runs), asked)


def _seconds(work: Callable[[], object]) -> float:
    started_s = time.perf_counter()
    work()
    return time.perf_counter() - started_s


def writers(made: pd.DataFrame, *, times: int) -> list[Figure]:
    """Measure the writers on the very rows that pyarrow has as a table."""
    table = pa.Table.from_pandas(made, preserve_index=False)

    plain, packed = partial(bare_csv, table), partial(bare_parquet, table)
    pairs = (
        ("CSV for programs", partial(write_csv, made), plain, CSV_RATIO),
        ("CSV for Excel", partial(write_csv, made, for_excel=True), plain, EXCEL_CSV_RATIO),
        ("Parquet", partial(write_parquet, made), packed, PARQUET_RATIO),
        ("JSON lines, next to CSV", partial(write_jsonl, made), plain, None),
    )
    return [
        compare(what, ours, rival, times=times, asked=asked) for what, ours, rival, asked in pairs
    ]


def from_lookup(made: pd.DataFrame, *, times: int) -> list[Figure]:
    """Measure the whole way from the leads as they were fetched."""
    table, looked_up = pa.Table.from_pandas(made, preserve_index=False), view(made)

    def whole(form: Form) -> Callable[[], object]:
        return lambda: sum(len(part.data) for part in file_parts(looked_up, Choice(form=form)))

    def bare(form: Form) -> Callable[[], object]:
        return partial(bare_parquet if form is Form.PARQUET else bare_csv, table)

    return [
        compare(f"{form} from a lookup", whole(form), bare(form), times=times)
        for form in (Form.CSV, Form.EXCEL_CSV, Form.PARQUET, Form.JSONL)
    ]


def main() -> None:
    """Measure all and print a line for each."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--times", type=int, default=5)
    options = parser.parse_args()
    made = frame(options.rows)
    say(f"{len(made):,} rows x {made.shape[1]} columns, the quickest of {options.times}")
    for figure in (*writers(made, times=options.times), *from_lookup(made, times=options.times)):
        say(str(figure))


if __name__ == "__main__":
    main()
