"""The way to a lead in LeadSquared's own app, where it is known."""

from __future__ import annotations

import pytest

from lsq.api.lead_id import LeadId
from lsq.lookup.web import lead_page

LEAD = LeadId("72edba27-31de-423a-b323-2e476089e04f")


def test_the_app_has_the_name_of_the_api_without_api() -> None:
    assert lead_page("api-in21.leadsquared.com", LEAD) == (
        f"https://in21.leadsquared.com/LeadManagement/LeadDetails?LeadID={LEAD}"
    )


@pytest.mark.parametrize(
    "host",
    [
        "api.leadsquared.com",
        "127.0.0.1:8080",
        "api-in21.leadsquared.com.example.com",
        "api-xx99.example.com",
        "",
    ],
)
def test_where_the_app_is_not_known_there_is_no_way(host: str) -> None:
    assert lead_page(host, LEAD) == ""
