"""Filters: live counts, chips, the link, and a click on the stage chart."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from lsq.analysis.stages import STAGE
from lsq.api.models import Field

if TYPE_CHECKING:
    from streamlit.testing.v1 import AppTest

    from lsq.analysis.filters import Filters
    from tests.ui.kinds import FetchOf, Said, Visit

    Pipeline = dict[str, list[str | None]]


def box(at: AppTest, label: str) -> object:
    return next(one for one in at.sidebar.checkbox if one.label == label)


def counts(at: AppTest) -> dict[str, int]:
    """Return the numbers beside the filters' values."""
    values = [one.label for one in at.sidebar.checkbox]
    shown = [one.value for one in at.sidebar.markdown if one.value.startswith(":small[:gray[")]
    numbers = [int(text.removeprefix(":small[:gray[").rstrip("]")) for text in shown]
    return dict(zip(values, numbers, strict=True))


def filters(at: AppTest) -> Filters:
    return at.session_state["leadsheet"].filters


def test_every_value_has_its_count_and_blank_is_a_value(
    visit: Visit, fetch_of: FetchOf, pipeline: Pipeline
) -> None:
    found = counts(visit("leads", mine=fetch_of(columns=pipeline)))
    assert list(found)[:4] == ["Prospect", "Contacted", "Enrolled", "Not interested"]
    assert found["Prospect"] == 4
    assert found["(blank)"] == 1
    assert {"Anita Rao", "Sana", "Joy", "Web", "Fair"} <= set(found)


def test_a_tick_filters_and_leaves_its_own_facets_counts_alone(
    visit: Visit, fetch_of: FetchOf, pipeline: Pipeline
) -> None:
    at = visit("leads", mine=fetch_of(columns=pipeline))
    box(at, "Prospect").check().run()
    assert at.dataframe[0].value["FirstName"].tolist() == ["Asha", "Ravi", "Meera", "Kiran"]
    found = counts(at)
    assert (found["Prospect"], found["Contacted"]) == (4, 2)
    assert (found["Web"], found["Fair"]) == (2, 2)
    box(at, "Contacted").check().run()
    assert len(at.dataframe[0].value) == 6
    box(at, "Prospect").uncheck().run()
    assert len(at.dataframe[0].value) == 2


def test_filters_stand_as_chips_that_remove_themselves(
    visit: Visit, fetch_of: FetchOf, pipeline: Pipeline, said: Said
) -> None:
    at = visit("leads", mine=fetch_of(columns=pipeline))
    assert "Filtered by" not in said(at)
    box(at, "Prospect").check().run()
    box(at, "Web").check().run()
    assert at.button(key="chip_ProspectStage").label == "Stage: Prospect"
    at.button(key="chip_ProspectStage").click().run()
    assert filters(at).chosen(STAGE) == ()
    assert filters(at).chosen("Source") == ("Web",)
    assert box(at, "Prospect").value is False


@pytest.mark.parametrize("key", ["reset", "clear"])
def test_everything_can_be_taken_out_at_once(
    key: str, visit: Visit, fetch_of: FetchOf, pipeline: Pipeline
) -> None:
    at = visit("leads", mine=fetch_of(columns=pipeline))
    assert at.button(key="reset").disabled
    box(at, "Prospect").check().run()
    box(at, "Web").check().run()
    at.button(key=key).click().run()
    assert not filters(at)
    assert len(at.dataframe[0].value) == 10
    assert not any(one.value for one in at.sidebar.checkbox)


def test_more_than_nine_values_go_on_in_a_list(visit: Visit, fetch_of: FetchOf, said: Said) -> None:
    names = [f"Source {number:02}" for number in range(12)] * 2
    at = visit("leads", mine=fetch_of(columns={"Source": names, "FirstName": names}))
    assert len(at.sidebar.checkbox) == 9
    assert "3 more" in said(at)
    at.multiselect(key="more_Source").set_value(["Source 11"]).run()
    box(at, "Source 00").check().run()
    assert filters(at).chosen("Source") == ("Source 11", "Source 00")
    assert at.multiselect(key="more_Source").value == ["Source 11"]
    at.multiselect(key="more_Source").set_value([]).run()
    assert filters(at).chosen("Source") == ("Source 00",)


def test_a_link_filters_once_and_by_stage_and_source_only(
    visit: Visit, fetch_of: FetchOf, pipeline: Pipeline
) -> None:
    query = {
        "stage": ["Prospect", "Contacted"],
        "source": "Web",
        "owner": "Sana",
        "OwnerIdName": "Sana",
        "search": "Asha",
    }
    at = visit("leads", mine=fetch_of(columns=pipeline), query=query)
    assert filters(at).chosen(STAGE) == ("Prospect", "Contacted")
    assert filters(at).chosen("Source") == ("Web",)
    assert filters(at).chosen("OwnerIdName") == ()
    at.button(key="clear").click().run()
    at.run()
    assert not filters(at)


def test_the_address_carries_stage_and_source_and_never_people(
    visit: Visit, fetch_of: FetchOf, pipeline: Pipeline
) -> None:
    at = visit("leads", mine=fetch_of(columns=pipeline))
    for label in ("Prospect", "Contacted", "Web", "Sana"):
        box(at, label).check().run()
    at.text_input(key="search").input("Ravi").run()
    told = dict(at.query_params)
    told.pop("job")
    assert told == {"stage": ["Prospect", "Contacted"], "source": "Web"}
    at.button(key="reset").click().run()
    assert set(at.query_params) == {"job"}


def test_a_link_to_a_value_that_no_lead_has_shows_it_with_none(
    visit: Visit, fetch_of: FetchOf, pipeline: Pipeline, said: Said
) -> None:
    at = visit("leads", mine=fetch_of(columns=pipeline), query={"stage": "[x](http://e.example)"})
    assert "**0** of 10" in said(at)
    assert "[x](http" not in at.button(key=f"chip_{STAGE}").label
    assert not at.error


def test_of_two_columns_called_the_same_the_one_that_is_chosen_is_meant(
    visit: Visit, fetch_of: FetchOf, pipeline: Pipeline
) -> None:
    more = {f"mx_{name}": ["a", "b"] * 5 for name in ("A", "B", "C", "D", "E")}
    names = [*more, "mx_City", "mx_City_Of_Birth"]
    fields = [Field(name=name, label="City" if "City" in name else name) for name in names]
    columns = {**pipeline, **more, "mx_City": ["Pune", "Goa"] * 5, names[-1]: ["Leh", "Una"] * 5}
    at = visit("leads", mine=fetch_of(columns=columns, fields=fields))
    chooser = at.multiselect(key="more_filters")
    assert chooser.options[-2:] == ["City · mx_City", "City · mx_City_Of_Birth"]
    chooser.select("City · mx_City_Of_Birth").run()
    boxes = {one.label for one in at.sidebar.checkbox}
    assert {"Leh", "Una"} <= boxes
    assert not {"Pune", "Goa"} & boxes


def test_a_list_of_yes_and_no_that_sounds_like_phones_is_a_facet_that_a_link_carries(
    visit: Visit, fetch_of: FetchOf, pipeline: Pipeline
) -> None:
    name = "mx_WhatsApp_Opt_In"
    field = Field(
        name=name, label="WhatsApp opt-in", type="Select", options=("Opted in", "Not yet")
    )
    columns = {**pipeline, name: ["Opted in", "Not yet"] * 5}
    at = visit("leads", mine=fetch_of(columns=columns, fields=[field]))
    box(at, "Opted in").check().run()
    assert len(at.dataframe[0].value) == 5
    assert at.query_params[name] == "Opted in"
