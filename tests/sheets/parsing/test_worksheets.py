"""The worksheet with the most ids is meant; a tie is asked, and ids elsewhere are told."""

from __future__ import annotations

import io
from unittest.mock import Mock

import pytest
import xlsxwriter

from lsq.analysis.moves import SINCE
from lsq.lookup.choice import LEDGER_OUTCOMES, Rows
from lsq.sheets.errors import SheetError, WorksheetTie
from lsq.sheets.parsing import workbook_in
from lsq.sheets.parsing.parse import parse_sheet
from lsq.sheets.parsing.worksheets import OURS
from lsq.sheets.sheet import Choices, Worksheet


def workbook(**columns: list[str]) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        for name, cells in columns.items():
            book.add_worksheet(name).write_column(0, 0, cells)
    return out.getvalue()


def test_the_cells_with_an_id_are_counted_per_worksheet(ids: list[str]) -> None:
    braces = "{" + ids[1].upper() + "}"
    nobody = "00000000-0000-0000-0000-000000000000"
    data = workbook(A=["Id", ids[0], nobody, "x" * 40], B=["Id", *ids[:2], braces], C=["none"])
    sheet = parse_sheet(data, name="x.xlsx")
    assert sheet.worksheet == "B"
    assert sheet.worksheets == (Worksheet("A", 4, 1), Worksheet("B", 4, 3), Worksheet("C", 1, 0))
    assert sheet.notes == ()


def test_a_note_says_which_other_worksheets_hold_ids_that_are_not_here(ids: list[str]) -> None:
    data = workbook(North=["Id", *ids[:100]], South=["Id", *ids[98:197]], West=["Id", ids[500]])
    sheet = parse_sheet(data, name="x.xlsx")
    assert sheet.worksheet == "North"
    assert sheet.notes == (
        "Worksheet South also holds 97 ids that are not here.",
        "Worksheet West also holds 1 id that is not here.",
    )


def test_many_other_worksheets_share_one_note(ids: list[str]) -> None:
    months = {f"M{n}": [ids[n], ids[999]] for n in range(9)}
    sheet = parse_sheet(workbook(All=["Id", *ids[100:110]], **months), name="x.xlsx")
    assert sheet.notes[-1] == (
        "9 other worksheets also hold 10 ids that are not here: M0, M1, M2, M3, M4 and 4 more."
    )


def test_a_tie_is_asked_and_not_guessed(ids: list[str]) -> None:
    data = workbook(North=["Id", *ids[:3]], South=["Id", *ids[3:6]], East=["Id", ids[9]])
    with pytest.raises(WorksheetTie) as caught:
        parse_sheet(data, name="x.xlsx")
    assert caught.value.title == "x.xlsx has 2 worksheets with 3 cells of ids each: North, South."
    assert [worksheet.name for worksheet in caught.value.worksheets] == ["North", "South", "East"]
    chosen = parse_sheet(data, name="x.xlsx", choices=Choices(worksheet="South"))
    assert chosen.table["Id"].to_pylist() == ids[3:6]
    assert chosen.notes[0] == "Worksheet North also holds 3 ids that are not here."


def test_worksheets_with_the_same_ids_are_no_tie(ids: list[str]) -> None:
    data = workbook(Mine=["Id", *ids[:3]], Copy=["Id", *reversed(ids[:3])])
    assert parse_sheet(data, name="x.xlsx").worksheet == "Mine"


def test_without_any_id_the_first_filled_worksheet_is_read() -> None:
    assert parse_sheet(workbook(Empty=[], A=["a", "b"], B=["a"]), name="x.xlsx").worksheet == "A"


def test_a_workbook_of_empty_worksheets_is_empty_even_when_one_is_named() -> None:
    with pytest.raises(SheetError, match=r"^x\.xlsx is empty\."):
        parse_sheet(workbook(Empty=[], B=[]), name="x.xlsx", choices=Choices(worksheet="B"))


