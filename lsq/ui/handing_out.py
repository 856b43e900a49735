"""Handing out a file: in a thread of Streamlit's, so who may have it is asked again."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from lsq.api.errors import LsqError
from lsq.ui.access import viewer_address
from lsq.ui.configuration import settings

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["handed_out"]


def handed_out(build: Callable[[], bytes]) -> Callable[[], bytes]:
    """Return what a download button calls when it is clicked, for the viewer who sees it now.

    Args:
        build: Makes the file; it raises LsqError where that cannot be done.
    """
    return partial(_built, viewer_address(settings().access), build)


def _built(address: str, build: Callable[[], bytes]) -> bytes:
    if not settings().access.admits(address):
        title = "You may no longer use this app."
        raise LsqError(title, "Ask whoever runs it.")
    return build()
