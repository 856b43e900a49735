"""What the fixtures of these rooms are, for the signatures of tests."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from streamlit.testing.v1 import AppTest

from lsq.lookup.run import Lookup
from lsq.ui.state import Session

__all__ = ["FetchOf", "KeysOf", "LookupOf", "Said", "Visit"]

Visit: TypeAlias = Callable[..., AppTest]
Said: TypeAlias = Callable[[AppTest], str]
KeysOf: TypeAlias = Callable[[AppTest], list[str]]
FetchOf: TypeAlias = Callable[..., Session]
LookupOf: TypeAlias = Callable[..., Lookup]
