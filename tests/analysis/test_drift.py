"""What moved since the sheet was made: every lead goes in one direction, and all add up."""

from __future__ import annotations

from itertools import pairwise, permutations, product

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lsq.analysis.catalog import STANDARD
from lsq.analysis.drift import Drift, drift
from lsq.analysis.matching import How, Match
from lsq.analysis.move_matrix import MOST_STAGES, OTHERS, move_matrix
from lsq.analysis.moves import Movement, Moves, since_text
from lsq.analysis.stages import Stage, StageRole, stage_order
from lsq.analysis.text import text_series

STAGE = Match("Stage · yours", "ProspectStage", How.LABEL)
NAMES = ["Prospect", "Contacted", "Enrolled", "Not interested", "Invalid", "Odd", "odd ", "", None]
SIDES = st.lists(st.tuples(st.sampled_from(NAMES), st.sampled_from(NAMES)), min_size=1)


def drift_of(
    *rows: tuple[str | None, str | None], listed: tuple[Stage, ...] | None = None
) -> Drift:
    """Compare old stages with new ones."""
    old, new = zip(*rows, strict=True)
    table = pd.DataFrame({"ProspectStage": text_series(new), STAGE.own: text_series(old)})
    found = drift(
        table,
        [STAGE],
        own={STAGE.own: "Stage"},
        catalog=STANDARD,
        order=stage_order(table["ProspectStage"], older=table[STAGE.own], listed=listed),
    )
    assert found is not None
    return found


def moves_of(*rows: tuple[str | None, str | None]) -> Moves:
    moves = drift_of(*rows).moves
    assert moves is not None
    return moves


def every(moves: Moves) -> np.ndarray:
    return np.ones(len(moves.old), dtype=np.bool_)


@pytest.mark.parametrize(
    ("old", "new", "movement"),
    [
        ("Prospect", "Qualified", Movement.FORWARD),
        ("Prospect", "Enrolled", Movement.FORWARD),
        ("Qualified", "Contacted", Movement.BACK),
        ("Enrolled", "Prospect", Movement.BACK),
        ("Contacted", "Not interested", Movement.DROPPED_OUT),
        ("Enrolled", "Invalid", Movement.DROPPED_OUT),
        ("Not interested", "Prospect", Movement.CAME_BACK),
        ("Invalid", "Enrolled", Movement.CAME_BACK),
        ("Not interested", "Invalid", Movement.OTHERWISE),
        ("Prospect", "Odd", Movement.OTHERWISE),
        ("Odd", "Enrolled", Movement.OTHERWISE),
        ("", "Prospect", Movement.OTHERWISE),
        ("Prospect", None, Movement.OTHERWISE),
        ("not-interested", "Not interested", Movement.STAYED),
        ("Invalid/ Junk", "invalid/junk", Movement.STAYED),
        ("", None, Movement.STAYED),
        ("Odd", "odd ", Movement.STAYED),
    ],
)
def test_a_lead_goes_in_one_of_the_directions(
    old: str | None, new: str | None, movement: Movement
) -> None:
    moves = moves_of((old, new), ("Prospect", "Prospect"))
    assert moves.movement.tolist() == [movement, Movement.STAYED]
    assert moves.moved.tolist() == [movement is not Movement.STAYED, False]


def test_the_viewer_s_order_and_roles_decide() -> None:
    listed = (Stage("B", StageRole.OPEN), Stage("A", StageRole.WON), Stage("C", StageRole.LOST))
    found = drift_of(("A", "B"), ("B", "A"), ("C", "A"), ("Prospect", "A"), listed=listed)
    assert found.moves is not None
    ways = ["moved back", "moved forward", "came back", "moved otherwise"]
    assert found.moves.movement.tolist() == ways


@pytest.mark.parametrize(
    ("old", "new", "movement"),
    [
        ("A", "Invalid/ Junk", Movement.DROPPED_OUT),
        ("Won already", "spam", Movement.DROPPED_OUT),
        ("Callback", "Invalid/ Junk", Movement.DROPPED_OUT),
        ("Callback", "C", Movement.DROPPED_OUT),
        ("Invalid/ Junk", "A", Movement.CAME_BACK),
        ("C", "Admitted", Movement.CAME_BACK),
        ("C", "Invalid/ Junk", Movement.OTHERWISE),
        ("Invalid/ Junk", "spam", Movement.OTHERWISE),
        ("A", "Callback", Movement.OTHERWISE),
        ("Admitted", "A", Movement.OTHERWISE),
        ("Callback", "Admitted", Movement.OTHERWISE),
        ("A", "Odd", Movement.OTHERWISE),
        ("Odd", "Invalid/ Junk", Movement.OTHERWISE),
        ("", "Invalid/ Junk", Movement.OTHERWISE),
        ("Dead", "A", Movement.BACK),
    ],
)
def test_of_a_stage_that_the_account_s_list_lacks_the_usual_words_say_whether_it_is_lost(
    old: str, new: str, movement: Movement
) -> None:
    listed = (
        Stage("A", StageRole.OPEN),
        Stage("Dead", StageRole.OPEN),  # the account's word holds where it has one
        Stage("Won already", StageRole.WON),
        Stage("C", StageRole.LOST),
    )
    moves = drift_of((old, new), listed=listed).moves
    assert moves is not None
    assert moves.movement.tolist() == [movement]
    unlisted = [stage.role for stage in moves.stages[len(listed) :]]
    assert unlisted == [StageRole.UNLISTED] * len(unlisted)


