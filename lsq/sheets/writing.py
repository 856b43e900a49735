"""Tables to files; every file written here is a valid input of `reading.read_sheet`.

What a format cannot hold is declared here, and counted in `Written` where it happens:

- CSV for programs: nothing but lone surrogates, which become U+FFFD; missing and "" are one. Our
  reader leaves NUL characters out and marks their rows.
- CSV for Excel: the same; the apostrophes before formulas are taken off by our reader.
- XLSX: control characters, U+FFFE, U+FFFF and lone surrogates become U+FFFD; text ends at 32,767
  characters; missing and "" are one; numbers keep 15 digits, times milliseconds.
"""

from __future__ import annotations

from lsq.sheets.csv_out import write_csv
from lsq.sheets.written import BarChart, Tab, Written
from lsq.sheets.xlsx_out import write_xlsx

__all__ = ["BarChart", "Tab", "Written", "write_csv", "write_xlsx"]
