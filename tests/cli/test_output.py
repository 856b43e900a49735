"""A file is whole or not there, also when it is made piece by piece."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from lsq.api.errors import LsqError
from lsq.cli.output import write_whole

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.cli.conftest import Ran


def broken_off() -> Iterator[bytes]:
    yield b"half"
    title = "It broke off."
    raise LsqError(title)


def test_the_pieces_stand_in_the_file_one_after_the_other(tmp_path: Path) -> None:
    write_whole(tmp_path / "a.csv", iter([b"one ", b"two"]))
    assert (tmp_path / "a.csv").read_bytes() == b"one two"


@pytest.mark.parametrize("is_link", [False, True])
def test_a_file_that_breaks_off_leaves_what_stood_there(tmp_path: Path, *, is_link: bool) -> None:
    old, path = tmp_path / "old.csv", tmp_path / "a.csv"
    old.write_bytes(b"old")
    path.symlink_to(old) if is_link else path.write_bytes(b"old")
    with pytest.raises(LsqError, match="It broke off"):
        write_whole(path, broken_off())
    assert path.read_bytes() == b"old"
    assert {found.name for found in tmp_path.iterdir()} == {"old.csv", "a.csv"}


@pytest.mark.parametrize(
    "command", [("check", "--ledger"), ("fetch", "--out"), ("fetch", "--report")]
)
@pytest.mark.parametrize("spelling", ["list.csv", "a/../list.csv", "linked.csv", "hard.csv"])
def test_the_sheet_is_never_written_over(
    lsq: Callable[..., Ran], sheet: Path, command: tuple[str, str], spelling: str
) -> None:
    before = sheet.read_bytes()
    (sheet.parent / "a").mkdir()
    (sheet.parent / "linked.csv").symlink_to(sheet)
    (sheet.parent / "hard.csv").hardlink_to(sheet)
    target = f"{sheet.parent}/{spelling}"
    ran = lsq(command[0], sheet, command[1], target)
    said = f"{target} is the sheet itself, and would be written over. Name another file."
    assert (ran.code, ran.out, ran.err) == (2, "", f"lsq: {said}\n")
    assert sheet.read_bytes() == before


def test_a_device_may_be_read_and_written(lsq: Callable[..., Ran]) -> None:
    ran = lsq("check", "/dev/null", "--ledger", "/dev/null")
    assert (ran.code, ran.err) == (2, "lsq: null is empty. Drop a sheet that holds lead ids.\n")
