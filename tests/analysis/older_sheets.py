"""Leads, and sheets as analysts have them: older, written by other hands, under other headers."""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from lsq.analysis.catalog import Catalog
from lsq.analysis.frames import leads_frame
from lsq.analysis.matching import Match, match_columns
from lsq.api.lead_id import LeadId
from lsq.api.models import Field, LeadTable

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    Cells = list[str]

ROWS = 240
STAGES = ("Prospect", "Contacted", "Interested", "Qualified", "Enrolled", "Not interested")
OWNERS = ("Anita Rao", "Dev Malhotra", "Sana Qureshi", "Tom Fernandes")
SOURCES = ("google_lp", "Facebook", "Website", "Shiksha", "Walk-in")
CITIES = ("Pune", "Mumbai", "Delhi", "Kochi", "Chennai", "Jaipur")
COURSES = ("MBA", "BBA", "MCA", "B.Tech")
FIRST = ("Asha", "Ravi", "Meera", "Kiran", "Dev", "Isha", "Om", "Tara", "Uma", "Zoya")
LAST = ("Nair", "Rao", "Khan", "Iyer", "Das", "Shah", "Gill", "Bose")
CATALOG = Catalog(
    {
        "mx_Course": Field(name="mx_Course", label="Course of interest", type="Select"),
        "ProspectStage": Field(name="ProspectStage", label="Lead Stage", type="Select"),
    }
)


def _leads() -> dict[str, Cells]:
    dice = random.Random(5)  # noqa: S311 - made-up leads, the same in every run
    rows = range(ROWS)
    first, last = ([dice.choice(names) for _ in rows] for names in (FIRST, LAST))
    return {
        "ProspectID": [f"00000000-0000-4000-8000-{row:012d}" for row in rows],
        "ProspectAutoId": [str(1000 + row) for row in rows],
        "FirstName": first,
        "LastName": last,
        "ProspectStage": [dice.choice(STAGES) for _ in rows],
        "OwnerIdName": [dice.choice(OWNERS) for _ in rows],
        "Source": [dice.choice(SOURCES) for _ in rows],
        "Score": [str(dice.randrange(-20, 110)) for _ in rows],
        "Phone": [f"+91-98{dice.randrange(10**8):08d}" for _ in rows],
        "Mobile": [f"97{dice.randrange(10**8):08d}" for _ in rows],
        "EmailAddress": [
            f"{a}.{b}{row}@example.com".lower() for row, a, b in zip(rows, first, last, strict=True)
        ],
        "CreatedOn": [
            f"2026-0{dice.randrange(1, 7)}-{dice.randrange(1, 29):02d} "
            f"{dice.randrange(24):02d}:{dice.randrange(60):02d}:{dice.randrange(60):02d}.000"
            for _ in rows
        ],
        "ModifiedOn": [f"2026-07-{dice.randrange(1, 29):02d} 10:00:00" for _ in rows],
        "mx_City": [dice.choice(CITIES) for _ in rows],
        "mx_Course": [dice.choice(COURSES) for _ in rows],
    }


LEADS = _leads()


def older(column: str, *, share: float = 0.15, seed: int = 1) -> Cells:
    """Return a column as it stood earlier: so many leads had another lead's value."""
    dice = random.Random(seed)  # noqa: S311
    now = LEADS[column]
    return [dice.choice(now) if dice.random() < share else value for value in now]


def _full_name() -> Cells:
    return [f"{a} {b}" for a, b in zip(LEADS["FirstName"], LEADS["LastName"], strict=True)]


def _some(*values: str, seed: int = 3) -> Cells:
    dice = random.Random(seed)  # noqa: S311
    return [dice.choice(values) for _ in range(ROWS)]


def _digits(column: str) -> Cells:
    return [phone.replace("+91-", "") for phone in older(column, share=0.05)]


def _india(way: str) -> Cells:
    at = pd.to_datetime(pd.Series(LEADS["CreatedOn"]), utc=True).dt.tz_convert("Asia/Kolkata")
    return at.dt.strftime(way).tolist()


def _other_numbers() -> Cells:
    return [f"99{row * 7919 % 10**8:08d}" for row in range(ROWS)]


@dataclass(frozen=True)
class Spelling:
    """A column of a sheet.

    Attributes:
        headers: Some of the ways to write it.
        cells: What it holds.
        meant: The column that it is an older state of, or None.
    """

    headers: tuple[str, ...]
    cells: Callable[[], Cells]
    meant: str | None


