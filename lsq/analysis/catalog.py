"""What one account calls its columns and what they hold; without its own word, the usual names."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING

from lsq.analysis.columns import Kind, kind, label

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

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


@dataclass(frozen=True, slots=True)
class Catalog:
    """The columns of an account.

    Attributes:
        fields: What the account says of them, by schema name; empty when it was not asked or did
            not answer, and then the standard columns serve.
    """

    fields: Mapping[str, Field] = field(default_factory=dict)

    def label(self, name: str) -> str:
        """Say what people of this account call a column."""
        known = self.fields.get(name)
        return (known and known.label.strip()) or label(name)

    def kind(self, name: str) -> Kind:
        """Say what a column holds: a standard one as declared, others as the account says."""
        usual = kind(name)
        known = self.fields.get(name)
        if known is None or usual is not Kind.TEXT:
            return usual
        return _KINDS.get(known.type.strip().casefold(), usual)

    def kinds(self, names: Iterable[str]) -> dict[str, Kind]:
        """Say what each of these columns holds."""
        return {name: self.kind(name) for name in names}


STANDARD = Catalog()
"""What is known without asking the account."""
