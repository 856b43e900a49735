"""One record: a line, or several when a quoted cell holds line ends."""

from __future__ import annotations

import pytest

from lsq.sheets.parsing import record as record_module
from lsq.sheets.parsing.line import Dialect, Split, lines_of
from lsq.sheets.parsing.record import Record, Records


def like_row(cells: list[str]) -> bool:
    return len(cells) == 3 and cells[0].startswith("id")


def read(text: str) -> Record:
    first, *others = lines_of(text)
    return Records(Dialect(), like_row).read(first, others)


def test_a_line_whose_quotes_are_closed_is_a_record() -> None:
    assert read('id1,"a",b\nid2,"c\n') == (1, Split(["id1", "a", "b"]))


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_quoted_cell_holds_line_ends(end: str) -> None:
    record = read(f'id1,"a{end}{end}b",c{end}id2,d,e{end}')
    assert record == (3, Split(["id1", f"a{end}{end}b", "c"]))


@pytest.mark.parametrize("cell", ["\n", "a\n", "\na", "\r"])
def test_a_cell_may_be_a_line_end_and_little_else(cell: str) -> None:
    assert read(f'id1,"{cell}",c\n').split.cells == ["id1", cell, "c"]


def test_a_row_is_not_swallowed_by_a_quote_that_is_never_closed() -> None:
    assert read('id1,"a,b\nid2,c,d\nid3,"e",f\n') == (
        1,
        Split(["id1", '"a', "b"], stray=True, open=1, unclosed=(1,)),
    )
    assert read('id1,"a\n') == (1, Split(["id1", '"a'], stray=True, open=1, unclosed=(1,)))


def test_rows_inside_a_cell_stay_in_it_when_the_record_becomes_a_row() -> None:
    record = read('id1,"a\nid2,b,c\nd",e\nid3,f,g\n')
    assert record == (3, Split(["id1", "a\nid2,b,c\nd", "e"]))


def test_a_whole_row_swallows_no_row() -> None:
    assert read('id1,"a,b\nid2,c,d\ne",f\n').lines == 1


def test_a_cell_closed_properly_is_preferred_to_one_closed_after_a_stray_quote() -> None:
    record = read('x,"a\nb "c",d\ne",f\n')
    assert record == (2, Split(["x", 'a\nb "c', "d"], stray=True))
    record = read('x,"a "b\nc" d"\n""e",f\n')
    assert record.split.stray


def test_a_cell_that_begins_with_a_separator_and_a_quote_is_closed_further_down() -> None:
    assert read('id1,b,",""1\n"\n') == (2, Split(["id1", "b", ',"1\n']))


def test_a_quote_is_not_closed_by_another_quoted_cell() -> None:
    assert read('id1,"a\nnote,"c"\n') == (
        1,
        Split(["id1", '"a'], stray=True, open=1, unclosed=(1,)),
    )


def test_no_cell_goes_on_for_more_lines_than_it_may(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(record_module, "_MOST_LINES", 3)
    assert read('id1,"a\nb\nc",d\n').lines == 3
    assert read('id1,"a\nb\nc\nd\ne",f\n').lines == 1


def test_no_cell_is_longer_than_it_may_be(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(record_module, "_LONGEST", 20)
    assert read('id1,"a\nb",c\n').lines == 2
    assert read('id1,"a\n' + "b" * 20 + '",c\n').lines == 1


def test_what_is_read_ahead_in_vain_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(record_module, "_MOST_LINES", 10_000)
    looked = 0

    def ahead() -> object:
        nonlocal looked
        for _ in range(1_000):
            looked += 1
            yield "x\n"

    records = Records(Dialect(), like_row, 1_000)
    for _ in range(100):
        assert records.read('x"y,"\n', ahead()).lines == 1
    assert looked * 2 < 1_000 + 100 * (3 * 6 + 2)


def test_reading_ahead_is_earned_back_by_reading_on() -> None:
    records = Records(Dialect(), like_row, 0)
    assert records.read('id1,"a\n', ["b" * 99, 'c",d\n']).lines == 1
    records.read("id2," + "x" * 1000 + ",y\n", [])
    assert records.read('id1,"a\n', ["b\n", 'c",d\n']).lines == 3
