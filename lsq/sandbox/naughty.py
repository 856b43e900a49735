"""Values that people and web forms really leave in a CRM, and that break careless programs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsq.sandbox.dice import SIDES, Die

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lsq.sandbox.lead import Lead

__all__ = ["NAUGHTY", "naughty_values"]

_SIDES = round(0.004 * SIDES)

NAUGHTY: tuple[Mapping[str, str | None], ...] = (
    {"FirstName": "=1+1", "LastName": "@SUM(A1:A9)"},
    {"FirstName": "-2+3", "Notes": "+91 call first"},
    {"Notes": '=HYPERLINK("https://example.com/","Fees")'},
    {"FirstName": "<b>Bold</b>", "LastName": "<script>alert(1)</script>"},
    {"LastName": '<a href="https://example.com/">Pay now</a>', "Company": "A &amp; B"},
    {"FirstName": "[Click](https://example.com/)", "Notes": "![](https://example.com/p.png)"},
    {"FirstName": "*Star* _under_ `tick`", "LastName": "$x^2$ :red[word]"},
    {"FirstName": 'Vijay "VJ"', "LastName": "O'Brien, Jr."},
    {"Notes": "First line\nsecond line\r\nthird; \ttabbed"},
    {"LastName": "Rao\r", "mx_Street1": "12\n3rd Floor"},
    {"FirstName": "Priya 🎓", "LastName": "👩🏽\u200d💻"},
    {"FirstName": "محمد", "LastName": "\u202eevil\u202c"},
    {"FirstName": "प्रिया", "LastName": "ಶೆಟ್ಟಿ"},
    {"mx_Zip": "001234", "Phone": "0009812345678"},
    {"Phone": "9.81234E+11", "Mobile": "n/a"},
    {"FirstName": "Nul\x00l", "Notes": "bell\x07 and escape\x1b[31m"},
    {"FirstName": "N" * 300},
    {"FirstName": " Padded ", "LastName": "\u00a0"},
    {"FirstName": "NULL", "LastName": "nan"},
    {"FirstName": "", "LastName": None},
    {"Company": "TRUE", "JobTitle": "1/2"},
)
"""Each is what one lead has instead of its ordinary values, by column."""


def naughty_values(lead: Lead) -> Mapping[str, str | None]:
    """Return the awkward values of a lead; four leads in a thousand have any."""
    if lead.dice[Die.NAUGHTY] > _SIDES:
        return {}
    return NAUGHTY[lead.dice[Die.NAUGHTY] % len(NAUGHTY)]
