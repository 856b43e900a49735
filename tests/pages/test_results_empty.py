"""Leads and Stages while there is no lead to show: each reason has its own words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from lsq.api.models import Progress

if TYPE_CHECKING:
    from tests.ui.kinds import FetchOf, KeysOf, Said, Visit

RESULTS = ("leads", "stages", "changes")
NONE = {"FirstName": list[str]()}


@pytest.mark.parametrize("page", RESULTS)
def test_when_every_id_was_not_found_that_is_said(
    page: str, visit: Visit, fetch_of: FetchOf, keys_of: KeysOf
) -> None:
    at = visit(page, mine=fetch_of(columns=NONE, not_found=3))
    assert at.subheader[0].value == "No lead was found"
    assert at.main.markdown[0].value == r"Lookup says what became of june\.csv."
    assert "go_lookup" in keys_of(at)
    assert "sample" not in keys_of(at)


@pytest.mark.parametrize("page", RESULTS)
def test_a_running_fetch_without_a_lead_yet_is_still_fetching(
    page: str, visit: Visit, fetch_of: FetchOf, said: Said, keys_of: KeysOf
) -> None:
    mine = fetch_of(columns=NONE, not_asked=3, progress=Progress(total=4812, calls_planned=5))
    at = visit(page, mine=mine)
    assert at.title[0].value == page.capitalize()
    assert "**Still fetching: 0 of 4,812.**" in said(at)
    assert not at.subheader
    assert "update" in keys_of(at)
    assert "go_lookup" not in keys_of(at)
    assert not at.error


@pytest.mark.parametrize("page", RESULTS)
def test_a_fetch_that_was_lost_is_said_to_be(page: str, visit: Visit) -> None:
    at = visit(page, query={"job": "nobodys"})
    assert at.subheader[0].value == "That fetch is not here"
    assert at.main.markdown[0].value == "It was dropped, or started in another browser."
