"""Faults 5 to 14: an answer that is an error, or not LeadSquared's."""

from __future__ import annotations

import pytest

from lsq.api.account import Account
from lsq.api.errors import (
    BadReply,
    BadRequest,
    KeysRefused,
    NoSuchCall,
    NotLeadSquared,
    Rejected,
    ServerFailed,
)
from lsq.sandbox import Fault, lead_id
from lsq.sandbox.behaviour import Empty, LimitStatus, MalformedId
from tests.faults.scene import COLUMNS, IDS, UNKNOWN, Scene, Seen

HTML_ERRORS = [
    Fault.SERVER_ERROR_HTML,
    Fault.BAD_GATEWAY,
    Fault.UNAVAILABLE,
    Fault.GATEWAY_TIMEOUT,
]


def assert_ended_at_once(seen: Seen) -> None:
    """Check that one call was made, nothing was fetched, and every id can still be asked for."""
    assert len(seen.calls) == 1
    assert (seen.found, list(seen.fetched.not_asked)) == ([], list(IDS))
    assert seen.said.kind == "error"


def everything(seen: Seen) -> str:
    """Return all that is said of a lookup, the page's files included."""
    return f"{seen.report} {seen.said} {seen.files} {seen.lookup}"


@pytest.mark.parametrize("fault", [*HTML_ERRORS, Fault.SERVER_ERROR_JSON])
def test_fault_05_a_server_that_fails_once_is_asked_again(scene: Scene, fault: Fault) -> None:
    scene.sandbox.fail_next(fault)
    seen = scene.look_up()
    assert seen.found == list(IDS)
    assert (len(seen.calls), seen.report["retries"]) == (2, 1)


@pytest.mark.parametrize("fault", HTML_ERRORS)
def test_fault_05_a_server_that_fails_for_good_fails_its_batch_and_its_page_is_not_shown(
    scene: Scene, fault: Fault
) -> None:
    scene.fails(fault)
    scene.sandbox.spare_next(1)
    seen = scene.look_up(batch=6)
    assert (len(seen.found), len(seen.fetched.failed), seen.kinds) == (6, 6, {ServerFailed})
    assert len(seen.calls) == 1 + 4
    for shown in (everything(seen), scene.log.text):
        assert "<h1>" not in shown
        assert "DOCTYPE" not in shown


def test_fault_06_a_500_about_the_keys_ends_the_run(scene: Scene) -> None:
    scene.fails(Fault.SERVER_ERROR_KEYS)
    seen = scene.look_up(batch=4)
    assert_ended_at_once(seen)
    assert seen.kinds == {KeysRefused}


def test_fault_06_a_500_about_a_value_is_not_repeated_and_its_message_holds_no_key(
    scene: Scene,
) -> None:
    scene.fails(Fault.KEYS_ECHOED)
    seen = scene.look_up(IDS[:1])
    assert (len(seen.calls), seen.kinds) == (1, {Rejected})
    assert "accessKey=[redacted]" in seen.report["failed"][IDS[0]]


BAD = {MalformedId.BAD_REQUEST: BadRequest, MalformedId.REJECT: Rejected}


@pytest.mark.parametrize("malformed", BAD)
@pytest.mark.parametrize("batch", [4, 1000])
@pytest.mark.parametrize("bad", [IDS[:1], IDS[7:8], (IDS[2], IDS[11])])
def test_fault_07_one_bad_id_is_split_off_and_the_others_come(
    scene: Scene, malformed: MalformedId, batch: int, bad: tuple[str, ...]
) -> None:
    scene.behave(bad_ids=frozenset(bad), malformed_id=malformed)
    seen = scene.look_up(batch=batch, bad_ids=len(bad))
    assert list(seen.fetched.failed) == list(bad)
    assert (seen.kinds, seen.report["retries"]) == ({BAD[malformed]}, 0)
    assert seen.found == [id_ for id_ in IDS if id_ not in bad]
    assert seen.fetched.stopped_by is None


def test_fault_07_a_bad_id_among_a_thousand_costs_twenty_calls_more_at_most(scene: Scene) -> None:
    ids = [lead_id(number) for number in range(1000)]
    scene.behave(bad_ids=frozenset(ids[617:618]), malformed_id=MalformedId.BAD_REQUEST)
    seen = scene.look_up(ids, bad_ids=1, deadline_s=5.0)
    assert (list(seen.fetched.failed), len(seen.found)) == (ids[617:618], 999)
    assert len(seen.calls) <= 1 + 20


def test_fault_07_when_it_is_no_ids_fault_three_alike_end_the_run(scene: Scene) -> None:
    scene.fails(Fault.BAD_REQUEST)
    seen = scene.look_up(batch=6, bad_ids=1)
    assert isinstance(seen.fetched.stopped_by, BadRequest)
    assert (seen.found, len(seen.fetched.failed)) == ([], 3)
    assert "It is not the ids" in seen.said.title


