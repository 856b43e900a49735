"""Lookup before a fetch: the empty page, what is refused, what was understood, what it costs."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import openpyxl
import pytest

from lsq.analysis.columns import DEFAULT, PRESETS
from lsq.ui import cost
from lsq.ui.escape import shown

if TYPE_CHECKING:
    from streamlit.testing.v1 import AppTest

    from lsq.api.lead_id import LeadId
    from lsq.sandbox import Sandbox
    from tests.ui.kinds import KeysOf, Said, Visit

PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"


def drop(at: AppTest, name: str, data: bytes) -> AppTest:
    return at.file_uploader(key="sheet").upload(name, data).run()


def test_the_empty_page_says_what_to_drop_and_what_is_promised(
    visit: Visit, said: Said, keys_of: KeysOf
) -> None:
    at = visit("lookup")
    assert at.title[0].value == "Look up a sheet of lead ids"
    text = said(at)
    for promise in ("Every row accounted for", "Cost before spend", "Yours only"):
        assert promise in text
    assert "5,000 made-up rows on the demo account. Nothing leaves this machine." in text
    assert ":gray[No sheet yet]" in text
    assert {"sheet", "paste", "sample"} <= set(keys_of(at))
    assert not at.error


@pytest.mark.parametrize("page", ["lookup", "leads", "stages", "changes", "guide"])
def test_a_page_draws_every_key_once(page: str, visit: Visit, keys_of: KeysOf) -> None:
    keys = keys_of(visit(page))
    assert sorted(set(keys)) == sorted(keys)


@pytest.mark.parametrize(
    ("name", "data", "title", "advice"),
    [
        ("holiday.csv", PNG, r"holiday\.csv is not a sheet\.", "PNG"),
        ("leads.csv", b"", r"leads\.csv is empty\.", ""),
        ("leads.csv", b"Name\nAsha\nRavi\n", "looks like lead ids", "Paste ids"),
    ],
    ids=["picture", "empty", "no ids"],
)
def test_a_file_that_is_no_sheet_of_ids_is_one_sentence_and_the_page_stays(
    name: str, data: bytes, title: str, advice: str, visit: Visit
) -> None:
    at = drop(visit("lookup"), name, data)
    assert len(at.error) == 1
    assert title in at.error[0].title
    assert advice in at.error[0].value
    assert at.title[0].value == "Look up a sheet of lead ids"


def test_after_a_refused_file_a_good_one_is_read(visit: Visit, ids: list[LeadId]) -> None:
    at = drop(visit("lookup"), "holiday.csv", PNG)
    at = drop(at, "good.csv", f"Lead ID\n{ids[0]}\n".encode())
    assert not at.error
    assert at.button(key="fetch").label == "Fetch 1 lead"


def test_of_a_sheet_without_ids_the_viewer_may_name_the_column(
    visit: Visit, ids: list[LeadId]
) -> None:
    rows = "\n".join([f"x{number},note" for number in range(50)])
    at = drop(visit("lookup"), "few.csv", f"Ref,Note\n{ids[0]},a\n{rows}\n".encode())
    assert "The nearest is Ref \\(1 of 51\\)" in at.error[0].value
    at.selectbox(key="id_column").select("Ref").run()
    assert not at.error
    assert at.button(key="fetch").label == "Fetch 1 lead"


def test_pasted_ids_are_a_sheet(visit: Visit, ids: list[LeadId], said: Said) -> None:
    at = visit("lookup")
    at.text_area(key="paste").input(", ".join(ids[:3])).run()
    assert at.button(key="fetch").label == "Fetch 3 leads"
    assert "**3 distinct lead ids**" in said(at)


def test_pasted_words_are_refused_and_pasted_blanks_are_nothing(visit: Visit) -> None:
    at = visit("lookup")
    at.text_area(key="paste").input("   \n ").run()
    assert not at.error
    at.text_area(key="paste").input("no ids here").run()
    assert len(at.error) == 1


def test_the_sample_is_understood_in_numbers(
    visit: Visit, said: Said, sandboxes: list[Sandbox]
) -> None:
    at = visit("lookup")
    at.button(key="sample").click().run()
    text = said(at)
    assert (
        "**4,812 distinct lead ids** in column **Lead ID**. "
        "5,000 rows = 4,812 ids + 142 duplicates + 31 blank + 15 not ids."
    ) in text
    assert ":green-badge[:material/check: every row accounted for]" in text
    assert ":orange-badge[:material/warning: 15 rows are not ids]" in text
    assert ":blue-badge[2" in text
    assert at.button(key="fetch").label == "Fetch 4,812 leads"
    assert "**5 calls · about 1 s**&ensp;4,812 leads will be asked for, 1,000 a call." in text
    assert r"**campaign\_june\.csv**" in text
    assert sandboxes[0].arrivals == ()


def test_no_sample_is_offered_on_a_team_account(visit: Visit, keys_of: KeysOf) -> None:
    keys = {"host": "api-in21.leadsquared.com", "access_key": "u$r1", "secret_key": "s1"}
    at = visit("lookup", secrets={"lsq": keys, "access": {"mode": "platform"}})
    assert "sample" not in keys_of(at)
    assert "sheet" in keys_of(at)


def test_one_row_that_is_not_an_id_is_singular(visit: Visit, ids: list[LeadId], said: Said) -> None:
    at = drop(visit("lookup"), "a.csv", f"Lead ID\n{ids[0]}\n{ids[1]}\n{ids[2]}\nzzz\n".encode())
    assert ":orange-badge[:material/warning: 1 row is not an id]" in said(at)


def test_another_id_column_can_be_chosen(visit: Visit, ids: list[LeadId]) -> None:
    text = "\n".join([f"{a},{b}" for a, b in zip(ids[:4], [ids[9]] * 4, strict=True)])
    at = drop(visit("lookup"), "two.csv", f"Lead ID,Parent\n{text}\n".encode())
    chooser = at.selectbox(key="id_column")
    assert chooser.options == [
        "Lead ID (4 of 4 look like ids, 100%)",
        "Parent (4 of 4 look like ids, 100%)",
    ]
    chooser.select("Parent").run()
    assert at.button(key="fetch").label == "Fetch 1 lead"
    assert at.session_state["leadsheet"].cells.column == "Parent"


def test_a_chosen_column_without_ids_leaves_nothing_to_ask(
    visit: Visit, ids: list[LeadId], said: Said
) -> None:
    at = drop(visit("lookup"), "a.csv", f"Lead ID,Name\n{ids[0]},Asha\n".encode())
    at.selectbox(key="id_column").select("Name").run()
    assert "No id to ask for." in said(at)
    assert at.button(key="fetch").disabled
    assert not at.error


def test_the_column_chosen_for_one_sheet_is_not_kept_for_the_next(
    visit: Visit, ids: list[LeadId]
) -> None:
    one = f"Lead ID,Parent\n{ids[0]},{ids[1]}\n".encode()
    at = drop(visit("lookup"), "one.csv", one)
    at.selectbox(key="id_column").select("Parent").run()
    at.button(key="change_sheet").click().run()
    at = drop(at, "two.csv", one)
    assert at.selectbox(key="id_column").value == "Lead ID"
    assert at.session_state["leadsheet"].cells.column == "Lead ID"


def ready(visit: Visit, ids: list[LeadId]) -> AppTest:
    return drop(visit("lookup"), "a.csv", "\n".join(["Lead ID", *ids[:40]]).encode())


def test_the_columns_begin_with_the_essentials_and_follow_the_presets(
    visit: Visit, ids: list[LeadId]
) -> None:
    at = ready(visit, ids)
    assert at.multiselect(key="columns").value == list(DEFAULT)
    at.segmented_control(key="preset").set_value("contact").run()
    assert at.multiselect(key="columns").value == list(PRESETS["contact"])


def test_the_chosen_columns_stay_when_another_sheet_is_dropped(
    visit: Visit, ids: list[LeadId]
) -> None:
    at = ready(visit, ids)
    at.segmented_control(key="preset").set_value("contact").run()
    at.button(key="change_sheet").click().run()
    assert at.title[0].value == "Look up a sheet of lead ids"
    at = drop(at, "b.csv", f"Lead ID\n{ids[0]}\n".encode())
    assert at.multiselect(key="columns").value == list(PRESETS["contact"])
    assert at.segmented_control(key="preset").value == "contact"


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("ProspectId", "ProspectId was read as ProspectID: LeadSquared drops a misspelt name"),
        ("LeadStage", "LeadStage is not a standard column of LeadSquared: did you mean"),
    ],
)
def test_a_slip_in_a_column_is_mended_or_asked_about(
    typed: str, sentence: str, visit: Visit, ids: list[LeadId], said: Said
) -> None:
    at = ready(visit, ids)
    at.multiselect(key="columns").set_value(["FirstName", typed]).run()
    assert sentence in said(at).replace("\\", "")


def test_a_column_of_the_accounts_own_stays_as_it_was_typed(
    visit: Visit, ids: list[LeadId]
) -> None:
    at = ready(visit, ids)
    at.multiselect(key="columns").set_value(["FirstName", "mx_Batch"]).run()
    at.button(key="change_sheet").click().run()
    at = drop(at, "b.csv", f"Lead ID\n{ids[0]}\n".encode())
    at.run()
    assert at.multiselect(key="columns").value == ["FirstName", "mx_Batch"]


def test_no_columns_means_the_ids_alone(visit: Visit, ids: list[LeadId], said: Said) -> None:
    at = ready(visit, ids)
    at.multiselect(key="columns").set_value([]).run()
    assert "Only the lead ids will be fetched: choose a column to see more." in said(at)
    at.button(key="fetch").click().run()
    at.session_state["leadsheet"].job.wait(20)
    assert at.run().success[0].title == r"40 of 40 leads found\."


def test_of_a_workbook_the_worksheet_is_named(visit: Visit, ids: list[LeadId], said: Said) -> None:
    workbook, file = openpyxl.Workbook(), io.BytesIO()
    workbook.active.title = "June_x_"
    for row in (["Lead ID", "Note"], [ids[0], "a"], [ids[1], "b"]):
        workbook.active.append(row)
    workbook.save(file)
    at = drop(visit("lookup"), "a.xlsx", file.getvalue())
    assert r" sheet “June\_x\_” · 2 rows × 2 columns" in said(at)


def test_what_the_reader_had_to_decide_is_said(visit: Visit, ids: list[LeadId], said: Said) -> None:
    text = "\n".join(["Exported by *Anita*", "", "Lead ID;Note", *(f"{one};x" for one in ids[:5])])
    at = drop(visit("lookup"), "a.csv", text.encode())
    notes = at.session_state["leadsheet"].sheet.notes
    assert notes
    captions = [caption.value for caption in at.caption]
    assert [shown(note, limit=400) for note in notes] == captions[: len(notes)]
    assert "Anita*" not in said(at)


def test_a_trial_asks_for_the_first_25(visit: Visit, ids: list[LeadId]) -> None:
    at = ready(visit, ids)
    at.checkbox(key="trial").check().run()
    assert at.button(key="fetch").label == "Fetch 25 leads"


def test_a_short_sheet_has_no_trial(visit: Visit, ids: list[LeadId]) -> None:
    at = drop(visit("lookup"), "a.csv", f"Lead ID\n{ids[0]}\n".encode())
    assert at.checkbox(key="trial").disabled


def test_memory_is_named_only_where_it_gets_short(
    visit: Visit, ids: list[LeadId], said: Said, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cost, "_used_bytes", lambda: 0)
    assert "Community Cloud" not in said(ready(visit, ids))
    monkeypatch.setattr(cost, "_used_bytes", lambda: 600_000_000)
    assert "About 600 MB of memory in all: Community Cloud guarantees 690 MB" in said(
        ready(visit, ids)
    )


def test_where_memory_cannot_be_measured_only_the_result_counts(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fail(*_: object, **__: object) -> str:
        raise OSError

    assert cost._used_bytes() > 1_000_000  # noqa: SLF001 - Linux tells, which no page shows
    monkeypatch.setattr(cost.Path, "read_text", fail)
    assert cost._used_bytes() == 0  # noqa: SLF001


def test_a_plan_without_calls_is_opened_not_fetched(
    visit: Visit, ids: list[LeadId], said: Said
) -> None:
    at = ready(visit, ids)
    at.button(key="fetch").click().run()
    at.session_state["leadsheet"].job.wait(20)
    at.run()
    at.button(key="change_sheet").click().run()
    at = drop(at, "again.csv", "\n".join(["Lead ID", *ids[:40]]).encode())
    assert at.button(key="fetch").label == "Open 40 leads"
    assert "**No calls.**&ensp;All are under 15 min old." in said(at)
    at.checkbox(key="refresh").check().run()
    assert at.button(key="fetch").label == "Fetch 40 leads"
