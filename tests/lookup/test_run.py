"""From a plan to settled rows: nothing lost, nothing counted twice, whatever the server does."""

from __future__ import annotations

from dataclasses import replace
from threading import Event
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lsq.api.account import Account
from lsq.api.cache import NoCache
from lsq.api.errors import KeysRefused, ServerFailed
from lsq.api.models import Fetched, FetchStats, LeadTable, Oddities, Outcome
from lsq.lookup.choice import Choice, Form, Shape
from lsq.lookup.files import file_bytes
from lsq.lookup.report import fetch_report
from lsq.lookup.run import run, settled
from lsq.lookup.view import View
from lsq.sandbox import Behaviour, Fault, lead_id

if TYPE_CHECKING:
    from collections.abc import Callable

    from lsq.api.client import LeadSquared
    from lsq.api.models import Progress
    from lsq.lookup.plan import Plan
    from lsq.lookup.run import Lookup
    from lsq.sandbox import Sandbox
    from lsq.sheets.id_column import IdCells
    from lsq.sheets.sheet import Sheet

    MakeSheet = Callable[..., tuple[Sheet, IdCells]]

ACCOUNT = Account(host="api-in21.leadsquared.com", access_key="a-key", secret_key="s-key")  # noqa: S106 - made up
IDS = tuple(lead_id(number) for number in range(40))
UNKNOWN = lead_id(10**12)
SLOW_OR_PAUSING = {
    Fault.DRIP,
    Fault.DRIP_HEAD,
    Fault.SILENCE,
    Fault.SLOW,
    Fault.TOO_MANY_REQUESTS,
}


@pytest.fixture
def fetch(
    make_sheet: MakeSheet, make_plan: Callable[..., Plan], make_client: Callable[..., LeadSquared]
) -> Callable[..., Lookup]:
    """Return what looks up id cells on the sandbox."""

    def look_up(*cells: str, stop: Event | None = None, **options: object) -> Lookup:
        sheet, found = make_sheet(*cells)
        wanted = make_plan(found, **options)
        return run(sheet, wanted, client=make_client(batch=10), stop=stop)

    return look_up


def test_every_row_gets_its_one_outcome(fetch: Callable[..., Lookup]) -> None:
    lookup = fetch(IDS[0], "", IDS[0].upper(), "see email", UNKNOWN, IDS[1])
    assert lookup.ledger.frame["outcome"].tolist() == [
        "found",
        "blank",
        "duplicate",
        "not an id",
        "not found",
        "found",
    ]
    assert list(lookup.fetched.leads.ids) == [IDS[0], IDS[1]]
    assert lookup.host.startswith("127.0.0.1:")


def test_leads_come_in_the_order_of_the_sheet(fetch: Callable[..., Lookup]) -> None:
    lookup = fetch(*reversed(IDS))
    assert tuple(lookup.fetched.leads.ids) == tuple(reversed(IDS))
    assert lookup.leads["ProspectID"].tolist() == list(reversed(IDS))


def test_progress_is_reported_up_to_the_end(
    make_sheet: MakeSheet, make_plan: Callable[..., Plan], make_client: Callable[..., LeadSquared]
) -> None:
    sheet, cells = make_sheet(*IDS)
    seen: list[Progress] = []
    run(sheet, make_plan(cells), client=make_client(batch=10), on_progress=seen.append)
    assert seen[-1].done == seen[-1].total == 40


def test_the_table_begins_with_the_first_row_that_holds_each_id(
    fetch: Callable[..., Lookup],
) -> None:
    lookup = fetch(IDS[1], IDS[0], IDS[1], f"{IDS[2]} {IDS[0]}")
    assert lookup.table.columns[0] == "Row"
    assert lookup.table["Row"].tolist() == [2, 3, 5]
    assert "Row" not in lookup.leads


def test_a_fetched_column_that_is_called_row_stands_beside_ours(
    make_lookup: Callable[..., Lookup], make_table: Callable[..., LeadTable]
) -> None:
    lookup = make_lookup(*IDS[:2], leads=make_table(IDS[:2], Row=["a", "b"]))
    assert lookup.table["Row"].tolist() == [2, 3]
    assert lookup.table["Row (LeadSquared)"].tolist() == ["a", "b"]
    assert lookup.leads["Row"].tolist() == ["a", "b"]


