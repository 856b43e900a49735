"""What a file will not hold as it came, said before it is downloaded."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from lsq.lookup.losses import Losses, loss_sentence, losses
from lsq.ui.state import session

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lsq.lookup.choice import Choice, Form
    from lsq.lookup.view import View

__all__ = ["losses_said"]


def losses_said(view: View, choice: Choice, forms: Sequence[Form]) -> str:
    """Say of each format what becomes of cells that it cannot hold; "" where nothing is lost.

    Args:
        view: What was fetched.
        choice: What the files are to hold.
        forms: In which formats they are offered.
    """
    said = (loss_sentence(form, _counted(view, replace(choice, form=form))) for form in forms)
    return "  \n".join(filter(None, said))


def _counted(view: View, choice: Choice) -> Losses:
    """Count once what a file will lose, as long as this viewer looks at the same leads."""
    known = session().losses
    if known and known[0][0] is not view:
        known.clear()
    for _, other, lost in known:
        if other.is_like(choice):
            return lost
    lost = losses(view, choice)
    known.append((view, choice, lost))
    return lost