SPELLINGS: tuple[Spelling, ...] = (
    Spelling(
        ("Stage", "Lead Stage", "ProspectStage", "lead_stage", "STATUS", "Lead status", "Status ",
         "Current Stage", "ProspectStage (LeadSquared)", "Column 4", "Where it stands",
         "Pipeline Status", "Stage as on 15 Nov", "Stage (2)"),
        lambda: older("ProspectStage"), "ProspectStage",
    ),
    Spelling(
        ("Owner", "Lead owner", "Lead Owner Name", "OwnerIdName", "Assigned To", "Counsellor",
         "counselor name", "Agent", "RM", "Sales Person", "Who", "Allotted to",
         "Owner(s)"),
        lambda: older("OwnerIdName", share=0.05), "OwnerIdName",
    ),
    Spelling(
        ("Source", "Lead Source", "SOURCE", "utm_source", "lead-source", "Came from"),
        lambda: older("Source", share=0.02), "Source",
    ),
    Spelling(
        ("Phone", "Phone No.", "Phone Number", "Contact No", "Contact number", "WhatsApp No",
         "Tel.", "ph no", "Phone (LeadSquared)", "Number to call",
         "Phone (primary)", "PHONE NUMBER 1"),
        lambda: _digits("Phone"), "Phone",
    ),
    Spelling(
        ("Mobile", "Mobile no", "MOBILE NUMBER", "Cell Phone", "Mob. No."),
        lambda: _digits("Mobile"), "Mobile",
    ),
    Spelling(
        ("Email", "E-mail", "E mail ID", "Email Address", "EmailAddress", "Mail Id", "EMAIL ID",
         "Write to"),
        lambda: [text.upper() for text in older("EmailAddress", share=0.05)], "EmailAddress",
    ),
    Spelling(
        ("First name", "FirstName", "First_Name", "fname", "Given name", "FirstName (LeadSquared)",
         "First Name (student)"),
        lambda: LEADS["FirstName"], "FirstName",
    ),
    Spelling(("Last name", "Surname", "LastName"), lambda: LEADS["LastName"], "LastName"),
    Spelling(("Score", "Lead Score", "lead score"), lambda: older("Score", share=0.3), "Score"),
    Spelling(
        ("CreatedOn (Asia/Kolkata)",), lambda: _india("%Y-%m-%d %H:%M:%S"), "CreatedOn"
    ),
    Spelling(
        ("Created", "Created On", "Created date", "Lead Created On", "Date added"),
        lambda: _india("%d/%m/%Y %H:%M"), "CreatedOn",
    ),
    Spelling(("Created at", "CreatedOn"), lambda: _india("%d-%b-%Y"), "CreatedOn"),
    Spelling(
        ("City", "mx_City", "Town", "Lives in"),
        lambda: older("mx_City", share=0.1), "mx_City",
    ),
    Spelling(
        ("Course of interest", "mx_Course", "Course", "Program"),
        lambda: older("mx_Course"), "mx_Course",
    ),
    # None of these is an older state of anything, whatever it is called.
    Spelling(("Name", "Full name", "Student Name", "Lead Name"), _full_name, None),
    Spelling(("Status", "Stage"), lambda: _some("yes", "no"), None),
    Spelling(("Status", "Call status"), lambda: _some("Ringing", "Busy", "Call later"), None),
    Spelling(("Owner", "Agent"), lambda: _some("North team", "South team"), None),
    Spelling(("Phone", "Parent phone", "Alternate no"), _other_numbers, None),
    Spelling(("Mobile",), lambda: _some("yes", "no"), None),
    Spelling(("Email", "Email sent"), lambda: _some("sent", "not sent"), None),
    Spelling(("Source", "Batch", "Campaign"), lambda: _some("June batch", "Re-engage"), None),
    Spelling(("Score", "Marks"), lambda: _some(*map(str, range(400, 600))), None),
    Spelling(("Score",), lambda: _some("A", "B", "C"), None),
    Spelling(("City",), lambda: _some("112", "113", "114"), None),
    Spelling(("Remarks", "Notes", "Comment"), lambda: _some("call back", "asked twice", ""), None),
    Spelling(("Date", "Follow up on", "Created"), lambda: _some("1/9/2026", "2/9/2026"), None),
    Spelling(("ModifiedOn", "Last modified"), lambda: LEADS["ModifiedOn"], None),
    Spelling(("Lead number", "ProspectAutoId"), lambda: LEADS["ProspectAutoId"], None),
    Spelling(("Stage", "Owner", "Phone"), lambda: [""] * ROWS, None),
    Spelling(("Phone",), lambda: ["98xxxxxx12"] * ROWS, None),
    Spelling(("S.No", "#", "Row"), lambda: [str(row + 1) for row in range(ROWS)], None),
)  # fmt: skip


def matched(
    sheet: dict[str, Cells],
    *,
    leads: dict[str, Sequence[str | None]] | None = None,
    catalog: Catalog = CATALOG,
) -> tuple[Match, ...]:
    """Match a sheet, given by header, with the leads or some of their columns."""
    columns = leads or LEADS
    rows = len(next(iter(columns.values())))
    ids = [LeadId(f"00000000-0000-4000-8000-{row:012d}") for row in range(rows)]
    table = leads_frame(
        LeadTable(ids=ids, columns=columns, fetched_at=[0.0] * rows), kinds=catalog.kinds(columns)
    )
    own = {f"{header} · yours": header for header in sheet}
    mine = {name: pd.Series(sheet[header], dtype="str") for name, header in own.items()}
    return match_columns(
        pd.concat([table, pd.DataFrame(mine)], axis="columns"),
        own=own,
        leads=list(columns),
        catalog=catalog,
    )
