"""The words and figures of the Guide page."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from lsq import __version__
from lsq.analysis.words import count, duration
from lsq.ui.configuration import settings
from lsq.ui.connection import connection_form
from lsq.ui.zone import viewer_zone

if TYPE_CHECKING:
    from lsq.settings import Settings

__all__ = ["connection_card", "how_to"]

_STEPS = """
1. **Drop a sheet** on Lookup: CSV or other text, Excel, ODS, Parquet or JSON lines, with a column
   of LeadSquared lead ids. The column is found by what its cells look like; if two are alike, you
   are asked. Or paste the ids.
2. **See the cost** before anything is asked for: how many ids, how many calls, how long.
3. **Fetch.** You can leave the page or reload it; the fetch goes on. Stop keeps what has come.
4. **Read and take away**: the table under Leads, the breakdown under Stages, what moved since your
   file under Changes, and a workbook or CSV with your own rows in their order and the lead's
   columns beside them. A filter at the left, or a click on a bar or a cell, holds on all pages.
   Rows that you tick can be downloaded alone, however you search and sort meanwhile; above 20,000
   leads a table has no ticks.
"""

_ANSWERS = {
    "What does “not found” mean?": (
        "LeadSquared leaves an id out of its answer without saying why. Missing ids are asked for "
        "once more, in calls of their own, before they are called not found. The lead may be "
        "deleted or merged, hidden from the user whose keys are in use, or of another account."
    ),
    "How fast can it be?": (
        "One call brings up to 1,000 leads. The account allows so many calls in so many seconds, "
        "shared with its other integrations; the default here is LeadSquared’s documented "
        "25 calls in 5 seconds, about 5,000 leads a second at most. Calls wait for their turn, so "
        "that none is refused. If LeadSquared refuses one all the same, others use the account "
        "too: everything pauses for a moment, goes on at half the speed and recovers. Under "
        "Options a fetch can be kept to a share of the limit."
    ),
    "What if something goes wrong on the way?": (
        "Nothing fetched is lost. A call that fails is made again, up to four times; an id that "
        "LeadSquared refuses is split off, and the others come. What is left after that, after "
        "Stop or after a lost connection stands in the sum of rows with its reason, and one click "
        "asks for just that. The fetch itself runs on the server: a reload, another page or a "
        "second tab finds it again."
    ),
    "Where do my keys and leads go?": (
        "Keys that you type are tried with one call and kept in this browser session’s memory on "
        "the server; Disconnect forgets them, and so does closing the page. They are sent to the "
        "LeadSquared host only, over https. {kept} Only while a large workbook is made may its "
        "parts pass through temporary files, which are removed at once."
    ),
    "What counts as a change since my file?": (
        "Your sheet is an older state of the account. Columns of it that look like one that came "
        "back are compared with it; under Columns you can correct which. Each lead that changed "
        "stage moved forward or back among the stages that are open or won, dropped out into a "
        "lost one, came back from one, or moved otherwise. Which stage is open, won or lost, and "
        "their order, comes from the account where it can be read; you can change both under "
        "Stage order. Blank and missing count as equal, phones are compared by their digits, days "
        "by their date. A lead that stands in several rows counts with its first. Nothing is kept "
        "for this."
    ),
    "What is masked?": (
        "With **Mask phone and e-mail** on, phones and addresses keep just enough to be "
        "recognised: on every page, in what the search looks through, and in the files. It is on "
        "from the start where a team shares an account. Text that is neither, such as a name, "
        "stays as it is."
    ),
    "What can be done by keyboard?": (
        "Ctrl+Enter fetches, Escape closes. In the table arrow keys move, Shift+Space ticks a row "
        "and Alt+L shows its lead; above 20,000 leads that takes a click on the row’s number. What "
        "a click on a bar or a cell does, the filters at the left do too, and every chart has its "
        "table."
    ),
    "What is asked of the account besides the leads?": (
        "Once a day one call for the names, types and stages of its columns, without which the "
        "standard ones serve. It brings no lead and counts toward the rate limit like any other."
    ),
    "What is in each file?": (
        "**Excel workbook**, the one for people: your rows with the lead’s columns, the stages "
        "with a chart, what changed since your file, what was not found, the rows that held no "
        "id, and About, which says where all that comes from. Ids and phones are text, dates are "
        "dates with their zone in the header; nothing runs and nothing links. Text over 32,767 "
        "characters is cut and marked, a character that no workbook holds becomes “�”, and both "
        "are counted. **CSV for Excel** puts an apostrophe before text that a spreadsheet program "
        "would run, a phone with a plus for one; it is gone again when the file comes back here. "
        "**CSV for programs** and **JSON lines** hold exactly what LeadSquared sent, times in "
        "UTC, and so what a spreadsheet program would run. **Parquet** has typed columns, without "
        "what cannot be read as a date or number. Each of them can be dropped here again. All "
        "that a format may lose is listed in docs/files.md of Leadsheet’s source."
    ),
    "What happens when I drop a file from here again?": (
        "It is fetched as it was. The workbook (in About) and Parquet keep how they were made: "
        "worksheet, id column, columns, whether a row is a lead, and whether phones and e-mails "
        "are masked; never a key. So the same leads come again and Changes compares each column "
        "with its own older state. What comes back takes the place of what the file had, so "
        "that it does not grow by being used; what you added, renamed or did not ask for again "
        "stays yours. CSV and JSON lines keep no set-up: there the columns behind Outcome that "
        "have their usual names are known again."
    ),
    "What does the link in the address bar carry?": (
        "The name of your fetch, and what is filtered by stage, source and other columns of fixed "
        "choices, by numbers and by days; so it repeats the view on the same leads. Never names, "
        "owners, phones, e-mails, ids, what you searched for or anything of your own columns. "
        "Somebody else who opens it sees no leads: a fetch is shown only in the browser, or to the "
        "signed-in person, that began it. Once they have fetched the same sheet themselves, they "
        "see the same view."
    ),
}


def how_to() -> None:
    """Show the four steps and the questions people ask."""
    st.subheader("In four steps", anchor=False)
    st.markdown(_STEPS)
    _, kept = _kept(settings())
    for question, answer in _ANSWERS.items():
        with st.expander(question):
            st.markdown(answer.format(kept=kept))


def connection_card() -> None:
    """Show the connection form and the figures in force."""
    configured = settings()
    with st.container(border=True):
        st.subheader("Connection", anchor=False)
        connection_form()
    cached, _ = _kept(configured)
    st.table(
        {
            "Rate limit": f"{configured.limit.max_calls} calls in {configured.limit.window_s:g} s",
            "Ids a call": count(configured.batch),
            "Fresh for": duration(configured.cache_ttl_s),
            "Cache": cached,
            "Largest sheet": f"{configured.max_upload_mb} MB, {count(configured.max_rows)} rows, "
            f"{count(configured.max_cells)} cells",
            "Times shown in": viewer_zone().key,
            "Version": __version__,
        },
        border="horizontal",
    )


def _kept(configured: Settings) -> tuple[str, str]:
    """Say where fetched leads are kept, in three words and in a sentence."""
    while_fresh = "while they count as fresh, apart for every account"
    if configured.cache == "off":
        return "off", "Leads are kept for the fetch on your screen only, and not on disk."
    if configured.cache != "memory":
        where = "in a file on the server that only its owner can read"
        return "in a file", f"Leads are kept {where}, {while_fresh}."
    if configured.shared:
        where = "in the memory of a Redis that this app’s servers share"
        return "shared", f"Leads are kept {where}, {while_fresh}."
    kept = f"Leads are kept in the server’s memory {while_fresh}. Nothing is kept on disk."
    return "in memory only", kept
