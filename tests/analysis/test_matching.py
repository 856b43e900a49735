"""Which columns of a sheet are an older state of the leads: found, and not found in vain."""

from __future__ import annotations

import random
from collections import Counter
from typing import TYPE_CHECKING

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lsq.analysis import evidence, headers
from lsq.analysis.catalog import STANDARD
from lsq.analysis.matching import How, comparable, match_columns
from tests.analysis.older_sheets import LEADS, ROWS, SPELLINGS, Spelling, matched, older

if TYPE_CHECKING:
    from collections.abc import Callable

ONE_EACH = [
    pytest.param(spelling, header, id=f"{header}-{spelling.meant}-{number}")
    for number, spelling in enumerate(SPELLINGS)
    for header in spelling.headers
]


@pytest.mark.parametrize(("spelling", "header"), ONE_EACH)
def test_a_column_by_itself_is_matched_as_it_is_meant(spelling: Spelling, header: str) -> None:
    found = matched({header: spelling.cells()})
    assert [match.lead for match in found] == [spelling.meant] * bool(spelling.meant)


def test_of_many_made_sheets_nearly_all_is_found_and_hardly_anything_in_vain() -> None:
    dice, right, wrong, missed = random.Random(7), 0, 0, 0  # noqa: S311
    for _ in range(20):
        sheet: dict[str, list[str]] = {}
        meant: dict[str, str] = {}
        for spelling in dice.sample(SPELLINGS, 9):
            header = dice.choice(spelling.headers)
            if header in sheet or spelling.meant in meant.values():
                continue
            sheet[header] = spelling.cells()
            if spelling.meant:
                meant[f"{header} · yours"] = spelling.meant
        found = {match.own: match.lead for match in matched(sheet)}
        right += len(found.items() & meant.items())
        wrong += len(found.items() - meant.items())
        missed += len(meant.items() - found.items())
    assert right > 50
    assert right / (right + wrong) >= 0.99
    assert right / (right + missed) >= 0.97


def test_how_says_what_a_match_rests_on() -> None:
    sheet = {
        "Phone": LEADS["Phone"],
        "Lead Stage": older("ProspectStage"),
        "Column 7": older("OwnerIdName"),
    }
    assert [match.how for match in matched(sheet)] == [How.NAME, How.LABEL, How.CONTENT]


def test_matches_stand_in_the_order_of_the_sheet() -> None:
    sheet = {"Phone": LEADS["Phone"], "Stage": older("ProspectStage"), "Owner": LEADS["Source"]}
    assert [match.own for match in matched(sheet)] == ["Phone · yours", "Stage · yours"]


def test_of_two_stage_columns_the_one_of_our_own_file_is_taken() -> None:
    sheet = {
        "ProspectStage": older("ProspectStage", seed=4),
        "ProspectStage (LeadSquared)": older("ProspectStage", share=0.3),
    }
    assert [match.own for match in matched(sheet)] == ["ProspectStage (LeadSquared) · yours"]


def test_of_two_phone_columns_the_one_that_agrees_is_taken() -> None:
    sheet = {"Phone no": ["9000000001"] * ROWS, "Contact": LEADS["Phone"]}
    assert [match.own for match in matched(sheet)] == ["Contact · yours"]


def test_a_mobile_column_is_a_phone_where_there_is_no_mobile() -> None:
    found = matched({"Mobile no": LEADS["Phone"]}, leads={"Phone": LEADS["Phone"]})
    assert [match.lead for match in found] == ["Phone"]


def test_an_owner_may_be_written_by_their_address() -> None:
    sheet = {"Owner": [f"{o.lower().replace(' ', '.')}@x.in" for o in older("OwnerIdName")]}
    assert [match.lead for match in matched(sheet)] == ["OwnerIdName"]


def test_a_retired_stage_is_still_a_stage() -> None:
    now = {"ProspectStage": ["Won", "Won", "Lost", "Won", "Won", "Won"]}
    found = matched({"Stage": ["Prospect", "Enquiry", "Won", "New", "Won", "Lead"]}, leads=now)
    assert [match.lead for match in found] == ["ProspectStage"]


def test_of_one_lead_everything_may_have_changed() -> None:
    now = {"ProspectStage": ["Won"], "Phone": ["9811111111"], "OwnerIdName": ["Anita Rao"]}
    sheet = {"Stage": ["Form filled"], "Phone": ["9822222222"], "Owner": ["Dev Malhotra"]}
    assert len(matched(sheet, leads=now)) == 3
    assert matched({"Stage": ["yes"], "Phone": ["call"], "Owner": ["17"]}, leads=now) == ()