def test_a_stage_that_no_lead_has_any_more_keeps_its_place() -> None:
    moves = moves_of(("Contacted", "Prospect"), ("Contacted", "Enrolled"))
    assert [stage.name for stage in moves.stages] == ["Prospect", "Contacted", "Enrolled"]
    assert moves.since.tolist() == ["Contacted → Prospect", "Contacted → Enrolled"]


def test_since_is_missing_where_nothing_moved() -> None:
    moves = moves_of(("Prospect", "Prospect"), ("Prospect", "Contacted"), ("", "Prospect"))
    assert moves.since.isna().tolist() == [True, False, False]
    assert moves.since[2] == "(blank) → Prospect"
    assert isinstance(moves.since.dtype, pd.CategoricalDtype)
    assert isinstance(moves.movement.dtype, pd.CategoricalDtype)


def test_moves_of_stages_with_an_arrow_in_their_names_have_texts_of_their_own() -> None:
    moves = moves_of(("A → B", "C"), ("A", "B → C"), ("A", "C"))
    assert moves.since.tolist() == ['"A → B" → C', 'A → "B → C"', "A → C"]


def test_no_two_moves_have_one_text() -> None:
    parts = ["", "A", " →", "→ ", " → ", '"', "\\"]
    names = {first + second for first, second in product(parts, repeat=2)}
    moves = list(product(names, repeat=2))
    assert len({since_text(*move) for move in moves}) == len(moves)


def test_a_move_is_called_the_same_in_every_order_of_the_stages() -> None:
    rows = [("New", "Qualified"), ("New", "qualified"), ("new", "Won"), ("QUALIFIED", "Won")]
    names = ["New", "qualified", "Qualified", "Won"]
    for order in permutations(names):
        listed = tuple(Stage(name, StageRole.OPEN) for name in order)
        moves = drift_of(*rows, listed=listed).moves
        assert moves is not None
        assert moves.since.tolist() == ["New → Qualified"] * 2 + ["New → Won", "Qualified → Won"]


def test_the_biggest_moves_come_first_then_stage_order() -> None:
    pairs = [("Prospect", "Enrolled")] + [("Contacted", "Prospect")] * 2
    moves = moves_of(*pairs, ("Prospect", "Contacted"))
    biggest = moves.biggest(every(moves))
    assert biggest["leads"].tolist() == [2, 1, 1]
    assert biggest[["before", "now"]].to_numpy().tolist() == [[1, 0], [0, 1], [0, 2]]
    assert biggest["movement"].tolist() == ["moved back", "moved forward", "moved forward"]


@given(rows=SIDES, chosen=st.integers(0, 5))
def test_movements_matrix_and_texts_all_count_the_same(
    rows: list[tuple[str | None, str | None]], chosen: int
) -> None:
    found = drift_of(*rows)
    moves = found.moves
    assert moves is not None
    kept = np.arange(len(rows)) % 6 >= chosen
    counts = moves.counts(kept)
    moved = int((moves.moved & kept).sum())
    assert sum(counts.values()) == kept.sum()
    assert moved == kept.sum() - counts[Movement.STAYED]
    assert moves.biggest(kept)["leads"].sum() == moved
    for whole in (True, False):
        matrix = move_matrix(moves, kept, every=whole)
        assert sum(cell.leads for cell in matrix.cells.values()) == moved
        if whole:
            assert matrix.names == tuple(stage.name for stage in moves.stages)
    since = moves.since
    assert (since.notna().to_numpy() == moves.moved).all()
    for row in np.flatnonzero(moves.moved):
        old, new = (moves.stages[side[row]].name for side in (moves.old, moves.new))
        assert since[row] == since_text(old, new)
    assert ((moves.movement != "stayed").to_numpy() == moves.moved).all()
    assert (found.untouched == ~moves.moved).all()


@given(rows=SIDES)
def test_there_and_back_change_places(rows: list[tuple[str | None, str | None]]) -> None:
    there = moves_of(*rows)
    back = moves_of(*((new, old) for old, new in rows))
    one, other = there.counts(every(there)), back.counts(every(back))
    assert one[Movement.FORWARD] == other[Movement.BACK]
    assert one[Movement.DROPPED_OUT] == other[Movement.CAME_BACK]
    assert one[Movement.OTHERWISE] == other[Movement.OTHERWISE]


def test_more_stages_than_a_matrix_names_are_one_row_and_column() -> None:
    letters = "ABCDEFGHIJKLMNOP"
    rows = [(a, b) for a, b in pairwise(letters) for _ in range(ord(a) - 60)]
    moves = moves_of(*rows)
    matrix = move_matrix(moves, every(moves))
    assert len(matrix.names) == MOST_STAGES + 1
    assert matrix.names[-1] == OTHERS
    assert sum(cell.leads for cell in matrix.cells.values()) == len(rows)
    assert "A" not in matrix.names  # the least that moved
    within = matrix.cells[MOST_STAGES, MOST_STAGES]
    assert len(within.moves) > 1
    assert within.movement is Movement.OTHERWISE


