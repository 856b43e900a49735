"""The lookups whose every text is naughty, and their files, made once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from lsq.lookup.choice import Form
from tests.files.made import made_lookup, written
from tests.files.naughty import naughty_names, naughty_texts

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lsq.lookup.run import Lookup


@pytest.fixture(scope="session")
def texts() -> list[str]:
    """The texts, in the order of the leads."""
    return naughty_texts()


@pytest.fixture(scope="session")
def own_texts(texts: list[str]) -> list[str]:
    """The texts in another order, in the sheet's own column; no sheet holds a lone surrogate."""
    return [text.encode("utf-8", "replace").decode() for text in reversed(texts)]


@pytest.fixture(scope="session")
def lookup(texts: list[str], own_texts: list[str]) -> Lookup:
    """Leads whose first name is one of the texts, in a sheet whose own cells are others."""
    return made_lookup(texts, {"Note": own_texts})


@pytest.fixture(scope="session")
def names() -> list[str]:
    """Some of the texts, which name the columns of a sheet."""
    return naughty_names()


@pytest.fixture(scope="session")
def files(lookup: Lookup) -> Mapping[Form, bytes]:
    """The lookup in every form."""
    return {form: written(lookup, form) for form in Form}


@pytest.fixture(scope="session")
def files_of_names(names: list[str]) -> Mapping[Form, bytes]:
    """A lookup of two rows whose own columns have naughty names, in every form."""
    wide = made_lookup(["Anita", "Rao"], {name: ["x", "y"] for name in names})
    return {form: written(wide, form) for form in Form}
