"""No text from outside is ever read as Markdown, as a link or as a picture."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lsq.ui.escape import shown, spoken
from tests.corpora import naughty_strings, needs_naughty_strings

SPECIAL = r"\\`*_{}\[\]()<>#+\-.!|~:$&^="
ESCAPED = re.compile(rf"\\[{SPECIAL}]")
LINKS = re.compile("//|@(?!\u2060)|www(?!\u2060)", re.IGNORECASE)
SYMBOLS = re.compile(r":[a-z+]|<-|->|--|>=|<=|~=")
BREAKS = re.compile("[\x00-\x1f\x7f\u2028-\u202e\u2066-\u2069]")
UNSEEN = re.compile("[\u2060\ufeff]")

nasty = st.text(st.sampled_from("\\`*_{}[]()<>#+-.!|~:$&^=@/wW \n\t\x00ab1é😀"), max_size=200)


def plain(markdown: str) -> str:
    """Return what a Markdown reader shows of text in which every special character is escaped."""
    return re.sub(rf"\\([{SPECIAL}])", r"\1", markdown).replace("\u2060", "")


def is_inert(markdown: str) -> bool:
    bare = ESCAPED.sub("", markdown)
    joined = ESCAPED.sub(lambda match: match[0][1], markdown)
    marked = re.search(rf"[{SPECIAL}]", bare) or SYMBOLS.search(joined)
    return not (marked or LINKS.search(joined) or BREAKS.search(bare))


@given(st.text() | nasty)
def test_nothing_special_is_left_bare(text: str) -> None:
    assert is_inert(shown(text))


@given((st.text(max_size=100) | nasty).filter(lambda text: "\u2060" not in text))
def test_a_reader_sees_the_text_itself_with_breaks_as_spaces(text: str) -> None:
    seen = re.sub("[\x00-\x1f\x7f\u2028-\u202e\u2066-\u2069\ud800-\udfff]+", " ", text)
    assert plain(shown(text, limit=10_000)).strip() == seen.strip()


@given(st.text(min_size=1, max_size=300) | nasty, st.integers(1, 60))
def test_what_is_seen_is_never_longer_than_the_limit(text: str, limit: int) -> None:
    seen = plain(shown(text.replace("\u2060", ""), limit=limit))
    assert len(seen) <= limit


def test_a_cut_text_ends_in_an_ellipsis() -> None:
    assert shown("a" * 50, limit=10) == "a" * 9 + "…"
    assert shown("a" * 10, limit=10) == "a" * 10


@needs_naughty_strings
def test_the_naughty_strings_are_inert() -> None:
    naughty = naughty_strings()
    assert len(naughty) > 400
    assert [text for text in naughty if not is_inert(shown(text, limit=10_000))] == []


@pytest.mark.parametrize(
    "text",
    [
        "[click](https://evil.example)",
        "![pixel](http://evil.example/x.png)",
        "<img src=x onerror=alert(1)>",
        "someone@example.com",
        "www.example.com",
        "WWW.example.com",
        "https:////example.com",
        ":red[alarm] :material/lock: $x^2$",
        "javascript:alert(1)",
        "| a | b |\n|---|---|",
        "# heading\n\n1. list",
        "\\[already](escaped)",
    ],
)
def test_markup_and_addresses_stay_text(text: str) -> None:
    assert is_inert(shown(text))


def test_line_breaks_of_every_kind_become_one_space() -> None:
    assert shown("a\r\n\u2028\x00b") == "a b"


def test_a_text_set_in_by_spaces_is_no_code_block() -> None:
    assert shown("     set in") == "set in"


def test_half_a_character_can_be_sent_to_a_browser() -> None:
    assert shown("a\ud800b").encode() == b"a b"


def test_values_that_are_no_text_are_written_as_text() -> None:
    assert shown(None) == "None"
    assert shown(-1.5) == r"\-1\.5"


def test_what_turns_the_direction_of_writing_is_a_space() -> None:
    assert shown("a\u202egnp.exe\u2066b") == r"a gnp\.exe b"
    assert spoken("a\u202db") == "a b"


def parts_alone(text: str) -> bool:
    """Whether each mark that works in pairs stands alone, between blanks or behind a backslash."""
    flanked = all(
        text.count(mark) < 2 or text.count(mark) == text.count(f"\ufeff{mark}\ufeff")
        for mark in "*_~"
    )
    return flanked and all(
        text.count(mark) < 2 or text.count(mark) == text.count(f"\\{mark}") for mark in "`$"
    )


DANGERS = re.compile(
    r"//|@(?!\u2060)|www(?!\u2060)|\](?=[(\[:])|<(?=[a-z/!?])|&(?=[#\w])|:(?=[^\s\ufeff])"
    r"|<-|->|--|>=|<=|~=",
    re.IGNORECASE,
)


@given(st.text() | nasty)
def test_what_is_read_aloud_holds_nothing_that_markdown_could_take(text: str) -> None:
    said = spoken(text)
    assert parts_alone(said)
    assert not DANGERS.search(said)
    assert not BREAKS.search(said)


@given((st.text(max_size=100) | nasty).filter(lambda text: not UNSEEN.search(text)))
def test_what_is_read_aloud_is_the_text_but_for_pairs_of_backticks_and_dollars(text: str) -> None:
    seen = re.sub("[\x00-\x1f\x7f\u2028-\u202e\u2066-\u2069\ud800-\udfff]+", " ", text).strip()
    heard = UNSEEN.sub("", spoken(text, limit=10_000))
    for mark in "`$":
        if seen.count(mark) > 1:
            seen = seen.replace(mark, f"\\{mark}")
    assert heard == seen


@pytest.mark.parametrize(
    "text", ["Invalid/ Junk", "(blank)", "Q & A", "50%", "5* hotel", "A-B", "3.5", "a: b", "$500"]
)
def test_everyday_values_are_read_aloud_without_any_addition(text: str) -> None:
    assert spoken(text) == text
