"""The tables before anything happens to them, made anew each time and always the same."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

__all__ = ["BASES", "HINDI", "OWNED", "PLAIN", "Base", "guid"]

LEAD_NAMES = {"Lead Id", "Lead ID", "ProspectID", "Lead link"}
OWNER_NAMES = {"Owner Id", "Owner ID"}
HINDI = "हिन्दी शर्मा"

_NAMES = (
    "Ravi Kumar",
    "Rao, Anita",
    "Kate O'Brien",
    'Jo "Jojo" Smith',
    "Mehta; Sons & Co",
    "Sita Devi",
)
_PLAIN_NAMES = ("Ravi", "Maya", "Gita", "Omar", "Tara", "Zubin", "Kiran")
_WORLD = ("Ünïcode Müller", HINDI, "日本語 太郎", "Zoë Ångström", "Łukasz Żak", "Κώστας Νίκου")
_WESTERN = ("Jürgen Weiß", "José Núñez", "Zoë “Zo” Ström", "Renée – Lyon", "Øyvind Åse", "1 500 €")
_CITIES = ("Pune", "Mumbai", "Kochi", "Goa", "Indore")
_STAGES = ("Prospect", "Qualified", "New", "Won", "Lost")
_COMMENTS = (
    "Called twice.\nWants a quote by Monday",
    'Said "maybe", then hung up',
    "fine",
    "",
    "One\n\nthree lines, the middle one empty",
    "no answer",
)


def guid(what: str, number: int) -> str:
    """Return the GUID of the thing with this name and number: the same in every run."""
    return str(uuid.uuid5(uuid.NAMESPACE_OID, f"{what} {number}"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Base:
    """A table as it was meant.

    Attributes:
        name: Of the table, for labels.
        header: Column names, each once.
        rows: Their cells.
        ids: The lead ids that each row holds, as LeadSquared writes them.
        lead: Position of the column with the lead ids.
        owned: Another column holds a GUID on every row.
    """

    name: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    ids: tuple[tuple[str, ...], ...]
    lead: int
    owned: bool


def _cell(column: str, number: int, names: tuple[str, ...]) -> str:
    """Make the cell of this column in this row."""
    values = {
        "Name": names[number % len(names)],
        "City": _CITIES[number % len(_CITIES)],
        "Stage": _STAGES[number % len(_STAGES)],
        "Amount": f"{(number + 1) * 1234.5:,.2f}",
        "Betrag": f"{(number + 1) * 7},50",
        "Created On": f"2026-0{number % 9 + 1}-17 10:0{number % 10}:00",
        "Phone": f"00{number}7 998877",
        "Comment": _COMMENTS[number % len(_COMMENTS)],
        "Website": f"https://example.com/a?ref={number};b=1&c=x,y",
        "Lead link": f"https://example.com/LeadDetails?LeadID={guid('lead', number)}",
        **dict.fromkeys(OWNER_NAMES, guid("owner", number % 4)),
    }
    return values.get(column, guid("lead", number) if column in LEAD_NAMES else f"v{number}")


def _base(name: str, header: str, rows: int, names: tuple[str, ...] = _NAMES) -> Base:
    columns = tuple(header.split(","))
    return Base(
        name=name,
        header=columns,
        rows=tuple(tuple(_cell(column, i, names) for column in columns) for i in range(rows)),
        ids=tuple((guid("lead", i),) for i in range(rows)),
        lead=next(i for i, column in enumerate(columns) if column in LEAD_NAMES),
        owned=bool(OWNER_NAMES & set(columns)),
    )


def _messy() -> Base:
    """Ids blank, twice, malformed, in capitals, in braces, two in a cell."""
    base = _base("messy", "Name,Lead Id,Stage", 25, _PLAIN_NAMES)
    lead = [row[1] for row in base.rows]
    odd: dict[int, tuple[str, tuple[str, ...]]] = {
        2: ("", ()),
        4: (lead[1], (lead[1],)),
        6: ("N/A", ()),
        8: (lead[8].upper(), (lead[8],)),
        9: (f"{{{lead[9]}}}", (lead[9],)),
        11: (lead[11][:-1], ()),
        13: ("00000000-0000-0000-0000-000000000000", ()),
        15: (lead[15].replace("-", ""), (lead[15],)),
        17: (f"{lead[17]} {lead[3]}", (lead[17], lead[3])),
        19: ("g" + lead[19][1:], ()),
        21: ("", ()),
        22: (lead[1], (lead[1],)),
    }
    rows = tuple((r[0], odd[i][0], r[2]) if i in odd else r for i, r in enumerate(base.rows))
    ids = tuple(odd[i][1] if i in odd else own for i, own in enumerate(base.ids))
    return Base(name="messy", header=base.header, rows=rows, ids=ids, lead=1, owned=False)


BASES = {
    base.name: base
    for base in (
        _base("first", "Lead Id,Name,City,Amount", 8),
        _base("middle", "Name,Lead ID,Owner ID,Stage,Created On", 12),
        _base("last", "Name,Owner Id,ProspectID", 10),
        _base("ahead", "Owner Id,Lead Id,Name,Phone", 9),
        _base("comments", "ProspectID,Name,Comment,Website", 10),
        _base("world", "Name,Lead Id,City", 9, _WORLD),
        _base("western", "City,Lead Id,Name", 9, _WESTERN),
        _base("long", "Created On,Stage,Lead Id,Name,Owner Id,Amount", 200),
        _base("links", "Name,Lead link,Stage", 10),
        _base("wide", "A,B,C,D,E,F,Name,Lead Id,G,H,I,J,K,L,Amount", 5),
        _base("german", "Lead Id,Betrag,City", 7),
        _base("small", "Lead Id,Name", 5, _PLAIN_NAMES),
        _base("plain", "Lead Id,Stage,City", 6),
        _base("plain_last", "City,Name,Lead Id", 7, _PLAIN_NAMES),
        _base("plain_owned", "City,Lead Id,Owner Id,Stage", 8),
        _messy(),
    )
}
PLAIN = ("plain", "plain_last", "plain_owned")
"""No cell of these needs quotes."""

OWNED = tuple(base.name for base in BASES.values() if base.owned)
