"""The report: its keys are a contract, its sums hold, and it is one JSON object."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

from lsq.analysis.catalog import Catalog
from lsq.api.errors import KeysRefused, ServerFailed
from lsq.api.models import FetchStats, Field, LeadTable, Oddities
from lsq.lookup.report import check_report, fetch_report, oddities, open_ids
from lsq.sandbox import lead_id

if TYPE_CHECKING:
    from collections.abc import Callable

    from lsq.lookup.run import Lookup

IDS = tuple(lead_id(number) for number in range(6))
CONTRACT = {
    "rows",
    "id_column",
    "ids_asked",
    "returned",
    "not_found",
    "failed",
    "not_asked",
    "duplicates",
    "invalid",
    "from_cache",
    "calls",
    "retries",
    "limited",
    "elapsed_s",
    "columns_absent",
    "warnings",
    "blank",
    "extra_ids",
}
ONLY_A_FETCH_KNOWS = {
    "returned",
    "not_found",
    "failed",
    "not_asked",
    "from_cache",
    "calls",
    "retries",
    "limited",
    "elapsed_s",
    "columns_absent",
}
STATS = FetchStats(calls=3, retries=1, limited=2, from_cache=1, elapsed_s=1.23456)


def everything(make_lookup: Callable[..., Lookup], **more: object) -> Lookup:
    """Return a lookup with every outcome in it."""
    texts = (f"{IDS[0]} {IDS[1]}", IDS[2], IDS[3], IDS[4], IDS[0], "", "see “email”")
    return make_lookup(
        *texts,
        not_found=IDS[2:3],
        failed={IDS[3]: ServerFailed("The server answered 500.", "Ask again.")},
        not_asked=IDS[4:5],
        stats=STATS,
        **more,
    )


def test_a_fetch_report_has_every_key_of_the_contract(make_lookup: Callable[..., Lookup]) -> None:
    assert set(fetch_report(everything(make_lookup))) >= CONTRACT


def test_a_check_report_leaves_out_what_only_a_fetch_can_know(
    make_sheet: Callable[..., tuple[object, object]],
) -> None:
    report = check_report(*make_sheet(*IDS))
    assert set(report) >= CONTRACT - ONLY_A_FETCH_KNOWS
    assert not set(report) & ONLY_A_FETCH_KNOWS


def test_a_fetch_report_says_what_became_of_every_row(make_lookup: Callable[..., Lookup]) -> None:
    report = fetch_report(everything(make_lookup))
    assert (report["rows"], report["extra_ids"], report["ids_asked"]) == (7, 1, 5)
    assert (report["duplicates"], report["blank"], report["returned"]) == (1, 1, 2)
    assert report["id_column"] == "Lead ID"
    assert report["not_found"] == [IDS[2]]
    assert report["failed"] == {IDS[3]: "The server answered 500. Ask again."}
    assert report["not_asked"] == [IDS[4]]
    (invalid,) = report["invalid"]
    assert (invalid["row"], invalid["value"]) == (8, "see “email”")
    assert invalid["reason"]


def test_a_fetch_report_says_what_it_cost(make_lookup: Callable[..., Lookup]) -> None:
    report = fetch_report(everything(make_lookup))
    assert (report["calls"], report["retries"], report["limited"]) == (3, 1, 2)
    assert (report["from_cache"], report["elapsed_s"]) == (1, 1.235)


def test_both_sums_of_the_contract_hold(make_lookup: Callable[..., Lookup]) -> None:
    report = fetch_report(everything(make_lookup))
    others = report["duplicates"] + len(report["invalid"]) + report["blank"]
    assert report["rows"] + report["extra_ids"] == report["ids_asked"] + others
    ends = sum(len(report[name]) for name in ("not_found", "failed", "not_asked"))
    assert report["ids_asked"] == report["returned"] + ends


def test_reports_are_json_as_they_are(make_lookup: Callable[..., Lookup]) -> None:
    lookup = everything(make_lookup)
    for report in (fetch_report(lookup), check_report(lookup.sheet, lookup.plan.cells)):
        assert json.loads(json.dumps(report)) == report


def test_absent_columns_are_listed_and_warned_of(make_lookup: Callable[..., Lookup]) -> None:
    leads = LeadTable(
        ids=IDS[:1],
        columns={"ProspectID": IDS[:1], "mx_Zip": [None], "mx_Citty": [None]},
        fetched_at=[0.0],
        absent=frozenset({"mx_Zip", "mx_Citty"}),
    )
    report = fetch_report(make_lookup(IDS[0], leads=leads))
    assert report["columns_absent"] == ["mx_Citty", "mx_Zip"]
    assert report["warnings"] == [
        "Column mx_Citty came back for no lead: the name may be wrong.",
        "Column mx_Zip came back for no lead: the name may be wrong.",
    ]


def test_what_the_reader_noted_about_the_sheet_is_a_warning(
    make_sheet: Callable[..., tuple[object, object]],
) -> None:
    report = check_report(*make_sheet(IDS[0], "Lead ID", IDS[1]))
    assert report["warnings"] == ["Row 3 repeats the column names; left out."]
    assert report["rows"] == 2


def test_nothing_odd_gives_no_warning(make_lookup: Callable[..., Lookup]) -> None:
    assert oddities(make_lookup(*IDS)) == []


def test_every_oddity_is_a_sentence(make_lookup: Callable[..., Lookup]) -> None:
    lookup = make_lookup(
        *IDS,
        not_asked=IDS[3:],
        stats=FetchStats(odd=Oddities(unasked=2, repeated=3)),
        stopped_by=KeysRefused("LeadSquared refused the keys (401).", "Check them."),
    )
    assert oddities(lookup) == [
        "2 leads came that nobody asked for; they are left out.",
        "3 leads came more than once; one of each is kept.",
        "LeadSquared refused the keys (401). Check them.",
    ]


def test_a_limit_that_could_not_be_shared_is_said_with_what_was_kept_to(
    make_lookup: Callable[..., Lookup],
) -> None:
    stats = FetchStats(alone_calls=12, max_calls=25, window_s=5.0)
    (said,) = oddities(make_lookup(*IDS, stats=stats))
    assert said == (
        "Redis could not be reached for a while: this fetch kept to 12 calls in 5 s, "
        "its part of the shared limit."
    )


def test_refusals_by_the_rate_limit_are_counted_and_said(
    make_lookup: Callable[..., Lookup],
) -> None:
    (said,) = oddities(make_lookup(*IDS, stats=FetchStats(limited=2, max_calls=10, window_s=5.0)))
    assert said.startswith("The rate limit refused 2 calls: other programs")
    assert "10 calls in 5 s" in said


def test_answers_that_contradict_themselves_are_said(make_lookup: Callable[..., Lookup]) -> None:
    odd = Oddities(doubled=1, damaged=2, miscounted=3)
    assert oddities(make_lookup(*IDS, stats=FetchStats(odd=odd))) == [
        "1 lead came with two values in one column; the last one is kept.",
        "2 values hold “\ufffd” in place of a character that could not be read.",
        "3 answers gave another number of leads than came; what came counts.",
    ]


def test_one_oddity_is_in_the_singular(make_lookup: Callable[..., Lookup]) -> None:
    assert oddities(make_lookup(*IDS, stats=FetchStats(odd=Oddities(unasked=1, repeated=1)))) == [
        "1 lead came that nobody asked for; it is left out.",
        "1 lead came more than once; one is kept.",
    ]


def test_dates_and_numbers_that_cannot_be_read_are_counted_and_said(
    make_lookup: Callable[..., Lookup], make_table: Callable[..., LeadTable]
) -> None:
    scores, dates = ["71", "many", "lots"], ["2026-06-01 10:00:00.000", "soon", None]
    lookup = make_lookup(*IDS[:3], leads=make_table(IDS[:3], Score=scores, CreatedOn=dates))
    kept = "every file but Parquet holds them as they came."
    assert sorted(oddities(lookup)) == [
        f"1 value of CreatedOn could not be read as a date or number; {kept}",
        f"2 values of Score could not be read as a date or number; {kept}",
    ]
    assert set(oddities(lookup)) <= set(fetch_report(lookup)["warnings"])


def test_stages_that_the_account_does_not_list_are_named_with_their_leads(
    make_lookup: Callable[..., Lookup], make_table: Callable[..., LeadTable]
) -> None:
    stages = ["New", "new", None, "Lost it", "Lost it", "Odd"]
    lookup = make_lookup(*IDS, leads=make_table(IDS, ProspectStage=stages))
    assert oddities(lookup) == []  # the account has not said its stages
    listed = Field(name="ProspectStage", label="Stage", options=("New", "Won"))
    known = replace(lookup, plan=replace(lookup.plan, catalog=Catalog.of([listed])))
    assert oddities(known) == [
        "3 leads have a stage that the account does not list: Lost it (2), Odd (1)."
    ]


def test_of_many_unlisted_stages_five_are_named(
    make_lookup: Callable[..., Lookup], make_table: Callable[..., LeadTable]
) -> None:
    lookup = make_lookup(*IDS, leads=make_table(IDS, ProspectStage=list("abcdef")))
    listed = Field(name="ProspectStage", label="Stage", options=("New",))
    known = replace(lookup, plan=replace(lookup.plan, catalog=Catalog.of([listed])))
    (said,) = known.oddities
    assert said.endswith("a (1), b (1), c (1), d (1), e (1) and 1 more.")
    fine = Field(name="ProspectStage", label="Stage", options=tuple("ABCDEF"))
    assert replace(lookup, plan=replace(lookup.plan, catalog=Catalog.of([fine]))).oddities == ()


def test_ids_without_an_answer_are_said_but_no_warning(make_lookup: Callable[..., Lookup]) -> None:
    failed = {IDS[1]: ServerFailed("The server answered 500.", "")}
    lookup = make_lookup(*IDS[:4], failed=failed, not_asked=IDS[2:4])
    assert open_ids(lookup) == ["1 id failed; Lookup says why.", "2 ids were not asked for."]
    assert fetch_report(lookup)["warnings"] == []
    assert open_ids(make_lookup(*IDS[:4])) == []
