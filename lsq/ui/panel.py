"""What the filter panel remembers between two runs, and how clicks in it are taken up.

Two quick clicks may end the run of the first one anywhere. So no widget of the panel reports a
change: each run compares what every widget holds with what was drawn, and every change says what
it does to the filters by itself. None is lost, and none depends on another.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, MutableMapping

    from lsq.analysis.facets import Offer
    from lsq.analysis.filters import Filters
    from lsq.analysis.people import People
    from lsq.analysis.values import Indexed

    Change: TypeAlias = Callable[[Filters, Any, Any], Filters]

__all__ = ["Drawn", "Panel"]


class Drawn(NamedTuple):
    """A widget as it was drawn last.

    Attributes:
        value: What it held.
        change: What becomes of the filters when it holds another: `change(filters, old, new)`.
    """

    value: Any
    change: Change


@dataclass(slots=True)
class Panel:
    """The filter panel of one session.

    Attributes:
        drawn: Its widgets by their keys.
        link: The parameters of the address with which the session began, until they are taken up;
            None before anybody looked.
        offered: What the columns of a table offer to filter by, with that table.
        people: The persons that a table knows of, with that table.
    """

    drawn: dict[str, Drawn] = field(default_factory=dict)
    link: Mapping[str, tuple[str, ...]] | None = None
    offered: tuple[Indexed, Offer] | None = None
    people: tuple[Indexed, People] | None = None

    def take_up(self, filters: Filters, state: Mapping[str, Any]) -> Filters:
        """Return the filters with every change of a widget since it was drawn.

        Args:
            filters: As they were.
            state: What the widgets hold, by their keys; one that is missing was not drawn.
        """
        # All is read first: the next click can end a run wherever it reads, and only there.
        now = {key: state[key] for key in self.drawn if key in state}
        for key, value in now.items():
            old, change = self.drawn[key]
            if value != old:
                filters = change(filters, old, value)
                self.drawn[key] = Drawn(value, change)
        return filters

    def hold(
        self, key: str, value: object, change: Change, *, state: MutableMapping[str, Any]
    ) -> None:
        """Have the widget that is drawn next under `key` hold `value`.

        What it holds already is left alone: sent again it could undo a click that is on its way.
        """
        if key not in state or state[key] != value:
            state[key] = value
        self.drawn[key] = Drawn(value, change)
