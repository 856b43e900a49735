"""Figures as people read them."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lsq.analysis.words import age_range, count, counted, decimal, duration, share, size

MINUS = "\N{MINUS SIGN}"
DASH = "\N{EN DASH}"


@pytest.mark.parametrize(("number", "written"), [(4812, "4,812"), (0, "0"), (-5, f"{MINUS}5")])
def test_digits_are_grouped_in_threes(number: int, written: str) -> None:
    assert count(number) == written


@pytest.mark.parametrize(
    ("number", "written"),
    [(1234567.0, "1,234,567"), (1234.5, "1,234.5"), (-0.5, f"{MINUS}0.5"), (0, "0"), (-3, "−3")],
)
def test_a_number_keeps_what_it_has_after_the_point(number: float, written: str) -> None:
    assert decimal(number) == written


def test_a_noun_follows_its_number() -> None:
    assert counted(1, "lead") == "1 lead"
    assert counted(0, "lead") == "0 leads"
    assert counted(4812, "reply", "replies") == "4,812 replies"


@pytest.mark.parametrize(
    ("part", "written"),
    [
        (0.245, "24.5%"),
        (0.0, "0.0%"),
        (1.0, "100.0%"),
        (0.0004, "<0.1%"),
        (0.0006, "0.1%"),
        (4794 / 4795, ">99.9%"),
        (0.9994, "99.9%"),
    ],
)
def test_a_share_has_one_place_and_never_hides_a_few(part: float, written: str) -> None:
    assert share(part) == written


def test_a_share_of_what_is_here_so_far_is_marked() -> None:
    assert share(0.2449, places=0, partial=True) == "~24%"
    assert share(0.004, places=0) == "<1%"
    assert share(0.996, places=0, partial=True) == "~>99%"
    assert share(0.99999, places=2) == ">99.99%"


@pytest.mark.parametrize(
    ("seconds", "written"),
    [
        (0, "0 s"),
        (1.3, "1.3 s"),
        (2.04, "2 s"),
        (9.96, "10 s"),
        (59.7, "1 min"),
        (125, "2 min 5 s"),
        (900, "15 min"),
        (3599.6, "1 h"),
        (2 * 3600 + 14 * 60 + 20, "2 h 14 min"),
        (86399, "1 d"),
        (86400 + 7200, "1 d 2 h"),
    ],
)
def test_a_time_span_has_at_most_two_units(seconds: float, written: str) -> None:
    assert duration(seconds) == written


@given(st.floats(0, 1e9))
def test_no_unit_of_a_time_span_runs_over(seconds: float) -> None:
    parts = re.findall(r"(\d+(?:\.\d)?) (d|h|min|s)\b", duration(seconds))
    limits = {"s": 60, "min": 60, "h": 24, "d": 1e9}
    assert 1 <= len(parts) <= 2
    assert all(float(number) < limits[unit] for number, unit in parts)


@pytest.mark.parametrize(
    ("newest_s", "oldest_s", "written"),
    [
        (130, 38 * 60, f"2{DASH}38 min old"),
        (5, 14 * 60, f"0{DASH}14 min old"),
        (-3, 59, "under 1 min old"),
        (130, 150, "2 min old"),
        (14 * 60, 8040, f"14 min {DASH} 2 h 14 min old"),
        (0, 3600, f"0 min {DASH} 1 h old"),
        (8040, 8050, "2 h 14 min old"),
    ],
)
def test_ages_are_a_range_in_minutes(newest_s: float, oldest_s: float, written: str) -> None:
    assert age_range(newest_s=newest_s, oldest_s=oldest_s) == written


@pytest.mark.parametrize(
    ("size_bytes", "written"),
    [
        (0, "0 B"),
        (512, "512 B"),
        (999.7, "1 kB"),
        (1_200_000, "1.2 MB"),
        (12_400_000, "12 MB"),
        (690_000_000, "690 MB"),
        (999_999_999, "1 GB"),
        (3_000_000_000_000, "3,000 GB"),
    ],
)
def test_sizes_are_in_powers_of_a_thousand(size_bytes: float, written: str) -> None:
    assert size(size_bytes) == written


def test_words_and_columns_can_be_had_without_pandas() -> None:
    code = "import sys, lsq.analysis.columns, lsq.analysis.words; print('pandas' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)  # noqa: S603 - our own interpreter and code
    assert done.stdout.strip() == "False"
