"""What a file will not hold as it came, said before it is downloaded."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from lsq.analysis.words import counted
from lsq.lookup.choice import Form
from lsq.lookup.losses import Losses, losses
from lsq.ui.state import session

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lsq.lookup.choice import Choice
    from lsq.lookup.view import View

__all__ = ["NAMES", "loss_sentence", "losses_said"]

NAMES = {
    Form.XLSX: "Excel workbook",
    Form.EXCEL_CSV: "CSV for Excel",
    Form.CSV: "CSV for programs",
    Form.PARQUET: "Parquet",
    Form.JSONL: "JSON lines",
}
"""What each format is called."""


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


def loss_sentence(form: Form, lost: Losses) -> str:
    """Say the same of one file of which it is known."""
    if lost == Losses():
        return ""
    parts = []
    if lost.cut:
        verb = "is" if lost.cut == 1 else "are"
        parts.append(f"{counted(lost.cut, 'cell')} {verb} longer than Excel allows and will be cut")
    if lost.replaced:
        verb = "holds" if lost.replaced == 1 else "hold"
        parts.append(f"{counted(lost.replaced, 'cell')} {verb} characters that it cannot hold")
    if lost.escaped:
        verb = "gets" if lost.escaped == 1 else "get"
        parts.append(
            f"{counted(lost.escaped, 'cell')} that a spreadsheet program could run, such as "
            f"phones with +, {verb} an apostrophe"
        )
    end = ""
    if form is Form.XLSX:
        end = "; its About sheet names them"
    elif lost.escaped:
        end = "; our own reader takes it off"
    return f"{NAMES[form]}: {'; '.join(parts)}{end}."