def test_a_fetched_column_that_has_that_very_name_too_stands_beside_both(
    make_lookup: Callable[..., Lookup], make_table: Callable[..., LeadTable]
) -> None:
    more = {"Row (LeadSquared)": ["c", "d"], "Row": ["a", "b"]}
    table = make_lookup(*IDS[:2], leads=make_table(IDS[:2], **more)).table
    assert table.columns.is_unique
    assert table["Row"].tolist() == [2, 3]
    assert table["Row (LeadSquared)"].tolist() == ["c", "d"]
    assert table["Row (LeadSquared) (2)"].tolist() == ["a", "b"]


def test_a_stop_returns_at_once_with_every_open_id_not_asked(
    fetch: Callable[..., Lookup], sandbox: Sandbox
) -> None:
    sandbox.behaviour = Behaviour(max_calls=None, latency_s=5.0)
    stop = Event()
    stop.set()
    lookup = fetch(*IDS, stop=stop)
    assert lookup.fetched.not_asked == IDS
    assert lookup.ledger.counts()[Outcome.NOT_ASKED] == 40
    assert lookup.fetched.stats.elapsed_s < 1.0


def test_refused_keys_end_the_run_and_are_part_of_the_result(
    fetch: Callable[..., Lookup], sandbox: Sandbox
) -> None:
    sandbox.behaviour = Behaviour(max_calls=None, fault=Fault.KEYS_REFUSED, fault_share=1.0)
    lookup = fetch(*IDS)
    assert isinstance(lookup.fetched.stopped_by, KeysRefused)
    assert lookup.fetched.not_asked == IDS


def test_a_trial_leaves_the_rest_not_asked(fetch: Callable[..., Lookup]) -> None:
    lookup = fetch(*IDS, first=25)
    assert len(lookup.fetched.leads) == 25
    assert lookup.fetched.not_asked == IDS[25:]


def test_completing_a_trial_gives_every_lead_in_the_order_of_the_sheet(
    fetch: Callable[..., Lookup], sandbox: Sandbox
) -> None:
    trial = fetch(*IDS, UNKNOWN, first=25)
    before = len(sandbox.arrivals)
    whole = fetch(*IDS, UNKNOWN, earlier=trial.fetched)
    assert tuple(whole.fetched.leads.ids) == IDS
    assert whole.fetched.not_found == (UNKNOWN,)
    assert whole.fetched.not_asked == ()
    assert len(sandbox.arrivals) - before == 2 + 1


def test_an_earlier_fetch_is_merged_in_the_order_of_the_sheet(
    make_sheet: MakeSheet, make_plan: Callable[..., Plan], make_table: Callable[..., LeadTable]
) -> None:
    a, b, c, d, e = IDS[:5]
    sheet, cells = make_sheet(a, b, c, d, e)
    earlier = Fetched(
        leads=make_table([b]),
        not_found=(d,),
        failed={c: ServerFailed("It broke.")},
        not_asked=(a, e),
    )
    wanted = make_plan(cells, earlier=earlier)
    assert wanted.ids == (a, c, e)
    whole = settled(
        sheet, wanted, Fetched(leads=make_table([a, c]), not_found=(e,)), account=ACCOUNT
    )
    assert tuple(whole.fetched.leads.ids) == (a, b, c)
    assert whole.fetched.not_found == (d, e)
    assert not whole.fetched.failed
    assert whole.ledger.counts()[Outcome.FOUND] == 3


def test_a_completed_fetch_that_never_brought_a_lead_knows_its_columns(
    make_sheet: MakeSheet, make_plan: Callable[..., Plan], make_table: Callable[..., LeadTable]
) -> None:
    sheet, cells = make_sheet(*IDS[:2])
    failed = dict.fromkeys(IDS[:2], ServerFailed("It broke."))
    wanted = make_plan(cells, earlier=Fetched(leads=make_table([]), failed=failed))
    whole = settled(sheet, wanted, Fetched(leads=make_table([]), failed=failed), account=ACCOUNT)
    assert [*whole.leads] == [*make_table([]).columns]
    for form in Form:
        assert file_bytes(View(lookup=whole), Choice(form=form, shape=Shape.LEADS)) is not None


def test_a_trial_that_completes_an_earlier_fetch_still_leaves_its_rest(
    make_sheet: MakeSheet, make_plan: Callable[..., Plan], make_table: Callable[..., LeadTable]
) -> None:
    sheet, cells = make_sheet(*IDS[:6])
    earlier = Fetched(leads=make_table(IDS[:2]), not_asked=IDS[2:6])
    wanted = make_plan(cells, earlier=earlier, first=1)
    whole = settled(sheet, wanted, Fetched(leads=make_table(IDS[2:3])), account=ACCOUNT)
    assert tuple(whole.fetched.leads.ids) == IDS[:3]
    assert whole.fetched.not_asked == IDS[3:6]


