"""Sets of columns as files: what is written is read again, and nothing else can do harm."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lsq.analysis.column_sets import MAX_BYTES, ColumnSet, file_name, read_set, write_set
from lsq.api.errors import LsqError

NAMES = st.text(st.characters(categories=["L", "N"], include_characters="_ "), min_size=1).filter(
    lambda name: name == name.strip()
)


def read(content: object) -> ColumnSet:
    return read_set(json.dumps(content).encode(), name="a.b.json")


@given(st.text(), st.lists(NAMES, min_size=1, unique=True))
def test_what_is_written_is_read_again(title: str, columns: list[str]) -> None:
    used = read_set(write_set(title, columns), name="set.json")
    assert used.columns == tuple(columns)
    assert used.left_out == 0
    assert used.title
    assert "\n" not in used.title


def test_the_file_is_small_and_holds_names_of_columns_only() -> None:
    data = write_set("Admissions", ["FirstName", "mx_Course"])
    assert json.loads(data) == {
        "leadsheet-columns": 1,
        "name": "Admissions",
        "columns": ["FirstName", "mx_Course"],
    }
    assert len(data) < 200


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("My columns", "My-columns.leadsheet-columns.json"),
        ("../../etc/passwd", "etc-passwd.leadsheet-columns.json"),
        (" \x00", "columns.leadsheet-columns.json"),
        ("Fête 2026", "Fête-2026.leadsheet-columns.json"),
    ],
)
def test_the_files_name_is_one_on_every_system(title: str, name: str) -> None:
    assert file_name(title) == name


def test_what_is_no_name_of_a_column_is_left_out_and_counted() -> None:
    used = read(
        {
            "leadsheet-columns": 9,
            "columns": [" Phone ", "Phone", 5, None, "", "A,B", ["x"], "x" * 201, "a\nb", "Score"],
        }
    )
    assert used == ColumnSet("a", ("Phone", "Score"), left_out=7)


def test_a_set_without_a_good_name_is_called_after_its_file() -> None:
    assert read({"leadsheet-columns": 1, "name": 5, "columns": ["A"]}).title == "a"
    assert read({"leadsheet-columns": 1, "name": " \n ", "columns": ["A"]}).title == "a"
    assert read({"leadsheet-columns": 1, "name": "x" * 99, "columns": ["A"]}).title == "x" * 60


def test_of_too_many_columns_the_first_thousand_serve() -> None:
    many = [f"mx_{number}" for number in range(1200)]
    assert len(read({"leadsheet-columns": 1, "columns": many}).columns) == 1000


def test_a_byte_order_mark_is_no_harm() -> None:
    assert read_set(b"\xef\xbb\xbf" + write_set("S", ["A"]), name="s.json").columns == ("A",)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "is not a set of columns."),
        (b"\x89PNG", "is not a set of columns."),
        (b"[" * 50_000, "is not a set of columns."),
        (b'["FirstName"]', "is not a set of columns."),
        (b'{"columns": ["FirstName"]}', "is not a set of columns."),
        (b'{"leadsheet-columns": 1, "columns": {"A": 1}}', "is not a set of columns."),
        (b'{"leadsheet-columns": 1, "columns": []}', "names no column."),
        (b'{"leadsheet-columns": 1, "columns": [5, "A,B"]}', "names no column."),
        (b" " * (MAX_BYTES + 1), "is too large for a set of columns."),
    ],
    ids=["empty", "picture", "deep", "list", "foreign", "object", "none", "junk", "huge"],
)
def test_a_file_that_is_no_set_is_one_sentence(data: bytes, said: str) -> None:
    with pytest.raises(LsqError) as caught:
        read_set(data, name="odd.json")
    assert caught.value.title == f"odd.json {said}"
    assert caught.value.advice.endswith(".")


@given(st.binary(max_size=200) | st.text(max_size=50).map(str.encode))
def test_whatever_bytes_come_it_is_a_set_or_an_error_of_ours(data: bytes) -> None:
    with pytest.raises(LsqError):
        read_set(data, name="odd.json")