def test_of_fifty_worksheets_each_is_looked_at_once_and_one_is_made_text(
    ids: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    survey, cell_text = Mock(wraps=workbook_in.survey), Mock(wraps=workbook_in.cell_text)
    monkeypatch.setattr(workbook_in, "survey", survey)
    monkeypatch.setattr(workbook_in, "cell_text", cell_text)
    data = workbook(**{f"Tab {n}": ["Id", *ids[: 200 + n]] for n in range(50)})
    sheet = parse_sheet(data, name="x.xlsx")
    assert (sheet.worksheet, len(sheet.worksheets)) == ("Tab 49", 50)
    assert (survey.call_count, cell_text.call_count) == (50, 250)


def table(**worksheets: list[list[str]]) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        for name, rows in worksheets.items():
            sheet = book.add_worksheet(name.replace("_", " "))
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
    return out.getvalue()


def read_worksheet(**worksheets: list[list[str]]) -> str | None:
    return parse_sheet(table(**worksheets), name="x.xlsx").worksheet


def test_three_columns_of_ids_are_no_more_leads_than_one(ids: list[str]) -> None:
    activities = [["ActivityId", "RelatedId", "OwnerId"]]
    activities += [[ids[n], ids[n + 20], ids[n + 40]] for n in range(6)]
    leads = [["Id"], *([id_] for id_ in ids[60:70])]
    data = table(Activities=activities, Leads=leads)
    sheet = parse_sheet(data, name="x.xlsx")
    assert sheet.worksheet == "Leads"
    assert sheet.worksheets == (Worksheet("Activities", 7, 6), Worksheet("Leads", 11, 10))
    assert sheet.notes == ("Worksheet Activities also holds 18 ids that are not here.",)


def test_names_decide_between_worksheets_with_nearly_as_many_ids(ids: list[str]) -> None:
    def column(name: str, *span: int) -> list[list[str]]:
        return [[name], *([id_] for id_ in ids[slice(*span)])]

    assert read_worksheet(A=column("OwnerId", 20), B=column("Lead ID", 30, 49)) == "B"
    assert read_worksheet(Owners=column("Id", 20), Leads=column("Id", 30, 49)) == "Leads"
    assert read_worksheet(Owners=column("Id", 20), Leads=column("Id", 30, 47)) == "Owners"
    assert read_worksheet(A=column("Id", 20), B=column("Id", 30, 49)) == "A"
    with pytest.raises(WorksheetTie):
        read_worksheet(A=column("Lead ID", 20), B=column("ProspectID", 30, 50))


def test_the_name_decides_within_a_worksheet_too(ids: list[str]) -> None:
    rows = [["Lead ID", "OwnerId"], *([ids[n], ids[n + 50]] for n in range(10))]
    rows[3][0] = "#N/A"
    assert read_worksheet(A=rows, B=[["OwnerId"], *([id_] for id_ in ids[100:109])]) == "A"


def test_a_worksheet_that_later_ones_make_the_best_is_read(ids: list[str]) -> None:
    data = workbook(
        A=["Lead ID", *ids[:93]], B=["Lead", *ids[200:300]], C=["Id", *ids[300:408]]
    )  # fmt: skip
    sheet = parse_sheet(data, name="x.xlsx")
    assert (sheet.worksheet, sheet.table.column_names) == ("B", ["Lead"])


def test_our_own_workbook_gives_its_leads_and_not_the_longer_list_of_others(
    ids: list[str],
) -> None:
    leads = [["ProspectID", "Outcome"], *([id_, "fetched"] for id_ in ids[:4])]
    others = [["row", "value", "id"], *([str(n), ids[n], ids[n]] for n in range(10, 19))]
    about = [["What", "Value"], ["Account", "x"]]
    ours = {"Leads": leads, "Stages": [["Stage"]], "Not_found": others}
    data = table(**ours, About=about)
    sheet = parse_sheet(data, name="x.xlsx")
    assert sheet.worksheet == "Leads"
    assert sheet.notes == ("Worksheet Not found also holds 9 ids that are not here.",)
    assert parse_sheet(data, name="x", choices=Choices(worksheet="Not found")).table.num_rows == 9
    assert read_worksheet(**ours, Mine=[["a"]], About=about) == "Not found"
    assert read_worksheet(**{**ours, "Leads": [["ProspectID"]]}, About=about) == "Not found"


def test_our_own_workbook_is_known_by_the_names_that_the_download_gives() -> None:
    tabs = {rows.capitalize() for rows in LEDGER_OUTCOMES if rows is not Rows.LEDGER}
    assert tabs | {"Leads", "Stages", SINCE, "About"} == OURS


@pytest.mark.parametrize("hide", ["hide", "very_hidden"])
def test_a_hidden_worksheet_that_is_taken_is_said_to_be_hidden(ids: list[str], hide: str) -> None:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        book.add_worksheet("Notes").write_column(0, 0, ["Id", ids[0]])
        kept = book.add_worksheet("Kept")
        kept.write_column(0, 0, ["Id", *ids[:3]])
        getattr(kept, hide)()
    sheet = parse_sheet(out.getvalue(), name="x.xlsx")
    assert (sheet.worksheet, sheet.notes) == (
        "Kept",
        ("Worksheet Kept, which is read, is hidden in the workbook.",),
    )
    shown = parse_sheet(out.getvalue(), name="x.xlsx", choices=Choices(worksheet="Notes"))
    assert shown.notes == ("Worksheet Kept also holds 2 ids that are not here.",)
