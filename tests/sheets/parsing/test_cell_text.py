"""A workbook's cells as a person would write them."""

from __future__ import annotations

import datetime as dt

import pytest

from lsq.sheets.parsing.cell_text import cell_text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("007", "007"),
        (5.0, "5"),
        (-0.25, "-0.25"),
        (7, "7"),
        (0.1 + 0.2, "0.3"),
        (919876543210.0, "919876543210"),
        (1.23456789012345e18, "1234567890123450000"),
        (1e-7, "0.0000001"),
        (1e300, "1e+300"),
        (True, "TRUE"),
        (False, "FALSE"),
        (dt.date(2026, 6, 14), "2026-06-14"),
        (dt.datetime(2026, 6, 14, 9, 12), "2026-06-14 09:12:00"),  # noqa: DTZ001  # sheets know no zone
        (dt.datetime(2026, 6, 14, 9, 11, 59, 999999), "2026-06-14 09:12:00"),  # noqa: DTZ001
        (dt.datetime(2026, 6, 14, 9, 12, 0, 250000), "2026-06-14 09:12:00.250"),  # noqa: DTZ001
        (dt.time(9, 12), "09:12:00"),
        (dt.timedelta(hours=30, minutes=5), "30:05:00"),
    ],
)
def test_a_cell_is_written_as_a_person_would(value: object, text: str) -> None:
    assert cell_text(value) == text
