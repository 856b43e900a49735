"""What a file of ours says of itself, so that it can be fetched again as it was: never a lead.

A workbook keeps it as text in its worksheet About, Parquet in the metadata of its schema. Whoever
has the file can write there what they like, so every field is looked at when it is read; a set-up
that is not whole is none.
"""

from __future__ import annotations

import json
import re
from dataclasses import asdict, dataclass, field, fields, replace
from typing import TYPE_CHECKING, Any

from lsq.sheets.characters import NOT_IN_XML, SURROGATES
from lsq.sheets.our_outcome import LEADS_ID

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

__all__ = ["ABOUT", "METADATA_KEY", "SETUP", "SavedSetup", "parted", "read_setup"]

ABOUT = "About"
"""The worksheet of a workbook that says where all comes from, and how it was made."""

SETUP = "Set-up"
"""What the lines of About are called that hold a set-up."""

METADATA_KEY = b"leadsheet"
"""Under which the schema of a Parquet file holds it."""

_VERSION = 1
_LONGEST = 8_000_000  # characters of a set-up; one of 5,000 columns has half a million
_LONGEST_NAME = 32_767
_LONGEST_SCHEMA_NAME = 200
_MOST_COLUMNS = 16_384
_PART = 30_000  # characters of one cell, which can hold 32,767
_UNWRITABLE = re.compile(r"[\x00-\x1f\x7f\u2028\u2029\ud800-\udfff]")
_LOST_IN_XML = re.compile(f"[{NOT_IN_XML}{SURROGATES}]")
_NUMBER = re.compile(r" \(\d+\)$")  # of a name that is there a second time
_ZONE = re.compile(r"[A-Za-z0-9_+-]+(?:/[A-Za-z0-9_+-]+)*")
_LONGEST_ZONE = 64


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedSetup:
    """How a file was made.

    Attributes:
        worksheet: Name of the worksheet with the rows.
        further_worksheets: Names of those in which the rows go on because one was full, in order.
        id_column: Header of the column of lead ids.
        further_id_columns: Headers of those in which the ids of further tables of the sheet stood:
            they have them where the first has none.
        outcome_column: Header of the column that says what became of each row; "" without one.
        columns: Schema names of the columns asked for.
        lead_columns: Schema name of each column that came back, by its header, such as
            `CreatedOn (Asia/Kolkata)` or `ProspectStage (LeadSquared)`.
        zone: Name of the zone of written times.
        leads_only: Whether a row is a lead, without the analyst's own columns.
        masked: Whether phones and e-mails are masked.
    """

    worksheet: str = ""
    further_worksheets: tuple[str, ...] = ()
    id_column: str
    further_id_columns: tuple[str, ...] = ()
    outcome_column: str = ""
    columns: tuple[str, ...] = ()
    lead_columns: Mapping[str, str] = field(default_factory=dict)
    zone: str = "UTC"
    leads_only: bool = False
    masked: bool = False

    def text(self) -> str:
        """Write it as JSON of plain letters."""
        return json.dumps({METADATA_KEY.decode(): _VERSION, **asdict(self)}, separators=(",", ":"))

    def of(self, headers: Collection[str]) -> SavedSetup | None:
        """Return what of it holds for a sheet with these headers; None without the id column.

        A header is known again although a workbook could not hold a character of it. Where somebody
        has put a column before ours and called it the same, ours is the one behind the outcome, and
        our outcome the one directly before the leads' ids.
        """
        names = [*headers]
        mine = (self.id_column, *self.further_id_columns, self.outcome_column, *self.lead_columns)
        places = _places(mine, names)
        if self.id_column not in places:
            return None
        leads_id = next((at for at, name in self.lead_columns.items() if name == LEADS_ID), "")
        ids, outcomes = places.get(leads_id, []), places.get(self.outcome_column, [-1])
        outcome = next((at for at in outcomes if at + 1 in ids), outcomes[0])
        came = {}
        for header, name in self.lead_columns.items():
            if header in places:
                at = next((at for at in places[header] if at > outcome), places[header][0])
                came[names[at]] = name
        further = (places[header][0] for header in self.further_id_columns if header in places)
        return replace(
            self,
            id_column=names[places[self.id_column][0]],
            further_id_columns=tuple(names[at] for at in further),
            outcome_column=names[outcome] if outcome >= 0 else "",
            lead_columns=came,
        )


def parted(text: str) -> list[str]:
    """Part a text so that each part can stand in a cell of a workbook."""
    return [text[start : start + _PART] for start in range(0, len(text), _PART)]


def read_setup(text: str) -> SavedSetup | None:
    """Read what `SavedSetup.text` wrote; None if somebody has changed it so that it is none."""
    try:
        told = json.loads(text) if len(text) <= _LONGEST else None
    except (ValueError, RecursionError):
        return None
    if not isinstance(told, dict) or told.pop(METADATA_KEY.decode(), None) != _VERSION:
        return None
    known = {each.name for each in fields(SavedSetup)}
    if told.keys() != known or not all(_CHECKS[name](value) for name, value in told.items()):
        return None
    listed = {name: tuple(dict.fromkeys(told[name])) for name in _LISTED}
    return SavedSetup(**{**told, **listed})


def _places(known: Collection[str], headers: Collection[str]) -> dict[str, list[int]]:
    """Return where each known header stands, and then those that are there beside it, numbered."""
    here = {_held(header): place for place, header in enumerate(headers)}
    found = {header: [here[header]] for header in map(_held, known) if header in here}
    for header, place in here.items():
        if header not in found:
            found.get(_NUMBER.sub("", header), []).append(place)
    return {header: found[_held(header)] for header in known if _held(header) in found}


def _held(header: str) -> str:
    """Return a header as a workbook gives it back."""
    return _LOST_IN_XML.sub("\ufffd", header)


def _is_flag(value: object) -> bool:
    return isinstance(value, bool)


def _is_header(value: object) -> bool:
    return isinstance(value, str) and len(value) <= _LONGEST_NAME


def _are_headers(value: object) -> bool:
    return isinstance(value, list) and len(value) <= _MOST_COLUMNS and all(map(_is_header, value))


def _is_schema_name(value: object) -> bool:
    return (
        isinstance(value, str)
        and 0 < len(value.strip()) == len(value) <= _LONGEST_SCHEMA_NAME
        and "," not in value
        and not _UNWRITABLE.search(value)
    )


def _are_columns(value: object) -> bool:
    return (
        isinstance(value, list) and len(value) <= _MOST_COLUMNS and all(map(_is_schema_name, value))
    )


def _are_lead_columns(value: object) -> bool:
    return (
        isinstance(value, dict)
        and len(value) <= _MOST_COLUMNS
        and all(map(_is_header, (*value, *value.values())))
    )


def _is_zone(value: object) -> bool:
    return isinstance(value, str) and len(value) <= _LONGEST_ZONE and bool(_ZONE.fullmatch(value))


_LISTED = ("further_worksheets", "further_id_columns", "columns")

_CHECKS: dict[str, Any] = {
    "worksheet": _is_header,
    "further_worksheets": _are_headers,
    "id_column": _is_header,
    "further_id_columns": _are_headers,
    "outcome_column": _is_header,
    "columns": _are_columns,
    "lead_columns": _are_lead_columns,
    "zone": _is_zone,
    "leads_only": _is_flag,
    "masked": _is_flag,
}
