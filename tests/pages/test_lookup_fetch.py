"""Lookup while a fetch runs and after it: every ending has its words and its next step."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from lsq.api.errors import KeysRefused, ServerFailed
from lsq.api.models import FetchStats, Progress
from lsq.sandbox import Behaviour, Fault
from lsq.ui.escape import shown
from lsq.ui.state import Session
from tests.ui.scripted import WAIT_S

if TYPE_CHECKING:
    import pytest
    from streamlit.testing.v1 import AppTest

    from lsq.api.lead_id import LeadId
    from lsq.sandbox import Sandbox
    from tests.ui.kinds import FetchOf, KeysOf, Said, Visit

NAMES = {"FirstName": ["A", "B", "C"]}
CHOSEN = {"columns": ["FirstName"]}
UNDER_WAY = Progress(
    done=2983,
    total=4812,
    leads=2980,
    calls_answered=3,
    calls_planned=4,
    free_calls=18,
    max_calls=25,
    window_s=5.0,
    elapsed_s=1.6,
)


def with_sheet(visit: Visit, ids: list[LeadId], count: int = 40) -> AppTest:
    text = "\n".join(["Lead ID", *ids[:count]])
    return visit("lookup").file_uploader(key="sheet").upload("a.csv", text.encode()).run()


def fetch(at: AppTest) -> AppTest:
    at.button(key="fetch").click().run()
    assert at.session_state["leadsheet"].job.wait(WAIT_S)
    return at.run()


def labels(at: AppTest) -> list[str]:
    return [button.label for button in at.main.button]


def test_a_fetch_on_the_demo_account_ends_in_a_sum_that_adds_up(
    visit: Visit, ids: list[LeadId], sandboxes: list[Sandbox]
) -> None:
    at = fetch(with_sheet(visit, ids))
    assert at.success[0].title == r"40 of 40 leads found\."
    assert r"Every one of the 40 rows is accounted for\. 1 call in" in at.success[0].value
    assert labels(at)[1:4] == ["Open the table", "Stages", "Download"]
    ledger = at.table[0].value
    assert ledger["Outcome"].tolist() == ["**Found**", "**In the sheet**"]
    assert ledger["Rows"].tolist() == [40, 40]
    assert len(sandboxes[0].arrivals) == 1


def test_fetching_again_what_is_fresh_makes_no_call(
    visit: Visit, ids: list[LeadId], sandboxes: list[Sandbox]
) -> None:
    at = fetch(with_sheet(visit, ids))
    at.button(key="change_sheet").click().run()
    text = "\n".join(["Lead ID", *ids[:40]]).encode()
    at = fetch(at.file_uploader(key="sheet").upload("again.csv", text).run())
    assert "No calls; data under 1 min old" in at.success[0].value
    assert len(sandboxes[0].arrivals) == 1


def test_a_trial_offers_to_fetch_the_others_and_completes_the_sheet(
    visit: Visit, ids: list[LeadId]
) -> None:
    at = with_sheet(visit, ids)
    at.checkbox(key="trial").check().run()
    at = fetch(at)
    assert at.warning[0].title == r"A trial of the first 25\: 25 of 40 leads are here\."
    assert at.button(key="fetch").label == "Fetch the other 15"
    at = fetch(at)
    assert at.success[0].title == r"40 of 40 leads found\."


def test_refused_keys_are_an_error_with_what_to_check_and_try_again(
    visit: Visit, ids: list[LeadId], sandboxes: list[Sandbox]
) -> None:
    at = with_sheet(visit, ids)
    sandboxes[0].fail_next(Fault.KEYS_REFUSED, times=9)
    at = fetch(at)
    assert "refused the keys" in at.error[0].title
    assert "nothing was fetched" in at.error[0].value
    assert at.button(key="fetch").label == "Try again"
    assert "open_leads" not in {button.key for button in at.button}


def test_an_account_that_does_not_answer_is_an_error_too(
    visit: Visit, ids: list[LeadId], sandboxes: list[Sandbox]
) -> None:
    at = with_sheet(visit, ids)
    sandboxes[0].behaviour = Behaviour(fault=Fault.NOT_FOUND, fault_share=1.0)
    at = fetch(at)
    assert len(at.error) == 1
    assert at.button(key="fetch").label == "Try again"


def test_failed_ids_can_be_asked_for_again(visit: Visit, fetch_of: FetchOf) -> None:
    failed = [ServerFailed("The server answered 500 to one call.", "")] * 2
    mine = fetch_of(columns=NAMES, not_found=1, failed=failed)
    at = visit("lookup", mine=mine, state=CHOSEN)
    assert at.warning[0].title == r"3 of 6 leads found; 2 ids failed\."
    assert r"The server answered 500 to one call\." in at.warning[0].value
    assert at.button(key="fetch").label == "Ask again for the 2"
    rows = dict(zip(at.table[0].value["Outcome"], at.table[0].value["Rows"], strict=True))
    assert rows["**Failed**"] == 2
    assert rows["**Not asked**"] == 0
    assert rows["**In the sheet**"] == 6


def test_a_stopped_fetch_says_that_nothing_is_lost(visit: Visit, fetch_of: FetchOf) -> None:
    mine = fetch_of(columns=NAMES, not_found=1, not_asked=2)
    at = visit("lookup", mine=mine, state=CHOSEN)
    assert at.warning[0].title == r"Stopped by you\. 3 of 6 leads are here\."
    assert "2 were not asked for; nothing fetched is lost" in at.warning[0].value
    assert at.button(key="fetch").label == "Fetch the other 2"


def test_an_error_that_ended_a_run_early_keeps_what_came(visit: Visit, fetch_of: FetchOf) -> None:
    error = KeysRefused("LeadSquared refused the keys (401).", "Check the access key.", status=401)
    mine = fetch_of(columns=NAMES, not_asked=2, stopped_by=error)
    at = visit("lookup", mine=mine, state=CHOSEN)
    assert at.error[0].title == r"LeadSquared refused the keys \(401\)\."
    assert r"3 leads came before it; they are kept\. Check the access key\." in at.error[0].value
    assert at.button(key="fetch").label == "Try again"
    assert "Open the table" in labels(at)


def test_on_another_account_the_rest_has_to_wait_for_its_keys(
    visit: Visit, fetch_of: FetchOf, said: Said
) -> None:
    at = visit("lookup", mine=fetch_of(columns=NAMES, not_asked=2), state=CHOSEN)
    # The fetch was made with keys of 127.0.0.1:9; this session is on the demo account.
    assert at.button(key="fetch").disabled
    text = (
        f"Connect to the same account of {shown('127.0.0.1:9')} again for that: keys are not kept"
    )
    assert text in said(at)


def test_old_leads_can_be_refreshed(visit: Visit, fetch_of: FetchOf) -> None:
    mine = fetch_of(columns=NAMES, age_s=2 * 3600 + 14 * 60 + 5)
    at = visit("lookup", mine=mine, state=CHOSEN)
    assert at.info[0].title == r"These leads are 2 h 14 min old\."
    assert r"\(Asia/Kolkata\)" in at.info[0].value
    assert r"Refreshing asks for 3 of 3\: 1 call, about 1 s\." in at.info[0].value
    assert at.button(key="fetch").label == "Refresh 3 leads"


def test_invalid_rows_are_named_by_an_example_that_is_shown_as_text(
    visit: Visit, fetch_of: FetchOf, ids: list[LeadId]
) -> None:
    text = "\n".join(["Lead ID", *ids[:3], "[x](http://evil.example)", ids[0], ""])
    at = visit("lookup", mine=fetch_of(columns=NAMES, text=text), state=CHOSEN)
    meanings = dict(zip(at.table[0].value["Outcome"], at.table[0].value["Meaning"], strict=True))
    assert meanings["**Not an id**"].startswith(
        "For example row 5: “\\[x\\]\\(http\\:\u2060/\u2060/"
    )
    assert meanings["**Duplicate**"] == "Same id as an earlier row; the row still gets its lead"


def test_several_ids_in_a_cell_are_said(
    visit: Visit, fetch_of: FetchOf, ids: list[LeadId], said: Said
) -> None:
    text = f"Lead ID\n{ids[0]} {ids[1]}\n{ids[2]}\n"
    at = visit("lookup", mine=fetch_of(columns=NAMES, text=text), state=CHOSEN)
    assert "1 further id stood in the same cells as another." in said(at)
    assert at.table[0].value["Rows"].tolist()[-1] == 3


def test_other_columns_offer_to_fetch_again_with_them(
    visit: Visit, fetch_of: FetchOf, keys_of: KeysOf
) -> None:
    at = visit("lookup", mine=fetch_of(columns=NAMES), state=CHOSEN)
    assert "fetch" not in keys_of(at)
    at.multiselect(key="columns").set_value(["FirstName", "Phone"]).run()
    assert at.button(key="fetch").label == "Fetch 3 leads again with these columns"


def test_other_columns_after_a_stop_draw_one_fetch_button(
    visit: Visit, fetch_of: FetchOf, keys_of: KeysOf
) -> None:
    at = visit("lookup", mine=fetch_of(columns=NAMES, not_asked=2), state=CHOSEN)
    at.multiselect(key="columns").set_value(["FirstName", "Phone"]).run()
    assert not at.error
    assert keys_of(at).count("fetch") == 1
    assert at.button(key="fetch").label == "Fetch 5 leads again with these columns"


def test_choosing_another_id_column_takes_the_result_away(
    visit: Visit, fetch_of: FetchOf, ids: list[LeadId]
) -> None:
    text = "\n".join(["Lead ID,Other", *[f"{one},{ids[7]}" for one in ids[:3]]])
    at = visit("lookup", mine=fetch_of(columns=NAMES, text=text), state=CHOSEN)
    at.selectbox(key="id_column").select("Other").run()
    assert at.session_state["leadsheet"].job is None
    assert at.button(key="fetch").label == "Fetch 1 lead"
    assert not at.success


def test_a_running_fetch_shows_calls_that_the_rate_limit_refused(
    visit: Visit, fetch_of: FetchOf, said: Said
) -> None:
    refused = replace(UNDER_WAY, limited=2)
    at = visit("lookup", mine=fetch_of(columns=NAMES, progress=refused), state=CHOSEN)
    assert "0 retried, 2 refused because others use the account too · 18 of 25" in said(at)


def test_a_running_fetch_shows_how_far_how_fast_and_how_long(
    visit: Visit, fetch_of: FetchOf, said: Said, keys_of: KeysOf
) -> None:
    at = visit("lookup", mine=fetch_of(columns=NAMES, progress=UNDER_WAY), state=CHOSEN)
    text = said(at)
    assert "**Fetching 4,812 leads**" in text
    assert "2,980 of 4,812 leads · 1,864 a second · about 1 s left" in text
    assert (
        "3 of 4 calls answered, 0 retried · 18 of 25 calls free in this 5 s window · "
        "You can leave this page or reload it; the fetch goes on."
    ) in text
    assert "stop" in keys_of(at)
    assert "fetch" not in keys_of(at)
    assert "1 column" not in at.sidebar.markdown[-1].value
    assert "3 rows · fetching …" in text


def test_before_two_answers_no_rate_is_made_up(visit: Visit, fetch_of: FetchOf, said: Said) -> None:
    begun = Progress(total=4812, calls_planned=5, waiting_s=1.7, max_calls=25, window_s=5.0)
    text = said(visit("lookup", mine=fetch_of(columns=NAMES, progress=begun), state=CHOSEN))
    assert "\n0 of 4,812 leads\n" in text
    assert "Waiting 2 s: the account’s limit of 25 calls in 5 s is used up" in text


def test_a_limit_that_cannot_be_shared_is_said_while_it_lasts(
    visit: Visit, fetch_of: FetchOf, said: Said
) -> None:
    alone = replace(UNDER_WAY, alone=True, free_calls=3, max_calls=12)
    text = said(visit("lookup", mine=fetch_of(columns=NAMES, progress=alone), state=CHOSEN))
    assert (
        "3 of 12 calls free in this 5 s window · Redis cannot be reached: this fetch keeps to "
        "12 calls in 5 s, its part of the shared limit · You can leave this page"
    ) in text


def test_stop_is_heard_and_said_until_the_calls_under_way_end(
    visit: Visit, fetch_of: FetchOf, said: Said
) -> None:
    at = visit("lookup", mine=fetch_of(columns=NAMES, progress=UNDER_WAY), state=CHOSEN)
    at.button(key="stop").click().run()
    assert at.button(key="stop").disabled
    assert "Stopping after the calls under way …" in said(at)


def test_a_fetch_that_ends_without_a_result_offers_the_fetch_again(
    visit: Visit, fetch_of: FetchOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        message = "marker of a fault"
        raise RuntimeError(message)

    monkeypatch.setattr("lsq.lookup.job.run", fail)
    at = visit("lookup", mine=fetch_of(columns=NAMES), state=CHOSEN)
    assert at.error[0].title == r"The fetch broke off by a fault of this program\."
    assert at.button(key="fetch").label == "Fetch 3 leads"


def test_the_cost_of_a_fetch_from_the_cache_is_said_as_such(
    visit: Visit, fetch_of: FetchOf
) -> None:
    mine = fetch_of(columns=NAMES, stats=FetchStats(from_cache=3))
    at = visit("lookup", mine=mine, state=CHOSEN)
    assert "No calls; data under 1 min old" in at.success[0].value


def test_leads_that_were_all_not_found_leave_no_table_to_open(
    visit: Visit, fetch_of: FetchOf
) -> None:
    at = visit("lookup", mine=fetch_of(columns={"FirstName": []}, not_found=3), state=CHOSEN)
    assert at.success[0].title == r"0 of 3 leads found\."
    assert labels(at) == ["Change sheet"]


def test_change_sheet_goes_back_to_the_empty_page_and_forgets_the_filters(
    visit: Visit, fetch_of: FetchOf
) -> None:
    mine = fetch_of(columns=NAMES)
    mine.filters = mine.filters.choose("FirstName", ["A"])
    at = visit("lookup", mine=mine, state=CHOSEN)
    assert at.query_params["job"] == mine.job.token
    at.button(key="change_sheet").click().run()
    assert at.title[0].value == "Look up a sheet of lead ids"
    assert not at.session_state["leadsheet"].filters
    assert "job" not in at.query_params


def test_a_fetch_that_ends_while_the_page_is_drawn_is_shown_at_once(
    visit: Visit, fetch_of: FetchOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The sidebar and the page still find it running; the card of the progress no longer does.
    answers = iter([True, True])
    monkeypatch.setattr(Session, "running", property(lambda _: next(answers, False)))
    at = visit("lookup", mine=fetch_of(columns=NAMES), state=CHOSEN)
    assert at.success[0].title == r"3 of 3 leads found\."
