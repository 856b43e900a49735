"""JSON lines are sheets, and so is a list of JSON objects; other text stays text."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from lsq.sheets.errors import SheetError
from lsq.sheets.limits import Limits
from lsq.sheets.parsing import json_in
from lsq.sheets.parsing.json_in import looks_like_json
from lsq.sheets.parsing.parse import parse_sheet
from lsq.sheets.sheet import Choices

if TYPE_CHECKING:
    from lsq.sheets.sheet import Sheet


def read(text: str, **limits: int) -> Sheet:
    return parse_sheet(text.encode(), name="leads.jsonl", limits=Limits(**limits))


def refusal(text: str, **limits: int) -> str:
    with pytest.raises(SheetError) as caught:
        read(text, **limits)
    return str(caught.value)


LINES = (
    '{"Id": "a1", "Score": 5.0, "Open": true}\n'
    '{"Id": "a2", "City": "पुणे", "Score": null}\r\n'
    "\n"
    '{"Open": false, "Id": "a3", "Tags": ["x", {"n": 1}], "Score": 0.1}'
)


def test_keys_are_columns_in_the_order_in_which_they_first_come() -> None:
    sheet = read(LINES)
    assert sheet.table.to_pydict() == {
        "Id": ["a1", "a2", "a3"],
        "Score": ["5", "", "0.1"],
        "Open": ["TRUE", "", "FALSE"],
        "City": ["", "पुणे", ""],
        "Tags": ["", "", '["x", {"n": 1}]'],
    }
    assert sheet.row_numbers.tolist() == [2, 3, 4]
    assert (sheet.header_row, sheet.is_settled, sheet.encoding) == (1, True, "utf-8")


def test_a_key_that_comes_late_is_empty_in_the_rows_before(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(json_in, "_ROWS_AT_ONCE", 1)
    assert read(LINES).table.to_pydict()["Tags"] == ["", "", '["x", {"n": 1}]']


def test_a_list_of_objects_is_a_sheet_too() -> None:
    objects = [{"Id": "a1"}, {"Id": "a2", "N": 1}]
    for text in (json.dumps(objects), json.dumps(objects, indent=2)):
        assert read(text).table.to_pydict() == {"Id": ["a1", "a2"], "N": ["", "1"]}


def test_a_first_object_of_more_than_a_megabyte_is_read_too() -> None:
    first = {"Id": "a1", **{f"n{number}": "x" * 30_000 for number in range(40)}}
    objects = [first, {"Id": "a2"}]
    lines = "".join(f"{json.dumps(each)}\n" for each in objects)
    for text in (lines, f"\n {lines}", json.dumps(objects)):
        assert read(text).table["Id"].to_pylist() == ["a1", "a2"]


def test_other_encodings_are_read_too() -> None:
    for encoding in ("utf-8-sig", "utf-16"):
        sheet = parse_sheet(LINES.encode(encoding), name="leads.json")
        assert sheet.table.column_names == ["Id", "Score", "Open", "City", "Tags"]


def test_half_characters_no_numbers_and_large_numbers_are_written() -> None:
    sheet = read('{"Id": "a\\ud83d", "N": NaN, "M": 1e999, "K": 12345678901234567890}')
    assert sheet.table.to_pylist() == [
        {"Id": "a\ufffd", "N": "", "M": "inf", "K": "12345678901234567890"}
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('{"Id": 1}\n\nId,Name\n', "line 3 is no JSON object"),
        ('{"Id": 1}\n[1]\n', "line 2 is no JSON object"),
        ('{"Id": 1}\n{"Id": ' + "[" * 100_000 + "\n", "line 2 is no JSON object"),
        ('[{"Id": 1}, 5]', "entry 2 is no JSON object"),
        ('[{"Id": 1}, {"Id": 2]', "list of JSON objects, but it is broken"),
        ("{}\n{}\n", "is empty"),
    ],
)
def test_what_begins_as_json_and_is_none_is_refused_in_a_sentence(text: str, said: str) -> None:
    assert said in refusal(text)


def test_rows_columns_and_cells_are_counted_on_the_way() -> None:
    text = "".join(f'{{"k{number}": 1}}\n' for number in range(20))
    assert "20 rows; the limit is 19." in refusal(text, max_rows=19)
    assert "400 cells; the limit is 399." in refusal(text, max_cells=399)


@pytest.mark.parametrize(
    "text",
    [
        '{"Id": 1},\n{"Id": 2}\n',
        '{\n "Id": 1\n}\n',
        '["a", "b"]',
        "[{oops}]",
        '[{"a": ' + "[" * 100_000,
        "Id,Name\n1,{}\n",
        "{0b7b1c64-5b2f-4e0f-9a53-6a3e1d0c9f11}\n",
        "",
    ],
)
def test_other_text_stays_text(text: str) -> None:
    assert not looks_like_json(text.encode())


@pytest.mark.parametrize("choices", [Choices(separator=","), Choices(header_row=0)])
def test_who_says_how_the_text_is_to_be_split_has_it_read_as_text(choices: Choices) -> None:
    sheet = parse_sheet(LINES.encode(), name="leads.jsonl", choices=choices)
    assert sheet.separator is not None
