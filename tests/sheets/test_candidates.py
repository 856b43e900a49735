"""Which column holds the ids: its cells decide, its name only between equals."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from lsq.sheets.candidates import TieError
from lsq.sheets.errors import SheetError
from lsq.sheets.id_column import find_ids

if TYPE_CHECKING:
    from collections.abc import Callable

    from lsq.sheets.sheet import Sheet


def lines(header: str, *rows: tuple[object, ...]) -> str:
    return "\n".join([header, *(",".join(map(str, row)) for row in rows)])


def test_the_column_is_found_by_its_cells_and_not_by_its_name(
    sheet_of: Callable[..., Sheet], ids: list[str]
) -> None:
    text = lines("Lead ID,Notes", *((n, i) for n, i in enumerate(ids[:20])))
    assert find_ids(sheet_of(text)).column == "Notes"


def test_the_name_decides_between_columns_of_equal_share(
    sheet_of: Callable[..., Sheet], ids: list[str]
) -> None:
    pairs = list(zip(ids[:20], ids[20:40], strict=True))
    assert find_ids(sheet_of(lines("OwnerId,ProspectID", *pairs))).column == "ProspectID"
    assert find_ids(sheet_of(lines("Code,My Lead Ref", *pairs))).column == "My Lead Ref"
    with pytest.raises(TieError) as caught:
        find_ids(sheet_of(lines("First,Second", *pairs)))
    assert str(caught.value) == (
        "Two columns of leads.csv look equally like lead ids: First (20 of 20) and "
        "Second (20 of 20). Choose one."
    )
    assert [candidate.column for candidate in caught.value.candidates] == ["First", "Second"]
    assert find_ids(sheet_of(lines("First,Second", *pairs)), column="Second").ids == tuple(
        ids[20:40]
    )


def test_of_many_columns_that_tie_none_vanishes_unsaid(
    sheet_of: Callable[..., Sheet], ids: list[str]
) -> None:
    def title(columns: int) -> str:
        rows = [ids[at : at + columns] for at in range(0, 3 * columns, columns)]
        header = ",".join(f"c{number}" for number in range(columns))
        with pytest.raises(TieError) as caught:
            find_ids(sheet_of(lines(header, *rows)))
        assert len(caught.value.candidates) == columns
        return caught.value.title

    assert title(20).endswith("c18 (3 of 3) and c19 (3 of 3).")
    assert title(30).startswith("30 columns of leads.csv look equally like lead ids: c0 (3 of 3), ")
    assert title(30).endswith("c18 (3 of 3), c19 (3 of 3) and 10 more.")


def test_an_id_and_its_link_are_no_tie(sheet_of: Callable[..., Sheet], ids: list[str]) -> None:
    pairs = [(f"https://x/?LeadID={i}", i.upper()) for i in ids[:9]]
    pairs.append((f"{ids[9]}; {ids[10]}", ids[10]))
    assert find_ids(sheet_of(lines("Link,Code", *pairs))).column == "Link"
    gaps = [("", ids[0]), *pairs[1:]]
    assert find_ids(sheet_of(lines("Link,Code", *gaps))).column == "Code"


def test_one_cell_of_several_other_ids_makes_a_tie(
    sheet_of: Callable[..., Sheet], ids: list[str]
) -> None:
    pairs = [*((i, i) for i in ids[:9]), (f"{ids[9]}; {ids[10]}", ids[11])]
    with pytest.raises(TieError, match=r"One \(10 of 10\) and Two \(10 of 10\)"):
        find_ids(sheet_of(lines("One,Two", *pairs)))


def test_a_column_named_as_lead_ids_are_wins_with_gaps(
    sheet_of: Callable[..., Sheet], ids: list[str]
) -> None:
    rows = [(ids[n % 3], i if n % 3 else "") for n, i in enumerate(ids[3:33])]
    assert find_ids(sheet_of(lines("Owner,Lead ID", *rows))).column == "Lead ID"


def test_a_few_damaged_lead_ids_do_not_hand_the_sheet_to_the_owners(
    sheet_of: Callable[..., Sheet], ids: list[str]
) -> None:
    rows = [(ids[0], "oops"), *((ids[0], i) for i in ids[1:30])]
    assert find_ids(sheet_of(lines("OwnerId,ProspectID", *rows))).column == "ProspectID"


def test_a_column_of_all_zero_ids_is_no_candidate(
    sheet_of: Callable[..., Sheet], ids: list[str]
) -> None:
    zero = "00000000-0000-0000-0000-000000000000"
    cells = find_ids(sheet_of(lines("Parent,Id", *((zero, i) for i in ids[:9]))))
    assert [(c.column, c.ids, c.cells, c.share) for c in cells.candidates] == [("Id", 9, 9, 1.0)]


def test_a_column_with_hardly_any_ids_is_named_and_not_taken(
    sheet_of: Callable[..., Sheet], ids: list[str]
) -> None:
    text = lines("Ref,Name", *((i if n < 3 else n, "Rao") for n, i in enumerate(ids * 5)))
    with pytest.raises(SheetError) as caught:
        find_ids(sheet_of(text))
    assert caught.value.title == "No column of leads.csv looks like lead ids."
    assert caught.value.advice == "The nearest is Ref (3 of 5,000). Choose it, or paste ids."
    assert find_ids(sheet_of(text), column="Ref").ids == tuple(ids[:3])


def test_a_sheet_without_any_id_says_so(sheet_of: Callable[..., Sheet]) -> None:
    with pytest.raises(SheetError, match=r"None of its 2 rows holds one\. Paste ids\."):
        find_ids(sheet_of("Name,City\nRao,Pune\nSen,Agra"))


@pytest.mark.parametrize(
    ("text", "advice"),
    [
        ("Lead,Name", "There is no row below its column names. Paste ids."),
        ("Name,City\nRao,Pune", "Its one row holds none. Paste ids."),
    ],
)
def test_one_row_or_none_is_said_in_the_singular(
    sheet_of: Callable[..., Sheet], text: str, advice: str
) -> None:
    with pytest.raises(SheetError) as caught:
        find_ids(sheet_of(text))
    assert caught.value.advice == advice


def test_a_chosen_column_without_ids_is_all_invalid(sheet_of: Callable[..., Sheet]) -> None:
    cells = find_ids(sheet_of("Name,City\nRao,Pune\nSen,Agra"), column="City")
    assert cells.outcome.tolist() == ["not an id", "not an id"]


def test_a_chosen_name_may_differ_in_case_and_spaces(sheet_of: Callable[..., Sheet]) -> None:
    assert find_ids(sheet_of("Name, Lead ID \nRao,x"), column="lead id").column == " Lead ID "


def test_a_missing_column_lists_those_there_are(sheet_of: Callable[..., Sheet]) -> None:
    with pytest.raises(
        SheetError, match=r"^leads.csv has no column named Ref\. Its columns: Name, City\."
    ):
        find_ids(sheet_of("Name,City\nRao,Pune"), column="Ref")
    wide = ",".join(f"c{n}" for n in range(25))
    with pytest.raises(SheetError, match=r"c19 and 5 more\."):
        find_ids(sheet_of(f"{wide}\n{wide.replace('c', 'x')}"), column="Ref")


def test_messy_ids_count_for_their_column(sheet_of: Callable[..., Sheet], ids: list[str]) -> None:
    rows = [(f"https://x/?LeadID={a}", b.replace("-", "\u2011"), c.replace("-", "").upper())
            for a, b, c in zip(ids[:9], ids[9:18], ids[18:27], strict=True)]  # fmt: skip
    counted = find_ids(sheet_of(lines("Link,Word,Plain", *rows)), column="Link").candidates
    assert [(c.column, c.ids) for c in counted] == [("Link", 9), ("Word", 9), ("Plain", 9)]