CELL = st.one_of(
    st.sampled_from([*IDS, *(f"{{{text.upper()}}}" for text in IDS[:5])]),
    st.integers(10**12, 10**12 + 5).map(lead_id),
    st.sampled_from(["", " ", "n/a", "see email", IDS[0][:20], f"{IDS[0]}, {IDS[1]}"]),
)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    cells=st.lists(CELL, max_size=40),
    fault=st.sampled_from(sorted(set(Fault) - SLOW_OR_PAUSING)),
    share=st.sampled_from([0.0, 0.2, 0.5, 1.0]),
    batch=st.integers(1, 12),
    first=st.none() | st.integers(0, 10),
)
def test_outcomes_add_up_whatever_the_sheet_and_the_server_do(  # noqa: PLR0913 - three fixtures, five choices
    sandbox: Sandbox,
    make_sheet: MakeSheet,
    make_plan: Callable[..., Plan],
    make_client: Callable[..., LeadSquared],
    *,
    cells: list[str],
    fault: Fault,
    share: float,
    batch: int,
    first: int | None,
) -> None:
    sandbox.behaviour = Behaviour(max_calls=None, fault=fault, fault_share=share)
    sheet, found = make_sheet(*cells, IDS[0])
    client = make_client(batch=batch, cache=NoCache())
    lookup = run(sheet, make_plan(found, first=first), client=client)
    assert_sums(lookup)

    sandbox.behaviour = Behaviour(max_calls=None)
    whole = run(sheet, make_plan(found, earlier=lookup.fetched), client=client)
    assert_sums(whole)
    assert not whole.fetched.failed
    assert not whole.fetched.not_asked
    known = [lead_id for lead_id in found.ids if lead_id in IDS]
    assert [lead for lead in whole.fetched.leads.ids if lead in IDS] == [
        lead for lead in known if lead not in lookup.fetched.not_found
    ]


def assert_sums(lookup: Lookup) -> None:
    """Check both sums of the contract, and that no id has two outcomes."""
    report = fetch_report(lookup)
    assert report["rows"] + report["extra_ids"] == (
        report["ids_asked"] + report["duplicates"] + len(report["invalid"]) + report["blank"]
    )
    ends = (report["not_found"], report["failed"], report["not_asked"])
    assert report["ids_asked"] == report["returned"] + sum(map(len, ends))
    every = [*lookup.fetched.leads.ids, *(lead for end in ends for lead in end)]
    assert sorted(every) == sorted(lookup.plan.cells.ids)
    entries = report["rows"] + report["extra_ids"]
    assert sum(lookup.ledger.counts().values()) == entries == len(lookup.ledger.frame)


def test_a_completed_fetch_cost_what_both_did_and_has_what_was_odd_in_either(
    make_sheet: MakeSheet, make_table: Callable[..., LeadTable], make_plan: Callable[..., Plan]
) -> None:
    sheet, cells = make_sheet(*IDS[:4])
    absent = frozenset({"Score", "FirstName"})
    earlier = Fetched(
        leads=replace(make_table(IDS[:2]), absent=absent),
        not_asked=IDS[2:4],
        stats=FetchStats(
            calls=3,
            retries=1,
            limited=1,
            from_cache=2,
            elapsed_s=1.5,
            odd=Oddities(unasked=2),
            max_calls=9,
            window_s=5.0,
            alone_calls=4,
        ),
    )
    later = Fetched(
        leads=replace(make_table(IDS[2:4]), absent=frozenset({"Score"})),
        stats=FetchStats(
            calls=2, retries=1, elapsed_s=0.5, odd=Oddities(unasked=1), max_calls=8, window_s=6.0
        ),
    )
    lookup = settled(sheet, make_plan(cells, earlier=earlier), later, account=ACCOUNT)
    assert lookup.fetched.stats == FetchStats(
        calls=5,
        retries=2,
        limited=1,
        from_cache=2,
        elapsed_s=2.0,
        odd=Oddities(unasked=3),
        max_calls=8,
        window_s=6.0,
        alone_calls=4,
    )
    assert lookup.fetched.leads.absent == {"Score"}
    wanted = make_plan(cells, earlier=earlier)
    unheard = settled(
        sheet, wanted, Fetched(leads=LeadTable(), not_asked=IDS[2:4]), account=ACCOUNT
    )
    assert (unheard.fetched.stats.max_calls, unheard.fetched.stats.window_s) == (9, 5.0)
