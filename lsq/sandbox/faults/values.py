"""Values as no careful server would write them, in the very bytes that go over the wire."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from lsq.sandbox.faults.names import Fault

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["ODD_VALUES"]

_NESTED = b"[" * 100_000 + b"]" * 100_000


def _texts(**values: str) -> dict[str, bytes]:
    return {name: json.dumps(value).encode() for name, value in values.items()}


ODD_VALUES: Mapping[Fault, Mapping[str, bytes | None]] = {
    Fault.INVALID_UTF_8: {"FirstName": b'"Ren\xe9e"', "LastName": b'"\xf0\x9f\x98"'},
    Fault.UNWRITABLE_CHARACTERS: _texts(
        FirstName="a\ud800b", LastName="Nul\x00l", Source="\ufffe\uffff", mx_City="\x0b\x1b[31m"
    ),
    Fault.NULL_MISSING_EXTRA_FIELDS: {
        "FirstName": b"null",
        "LastName": b'""',
        "Source": None,
        "mx_Extra": b'"more"',
    },
    Fault.WRONG_TYPES: {
        "Score": b"42",
        "FirstName": b"true",
        "LastName": b"1.50",
        "Source": b'{"a": [1, null, "b"]}',
        "mx_City": b'["Pune", false]',
    },
    Fault.ODD_NUMBERS: {
        "FirstName": b"NaN",
        "LastName": b"-Infinity",
        "Score": b"1e400",
        "Source": b"9" * 5000,
        "mx_City": b"12345678901234567890",
    },
    Fault.DEEP_NESTING: {"Source": _NESTED},
    # The second value brings its key along.
    Fault.DUPLICATE_KEYS: {"FirstName": b'"First","FirstName":"Last"'},
    Fault.NAUGHTY_TEXT: _texts(
        FirstName="=1+1",
        LastName='<script>alert(1)</script><a href="https://example.com/">Pay</a>',
        Source="[Click](https://example.com/) ![](https://example.com/p.png)",
        mx_City='@SUM(A1)\r"quoted", \ttabbed\nand a bell\x07',
    ),
    Fault.ODD_DATES: _texts(
        CreatedOn="31/12/2025",
        ModifiedOn="0001-01-01 00:00:00.000",
        ProspectActivityDate_Max="2026-02-30 25:61:00",
    ),
    Fault.HUGE_FIELD: _texts(Source="x" * 999_999 + "!"),
    Fault.MANY_COLUMNS: _texts(**{f"mx_Wide_{number:04d}": str(number) for number in range(5000)}),
}
"""Faults by what the first lead of a page has instead of its values; None: the field is missing."""
