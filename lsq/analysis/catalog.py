"""What one account calls its columns and what they hold; without its own word, the usual names."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING

from lsq.analysis.columns import (
    COLUMNS,
    CONTACT_KINDS,
    PRESETS,
    STANDARD_NAMES,
    Kind,
    kind,
    label,
    resolve,
)
from lsq.analysis.masks import like_phone_or_email
from lsq.analysis.schema import ACTIVITY, ID
from lsq.analysis.stages import STAGE, Stage, StageRole, usual_role

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from lsq.analysis.columns import Resolved
    from lsq.api.models import Field

__all__ = ["STANDARD", "Catalog"]

_KINDS: Mapping[str, Kind] = MappingProxyType(
    {
        "number": Kind.NUMBER,
        "date": Kind.DATE,
        "datetime": Kind.DATE,
        "select": Kind.CHOICE,
        "boolean": Kind.FLAG,
        "phone": Kind.PHONE,
        "email": Kind.EMAIL,
        "website": Kind.LINK,
    }
)
"""LeadSquared's DataTypes that say more than text."""

_NAMES: Mapping[str, str] = MappingProxyType(
    {"OwnerIdName": "OwnerId", "CreatedByName": "CreatedBy", "ModifiedByName": "ModifiedBy"}
)
"""Columns with people's names, and those with their ids, for which accounts have the label."""

_IDS = frozenset(_NAMES.values())
_WORKED_OUT: Mapping[str, str] = MappingProxyType({**_NAMES, "OwnerIdEmailAddress": "OwnerId"})
"""Columns that leads have with another one, though an account may not list them."""

_ALWAYS = frozenset({ID, ACTIVITY, "ProspectActivityName_Max"})
"""Columns that every account's leads are taken to have, listed or not."""

_LABEL_CHARS = 60


@dataclass(frozen=True, slots=True)
class Catalog:
    """The columns of an account.

    Attributes:
        fields: What the account says of them, by schema name; empty when it was not asked or did
            not answer, and then the standard columns serve.
    """

    fields: Mapping[str, Field] = field(default_factory=dict)

    @classmethod
    def of(cls, fields: Iterable[Field]) -> Catalog:
        """Return the catalogue of what an account has said."""
        return cls({each.name: each for each in fields})

    @property
    def names(self) -> tuple[str, ...]:
        """The columns to choose from: standard ones that the account has, then its own by label."""
        standard = tuple(column.name for column in COLUMNS if self.has(column.name))
        own = self.fields.keys() - {*standard}
        return (*standard, *sorted(own, key=lambda name: (self.label(name).casefold(), name)))

    @property
    def stages(self) -> tuple[Stage, ...] | None:
        """The account's own stages in its order, None when it has not said them.

        What they mean is told by the usual words. Where those know none as won, the last one that
        is not lost is: accounts put their customers there.
        """
        known = self.fields.get(STAGE)
        if known is None or not known.options:
            return None
        roles = [usual_role(name) or StageRole.OPEN for name in known.options]
        open_ = [place for place, role in enumerate(roles) if role is StageRole.OPEN]
        if StageRole.WON not in roles and open_:
            roles[open_[-1]] = StageRole.WON
        return tuple(map(Stage, known.options, roles))

    def has(self, name: str) -> bool:
        """Whether leads can be asked for this column, as far as is known."""
        listed = not self.fields or name in self.fields or name in _ALWAYS
        return listed or _WORKED_OUT.get(name) in self.fields

    def preset(self, name: str) -> tuple[str, ...]:
        """Return the columns of a preset that the account has; "all" are all it has."""
        return self.names if name == "all" else tuple(filter(self.has, PRESETS[name]))

    def resolve(self, names: Iterable[str]) -> Resolved:
        """Read column names as people write them; see `columns.resolve`."""
        labels = {name: self.label(name) for name in self.names} if self.fields else None
        return resolve(names, labels=labels)

    def label(self, name: str) -> str:
        """Say what people of this account call a column.

        An account has one word, such as Counsellor, for the id and the name of whoever it is.
        """
        own = self._own_label(name) or self._own_label(_NAMES.get(name, ""))
        is_bare_id = name in _IDS and not own.casefold().endswith("id")
        return f"{own}, id" if own and is_bare_id else own or label(name)

    def described(self) -> dict[str, str]:
        """Return every column's label, with its name beside it where that is another word.

        No two are the same, so that the column can be told by what stands there.
        """
        labels = {name: self.label(name)[:_LABEL_CHARS] for name in self.names}
        plain = {name: text for name, text in labels.items() if _folded(name) == _folded(text)}
        often = Counter([*plain.values()])
        return {
            name: text if often[plain.get(name, "")] == 1 else f"{text} · {name}"
            for name, text in labels.items()
        }

    def _own_label(self, name: str) -> str:
        known = self.fields.get(name)
        return known.label.strip() if known else ""

    def kind(self, name: str) -> Kind:
        """Say what a column holds: a standard one as declared, others as the account says.

        Phones and e-mails that are only guessed from a name are that no longer where the account's
        DataType leaves no room for them. A number may be a phone, and so may what an unknown list
        offers: there the guess stays, because masks are chosen by it.
        """
        usual = kind(name)
        known = self.fields.get(name)
        if known is None or (usual is not Kind.TEXT and name in STANDARD_NAMES):
            return usual
        said = _KINDS.get(known.type.strip().casefold(), usual)
        return usual if usual in CONTACT_KINDS and _may_reach(said, known.options) else said

    def kinds(self, names: Iterable[str]) -> dict[str, Kind]:
        """Say what each of these columns holds."""
        return {name: self.kind(name) for name in names}


def _may_reach(said: Kind, options: Sequence[str]) -> bool:
    """Tell whether a column of this kind, with these options, may hold phones or e-mails."""
    if said is Kind.CHOICE:
        return not options or any(map(like_phone_or_email, options))
    return said not in {Kind.DATE, Kind.FLAG, *CONTACT_KINDS}


def _folded(text: str) -> str:
    return re.sub(r"[\s_-]+", "", text).casefold()


STANDARD = Catalog()
"""What is known without asking the account."""
