"""The address: it says which leads are looked at, and how, so that a link repeats the view."""

from __future__ import annotations

from functools import partial
from types import MappingProxyType
from typing import TYPE_CHECKING

import streamlit as st

from lsq.analysis.columns import Kind
from lsq.analysis.filters import Filters
from lsq.analysis.links import Links
from lsq.analysis.people import People, names_number_of_one, names_person
from lsq.ui.state import session
from lsq.ui.table_look import Look
from lsq.ui.zone import viewer_zone

if TYPE_CHECKING:
    from lsq.lookup.view import View

__all__ = ["remember_link", "take_up_link", "write_link"]

LONGEST = 10_000
"""No address of ours has more characters in its parameters; a longer one says nothing to us."""


def remember_link() -> None:
    """Keep the address with which a session begins, for when its leads are here."""
    panel = session().panel
    if panel.link is None:
        given = {name: tuple(st.query_params.get_all(name)) for name in st.query_params}
        size = sum(len(name) + sum(map(len, values)) for name, values in given.items())
        panel.link = MappingProxyType(given if size <= LONGEST else {})


def take_up_link(view: View) -> None:
    """Filter by what the address said when the session began, and look at the table so; once."""
    mine = session()
    remember_link()
    if mine.panel.link:
        found = _links(view).read(mine.panel.link)
        if mine.look is None:
            mine.look = Look.read(mine.panel.link, view)
        mine.panel.link = MappingProxyType({})
        if found and mine.filters == Filters():
            mine.filters = found


def write_link(view: View) -> None:
    """Have the address say what is filtered, as far as it may; what is no filter is kept."""
    links = _links(view)
    wanted = links.write(session().filters)
    now = {name: st.query_params.get_all(name) for name in st.query_params}
    others = {name: values for name, values in now.items() if not links.is_ours(name)}
    if now != others | wanted:
        st.query_params.from_dict({**others, **wanted})


def _links(view: View) -> Links:
    return Links(
        columns=tuple(map(str, view.frame)),
        kind=view.kind,
        private=partial(_is_private, view),
        person=lambda value: _people(view).is_one(value),
        own=view.own,
        zone=viewer_zone().key,
    )


def _is_private(view: View, column: str) -> bool:
    """Tell whether a column is about persons: by its name, the account's label, or its values."""
    titles = (column, view.catalog.label(column))
    if any(map(names_person, titles)):
        return True
    if view.kind(column) is Kind.NUMBER and any(map(names_number_of_one, titles)):
        return True
    return view.kind(column) is Kind.CHOICE and _people(view).stand_in(
        view.indexed.values(column).names
    )


def _people(view: View) -> People:
    """Return the persons that the leads know of; asked once for each table."""
    panel = session().panel
    if panel.people is None or panel.people[0] is not view.indexed:
        panel.people = (view.indexed, People.of(view.indexed))
    return panel.people[1]