def test_masked_phones_and_e_mails_are_no_older_state() -> None:
    now = {"Phone": ["9811111111"], "EmailAddress": ["asha@example.com"]}
    masked = {"Phone": ["98•••••111"], "Email": ["a•••@example.com"]}
    assert matched(masked, leads=now) == ()


def test_content_speaks_only_of_columns_that_no_header_names() -> None:
    # Most leads are owned by who made them; that makes no owner of a creator.
    assert matched({"Created by": older("OwnerIdName")}) == ()


def test_content_that_agrees_by_accident_says_nothing() -> None:
    nearly_all = {"Source": ["Web"] * 95 + ["Fair"] * 5}
    assert matched({"Heard of us": ["Web"] * 100}, leads=nearly_all) == ()


def test_a_column_without_values_in_the_leads_is_not_compared() -> None:
    assert matched({"City": ["Pune"] * 20}, leads={"mx_City": [None] * 20}) == ()


def test_yes_and_no_are_an_older_state_of_a_flag() -> None:
    now = {"DoNotCall": ["1", "0"] * 20}
    assert len(matched({"Do not call": ["Yes", "No"] * 20}, leads=now)) == 1
    assert matched({"Do not call": ["north", "south"] * 20}, leads=now) == ()


def test_a_few_values_say_nothing_by_themselves() -> None:
    now = {"ProspectStage": ["Prospect", "Won"] * 3}
    assert matched({"Column 1": ["Prospect", "Won"] * 3}, leads=now) == ()


def test_no_leads_have_no_matches() -> None:
    table = pd.DataFrame({"Phone": pd.Series([], dtype="str"), "Phone · yours": []})
    own = {"Phone · yours": "Phone"}
    assert match_columns(table, own=own, leads=["Phone"], catalog=STANDARD) == ()


def test_ids_and_activity_dates_are_left_out() -> None:
    names = ["ProspectID", "OwnerId", "ModifiedOn", "ProspectActivityDate_Max", "LastVisitDate"]
    assert comparable([*names, "mx_Zip", "CreatedOn"], STANDARD) == ("mx_Zip", "CreatedOn")


@settings(max_examples=10, deadline=None)
@given(data=st.data())
def test_matching_is_stable_and_takes_every_column_once(data: st.DataObject) -> None:
    spellings = data.draw(st.lists(st.sampled_from(SPELLINGS), min_size=1, max_size=6))
    sheet = {data.draw(st.sampled_from(each.headers)): each.cells() for each in spellings}
    found = matched(sheet)
    assert len({match.own for match in found}) == len(found) == len({m.lead for m in found})
    assert {match.own.removesuffix(" · yours") for match in found} <= sheet.keys()
    assert matched(sheet) == found
    turned = matched(dict(reversed(sheet.items())))
    assert {match.lead for match in turned} == {match.lead for match in found}


def test_a_wide_sheet_has_its_columns_compared_at_once_not_one_by_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    calls = Counter[str]()
    for module, name in ((evidence, "form"), (headers, "without_zone")):
        monkeypatch.setattr(module, name, _counting(getattr(module, name), calls))
    cells = [str(row % 7) for row in range(ROWS)]
    assert matched({f"Column {number}": cells for number in range(300)}) == ()
    assert calls["form"] < 50
    assert calls["without_zone"] < 2000


def _counting(function: Callable[..., object], calls: Counter[str]) -> Callable[..., object]:
    def counted(*args: object, **kwargs: object) -> object:
        calls[function.__name__] += 1
        return function(*args, **kwargs)

    return counted


def test_of_a_wide_sheet_headers_are_read_to_its_end_and_the_content_of_its_first_columns() -> None:
    stages = older("ProspectStage")
    many = {f"Column {number}": ["x", "y"] * (ROWS // 2) for number in range(400)}
    assert [match.how for match in matched(many | {"Stage": stages})] == [How.LABEL]
    assert [match.how for match in matched({"?": stages} | many)] == [How.CONTENT]
    assert matched(many | {"?": stages}) == ()


def test_of_many_columns_that_agree_the_one_that_agrees_most_is_found() -> None:
    sources = LEADS["Source"]
    leads = {f"mx_Source_{number}": older("Source", share=0.2) for number in range(9)}
    found = matched({"Column 7": sources}, leads=leads | {"Source": sources})
    assert [match.lead for match in found] == ["Source"]
