"""Rows written with other marks than the rest."""

from __future__ import annotations

import pytest

from lsq.sheets.damage import Damage
from lsq.sheets.parsing.blocks import Block, split_block
from lsq.sheets.parsing.line import Dialect
from lsq.sheets.parsing.other_marks import as_meant, split_otherwise
from lsq.sheets.parsing.writing import Writing

COMMA = Dialect()
THREE = Writing(dialect=COMMA, width=3, id_places=(0,))


def block_of(text: str) -> Block:
    block = split_block(text.encode(), COMMA)
    assert block is not None
    return block


@pytest.mark.parametrize("mark", [";", "\t", "|", " "])
def test_a_row_of_another_separator_is_split_at_it(mark: str, ids: list[str]) -> None:
    assert as_meant(mark.join([ids[0], "Rao", "Goa"]), THREE) == (
        [ids[0], "Rao", "Goa"],
        Damage.SEPARATOR,
    )


def test_two_stray_quotes_that_look_like_a_pair_are_text(ids: list[str]) -> None:
    assert as_meant(f'"{ids[0]} x,Rao","Goa', THREE) is None
    assert as_meant(f'{ids[0]},"Rao,5"', THREE) is None
    one = Writing(dialect=COMMA, width=3, id_places=(1,))
    assert as_meant(f'"a,{ids[0]},b"', one) == (['"a', ids[0], 'b"'], Damage.QUOTE)


def test_a_row_without_an_id_where_the_others_have_one_is_left(ids: list[str]) -> None:
    assert as_meant("a;b;c", THREE) is None
    assert as_meant(f"a;{ids[0]};c", THREE) is None
    assert as_meant(f"{ids[0]};b", THREE) is None


def test_a_list_has_no_other_marks(ids: list[str]) -> None:
    assert as_meant(f"{ids[0]};b", Writing(dialect=COMMA, width=1, id_places=(0,))) is None
    assert as_meant(f"{ids[0]};b;c", Writing(dialect=COMMA, width=3)) is None


def test_only_rows_of_a_wrong_width_are_split_again(ids: list[str]) -> None:
    text = f"{ids[0]},a;b;c,d\n\n{ids[1]};Rao, A;Goa\n{ids[2]},x\n"
    block, damage = split_otherwise(block_of(text), THREE)
    assert block.cells.to_pylist() == [
        *(ids[0], "a;b;c", "d"),
        "",
        *(ids[1], "Rao, A", "Goa"),
        *(ids[2], "x"),
    ]
    assert (block.widths.tolist(), damage) == ([3, 0, 3, 2], {2: Damage.SEPARATOR})


def test_a_block_of_right_rows_is_given_back_itself(ids: list[str]) -> None:
    block = block_of(f"{ids[0]},a,b\n")
    assert split_otherwise(block, THREE) == (block, {})
    assert split_otherwise(block, Writing(dialect=COMMA, width=2)) == (block, {})