@pytest.mark.parametrize("fault", [Fault.NOT_FOUND, Fault.METHOD_NOT_ALLOWED, Fault.GONE])
def test_fault_08_a_call_that_is_not_known_ends_the_run_and_the_host_is_asked_about(
    scene: Scene, fault: Fault
) -> None:
    scene.fails(fault)
    seen = scene.look_up(batch=4)
    assert_ended_at_once(seen)
    assert seen.kinds == {NoSuchCall}
    assert "Check the host and its region." in seen.said.body


def test_fault_09_keys_refused_at_the_first_call_are_said_once_and_nothing_else_is_asked(
    scene: Scene,
) -> None:
    scene.fails(Fault.KEYS_REFUSED)
    seen = scene.look_up(batch=4)
    assert_ended_at_once(seen)
    assert seen.said.title == "LeadSquared refused the keys (401)."
    assert [told for told in seen.report["warnings"] if "refused the keys" in told] == [
        str(seen.fetched.stopped_by)
    ]


def test_fault_10_keys_that_expire_midway_end_the_run_and_only_the_rest_is_fetched_later(
    scene: Scene,
) -> None:
    scene.behave(keys_work_for=2)
    seen = scene.look_up(batch=4)
    assert isinstance(seen.fetched.stopped_by, KeysRefused)
    assert (len(seen.found), len(seen.fetched.not_asked), len(seen.calls)) == (8, 4, 3)
    assert "8 leads came before it; they are kept" in seen.said.body
    scene.behave()
    rest = scene.look_up(batch=4)
    assert rest.found == list(IDS)
    assert [call.ids for call in rest.calls] == [seen.fetched.not_asked]


def test_fault_10_what_was_fetched_before_a_rotation_is_not_served_to_other_keys(
    scene: Scene,
) -> None:
    scene.look_up()
    keys = {"access_key": "other-access-key", "secret_key": "other-secret-key"}
    others = Account(host=scene.sandbox.base_url, **keys)
    assert scene.cache.count(scene.account, IDS, COLUMNS) == len(IDS)
    assert scene.cache.count(others, IDS, COLUMNS) == 0
    scene.account = others
    seen = scene.look_up()
    assert (seen.found, seen.fresh, seen.kinds) == ([], 0, {KeysRefused})


def test_fault_11_a_403_ends_the_run_in_words_of_its_own(scene: Scene) -> None:
    scene.fails(Fault.FORBIDDEN)
    seen = scene.look_up(batch=4)
    assert_ended_at_once(seen)
    assert seen.said.title == "LeadSquared refused the keys (403)."
    assert "may use the API" in seen.said.body


def test_fault_12_an_error_under_200_is_an_error_and_is_not_repeated(scene: Scene) -> None:
    scene.fails(Fault.ERROR_IN_200)
    seen = scene.look_up(IDS[:1])
    assert (len(seen.calls), seen.kinds) == (1, {Rejected})
    assert "MXInvalidInputException" in seen.report["failed"][IDS[0]]


def test_fault_12_the_rate_limit_under_200_is_the_rate_limit(scene: Scene) -> None:
    scene.behave(limit_status=LimitStatus.OK)
    scene.sandbox.fail_next(Fault.TOO_MANY_REQUESTS)
    seen = scene.look_up()
    assert (seen.found, seen.report["limited"]) == (list(IDS), 1)


def test_fault_13_a_web_page_is_asked_again_once(scene: Scene) -> None:
    scene.sandbox.fail_next(Fault.HTML_IN_200)
    assert scene.look_up().found == list(IDS)


def test_fault_13_a_web_page_that_stays_is_not_leadsquareds_answer(scene: Scene) -> None:
    scene.fails(Fault.HTML_IN_200)
    seen = scene.look_up()
    assert (len(seen.calls), seen.kinds) == (2, {NotLeadSquared})
    assert "What came is not LeadSquared's answer" in seen.said.body
    assert "Sign in to this network" not in everything(seen)


NOTHING = [
    Fault.EMPTY_BODY,
    Fault.NO_CONTENT,
    Fault.NULL_BODY,
    Fault.EMPTY_OBJECT,
    Fault.EMPTY_TEXT,
]


@pytest.mark.parametrize("fault", NOTHING)
def test_fault_14_an_answer_that_says_nothing_does_not_say_that_there_are_no_such_leads(
    scene: Scene, fault: Fault
) -> None:
    scene.fails(fault)
    seen = scene.look_up()
    assert (len(seen.calls), seen.kinds) == (4, {BadReply})
    assert (list(seen.fetched.failed), seen.report["not_found"]) == (list(IDS), [])


def test_fault_14_an_empty_list_says_that_there_are_no_such_leads(scene: Scene) -> None:
    scene.fails(Fault.EMPTY_LIST)
    seen = scene.look_up(missing=len(IDS))
    assert (seen.report["not_found"], seen.errors) == (list(IDS), [])


@pytest.mark.parametrize("empty", Empty)
def test_fault_14_a_count_of_none_says_that_there_are_no_such_leads(
    scene: Scene, empty: Empty
) -> None:
    scene.behave(empty=empty)
    seen = scene.look_up([UNKNOWN], missing=1)
    assert (seen.report["not_found"], len(seen.calls)) == ([UNKNOWN], 2)
