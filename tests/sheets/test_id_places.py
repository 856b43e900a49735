"""Ids of damaged rows and of further tables are found where they stand."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest

from lsq.api.models import Outcome
from lsq.sheets.damage import Damage
from lsq.sheets.found_ids import merged
from lsq.sheets.id_column import find_ids
from lsq.sheets.ledger import settle
from lsq.sheets.many_cells import Found, read_cells
from lsq.sheets.sheet import Sheet

OWNER = "11111111-2222-4333-8444-555555555555"


def made(
    columns: dict[str, list[str]],
    damage: dict[int, Damage] | None = None,
    starts: tuple[int, ...] = (0,),
) -> Sheet:
    """Build a sheet whose rows are shown from row 2 on."""
    table = pa.table({name: pa.array(cells, pa.string()) for name, cells in columns.items()})
    words = [(damage or {}).get(row) for row in range(table.num_rows)]
    return Sheet(
        name="leads.csv",
        table=table,
        row_numbers=np.arange(2, table.num_rows + 2),
        damage=pa.array(words, pa.string()).dictionary_encode() if damage else None,
        starts=starts,
    )


def test_a_damaged_row_gives_its_id_from_the_nearest_cell(ids: list[str]) -> None:
    names = ["a", "b", ids[2], "d", "e", "f"]
    codes = [*ids[:2], "", ids[3], "", *ids[4:5]]
    notes = ["", "", "", "", ids[6], ""]
    far = ["", "", ids[9], "", ids[8], ""]
    sheet = made(
        {"Far": far, "Name": names, "Lead ID": codes, "Notes": notes},
        {2: Damage.SHORT, 4: Damage.LONG},
    )
    cells = find_ids(sheet)
    assert cells.column == "Lead ID"
    assert cells.id.to_pylist() == [*ids[:4], ids[6], ids[4]]
    assert cells.value.to_pylist()[2] == ids[2]
    assert cells.elsewhere is not None
    assert cells.elsewhere.to_pylist() == [None, None, "Name", None, "Notes", None]


@pytest.mark.parametrize(("damage", "expected"), [(Damage.LONG, 1), (Damage.QUOTE, 0)])
def test_of_two_equally_near_cells_the_one_the_row_moved_to_is_taken(
    ids: list[str], damage: Damage, expected: int
) -> None:
    sheet = made({"A": ["", ids[0]], "Lead ID": [ids[5], ""], "B": ["", ids[1]]}, {1: damage})
    assert find_ids(sheet, column="Lead ID").id.to_pylist() == [ids[5], ids[expected]]


def test_a_whole_row_is_not_searched(ids: list[str]) -> None:
    sheet = made({"Lead ID": [ids[0], "", ids[2]], "B": ["", ids[1], ""]}, {2: Damage.NUL})
    cells = find_ids(sheet)
    assert cells.id.to_pylist() == [ids[0], None, ids[2]]
    assert cells.elsewhere is None


def test_an_id_without_separators_is_seen_in_a_damaged_row_only(ids: list[str]) -> None:
    glued = f"Rao{ids[1]}98765"
    columns = {"Lead ID": [ids[0], glued, glued, *ids[2:9]], "B": ["x"] * 10}
    cells = find_ids(made(columns, {1: Damage.SHORT}))
    assert cells.id.to_pylist() == [ids[0], ids[1], None, *ids[2:9]]
    assert cells.repairs == {"ids without a separator beside them": 1}


def test_an_owners_id_in_its_own_column_is_no_lead(ids: list[str]) -> None:
    columns = {
        "Lead ID": [*ids[:4], "oops", "oops"],
        "Owner": [OWNER, OWNER, OWNER, "", OWNER, f"{ids[5]} {OWNER}"],
    }
    cells = find_ids(made(columns, {4: Damage.SHORT, 5: Damage.SHORT}), column="Lead ID")
    assert cells.id.to_pylist() == [*ids[:4], None, ids[5]]


def test_an_owners_id_that_moved_under_the_leads_column_is_no_lead(ids: list[str]) -> None:
    columns = {
        "Name": ["Rao", "Sen", "Das", f"Roy{ids[3]}", "Roy"],
        "Lead ID": [*ids[:3], OWNER, OWNER],
        "Owner": [OWNER] * 3 + ["", ""],
    }
    cells = find_ids(made(columns, {3: Damage.SHORT, 4: Damage.SHORT}))
    assert cells.id.to_pylist() == [*ids[:4], None]
    assert cells.reason.to_pylist()[4] == "the id of something else than a lead"
    assert cells.outcome.tolist()[4] == "not an id"


@pytest.mark.parametrize("damage", [Damage.NUL, Damage.UNREADABLE])
def test_where_no_cell_has_moved_the_id_columns_id_is_its_own(
    ids: list[str], damage: Damage
) -> None:
    columns = {"Lead ID": [ids[0], *ids[1:3]], "Parent ID": [ids[3], ids[0], ids[0]]}
    assert find_ids(made(columns, {0: damage}), column="Lead ID").id.to_pylist() == ids[:3]


@pytest.mark.parametrize("names", [("Name", "Lead ID"), ("Column 1", "Column 2")])
def test_two_rows_in_one_line_give_each_id_once(ids: list[str], names: tuple[str, str]) -> None:
    columns = {
        names[0]: ["Rao", "Sen", "Das"],
        names[1]: [ids[0], f"{ids[1]}Roy", ids[3]],
        "Column 3": ["", ids[2], ""],
    }
    cells = find_ids(made(columns, {1: Damage.LONG}), column=names[1])
    assert cells.id.to_pylist() == ids[:4]
    assert cells.row.tolist() == [2, 3, 3, 4]


def test_two_rows_in_one_line_may_end_in_an_empty_cell(ids: list[str]) -> None:
    columns = {
        "Lead ID": [ids[0], ids[1], ids[3]],
        "Name": ["Rao", "Sen", "Das"],
        "Notes": ["", ids[2], ""],
        "Column 4": ["", "Roy", ""],
        "Column 5": ["", "", ""],
    }
    assert find_ids(made(columns, {1: Damage.LONG})).id.to_pylist() == ids[:4]


def test_a_row_too_long_by_one_cell_is_not_two_rows(ids: list[str]) -> None:
    columns = {
        "Lead ID": [ids[0], ids[1]],
        "Name": ["Rao", "Sen"],
        "Task": [ids[2], "Roy"],
        "Column 4": ["", ids[3]],
    }
    cells = find_ids(made(columns, {1: Damage.LONG}), column="Lead ID")
    assert cells.id.to_pylist() == ids[:2]


@pytest.mark.parametrize("at", [9, 20, 24])
def test_an_id_cut_in_two_by_a_separator_is_put_together(ids: list[str], at: int) -> None:
    columns = {
        "Lead ID": [*ids[:3], ids[3][:at]],
        "Name": ["Rao", "Sen", "Das", ids[3][at:]],
    }
    assert find_ids(made(columns, {3: Damage.LONG})).id.to_pylist() == ids[:4]


def test_each_table_of_a_file_has_its_own_id_column(ids: list[str]) -> None:
    columns = {
        "Lead ID": [ids[0], ids[1], "", "n", "n", ids[7], ids[8]],
        "Ref": ["", "x", "y", ids[3], f"{ids[4]}; {ids[5]}", "", ids[2]],
    }
    cells = find_ids(made(columns, starts=(0, 3, 5)), column="Lead ID")
    assert cells.columns == ("Lead ID", "Ref", "Lead ID")
    assert cells.id.to_pylist() == [ids[0], ids[1], None, ids[3], ids[4], ids[5], ids[7], ids[8]]
    assert (cells.rows, cells.extra_ids) == (7, 1)


def test_columns_of_different_tables_are_no_tie(ids: list[str]) -> None:
    columns = {"Code": [*ids[:3], "", "", ""], "Ref": ["", "", "", *ids[3:6]]}
    cells = find_ids(made(columns, starts=(0, 3)))
    assert cells.ids == tuple(ids[:6])


def test_the_ledger_names_the_damage_beside_the_outcome(ids: list[str]) -> None:
    columns = {"Lead ID": [ids[0], "", ids[0], "x", ""], "B": ["", ids[1], "", "", ""]}
    damage = {1: Damage.QUOTE, 2: Damage.SHORT, 3: Damage.LONG, 4: Damage.NUL}
    ledger = settle(find_ids(made(columns, damage), column="Lead ID"), None)
    assert ledger.frame["detail"].tolist() == [
        "",
        "its id stood in the column B; the row has a stray quote",
        "same id as row 2; the row has fewer cells than there are columns",
        "no id in it; the row has more cells than there are columns",
        "no value in the id column; the row has NUL characters, which were left out",
    ]
    assert ledger.counts()[Outcome.TO_FETCH] == 2


def test_a_chosen_column_without_ids_is_not_left_for_another(ids: list[str]) -> None:
    cells = find_ids(made({"Lead ID": ids[:2], "Name": ["Ravi", "Maya"]}), column="Name")
    assert cells.column == "Name"
    assert cells.ids == ()
    assert cells.count(Outcome.INVALID) == 2


def test_damaged_rows_of_many_tables_are_searched_in_one_pass(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    reads: list[int] = []

    def counted(cells: pa.StringArray, *, glued: bool = False) -> Found:
        reads.append(len(cells))
        return read_cells(cells, glued=glued)

    monkeypatch.setattr("lsq.sheets.moved_ids.read_cells", counted)
    monkeypatch.setattr("lsq.sheets.second_rows.read_cells", counted)
    tables, lead = 40, "11111111-2222-4333-8444-{:012x}"
    rows = [[""] * (tables + 1) for _ in range(2 * tables)]
    for table in range(tables):
        rows[2 * table][table] = lead.format(table)
        rows[2 * table + 1][table + 1] = lead.format(1000 + table)
    columns = {f"Lead {n}": list(cells) for n, cells in enumerate(zip(*rows, strict=True))}
    damage = dict.fromkeys(range(1, 2 * tables, 2), Damage.QUOTE)
    cells = find_ids(made(columns, damage, tuple(range(0, 2 * tables, 2))), column="Lead 0")
    assert len(cells.ids) == 2 * tables
    assert len(reads) <= 2
    assert sum(reads) <= 3 * tables


def test_where_no_further_id_is_read_the_ids_are_not_sorted_again(ids: list[str]) -> None:
    found = read_cells(pa.array(ids))
    none = read_cells(pa.array([], pa.string()))
    assert merged(found, np.array([], dtype=np.int64), none)[0] is found


@pytest.mark.parametrize("damage", [Damage.NUL, Damage.UNREADABLE])
def test_where_no_cell_has_moved_no_other_cell_is_searched(ids: list[str], damage: Damage) -> None:
    columns = {
        "Lead ID": [*ids[:3], ""],
        "Name": ["Rao"] * 4,
        "Owner ID": [OWNER, OWNER, "", ids[9]],
        "Column 4": ["", "", "x", ""],
    }
    assert find_ids(made(columns, {2: damage, 3: damage})).ids == tuple(ids[:3])


def test_an_owner_in_its_own_cell_of_a_row_without_its_last_cells_is_no_lead(
    ids: list[str],
) -> None:
    columns = {
        "Lead ID": [*ids[:3], ""],
        "Name": ["Rao"] * 4,
        "Owner ID": [OWNER, OWNER, "", ids[9]],
        "Note": ["a", "b", "c", ""],
    }
    assert find_ids(made(columns, {3: Damage.SHORT})).ids == tuple(ids[:3])
    turned = {name: columns[name] for name in ("Owner ID", "Name", "Lead ID")}
    assert find_ids(made(turned, {3: Damage.SHORT}), column="Lead ID").ids == tuple(ids[:3])


def test_a_lead_id_that_moved_under_the_owners_by_a_missing_separator_is_one(
    ids: list[str],
) -> None:
    columns = {
        "Name": ["Rao", "Sen", f"Das{ids[8]}"],
        "Owner ID": [OWNER, OWNER, ids[2]],
        "Lead ID": [*ids[:2], ""],
    }
    cells = find_ids(made(columns, {2: Damage.SHORT}), column="Lead ID")
    assert cells.ids == tuple(ids[:3])


def test_a_further_id_of_a_row_is_named_with_its_column(ids: list[str]) -> None:
    columns = {
        "Lead ID": [ids[0], ids[1], ids[2]],
        "Name": ["Rao", "Sen", "Das"],
        "Note": ["x", "called", "y"],
        "Column 4": ["", f"duplicate of {ids[3]}", ""],
    }
    cells = find_ids(made(columns, {1: Damage.LONG}))
    assert cells.ids == (ids[0], ids[1], ids[3], ids[2])
    assert cells.elsewhere is not None
    assert cells.elsewhere.to_pylist() == [None, None, "Column 4", None]
