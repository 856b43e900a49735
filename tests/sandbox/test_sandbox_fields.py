"""What the sandbox says of its leads' columns, in every form that sources report."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from lsq.sandbox import Behaviour, Fault, lead_id
from lsq.sandbox.behaviour import FieldsCall, OptionForm
from lsq.sandbox.columns import COLUMNS
from lsq.sandbox.tables import OPEN_STAGES, SOURCES

if TYPE_CHECKING:
    from tests.sandbox.conftest import Caller, Reply

PATH = "/v2/LeadManagement.svc/LeadsMetaData.Get"


def ask(caller: Caller, method: str = "GET", **query: str) -> Reply:
    return caller.send(None, method=method, path=PATH, keys={**caller.keys, **query}, headers={})


def by_name(reply: Reply) -> dict[str, dict[str, Any]]:
    return {field["SchemaName"]: field for field in reply.json}


def test_every_column_of_the_leads_is_listed_but_those_that_are_worked_out(caller: Caller) -> None:
    listed = by_name(ask(caller))
    assert COLUMNS.keys() - listed.keys() == {"OwnerIdName", "OwnerIdEmailAddress"}
    assert listed.keys() <= COLUMNS.keys()
    assert listed["mx_Course"]["DisplayName"] == "Course"
    assert listed["mx_Course"]["DataType"] == "Select"
    assert {field["DataType"] for field in listed.values()} <= {
        "Text", "Number", "Email", "Phone", "Date", "Select", "Boolean", "User"
    }  # fmt: skip


def test_the_stages_are_in_order_and_one_that_leads_are_in_is_not_listed(caller: Caller) -> None:
    options = by_name(ask(caller))["ProspectStage"]["Options"]
    assert options == [{"Value": name} for name in (*OPEN_STAGES, "Not interested", "Invalid")]
    ids = [lead_id(number) for number in range(500)]
    held = {lead["ProspectStage"] for lead in caller.ask(ids, "ProspectID,ProspectStage").leads}
    assert held - {option["Value"] for option in options} == {"Invalid/ Junk"}


def test_spellings_of_a_source_are_one_option(caller: Caller) -> None:
    options = [option["Value"] for option in by_name(ask(caller))["Source"]["Options"]]
    assert options[:3] == ["google_lp", "Facebook", "Website"]
    assert {"Google_lp", "facebook"} <= {*SOURCES.values} - {*options}


def test_dates_are_written_in_the_calls_own_way(caller: Caller) -> None:
    for field in ask(caller).json:
        assert re.fullmatch(r"/Date\(\d+\+0000\)/", field["CreatedOn"])


@pytest.mark.parametrize(
    ("form", "first"),
    [
        (OptionForm.VALUE, {"Value": "google_lp"}),
        (OptionForm.VALUE_AND_TEXT, {"Value": "google_lp", "Text": "Google_Lp"}),
        (OptionForm.PLAIN, "google_lp"),
    ],
)
def test_options_come_in_the_form_that_is_switched_on(
    caller: Caller, form: OptionForm, first: object
) -> None:
    caller.sandbox.behaviour = replace(caller.sandbox.behaviour, option_form=form)
    assert by_name(ask(caller))["Source"]["Options"][0] == first


def test_one_column_can_be_asked_for_and_options_can_be_left_out(caller: Caller) -> None:
    (stage,) = ask(caller, schemaName="ProspectStage").json
    assert stage["Options"]
    assert ask(caller, schemaName="Nothing").json == []
    assert all("Options" not in field for field in ask(caller, excludeOptionSets="1").json)


@pytest.mark.parametrize(
    ("switch", "status"), [(FieldsCall.FORBIDDEN, 403), (FieldsCall.ABSENT, 404)]
)
def test_the_call_may_be_forbidden_or_absent_and_leads_come_all_the_same(
    caller: Caller, switch: FieldsCall, status: int
) -> None:
    caller.sandbox.behaviour = replace(caller.sandbox.behaviour, fields_call=switch)
    reply = ask(caller)
    assert reply.status == status
    assert reply.json["Status"] == "Error"
    assert caller.ask([lead_id(1)]).ids() == [lead_id(1)]


def test_another_method_is_405_and_other_keys_are_401(caller: Caller) -> None:
    refused = ask(caller, method="POST")
    assert refused.status == 405
    assert refused.headers["Allow"] == "GET"
    assert ask(caller, accessKey="other").status == 401


def test_it_counts_towards_the_rate_limit_and_stands_in_the_log(caller: Caller) -> None:
    caller.sandbox.behaviour = Behaviour(max_calls=1, window_s=60.0)
    assert ask(caller).status == 200
    assert caller.ask([lead_id(1)]).status == 429
    assert ask(caller).status == 429
    first, *_ = caller.sandbox.arrivals
    assert (first.target, first.ids) == (f"GET {PATH}", ())


@pytest.mark.parametrize("fault", [Fault.KEYS_REFUSED, Fault.BYTE_ORDER_MARK, Fault.SAME_PAGE])
def test_faults_meet_it_as_any_call(caller: Caller, fault: Fault) -> None:
    caller.sandbox.fail_next(fault)
    spoilt, good = ask(caller), ask(caller)
    assert (spoilt.status == 401) == (fault is Fault.KEYS_REFUSED)
    assert spoilt.body.startswith(b"\xef\xbb\xbf") == (fault is Fault.BYTE_ORDER_MARK)
    assert len(good.json) == len(COLUMNS) - 2
