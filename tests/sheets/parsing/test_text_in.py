"""A text file from bytes to sheet: laws that hold for any text, and what people's files hold."""

from __future__ import annotations

import csv
import io
from itertools import chain
from typing import TYPE_CHECKING
from unittest.mock import patch
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lsq.sheets.damage import Damage
from lsq.sheets.errors import SheetError
from lsq.sheets.id_shape import ID_IN_TEXT
from lsq.sheets.limits import Limits
from lsq.sheets.parsing import blocks, even, mend
from lsq.sheets.parsing.parse import parse_sheet
from lsq.sheets.sheet import Choices

if TYPE_CHECKING:
    from collections.abc import Callable

    from lsq.sheets.sheet import Sheet

SEPARATORS = (",", ";", "\t", "|")
IDS = [str(UUID(int=(n + 1) * 0x9E3779B97F4A7C15F39CC0605CEDC835 % 2**128)) for n in range(9)]

# A quote of the other kind that begins most cells is believed to be the quote.
texts = st.text(st.sampled_from('ab é,;\t|"\\\r\n-15'), max_size=8)
rows_of_texts = st.lists(st.tuples(texts, texts), min_size=3, max_size=9)


def written(rows: list[tuple[str, ...]], mark: str, end: str, quoting: int) -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=mark, lineterminator=end, quoting=quoting).writerows(rows)  # type: ignore[arg-type]
    return out.getvalue().encode()


def words(sheet: Sheet) -> list[str | None]:
    return [None] * sheet.table.num_rows if sheet.damage is None else sheet.damage.to_pylist()


@pytest.mark.parametrize("mark", SEPARATORS)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("quoting", [csv.QUOTE_MINIMAL, csv.QUOTE_ALL], ids=["few", "all"])
@given(rows=rows_of_texts)
def test_what_the_csv_module_writes_comes_back_exactly(
    mark: str, end: str, quoting: int, rows: list[tuple[str, str]]
) -> None:
    table = [(lead_id, "x1", *row) for lead_id, row in zip(IDS, rows, strict=False)]
    # In cells that begin with a space it belongs to the separator where most do.
    table = [tuple(cell.strip(" ") for cell in row) for row in table]
    if end == "\n":  # Python before 3.13 then writes a carriage return without quotes
        table = [tuple(cell.replace("\r", "") for cell in row) for row in table]
    data = written([("Lead ID", "Kind", "Name", "Note"), *table], mark, end, quoting)
    sheet = parse_sheet(data, name="x.csv", choices=Choices(separator=mark))
    assert [tuple(row.values()) for row in sheet.table.to_pylist()] == table
    assert sheet.table.column_names == ["Lead ID", "Kind", "Name", "Note"]
    assert sheet.row_numbers.tolist() == [*range(2, len(table) + 2)]
    assert (sheet.damage, sheet.starts, sheet.header_row) == (None, (0,), 1)


@given(st.lists(st.sampled_from([*IDS, *'ab,,""\'\r\n\n; ', "Id,Name\n"]), max_size=40))
def test_blocks_of_any_size_make_the_same_sheet(parts: list[str]) -> None:
    data = ("Id,Name\n" + f"{IDS[0]},Rao\n" + "".join(parts)).encode()
    whole = parse_sheet(data, name="x.csv")
    for size in (7, 16, 64):
        with (
            patch.object(blocks, "BLOCK", size),
            patch.object(mend, "_BLOCK", size),
            patch.object(even, "STRETCH", size),
        ):
            again = parse_sheet(data, name="x.csv")
        assert again.table.to_pydict() == whole.table.to_pydict()
        assert again.row_numbers.tolist() == whole.row_numbers.tolist()
        assert (words(again), again.starts, again.notes) == (
            words(whole),
            whole.starts,
            whole.notes,
        )


