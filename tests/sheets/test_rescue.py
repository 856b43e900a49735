"""Ids out of whatever people put around them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lsq.sheets.rescue import Repair, read_cell

A = "0acb9356-bcd1-4128-b63a-97f52cb8cc3c"
B = "b0aef70a-44c0-43d8-9b5a-d9a1c5b1b2f1"


@pytest.mark.parametrize(
    ("text", "repair"),
    [
        (A.upper(), Repair.CASE),
        (f"\u00a0{A}\u200b ", Repair.CASE),
        (A.replace("-", "\u2011"), Repair.LOOKALIKES),
        (f"{{{A}}}", Repair.QUOTES),
        (f"'{A}'", Repair.QUOTES),
        (f"\u201c{A}\u201d", Repair.QUOTES),
        (A.replace("-", ""), Repair.DASHES),
        (f"https://in21.leadsquared.com/LeadManagement/LeadDetails?LeadID={A}", Repair.LINK),
        (f"https://x.in/go?u=LeadID%3D{A}%26x", Repair.LINK),
        (f"LeadDetails?leadid={A.upper()}", Repair.LINK),
        (f"see {A} (Rao)", Repair.TEXT),
        (f"lead-{A}", Repair.TEXT),
        (f'="{A}"', Repair.QUOTES),
        (f"{A},", Repair.QUOTES),
        (f"'{A.upper()}", Repair.QUOTES),
        (f"urn:uuid:{A}", Repair.TEXT),
        (f"mailto:{A}@x.in", Repair.TEXT),
        (A.replace("-", "\uff0d"), Repair.LOOKALIKES),
        ("".join(chr(ord(letter) + 0xFEE0) for letter in A), Repair.LOOKALIKES),
        (f'=HYPERLINK("https://x.in/?LeadID={A}","{A}")', Repair.LINK),
        (f"https://x.in/?next=%2FLead%3FLeadID%3D%7B{A}%7D", Repair.LINK),
        (f"https://x.in/?next=%252FLead%253FLeadID%253D{A.upper()}%2526x", Repair.LINK),
        (f"https://x.in/?LeadID={A.replace('-', '%2D')}", Repair.LINK),
        (f"https://x.in/?id={A}", Repair.LINK),
        (f"https://x.in/lead/{A}/view", Repair.LINK),
        (f'{{"ProspectID": "{A}", "OwnerId": "{B}"}}', Repair.TEXT),
        (f"Lead ID: {A}, Owner ID: {B}", Repair.TEXT),
    ],
)
def test_an_id_is_rescued_and_the_repair_is_told(text: str, repair: str) -> None:
    assert read_cell(text) == ((A,), repair, None)


@pytest.mark.parametrize("between", [",", "; ", " ", "\n", "/", "|", " and "])
def test_several_ids_in_a_cell_are_all_read_in_order(between: str) -> None:
    assert read_cell(f"{A}{between}{B.upper()}") == ((A, B), Repair.SEVERAL, None)


@pytest.mark.parametrize(
    "link",
    [
        f"https://x/LeadDetails?LeadID={A}&ActivityId={B}",
        f"https://x/LeadDetails?ActivityId={B}&amp;LeadID={A}",
        f"https://x/go?u=ActivityId%3D{B}%26LeadID%3D{A}",
        f"https://x/activity/{B}?LeadID={A}",
        f"https://x/?LeadID={A}#{B}",
        f"https://x/?session={B}&ProspectId={A}",
    ],
)
def test_the_ids_of_other_things_in_a_leads_link_are_left_out(link: str) -> None:
    assert read_cell(link) == ((A,), Repair.LINK, None)


def test_the_leads_of_several_links_are_all_read() -> None:
    links = f"https://x/?LeadID={A}&TaskId={A} https://x/?LeadID={B}"
    assert read_cell(links).ids == (A, B)
    assert read_cell(f"LeadIDs={A},{B}").ids == (A, B)


@pytest.mark.parametrize("text", [f"https://x/?ActivityId={B}", f"OwnerId={B}", f"Owner: {B}"])
def test_the_id_of_something_else_is_no_lead(text: str) -> None:
    assert read_cell(text) == ((), None, "the id of something else than a lead")


def test_an_id_that_touches_its_neighbours_is_read_only_if_asked() -> None:
    text = f"Rao{A}{B}98765"
    assert read_cell(text).ids == ()
    assert read_cell(text, glued=True) == ((A, B), Repair.GLUED, None)


@pytest.mark.parametrize("text", ["", " ", "\u00a0", "\u200b", '""'])
def test_a_cell_without_anything_to_see_is_blank(text: str) -> None:
    assert read_cell(text) == ((), None, None)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (A[:-1], "too short: 31 of 32 hexadecimal digits"),
        (A + "1", "too long: 33 of 32 hexadecimal digits"),
        (f"1234abcd-{A}", "too long: 40 of 32 hexadecimal digits"),
        ("0" * 8 + "-0000-0000-0000-" + "0" * 12, 'the all-zero id means "none"'),
        ("0" * 32, 'the all-zero id means "none"'),
        (A[:-1] + "O", "“O” is not a hexadecimal digit"),
        (A[:6] + "-" + A[6:8] + A[9:], "dashes in the wrong places"),
        (A.replace("-", "")[:-1] + "O", "“O” is not a hexadecimal digit"),
        (A[:-1] + "\u0430", "“\u0430” is not a hexadecimal digit"),
        ("-" * 40, "no id in it"),
        (".", "no id in it"),
        ("a" * 5000, "no id in it"),
        ("customer reference number forty", "no id in it"),
        ("n/a", "no id in it"),
        ("call back at 98765", "no id in it"),
    ],
)
def test_a_cell_without_an_id_has_its_reason(text: str, reason: str) -> None:
    assert read_cell(text) == ((), None, reason)


hexadecimal = st.uuids(allow_nil=False).map(str)
noise = st.text(alphabet=" \t\u00a0\u200b\"'{}", max_size=4)


@given(lead_id=hexadecimal, before=noise, after=noise, upper=st.booleans(), dashes=st.booleans())
def test_an_id_survives_whatever_people_put_around_it(
    lead_id: str,
    before: str,
    after: str,
    *,
    upper: bool,
    dashes: bool,
) -> None:
    written = lead_id.upper() if upper else lead_id
    written = written if dashes else written.replace("-", "")
    assert read_cell(f"{before}{written}{after}").ids == (lead_id,)


@given(st.text())
def test_any_text_has_ids_or_a_reason_or_is_blank(text: str) -> None:
    reading = read_cell(text)
    assert not (reading.ids and reading.reason)
    assert bool(reading.ids) == bool(reading.repair)
