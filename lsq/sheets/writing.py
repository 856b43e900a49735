"""Tables to files; every file written here is a valid input of `reading.read_sheet`.

What a format cannot hold is counted in `Written` where it happens:

- Lone surrogates become U+FFFD everywhere.
- CSV for programs: nothing else; missing and "" are one. Our reader leaves NUL characters out and
  marks their rows.
- CSV for Excel: NUL becomes U+FFFD too; our reader takes off the apostrophes before formulas.
- XLSX: control characters, U+FFFE and U+FFFF become U+FFFD too; text ends at 32,767 characters;
  missing and "" are one; times keep milliseconds.

docs/files.md lists all of it for people, and tests/files fails where anything else changes.
"""

from __future__ import annotations

from lsq.sheets.csv_out import write_csv
from lsq.sheets.written import BarChart, Tab, Written
from lsq.sheets.xlsx_out import lost_in, write_xlsx

__all__ = ["BarChart", "Tab", "Written", "lost_in", "write_csv", "write_xlsx"]