def test_a_cell_of_several_moves_in_one_direction_keeps_it() -> None:
    names = [f"S{number:02d}" for number in range(MOST_STAGES + 2)]
    rows = [(names[0], name) for name in names[1:]] + [(names[0], name) for name in names[1:12]]
    listed = tuple(Stage(name, StageRole.OPEN) for name in names)
    found = drift_of(*rows, listed=listed)
    assert found.moves is not None
    matrix = move_matrix(found.moves, every(found.moves))
    assert matrix.cells[0, MOST_STAGES].movement is Movement.FORWARD
    assert matrix.cells[0, MOST_STAGES].moves == ("S00 → S12", "S00 → S13")


def test_columns_are_compared_each_in_its_own_way_and_what_is_untouched_is_so_in_all() -> None:
    table = pd.DataFrame(
        {
            "Phone": text_series(["+91-9811111111", "9822222222", None]),
            "CreatedOn": pd.to_datetime(["2026-06-14 03:42:00"] * 3, utc=True),
            "P · yours": text_series(["98111 11111", "9833333333", ""]),
            "C · yours": text_series(["2026-06-14 09:12:00"] * 2 + ["2026-06-15 09:12:00"]),
        }
    )
    own = {"P · yours": "P", "C · yours": "Created (Asia/Kolkata)"}
    pairs = [
        Match("P · yours", "Phone", How.CHOSEN),
        Match("C · yours", "CreatedOn", How.CHOSEN),
        Match("gone · yours", "Score", How.CHOSEN),
    ]
    found = drift(table, pairs, own=own, catalog=STANDARD, order=())
    assert found is not None
    assert found.matches == tuple(pairs[:2])
    assert found.moves is None
    assert {name: rows.tolist() for name, rows in found.changed.items()} == {
        "Phone": [False, True, False],
        "CreatedOn": [False, False, True],
    }
    assert found.untouched.tolist() == [True, False, False]


def test_without_matches_or_leads_there_is_nothing_to_compare() -> None:
    table = pd.DataFrame({"ProspectStage": ["Prospect"], STAGE.own: ["Prospect"]})
    for rows, matches in ((table, []), (table.iloc[:0], [STAGE])):
        found = drift(rows, matches, own={}, catalog=STANDARD, order=())
        assert found is None


def test_phones_written_in_another_way_are_the_same_for_as_many_leads_as_there_are() -> None:
    rows = 3000
    phones = [f"+91-98{row:08d}" for row in range(rows)]
    stages = [("Prospect", "Contacted", "Enrolled")[row % 3] for row in range(rows)]
    table = pd.DataFrame(
        {
            "ProspectStage": pd.Series(stages, dtype="category"),
            "Phone": text_series(phones),
            STAGE.own: pd.Series(stages[1:] + stages[:1], dtype="category"),
            "P · yours": text_series([phone[4:] for phone in phones]),
        }
    )
    pairs = [STAGE, Match("P · yours", "Phone", How.NAME)]
    order = stage_order(table["ProspectStage"], older=table[STAGE.own])
    found = drift(table, pairs, own={}, catalog=STANDARD, order=order)
    assert found is not None
    assert found.moves is not None
    assert len(found.moves.since) == rows
    assert not found.changed["Phone"].any()


def test_leads_of_which_the_sheet_could_say_nothing_are_not_compared() -> None:
    table = pd.DataFrame(
        {
            "ProspectStage": text_series(["Prospect", "Contacted", "Enrolled", "Enrolled"]),
            "Phone": text_series(["1", "2", "3", "4"]),
            STAGE.own: text_series(["Prospect", "Prospect", "", ""]),
            "P · yours": text_series(["1", "2", "", "5"]),
        }
    )
    pairs = [STAGE, Match("P · yours", "Phone", How.NAME)]
    order = stage_order(table["ProspectStage"])
    new = np.array([False, False, True, True])
    newcomers = {match.own: new for match in pairs}
    found = drift(table, pairs, own={}, catalog=STANDARD, order=order, newcomers=newcomers)
    assert found is not None
    assert found.moves is not None
    assert found.compared.tolist() == [True, True, False, False]
    assert found.untouched.tolist() == [True, False, False, False]
    assert not found.changed["Phone"].any()
    assert found.moves.moved.tolist() == [False, True, False, False]
    assert found.moves.movement.dropna().tolist() == [Movement.STAYED, Movement.FORWARD]
    assert found.moves.movement.isna().tolist() == [*new]
    assert found.moves.since.notna().tolist() == [False, True, False, False]
    assert sum(found.moves.counts(every(found.moves)).values()) == 2
    newcomers = dict.fromkeys(newcomers, ~np.zeros(4, dtype=np.bool_))
    assert drift(table, pairs, own={}, catalog=STANDARD, order=order, newcomers=newcomers) is None
