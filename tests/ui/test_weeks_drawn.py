"""Which weeks are drawn, and what is said of the leads that were created in others."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from lsq.analysis.stages import STAGE

if TYPE_CHECKING:
    from tests.ui.kinds import FetchOf, Said, Visit


def created(*days_ago: int) -> dict[str, list[str]]:
    """Return leads that were created so many days ago; below 0 that is still to come."""
    now = datetime.now(tz=UTC)
    dates = [f"{now - timedelta(days=days):%Y-%m-%d %H:%M:%S}" for days in days_ago]
    return {STAGE: ["Prospect"] * len(dates), "CreatedOn": dates}


def test_a_date_in_a_far_year_leaves_the_weeks_before_today_in_the_chart(
    visit: Visit, fetch_of: FetchOf, said: Said
) -> None:
    at = visit("stages", mine=fetch_of(columns=created(0, 21, 21, 500, -13_000, -20_000)))
    assert "3 leads created in 52 weeks" in said(at)
    assert "1 more lead created before" in said(at)
    assert "2 leads with a date that is still to come." in said(at)


def test_the_weeks_end_with_the_newest_lead_that_was_created(
    visit: Visit, fetch_of: FetchOf, said: Said
) -> None:
    at = visit("stages", mine=fetch_of(columns=created(700, 707, -400)))
    assert "2 leads created in 2 weeks" in said(at)
    assert "1 lead with a date that is still to come." in said(at)
    assert "created before" not in said(at)


def test_dates_that_are_all_to_come_are_drawn(visit: Visit, fetch_of: FetchOf, said: Said) -> None:
    at = visit("stages", mine=fetch_of(columns=created(-400, -400)))
    assert "2 leads created in 1 week" in said(at)
    assert "to come" not in said(at)
