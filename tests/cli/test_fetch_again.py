"""`lsq fetch` of a file of ours: what was asked for the last time is asked for again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import pytest

from lsq.sandbox import lead_id
from lsq.sheets.parsing.parse import parse_sheet

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from lsq.sheets.saved_setup import SavedSetup
    from tests.cli.conftest import Ran

    Run = Callable[..., Ran]

pytestmark = pytest.mark.usefixtures("sandbox")
ASKED = ("--columns", "ProspectStage,Phone,CreatedOn", "--timezone", "Asia/Kolkata")


@pytest.fixture
def ours(lsq: Run, sheet: Path, tmp_path: Path) -> Path:
    """Write a masked workbook of the sheet's leads."""
    path = tmp_path / "ours.xlsx"
    assert lsq("fetch", sheet, *ASKED, "--mask", "--out", path).code == 0
    return path


def leads(path: Path) -> pd.DataFrame:
    return pd.read_excel(path, dtype=object, keep_default_na=False, engine="openpyxl")


def setup(path: Path) -> SavedSetup:
    found = parse_sheet(path.read_bytes(), name=path.name).setup
    assert found is not None
    return found


def test_it_is_set_up_as_in_the_file_and_says_so(lsq: Run, ours: Path, tmp_path: Path) -> None:
    again = tmp_path / "again.xlsx"
    ran = lsq("fetch", ours, "--out", again)
    said = "id column Lead ID, 3 columns, phones and e-mails masked, times in Asia/Kolkata."
    assert ran.err.startswith(f"lsq: Set up as in the file: {said}\n")
    pd.testing.assert_frame_equal(leads(again), leads(ours))
    assert setup(again) == setup(ours)


def test_quiet_says_nothing(lsq: Run, ours: Path, tmp_path: Path) -> None:
    assert lsq("fetch", ours, "--quiet", "--out", tmp_path / "again.csv").err == ""


def test_what_is_asked_for_otherwise_is_not_taken_from_the_file(
    lsq: Run, ours: Path, tmp_path: Path
) -> None:
    again = tmp_path / "again.xlsx"
    options = ("--columns", "Score", "--timezone", "UTC", "--no-mask", "--leads-only")
    ran = lsq("fetch", ours, *options, "--out", again)
    assert ran.err.startswith("lsq: Set up as in the file: id column Lead ID.\n")
    assert list(leads(again)) == ["ProspectID", "Score"]
    ran = lsq("fetch", again, *options, "--id-column", "ProspectID", "--out", tmp_path / "b.csv")
    assert "Set up" not in ran.err


def test_one_row_per_lead_stays_so_until_it_is_asked_otherwise(
    lsq: Run, sheet: Path, tmp_path: Path
) -> None:
    first, second, third = (tmp_path / f"{name}.parquet" for name in "abc")
    lsq("fetch", sheet, "--columns", "Score", "--leads-only", "--out", first)
    assert "one row per lead" in lsq("fetch", first, "--out", second).err
    pd.testing.assert_frame_equal(pd.read_parquet(second), pd.read_parquet(first))
    lsq("fetch", first, "--no-leads-only", "--out", third)
    assert list(pd.read_parquet(third)) == [
        "ProspectID", "Outcome", "ProspectID (LeadSquared)", "Score",
    ]  # fmt: skip
    assert pd.read_parquet(third)["ProspectID"].tolist() == [lead_id(1), lead_id(2)]


def test_a_zone_that_is_none_is_left_alone(
    lsq: Run, ours: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("lsq.cli.sheet_arguments.available_timezones", lambda: {"UTC"})
    ran = lsq("fetch", ours, "--out", tmp_path / "again.xlsx")
    assert "times in" not in ran.err
    assert setup(tmp_path / "again.xlsx").zone == "UTC"


def test_a_fetch_of_ids_alone_stays_one(lsq: Run, sheet: Path, tmp_path: Path) -> None:
    first, second = tmp_path / "a.parquet", tmp_path / "b.parquet"
    lsq("fetch", sheet, "--columns", "", "--out", first)
    lsq("fetch", first, "--out", second)
    assert list(pd.read_parquet(second)) == ["Lead ID", "Note", "Outcome", "ProspectID"]
