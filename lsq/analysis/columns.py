"""What columns are called, what they hold, and which to ask for; the declaration is `schema`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import get_close_matches
from types import MappingProxyType
from typing import TYPE_CHECKING

from lsq.analysis.schema import COLUMNS, Column, Kind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

__all__ = [
    "COLUMNS",
    "CONTACT_KINDS",
    "DEFAULT",
    "PRESETS",
    "STANDARD_NAMES",
    "Column",
    "Kind",
    "Resolved",
    "kind",
    "label",
    "resolve",
]

PRESETS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "essentials": (
            "FirstName",
            "LastName",
            "ProspectStage",
            "OwnerIdName",
            "Source",
            "Score",
            "Phone",
            "CreatedOn",
            "ProspectActivityDate_Max",
        ),
        "contact": (
            "FirstName",
            "LastName",
            "ProspectStage",
            "Phone",
            "Mobile",
            "EmailAddress",
            "mx_City",
            "mx_State",
            "DoNotCall",
            "DoNotEmail",
        ),
        "ownership": (
            "FirstName",
            "LastName",
            "ProspectStage",
            "OwnerIdName",
            "OwnerIdEmailAddress",
            "CreatedByName",
            "CreatedOn",
            "ModifiedByName",
            "ModifiedOn",
        ),
        "activity": (
            "FirstName",
            "LastName",
            "ProspectStage",
            "Score",
            "EngagementScore",
            "CreatedOn",
            "ProspectActivityName_Max",
            "ProspectActivityDate_Max",
            "LastVisitDate",
            "TotalVisits",
        ),
        "all": tuple(column.name for column in COLUMNS),
    }
)
"""Sets of columns worth asking for together, by name; `ProspectID` always comes along unasked."""

DEFAULT = PRESETS["essentials"]

CONTACT_KINDS = frozenset({Kind.PHONE, Kind.EMAIL})
"""What a person can be reached by: kinds that are guessed from a name and masked."""

_BY_NAME = {column.name: column for column in COLUMNS}

STANDARD_NAMES = frozenset(_BY_NAME)
"""The schema names of the standard columns; what those hold is declared, not guessed."""

_BY_FOLDED = {column.name.casefold(): column.name for column in COLUMNS}
_PREFIX = re.compile(r"^mx\d*_")
_MOST_SEARCHED = 5  # names without a column, for which something similar is looked for
_NEAR = 0.8
_PHONE = re.compile(r"phone|mobile|whats ?app", re.IGNORECASE)
_EMAIL = re.compile(r"e-?mail", re.IGNORECASE)

_WORDS = {
    "leadid": "ProspectID",
    "prospectid": "ProspectID",
    "name": "FirstName",
    "surname": "LastName",
    "mail": "EmailAddress",
    "phonenumber": "Phone",
    "mobilenumber": "Mobile",
    "leadstage": "ProspectStage",
    "leadowner": "OwnerIdName",
    "ownername": "OwnerIdName",
    "leadsource": "Source",
    "medium": "SourceMedium",
    "campaign": "SourceCampaign",
    "leadscore": "Score",
    "created": "CreatedOn",
    "createddate": "CreatedOn",
    "modifieddate": "ModifiedOn",
    "lastactivitydate": "ProspectActivityDate_Max",
    "address": "mx_Street1",
    "pincode": "mx_Zip",
    "zipcode": "mx_Zip",
}


def label(name: str) -> str:
    """Say what people call a column: `mx_Date_Of_Birth` is "Date Of Birth"; unknown names stay."""
    if name in _BY_NAME:
        return _BY_NAME[name].label
    return _without_prefix(name).replace("_", " ").strip() or name if _PREFIX.match(name) else name


def kind(name: str) -> Kind:
    """Say what a column holds; of an unknown name only phones and e-mails are recognised.

    Those two change nothing in a frame, they stay text; but they are masked with the rest.
    """
    if name in _BY_NAME:
        return _BY_NAME[name].kind
    if _EMAIL.search(name):
        return Kind.EMAIL
    return Kind.PHONE if _PHONE.search(name.replace("_", " ")) else Kind.TEXT


@dataclass(frozen=True, slots=True)
class Resolved:
    """Which columns to ask for, and what a person should hear about it.

    Attributes:
        columns: The names to ask for, each once, in the order given.
        corrections: Pairs of the name as given and the standard name now used for it.
        suggestions: Pairs of the name as given, still asked for so, and what may have been meant.
        strangers: Pairs of a name that the account has no column of, still asked for so, and the
            nearest name that it has, or "".
    """

    columns: tuple[str, ...]
    corrections: tuple[tuple[str, str], ...] = ()
    suggestions: tuple[tuple[str, str], ...] = ()
    strangers: tuple[tuple[str, str], ...] = ()

    def sentences(self) -> Iterator[str]:
        """Say each correction, suggestion and stranger in one plain sentence."""
        for given, used in self.corrections:
            yield f"{given} was read as {used}: LeadSquared drops a misspelt name without a word."
        for given, meant in self.suggestions:
            yield f"{given} is not a standard column of LeadSquared: did you mean {meant}?"
        for given, nearest in self.strangers:
            end = f"did you mean {nearest}?" if nearest else "LeadSquared leaves it out."
            yield f"{given} is not a column of this account: {end}"


def resolve(names: Iterable[str], *, labels: Mapping[str, str] | None = None) -> Resolved:
    """Read column names as people write them.

    A slip in upper and lower case alone is corrected. Labels and common words are only suggested,
    because an account may have a column of that very name. Anything else passes as given; blanks
    and repeats are dropped.

    Args:
        names: The names as written.
        labels: The labels of all columns that the account has, by name, where those are known;
            then every other name is a stranger.
    """
    given = dict.fromkeys(filter(None, (name.strip() for name in names)))
    known = _BY_NAME if labels is None else labels
    folded = _BY_FOLDED if labels is None else {name.casefold(): name for name in labels}
    used = {name: name if name in known else folded.get(name.casefold(), name) for name in given}
    unknown = [name for name, to in used.items() if to not in known]
    return Resolved(
        columns=tuple(dict.fromkeys(used.values())),
        corrections=tuple((name, to) for name, to in used.items() if name != to),
        suggestions=tuple(
            (name, _MEANT[_squeezed(name)])
            for name in unknown
            if labels is None and _squeezed(name) in _MEANT
        ),
        strangers=tuple(_strangers(unknown, labels)) if labels and unknown else (),
    )


def _strangers(names: Sequence[str], labels: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Pair each of these names with the nearest column of the account, by its name or label."""
    meant = {word: to for word, to in _MEANT.items() if to in labels}
    meant |= {_squeezed(label): name for name, label in labels.items()}
    meant |= {_squeezed(_without_prefix(name)): name for name in labels}
    meant |= {_squeezed(name): name for name in labels}
    for place, name in enumerate(names):
        word = _squeezed(name)
        near = [word] if word in meant else []
        if not near and place < _MOST_SEARCHED:
            near = get_close_matches(word, meant, n=1, cutoff=_NEAR)
        yield name, meant[near[0]] if near else ""


def _without_prefix(name: str) -> str:
    return _PREFIX.sub("", name, count=1)


def _squeezed(name: str) -> str:
    """Leave out what separates words: "Created on" and "created_on" are both "createdon"."""
    return re.sub(r"[\s_-]+", "", name).casefold()


_MEANT = (
    {_squeezed(column.name): column.name for column in COLUMNS}
    | {_squeezed(column.label): column.name for column in COLUMNS}
    | _WORDS
)
