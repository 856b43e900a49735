"""Times as sheets write them are found again; a time that has moved is seen."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lsq.analysis.sheet_times import read_share, same_times, without_zone, zone_of
from lsq.analysis.text import text_series

NOW = pd.to_datetime(
    pd.Series(
        ["2026-01-05 20:15:30", "2026-06-14 03:42:07", "2026-11-30 23:59:59", "2025-02-27 11:00:01"]
        + [f"2026-03-{day:02d} 0{day % 10}:1{day % 6}:2{day % 7}" for day in range(1, 29)]
    ),
    utc=True,
).astype("datetime64[us, UTC]")


def written(way: str, zone: str = "UTC") -> pd.Series:
    return NOW.dt.tz_convert(zone).dt.strftime(way).astype("str")


@pytest.mark.parametrize(
    ("way", "zone", "header"),
    [
        ("%Y-%m-%d %H:%M:%S", "Asia/Kolkata", "CreatedOn (Asia/Kolkata)"),
        ("%Y-%m-%d %H:%M:%S", "America/New_York", "CreatedOn (America/New_York)"),
        ("%Y-%m-%d %H:%M:%S", "UTC", "CreatedOn (UTC)"),
        ("%Y-%m-%d %H:%M:%S.000", "UTC", "CreatedOn"),
        ("%Y-%m-%dT%H:%M:%S%z", "Asia/Kolkata", "CreatedOn"),
        ("%Y-%m-%d %H:%M:%S", "Asia/Kolkata", "Created"),
        ("%Y-%m-%d %H:%M:%S", "America/New_York", "Created"),
        ("%d/%m/%Y %H:%M", "Asia/Kolkata", "Created"),
        ("%m/%d/%Y %I:%M %p", "America/New_York", "Created"),
        ("%d-%m-%y %H:%M:%S", "Asia/Kathmandu", "Created"),
        ("%d %b %Y, %I:%M:%S %p", "Asia/Kolkata", "Created"),
        ("%B %d, %Y %H:%M", "UTC", "Created"),
        ("%d/%m/%Y", "Asia/Kolkata", "Created"),
        ("%m/%d/%Y", "America/Los_Angeles", "Created"),
        ("%d-%b-%Y", "Asia/Tokyo", "Created"),
        ("%Y-%m-%d", "Asia/Kolkata", "Created"),
        ("%Y.%m.%d", "UTC", "Created"),
        ("%d.%m.%Y", "Asia/Kolkata", "Created (Asia/Kolkata)"),
    ],
)
def test_the_same_time_is_found_however_it_is_written(way: str, zone: str, header: str) -> None:
    old = written(way, zone)
    assert read_share(old) == 1.0
    assert same_times(old, NOW, header=header)[0].all()


@pytest.mark.parametrize(
    ("way", "moved"), [("%Y-%m-%d %H:%M:%S", "1s"), ("%d/%m/%Y %H:%M", "1min"), ("%d/%m/%Y", "1D")]
)
def test_a_move_by_the_smallest_step_written_is_seen(way: str, moved: str) -> None:
    later = NOW.copy()
    later.iloc[3] += pd.Timedelta(moved)
    found, _ = same_times(written(way, "Asia/Kolkata"), later)
    assert [place for place, is_same in enumerate(found) if not is_same] == [3]


@pytest.mark.parametrize("iso", ["%Y-%m-%d", "%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M:%S%z"])
@pytest.mark.parametrize("rows", [1, 10, 31])
@pytest.mark.parametrize("way", ["%d/%m/%Y", "%d %b %Y, %I:%M %p"])
def test_iso_rows_and_others_of_one_column_are_both_read(iso: str, rows: int, way: str) -> None:
    first = NOW.index < rows
    old = written(iso, "Asia/Kolkata").where(first, written(way, "Asia/Kolkata"))
    assert read_share(old) == 1.0
    alike, unread = same_times(old, NOW)
    assert alike.all()
    assert not unread.any()


@pytest.mark.parametrize("way", ["%d/%m/%Y", "%Y-%m-%d", "%m/%d/%Y", "%Y-%m-%d 00:00", "%d %b %Y"])
@pytest.mark.parametrize("header", ["Visit", "Visit (Asia/Kolkata)"])
def test_days_without_times_are_compared_as_days_of_no_zone(way: str, header: str) -> None:
    days = NOW.dt.tz_localize(None).dt.floor("D")
    old = days.dt.strftime(way).astype("str")
    assert same_times(old, days, header=header)[0].all()
    later = (days + pd.Timedelta("1D")).dt.strftime(way).astype("str")
    alike, unread = same_times(later, days, header=header)
    assert not alike.any()
    assert not unread.any()


def test_a_sheet_that_has_times_where_the_account_has_days_is_compared_by_day() -> None:
    days = NOW.dt.tz_localize(None).dt.floor("D")
    assert same_times(written("%Y-%m-%d %H:%M:%S"), days)[0].all()


@pytest.mark.parametrize("zone", ["America/New_York", "Asia/Kolkata", "Europe/London", "UTC"])
def test_days_that_stood_as_times_of_a_zone_are_the_days_of_the_account(zone: str) -> None:
    days = NOW.dt.tz_localize(None).dt.floor("D")
    old = days.dt.tz_localize("UTC").dt.tz_convert(zone).dt.strftime("%Y-%m-%d %H:%M:%S")
    header = f"Visit ({zone})"
    assert same_times(old.astype("str"), days, header=header)[0].all()
    assert not same_times(old.astype("str"), days + pd.Timedelta("1D"), header=header)[0].any()


def test_among_iso_rows_and_others_a_day_later_is_seen_in_either() -> None:
    old = written("%d/%m/%Y").mask(NOW.index % 3 == 0, written("%Y-%m-%d"))
    later = NOW + pd.to_timedelta((NOW.index < 2).astype("int64"), unit="D")
    assert same_times(old, later)[0].tolist() == [False] * 2 + [True] * (len(NOW) - 2)


def test_what_is_neither_iso_nor_a_date_is_unread_alone() -> None:
    old = written("%Y-%m-%d").where(NOW.index > 0, "soon")
    alike, unread = same_times(old, NOW)
    assert unread.tolist() == [True] + [False] * (len(NOW) - 1)
    assert alike[1:].all()


def test_blank_and_missing_are_the_same_and_neither_is_a_time() -> None:
    old = text_series(["", None, " ", "2026-06-14 03:42:07"])
    now = pd.Series([pd.NaT, pd.NaT, NOW[1], pd.NaT]).astype("datetime64[us, UTC]")
    assert same_times(old, now)[0].tolist() == [True, True, False, False]


def test_what_cannot_be_read_is_not_called_changed() -> None:
    old = text_series(["soon", "2026-06-14 03:42:07"])
    alike, unread = same_times(old, NOW[:2].iloc[::-1].reset_index(drop=True))
    assert (alike.tolist(), unread.tolist()) == ([False, False], [True, False])
    assert same_times(text_series(["soon", "later"]), NOW[:2])[1].all()
    assert read_share(text_series(["soon", "later"])) == 0.0
    assert read_share(text_series([])) == 0.0


@pytest.mark.parametrize(
    ("header", "name", "zone"),
    [
        ("CreatedOn (Asia/Kolkata)", "CreatedOn", "Asia/Kolkata"),
        ("Created (UTC)", "Created", "UTC"),
        ("Created (Nowhere/Land)", "Created", None),
        ("Fee (paid)", "Fee (paid)", None),
        ("Created", "Created", None),
    ],
)
def test_a_header_names_its_zone_as_our_files_do(header: str, name: str, zone: str | None) -> None:
    assert without_zone(header) == name
    found = zone_of(header)
    assert (found and found.key) == zone


@given(
    days=st.lists(st.datetimes(pd.Timestamp("1990-01-01"), pd.Timestamp("2090-01-01")), min_size=1)
)
def test_our_own_way_to_write_times_is_always_read_back(days: list[pd.Timestamp]) -> None:
    now = pd.Series(pd.to_datetime(days, utc=True)).dt.floor("s").astype("datetime64[us, UTC]")
    there = now.dt.tz_convert("Asia/Kolkata").dt.strftime("%Y-%m-%d %H:%M:%S").astype("str")
    assert same_times(there, now, header="CreatedOn (Asia/Kolkata)")[0].all()


def test_naughty_times_are_compared_without_an_error(naughty: list[str | None]) -> None:
    now = pd.Series(pd.to_datetime([None] * len(naughty), utc=True))
    assert all(len(each) == len(naughty) for each in same_times(text_series(naughty), now))
