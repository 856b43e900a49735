"""Every kind of damage: no exception, the ids that are there, and nothing wrong in silence."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.sheets.damaged.files import damaged_files
from tests.sheets.damaged.judge import judge
from tests.sheets.damaged.score import figures, kinds, verdicts


@pytest.mark.parametrize("kind", sorted(kinds()))
def test_damaged_files_give_their_ids_and_every_doubtful_row_is_named(kind: str) -> None:
    some = verdicts(kind)
    assert [(v.file.name, v.error) for v in some if v.error] == []
    assert [(v.file.name, v.silent) for v in some if v.silent] == []
    assert [(v.file.name, v.faults) for v in some if v.faults] == []
    reached = figures(some)
    # A kind of few files may miss an id or two that are named; all kinds together may not.
    assert reached.precision >= 0.99
    assert reached.recall >= 0.97


def test_all_damaged_files_together_reach_the_figures() -> None:
    reached = figures(verdict for kind in kinds() for verdict in verdicts(kind))
    assert reached.files >= 600
    assert reached.errors == 0
    assert reached.silent == 0
    assert reached.precision >= 0.999
    assert reached.recall >= 0.99


def test_the_judge_sees_a_missing_id_a_wrong_cell_and_a_wrong_number() -> None:
    file = next(file for file in damaged_files() if file.kind == "line ends LF")
    assert judge(file).exact
    lines = file.answer.lines
    shifted = {number + 1: line for number, line in lines.items()}
    assert judge(replace(file, answer=replace(file.answer, lines=shifted))).faults
    other = {**lines, 2: replace(lines[2], cells=("x",) * 4)}
    assert judge(replace(file, answer=replace(file.answer, lines=other))).faults
    missing = {**lines, 2: replace(lines[2], ids=("an id that is not there",))}
    assert judge(replace(file, answer=replace(file.answer, lines=missing))).silent
