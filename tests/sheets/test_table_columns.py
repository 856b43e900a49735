"""Each table of a file has its own id column, chosen by the names as well."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from lsq.lookup.reading_notes import warnings
from lsq.sheets.candidates import TieError
from lsq.sheets.id_column import find_ids
from lsq.sheets.sheet import Choices

if TYPE_CHECKING:
    from collections.abc import Callable

    from lsq.sheets.sheet import Sheet


def leads(ids: list[str]) -> str:
    return "Lead ID,Name\n" + "".join(f"{each},Rao\n" for each in ids[:5])


def test_owner_ids_of_a_later_table_are_not_asked_instead_of_its_lead_ids(
    sheet_of: Callable[..., Sheet], ids: list[str]
) -> None:
    rows = [(ids[10], ""), (ids[11], ids[5]), (ids[12], ids[6]), (ids[13], ids[7])]
    later = "".join(f"{owner},{lead},T\n" for owner, lead in rows)
    cells = find_ids(sheet_of(f"{leads(ids)}\nOwner ID,ProspectID,Team\n{later}"))
    assert cells.columns == ("Lead ID", "ProspectID")
    assert cells.ids == tuple(ids[:8])
    assert cells.notes == ()


@pytest.mark.parametrize("owners", [2, 30])
def test_a_later_table_of_owners_alone_gives_no_leads_and_that_is_said(
    sheet_of: Callable[..., Sheet], ids: list[str], owners: int
) -> None:
    later = "".join(f"{owner},Sen,T\n" for owner in ids[10 : 10 + owners])
    sheet = sheet_of(f"{leads(ids)}\nOwner ID,Owner name,Team\n{later}")
    cells = find_ids(sheet)
    assert cells.ids == tuple(ids[:5])
    assert cells.notes == (
        "In the table from row 9 on no column is one of lead ids: column Owner ID holds other ids.",
    )
    assert cells.notes[0] in warnings(sheet, cells)


def test_a_later_tables_owners_are_taken_where_the_first_tables_were(
    sheet_of: Callable[..., Sheet], ids: list[str]
) -> None:
    text = leads(ids).replace("Lead ID", "Owner ID")
    cells = find_ids(sheet_of(f"{text}\nUser ID,Team\n{ids[5]},T\n{ids[6]},T\n"))
    assert cells.ids == tuple(ids[:7])


def test_of_equal_columns_of_a_later_table_one_is_read_and_named(
    sheet_of: Callable[..., Sheet], ids: list[str]
) -> None:
    later = f"{ids[5]},{ids[6]},x\n{ids[7]},{ids[8]},x\n"
    cells = find_ids(sheet_of(f"{leads(ids)}\nRef,Code,Team\n{later}"))
    assert cells.columns == ("Lead ID", "Ref")
    assert cells.notes == (
        "In the table from row 9 on columns Ref and Code look equally like lead ids; Ref was read.",
    )


@pytest.mark.parametrize("filled", [1, 3, 4])
def test_between_owners_and_a_few_ids_under_a_leads_name_a_person_chooses(
    sheet_of: Callable[..., Sheet], ids: list[str], filled: int
) -> None:
    rows = "".join(f"{ids[n] if n < filled else ''},{ids[20 + n]}\n" for n in range(10))
    sheet = sheet_of(f"ProspectID,CreatedBy\n{rows}")
    with pytest.raises(TieError, match=rf"ProspectID \({filled} of 10\) and CreatedBy"):
        find_ids(sheet)
    assert find_ids(sheet, column="ProspectID").ids == tuple(ids[:filled])


@pytest.mark.parametrize("name", ["OwnerId", "Opportunity ID"])
def test_a_column_named_as_other_ids_is_taken_with_a_word(
    sheet_of: Callable[..., Sheet], ids: list[str], name: str
) -> None:
    sheet = sheet_of(f"{name},Name\n{ids[0]},Rao\n{ids[1]},Sen\n", choices=Choices(header_row=1))
    assert find_ids(sheet).notes == (
        f"Column {name} does not look like lead ids by its name; its ids are taken for some.",
    )
    assert find_ids(sheet, column=name).notes == ()
