"""Ages in days and weeks, against the slow way of counting them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lsq.analysis.ages import AGES, age_bands, ageing, band_days, days_since, weekly
from lsq.analysis.text import BLANK
from lsq.analysis.values import Indexed

NOW = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
NOW_S = NOW.timestamp()
ZONES = st.sampled_from(
    [ZoneInfo(name) for name in ("UTC", "Asia/Kolkata", "America/New_York", "Asia/Beirut")]
)
WHEN = st.datetimes(datetime(2023, 1, 1), datetime(2026, 11, 22), timezones=st.just(UTC))  # noqa: DTZ001 - the zone comes with `timezones`
DATES = st.lists(st.none() | WHEN, max_size=40)


def column(*values: datetime | None) -> pd.Series:
    return pd.to_datetime(pd.Series(list(values), dtype="object"), utc=True).dt.as_unit("us")


def ago(days: float) -> datetime:
    return NOW - timedelta(days=days)


def test_days_are_whole_ones_none_before_today_and_a_missing_date_has_none() -> None:
    dates = column(NOW, ago(0.99), ago(1), ago(30.5), ago(-3), None)
    assert days_since(dates, now_s=NOW_S).tolist() == [0, 0, 1, 30, 0, -1]


def test_ages_fall_into_bands_that_end_where_they_say() -> None:
    midnight = NOW.replace(hour=0, minute=0)
    dates = [midnight - timedelta(days=days) for days in (-2, 0, 7, 8, 181, 365, 366)]
    found = age_bands(column(*dates, None), today=NOW.date(), zone=ZoneInfo("UTC"))
    assert [found.names[code] for code in found.codes] == [
        "0–7 days",
        "0–7 days",
        "0–7 days",
        "8–30 days",
        "181–365 days",
        "181–365 days",
        "over 365 days",
        BLANK,
    ]
    assert len(found.names) == len(AGES) + 2


@given(dates=DATES, zone=ZONES)
def test_the_days_of_a_band_hold_exactly_its_dates(
    dates: list[datetime | None], zone: ZoneInfo
) -> None:
    today = NOW.astimezone(zone).date()
    found = age_bands(column(*dates), today=today, zone=zone)
    for place in range(len(found.names)):
        days = band_days(place, today=today)
        for when, code in zip(dates, found.codes, strict=True):
            if days is None or when is None:
                inside = days is None and when is None
            else:
                day = when.astimezone(zone).date()
                inside = (days[0] or day) <= day <= (days[1] or day)
            assert inside == (code == place)


def test_each_stage_has_its_quartiles_and_its_shares_of_old_leads() -> None:
    stages = ["A"] * 4 + ["B"] * 2 + ["C"]
    dates = column(ago(10), ago(20), ago(31), ago(91), ago(5), None, None)
    table = Indexed(pd.DataFrame({"ProspectStage": stages, "CreatedOn": dates}))
    found = ageing(
        table,
        np.ones(7, dtype=np.bool_),
        order=["B", "Empty", "A", "C"],
        dates="CreatedOn",
        now_s=NOW_S,
    ).set_index("stage")
    assert found.index.tolist() == ["B", "Empty", "A", "C"]
    assert found["leads"].tolist() == [1, 0, 4, 0]
    assert found["undated"].tolist() == [1, 0, 0, 1]
    assert found.loc["A", ["low", "median", "high"]].tolist() == [10, 20, 31]
    assert found.loc["A", ["over_30", "over_90"]].tolist() == [0.5, 0.25]
    assert found.loc["B", ["low", "median", "high"]].tolist() == [5, 5, 5]
    assert found.loc[["Empty", "C"], "median":].isna().all(axis=None)


@given(rows=st.lists(st.tuples(st.sampled_from("ABC"), st.none() | WHEN, st.booleans())))
def test_ageing_agrees_with_sorting_each_stage_by_itself(
    rows: list[tuple[str, datetime | None, bool]],
) -> None:
    frame = pd.DataFrame({"ProspectStage": [stage for stage, _, _ in rows]}, dtype="str")
    frame["CreatedOn"] = column(*(when for _, when, _ in rows))
    kept = np.array([flag for _, _, flag in rows], dtype=np.bool_)
    found = ageing(Indexed(frame), kept, order=list("ABC"), dates="CreatedOn", now_s=NOW_S)
    assert found["leads"].sum() + found["undated"].sum() == kept.sum()
    for line in found.itertuples():
        days = sorted(
            (NOW - when).days for stage, when, flag in rows if flag and when and stage == line.stage
        )
        assert line.leads == len(days)
        if days:
            assert line.median == days[(len(days) + 1) // 2 - 1]
            assert line.over_30 == pytest.approx(sum(day > 30 for day in days) / len(days))
            assert line.low <= line.median <= line.high


def test_a_lead_is_in_the_week_of_its_day_in_the_zone() -> None:
    late_sunday = datetime(2026, 11, 22, 20, 0, tzinfo=UTC)  # Monday, 01:30 in Kolkata
    kept = np.array([True])
    for zone, monday in (("UTC", "2026-11-16"), ("Asia/Kolkata", "2026-11-23")):
        found = weekly(column(late_sunday), kept, zone=ZoneInfo(zone))
        assert found["monday"].dt.strftime("%Y-%m-%d").tolist() == [monday]


def test_weeks_without_leads_are_counted_as_none() -> None:
    dates = column(ago(28), ago(0), None)
    found = weekly(dates, np.array([True, True, True]), zone=ZoneInfo("UTC"))
    assert found["leads"].tolist() == [1, 0, 0, 0, 1]


@given(dates=DATES, zone=ZONES, data=st.data())
def test_the_weeks_sum_to_the_dated_leads_kept_and_each_begins_on_a_monday(
    dates: list[datetime | None], zone: ZoneInfo, data: st.DataObject
) -> None:
    flags = data.draw(st.lists(st.booleans(), min_size=len(dates), max_size=len(dates)))
    kept = np.array(flags, dtype=np.bool_)
    found = weekly(column(*dates), kept, zone=zone)
    local = [when.astimezone(zone).date() for when, flag in zip(dates, flags, strict=True)
             if when and flag]  # fmt: skip
    assert found["leads"].sum() == len(local)
    assert (found["monday"].dt.day_of_week == 0).all()
    assert (found["monday"].diff().dropna() == timedelta(days=7)).all()
    for monday, leads in zip(found["monday"].dt.date, found["leads"], strict=True):
        assert leads == sum(monday <= day < monday + timedelta(days=7) for day in local)
