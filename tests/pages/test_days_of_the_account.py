"""An account's own column of days without times: the same days in every zone, on every page."""

from __future__ import annotations

import io
from datetime import date, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import openpyxl
import pytest

from lsq.api.models import Field
from lsq.lookup.choice import Choice, Form, Shape
from lsq.lookup.files import file_bytes
from lsq.lookup.view import View

if TYPE_CHECKING:
    from lsq.api.lead_id import LeadId
    from lsq.ui.state import Session
    from tests.ui.kinds import FetchOf, Said, Visit

ZONES = ["Asia/Kolkata", "America/New_York", "UTC"]
DAYS = [f"2026-05-{day:02d} 00:00:00.000" for day in range(1, 10)]


@pytest.fixture
def visits(fetch_of: FetchOf, ids: list[LeadId]) -> Session:
    """Return a fetch of nine visits, a day each; the sheet knows them as 01/05/2026 and so on."""
    lines = (f"{id_},{day:02d}/05/2026" for day, id_ in enumerate(ids[:9], 1))
    return fetch_of(
        columns={"FirstName": list("ABCDEFGHI"), "mx_Visit": DAYS},
        fields=[Field(name="mx_Visit", label="Visit date", type="Date")],
        text="\n".join(["Lead ID,Visit date", *lines]),
    )


@pytest.mark.parametrize("zone", ZONES)
def test_a_range_keeps_whole_days_whatever_the_viewer_s_zone(
    visit: Visit, visits: Session, said: Said, zone: str
) -> None:
    at = visit("leads", mine=visits, timezone=zone, state={"more_filters": ["mx_Visit"]})
    low = at.date_input(key="low_mx_Visit")
    assert (low.min, low.max) == (date(2026, 5, 1), date(2026, 5, 9))
    low.set_value(date(2026, 5, 3)).run()
    at.date_input(key="high_mx_Visit").set_value(date(2026, 5, 4)).run()
    assert at.dataframe[0].value["FirstName"].tolist() == ["C", "D"]
    assert at.button(key="chip_mx_Visit").label == "Visit date: 3 May 2026 – 4 May 2026"
    assert "Days in" not in said(at)


@pytest.mark.parametrize("zone", ZONES)
def test_a_link_to_a_range_is_the_same_for_everybody(
    visit: Visit, visits: Session, zone: str
) -> None:
    query = {"mx_Visit": "2026-05-01..2026-05-02@Asia/Kolkata"}
    at = visit("leads", mine=visits, query=query, timezone=zone)
    assert at.dataframe[0].value["FirstName"].tolist() == ["A", "B"]
    assert at.button(key="chip_mx_Visit").label == "Visit date: 1 May 2026 – 2 May 2026"


@pytest.mark.parametrize("zone", ZONES)
def test_the_table_and_a_lead_show_the_day_alone(
    visit: Visit, visits: Session, ids: list[LeadId], said: Said, zone: str
) -> None:
    at = visit("leads", mine=visits, timezone=zone, state={"lead_opened": ids[0]})
    assert f"{at.dataframe[0].value['mx_Visit'][0]:%Y-%m-%d}" == "2026-05-01"
    text = said(at)
    assert "01 May 2026" in text
    assert "30 Apr 2026" not in text


def test_the_sheet_s_days_are_found_and_are_as_they_were(
    visit: Visit, visits: Session, said: Said
) -> None:
    text = said(visit("changes", mine=visits))
    assert "Compared with your columns: **Visit date**" in text
    assert "Nothing changed: all 9 leads are exactly as your file had them." in text


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("mask", [False, True])
def test_a_workbook_has_the_same_day_for_everybody(visits: Session, zone: str, mask: bool) -> None:  # noqa: FBT001 - a parameter of the test
    assert visits.job is not None
    lookup = visits.job.snapshot().lookup
    assert lookup is not None
    written = file_bytes(
        View(lookup=lookup),
        Choice(form=Form.XLSX, shape=Shape.LEADS, zone=ZoneInfo(zone), mask=mask),
    )
    header, first, *_ = openpyxl.load_workbook(io.BytesIO(written))["Leads"].values
    assert dict(zip(header, first, strict=True))["mx_Visit"] == datetime(2026, 5, 1)  # noqa: DTZ001 - a day of no zone
