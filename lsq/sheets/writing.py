"""Tables to files; every file written here is a valid input of `reading.read_sheet`.

What a format cannot hold is counted in `Written` where it happens. docs/files.md lists all of it
for people, and tests/files fails where anything else changes.
"""

from __future__ import annotations

from lsq.sheets.columnar_out import write_jsonl, write_parquet
from lsq.sheets.csv_out import write_csv
from lsq.sheets.written import BarChart, Tab, Written
from lsq.sheets.xlsx_out import lost_in, write_xlsx

__all__ = [
    "BarChart",
    "Tab",
    "Written",
    "lost_in",
    "write_csv",
    "write_jsonl",
    "write_parquet",
    "write_xlsx",
]
