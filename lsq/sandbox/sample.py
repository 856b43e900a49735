"""The sample sheet: what an analyst's list of leads looks like, for the demo account.

It is a little older than the account: some leads have moved stage or changed owner since. And it is
as untidy as such lists are: ids in links, repeated, missing, mistyped, or of leads deleted since.
"""

from __future__ import annotations

import csv
import io
from enum import Enum, auto
from typing import TYPE_CHECKING
from zlib import crc32

from lsq.sandbox.columns import lead_row
from lsq.sandbox.dice import SIDES, Die, Weighted
from lsq.sandbox.ids import lead_id
from lsq.sandbox.lead import Lead
from lsq.sandbox.tables import LOST_STAGES, OPEN_STAGES, OWNERS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

__all__ = ["SAMPLE_COLUMNS", "SAMPLE_NAME", "sample_sheet"]

SAMPLE_NAME = "campaign_june.csv"
SAMPLE_COLUMNS = ("Lead ID", "Name", "Campaign", "Stage", "Owner", "Phone")

_LINK = "https://in21.leadsquared.com/LeadManagement/LeadDetails?LeadID={}"
_NOT_IDS = (
    "see email",
    "call back",
    "N/A?",
    "0acb9356-bcd1-4128-b63a",
    "ask Sana",
    "9812345678",
    "dup of row above",
    "to be checked",
)
_CAMPAIGNS = Weighted([("June batch", 46), ("Re-engage", 27), ("Alumni", 9), ("July batch", 18)])


_MOVED, _CHANGED_OWNER = 0.14, 0.015


class _Kind(Enum):
    """What stands in a row's id cell."""

    PLAIN = auto()
    LINK = auto()
    SPACES_OR_CAPITALS = auto()
    DELETED = auto()
    AGAIN = auto()
    BLANK = auto()
    NOT_AN_ID = auto()


_OF_5000: Mapping[_Kind, int] = {
    _Kind.LINK: 212,
    _Kind.SPACES_OR_CAPITALS: 9,
    _Kind.DELETED: 17,
    _Kind.AGAIN: 142,
    _Kind.BLANK: 31,
    _Kind.NOT_AN_ID: 15,
}


def _plain(text: str, _place: int) -> str:
    return text


_WRITTEN: Mapping[_Kind, Callable[[str, int], str]] = {
    _Kind.PLAIN: _plain,
    _Kind.DELETED: _plain,
    _Kind.AGAIN: _plain,
    _Kind.LINK: lambda text, _place: _LINK.format(text),
    _Kind.SPACES_OR_CAPITALS: lambda text, place: f" {text} " if place % 2 else text.upper(),
    _Kind.BLANK: lambda _text, _place: "",
    _Kind.NOT_AN_ID: lambda _text, place: _NOT_IDS[place % len(_NOT_IDS)],
}


def sample_sheet(*, rows: int = 5000, leads: int = 1_000_000) -> bytes:
    """Return the sample sheet as CSV in UTF-8.

    Of 5,000 rows 4,812 hold distinct ids (17 of leads that the account no longer has), 142 repeat
    one, 31 are blank and 15 hold something else; other sizes have about the same shares.

    Args:
        rows: Rows below the header.
        leads: How many leads the account has, at least `rows`.

    Raises:
        ValueError: The account has fewer leads than the sheet has rows.
    """
    if leads < rows:
        message = f"A sheet of {rows} rows needs an account of as many leads, not {leads}."
        raise ValueError(message)
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(SAMPLE_COLUMNS)
    writer.writerows(_rows(_kinds(rows), leads))
    return text.getvalue().encode()


def _kinds(rows: int) -> list[_Kind]:
    """Return every row's kind, well mixed; the first is plain, so that there is one to repeat."""
    kinds = [kind for kind, count in _OF_5000.items() for _ in range(count * rows // 5000)]
    mixed = [_Kind.PLAIN] * (rows - len(kinds)) + kinds
    order = sorted(range(rows), key=lambda place: (place > 0, _chance("mix", place)))
    return [mixed[place] for place in order]


def _rows(kinds: list[_Kind], leads: int) -> Iterator[tuple[str, ...]]:
    """Yield the rows' cells."""
    with_id: list[int] = []
    for place, kind in enumerate(kinds):
        number = place * leads // len(kinds)
        if kind is _Kind.DELETED:
            number += leads
        if kind is _Kind.AGAIN:
            number = with_id[_chance("again", place) % len(with_id)]
        elif kind not in {_Kind.BLANK, _Kind.NOT_AN_ID}:
            with_id.append(number)
        written = _WRITTEN[kind](lead_id(number), place)
        campaign = _CAMPAIGNS.pick(_chance("campaign", place) % SIDES)
        yield _cells(Lead(number), written=written, campaign=campaign)


def _cells(lead: Lead, *, written: str, campaign: str) -> tuple[str, ...]:
    """Return one row, as the account stood when the sheet was made."""
    row = lead_row(lead, ("FirstName", "LastName", "Phone"))
    name = f"{row['FirstName'] or ''} {row['LastName'] or ''}".strip()
    # Whatever made the sheet left out control characters; the account still has them.
    name = "".join(letter for letter in name if letter.isprintable())
    return written, name, campaign, _older_stage(lead), _older_owner(lead), row["Phone"] or ""


def _older_stage(lead: Lead) -> str:
    """Return the stage a lead was in: for one in seven another than now, mostly the one before."""
    now, die = lead.stage.name, lead.dice[Die.OLDER_SHEET]
    if die >= _MOVED * SIDES:
        return now
    if now in LOST_STAGES:
        return (*OPEN_STAGES[:4], *OPEN_STAGES[:3], "Not interested")[die % 8]
    at = OPEN_STAGES.index(now)
    ways = (at - 1, at - 1, at - 1, at - 1, at - 1, at - 1, at - 2, at + 1)
    then = ways[die % 8]
    return OPEN_STAGES[then] if 0 <= then < len(OPEN_STAGES) else "Not interested"


def _older_owner(lead: Lead) -> str:
    """Return who owned a lead: for three in two hundred somebody else than now."""
    owners = [owner.name for owner in OWNERS.values]
    changed = lead.dice[Die.OLDER_SHEET] >= (1 - _CHANGED_OWNER) * SIDES
    return owners[owners.index(lead.owner.name) - changed]


def _chance(what: str, place: int) -> int:
    """Return a number for a row that looks drawn at random, the same everywhere."""
    return crc32(f"{what} {place}".encode())