@given(
    st.lists(
        st.sampled_from([*IDS[:3], *"ab1,;\t|\"'\\\r\n\0 é", "Id,Name\n", "sep=;\n"]), max_size=60
    )
)
def test_any_text_is_a_sheet_or_one_plain_refusal(parts: list[str]) -> None:
    try:
        sheet = parse_sheet("".join(parts).encode(), name="x.csv")
    except SheetError:
        return
    assert len(sheet.row_numbers) == sheet.table.num_rows
    assert len(set(sheet.table.column_names)) == sheet.table.num_columns
    assert all(column.null_count == 0 for column in sheet.table.columns)
    assert sorted(set(sheet.row_numbers.tolist())) == sheet.row_numbers.tolist()


@given(st.lists(st.sampled_from([*IDS, *IDS, *'ab,,,""\'\n\n\n; \t', "Id,Name\n"]), max_size=50))
def test_no_id_of_a_damaged_file_is_lost(parts: list[str]) -> None:
    text = "Id,Name\n" + "".join(f"{each},Rao\n" for each in IDS[:3]) + "".join(parts)
    sheet = parse_sheet(text.encode(), name="x.csv")
    cells = chain.from_iterable(column.to_pylist() for column in sheet.table.columns)
    found = {one for cell in cells for one in ID_IN_TEXT.findall(cell)}
    lines = text.replace("\0", "").splitlines()
    assert found == {one for line in lines for one in ID_IN_TEXT.findall(line)}


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_quoted_cell_of_several_lines_stays_one_row(
    end: str, sheet_of: Callable[..., Sheet]
) -> None:
    text = end.join(["Id,Note", f'{IDS[0]},"a', "", 'b, ""c"""', f"{IDS[1]},d"])
    sheet = sheet_of(text)
    assert sheet.table["Note"].to_pylist() == [f'a{end}{end}b, "c"', "d"]
    assert (sheet.row_numbers.tolist(), sheet.damage) == ([2, 3], None)


def test_a_quote_that_is_never_closed_is_marked_and_swallows_no_row(
    sheet_of: Callable[..., Sheet],
) -> None:
    sheet = sheet_of(f'Id,Name\n{IDS[0]},"Rao\n{IDS[1]},b\n{IDS[2]},c\n')
    assert sheet.table["Id"].to_pylist() == IDS[:3]
    assert sheet.table["Name"].to_pylist() == ['"Rao', "b", "c"]
    assert words(sheet) == [Damage.OPEN_QUOTE, None, None]


def test_a_row_with_another_separator_is_split_and_marked(sheet_of: Callable[..., Sheet]) -> None:
    lines = [f"{each},Rao,Pune" for each in IDS[:5]] + [f"{IDS[5]};Bo;Goa"]
    sheet = sheet_of("\n".join(["Id,Name,City", *lines]))
    assert [*sheet.table.to_pylist()[5].values()] == [IDS[5], "Bo", "Goa"]
    assert words(sheet) == [*[None] * 5, Damage.SEPARATOR]


def test_nul_characters_are_left_out_and_marked(sheet_of: Callable[..., Sheet]) -> None:
    sheet = sheet_of(f"Id,Name\n{IDS[0][:9]}\0{IDS[0][9:]},Rao\n{IDS[1]},b\n")
    assert sheet.table["Id"].to_pylist() == IDS[:2]
    assert words(sheet) == [Damage.NUL, None]


def test_unreadable_characters_are_marked_in_their_row(sheet_of: Callable[..., Sheet]) -> None:
    names = f"Id,Name\n{IDS[0]},{'é' * 50}\n{IDS[1]},".encode()
    sheet = parse_sheet(names + b"R\xffo\n", name="x.csv")
    assert words(sheet) == [None, Damage.UNREADABLE]
    assert sheet.notes == ("1 character could not be read as utf-8 and shows as \ufffd.",)
    assert sheet_of(f"Id,Name\n{IDS[0]},\ufffd\n").damage is None


