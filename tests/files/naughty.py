"""Text that files have spoiled somewhere: a corpus of it, and what is harder still."""

from __future__ import annotations

import re

from tests.corpora import naughty_strings

__all__ = ["LONG", "naughty_names", "naughty_texts"]

LONGEST_NAME = 200
LONE = "[\ud800-\udfff]"
UNHELD = "[\x00-\x1f\ufffe\uffff]"
LONG = ("x" * 40_000, "😀" * 20_000, "=" + "y" * 40_000, "z" * 32_767, "a" + "😀" * 20_000)

HARD = (
    *map(chr, range(0x20)), *(f"a{chr(code)}b" for code in range(0x20)), "\x7f", "\x80", "\x9f",
    "\r", "\n", "\r\n", "a\rb", "a\nb", "a\r\nb", "\r\r\n\n", "end\r", "end\n", "\rstart",
    "\nstart", " ", "  padded  ", "\tpadded\t", "\u00a0", "\u3000wide\u3000", "two  spaces",
    "\u2028", "\u2029", "\ud800", "a\udfffb", "\udc00\ud800", "\ufffd", "\ufffe", "\uffff",
    "a\uffffb", "\ufeff", "\ufeffx", "_x000D_", "_x0041_", "_xFFFE_", "_x005F_x000D_", "__x0041_",
    "_x005f_", "_X0041_", "x_x000d_y", "<r>x</r>", "<r><t>rich</t></r>", "]]>", "<![CDATA[x]]>",
    "&amp;", "&#13;", "&lt;b&gt;", "<!--x-->", '"', '""', '"quoted"', 'a"b', "'", "''", "'quoted'",
    ",", ";", "|", "\t", "a,b", "a;b", "\\", "\\N", "'=1", "''=1", "' =1", "'-5", "=1+1",
    "=cmd|'/c calc'!A1", '=HYPERLINK("https://e.example","x")', "{=1+1}", "@SUM(1+1)", "+1-1",
    "-1+2", "-cmd", " =1+1", "\u00a0=1", "\u3000=1", "\t=1", "\r=1", "\n=1", "\x00=1", "=\x00",
    "\uff1d1+1", "\uff0b1", "\uff0d1", "\uff20x", ";=1+1", '",=1+1', "%0A=1",
    "https://example.com", "http://e.example/?a=1&b=2#c", "ftp://e.example", "mailto:a@b.example",
    "a@b.example", "file:///c:/x", "//e.example", "internal:Sheet!A1", "www.example.com",
    "+91-9876543210", "+919876543210", "+91 98765 43210", "(022) 555", "-5", "+5", "5%", "₹ 5",
    "$5", "0012345", "00", "1E5", "1e-7", "-1.50", ".5", "5.", "1,000", "1 000",
    "12345678901234567890", "0.1234567890123456789", "0x1F", "1_000", "inf", "-inf", "nan", "NaN",
    "TRUE", "false", "Yes", "NA", "N/A", "#N/A", "#REF!", "#DIV/0!", "null", "NULL", "None", "nil",
    "undefined", "-", "--", "2026-06-14", "2026-06-14 09:12:00", "14/06/2026", "6/14/26", "1/2",
    "Jan-21", "MARCH1", "10:30", "1:2:3", "2026-06-14T09:12:00Z", "20260614", "45000",
    "1899-12-31", "SEPT2", "DEC1", *LONG,
)  # fmt: skip


def naughty_texts() -> list[str]:
    """Return the 515 of the corpus, where it lies beside the project, and the harder ones."""
    return list(dict.fromkeys([*naughty_strings(), *HARD]))


def naughty_names() -> list[str]:
    """Return some of them as names of columns, still different where they lose characters.

    None is blank, which gets a number, or very long; no sheet holds a lone surrogate.
    """
    some = [text for text in naughty_texts() if len(text) < LONGEST_NAME][::7]
    kept = {re.sub(UNHELD, "\ufffd", text): text for text in some if not re.search(LONE, text)}
    return [text for clean, text in kept.items() if clean.strip("\ufffd").strip()]