def test_short_and_long_rows_are_marked_and_kept(sheet_of: Callable[..., Sheet]) -> None:
    lines = [IDS[0], f"{IDS[1]},Rao,extra", *(f"{each},Rao" for each in IDS[2:6])]
    sheet = sheet_of("\n".join(["Id,Name", *lines]))
    assert sheet.table.column_names == ["Id", "Name", "Column 3"]
    assert words(sheet) == [Damage.SHORT, Damage.LONG, None, None, None, None]


def test_separators_at_the_end_of_rows_are_no_damage(sheet_of: Callable[..., Sheet]) -> None:
    sheet = sheet_of("Id,Name,\n" + "".join(f"{each},Rao,\n" for each in IDS))
    assert (sheet.table.column_names, sheet.damage) == (["Id", "Name"], None)


def test_separators_at_the_end_of_a_few_rows_may_be_damage(sheet_of: Callable[..., Sheet]) -> None:
    sheet = sheet_of(f"Id,Name\n{IDS[0]},Rao\n{IDS[1]},Bo\n{IDS[2]},Al,,\n")
    assert sheet.table.column_names == ["Id", "Name"]
    assert words(sheet) == [None, None, Damage.LONG]


def test_a_line_of_too_many_separators_is_refused_with_limit_and_figure() -> None:
    data = f"Id,Name\n{IDS[0]},Rao\n".encode() + b"," * 20_000 + b"\n"
    with pytest.raises(SheetError, match=r"x\.csv has 20,001 columns; the limit is 16,384\."):
        parse_sheet(data, name="x.csv")
    with pytest.raises(SheetError, match=r"x\.csv has 20,000 columns; the limit is 16,384\."):
        parse_sheet(data.replace(b",,", b',"', 1) + b'a"b', name="x.csv")


def test_too_many_rows_are_refused_before_all_are_read() -> None:
    limits = Limits(max_rows=2)
    with pytest.raises(SheetError, match=r"x\.csv has 3 rows; the limit is 2\."):
        parse_sheet(b"Id\n1\n2\n3\n", name="x.csv", limits=limits)
    with (
        patch.object(even, "STRETCH", 1_000),
        pytest.raises(SheetError, match=r"x\.csv has 1,\d\d\d rows; the limit is 2\."),
    ):
        parse_sheet(b"Id\n" + b"1\n" * 9_000, name="x.csv", limits=limits)


def test_a_space_after_each_separator_belongs_to_it(sheet_of: Callable[..., Sheet]) -> None:
    sheet = sheet_of("Id, Name, City\n" + "".join(f"{each}, Rao, Pune\n" for each in IDS))
    assert sheet.table.column_names == ["Id", "Name", "City"]
    assert sheet.table.to_pylist()[0] == {"Id": IDS[0], "Name": "Rao", "City": "Pune"}
    assert sheet.damage is None


def test_a_space_before_a_few_cells_is_kept(sheet_of: Callable[..., Sheet]) -> None:
    sheet = sheet_of(f"Id,Name,City\n{IDS[0]}, Rao,Pune\n{IDS[1]},Bo,Goa\n")
    assert sheet.table["Name"].to_pylist() == [" Rao", "Bo"]


def test_single_quotes_and_backslashes_are_read(sheet_of: Callable[..., Sheet]) -> None:
    single = sheet_of("'Id','Name'\n" + "".join(f"'{each}','Rao, A'\n" for each in IDS))
    assert single.table.to_pylist()[0] == {"Id": IDS[0], "Name": "Rao, A"}
    escaped = sheet_of("Id,Name\n" + "".join(rf'{each},"Ra\"o, A"' + "\n" for each in IDS))
    assert escaped.table.to_pylist()[0] == {"Id": IDS[0], "Name": 'Ra"o, A'}


def test_a_tab_inside_quotes_is_text(sheet_of: Callable[..., Sheet]) -> None:
    sheet = sheet_of(f'Id\tNote\n{IDS[0]}\t"a\tb"\n{IDS[1]}\tc\n')
    assert sheet.table["Note"].to_pylist() == ["a\tb", "c"]


def test_what_excel_declares_is_obeyed_unless_a_person_chose(
    sheet_of: Callable[..., Sheet],
) -> None:
    text = f"sep=;\nId;Name\n{IDS[0]};a,b,c\n"
    assert (sheet_of(text).separator, sheet_of(text).row_numbers.tolist()) == (";", [2])
    assert sheet_of(text, choices=Choices(separator=",")).separator == ","


@pytest.mark.parametrize("mark", ["::", '"', "\n", "\r", "\0", "₹"])
def test_what_cannot_separate_is_refused(mark: str, sheet_of: Callable[..., Sheet]) -> None:
    with pytest.raises(SheetError, match=r"cannot separate the cells of leads\.csv\."):
        sheet_of("a,b\n", choices=Choices(separator=mark))


def test_several_tables_are_laid_onto_the_first(sheet_of: Callable[..., Sheet]) -> None:
    first = "".join(f"{each},Rao,2026-01-01\n" for each in IDS[:4])
    second = "".join(f"2026-01-02,{each},Goa\n" for each in IDS[4:6])
    sheet = sheet_of(f"Id,Name,Created\n{first}\nJuly\nCreated,ID,City\n{second}")
    assert sheet.table.column_names == ["Id", "Name", "Created", "City"]
    assert sheet.starts == (0, 5)
    assert sheet.row_numbers.tolist() == [2, 3, 4, 5, 6, 9, 10]
    assert sheet.table["Id"].to_pylist() == [*IDS[:4], "", *IDS[4:6]]
    assert sheet.table["City"].to_pylist() == ["", "", "", "", "", "Goa", "Goa"]
    assert sheet.damage is None
    assert sheet.notes == (
        "Another table begins below row 8, which has its names.",
        "Row 7 stands above it and is not counted.",
    )


@pytest.mark.parametrize(("first", "header_row"), [("{}", 1), ("Leads of {},,", None)])
def test_no_id_above_the_rows_is_left_out_in_silence(
    ids: list[str], first: str, header_row: int | None
) -> None:
    lines = [first.format(ids[0]), ",Bob,Paris", *(f"{each},B,P" for each in ids[1:4])]
    choices = Choices(header_row=header_row)
    sheet = parse_sheet("\n".join(lines).encode(), name="leads.csv", choices=choices)
    assert any(note.startswith("Row 1 holds an id and is not counted") for note in sheet.notes)


def test_names_that_are_fewer_than_the_columns_are_in_doubt(sheet_of: Callable[..., Sheet]) -> None:
    sheet = sheet_of("Id,Name\n" + "".join(f"{each},Rao,Pune\n" for each in IDS))
    assert not sheet.names_sure
    assert [note for note in sheet.notes if "check that each name stands over" in note] == [
        "Row 1 has 2 names for 3 columns: check that each name stands over its column."
    ]


def test_names_with_a_stray_quote_are_in_doubt(sheet_of: Callable[..., Sheet]) -> None:
    sheet = sheet_of('Id,Na"me,City\n' + "".join(f"{each},Rao,Pune\n" for each in IDS))
    assert not sheet.names_sure
    assert sheet.notes == ("Row 1 has a stray quote: check that each name stands over its column.",)


def test_one_row_whose_cells_have_several_lines_is_one_row(ids: list[str]) -> None:
    cells = [ids[0], "\n", "=1+1\n", "found", ids[0], "x"]
    text = '"Id","A","B","Outcome","ProspectID","C"\n' + ",".join(f'"{cell}"' for cell in cells)
    sheet = parse_sheet(text.encode(), name="one.csv")
    assert [[*row.values()] for row in sheet.table.to_pylist()] == [cells]
