"""The columns of the demo account: LeadSquared's schema names, and what each is for a lead.

As in real answers every value is a string or None, and dates are UTC without saying so.
"""

from __future__ import annotations

from functools import lru_cache
from time import gmtime, strftime
from typing import TYPE_CHECKING

from lsq.sandbox import tables
from lsq.sandbox.dice import Die, Weighted
from lsq.sandbox.naughty import naughty_values

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from lsq.sandbox.lead import Lead

__all__ = ["COLUMNS", "lead_row"]

_FIRST_LEAD_NUMBER = 100_001

_IN_HOUR = tuple(f"{second // 60:02d}:{second % 60:02d}.000" for second in range(3600))
# Functions, not templates: one page of an answer has a thousand of each.
_PHONES: Weighted[Callable[[str], str] | None] = Weighted(
    [
        (lambda digits: f"+91-{digits}", 78),
        (lambda digits: digits, 9),
        (lambda digits: f"0{digits[:5]}-{digits[5:]}", 5),
        (lambda digits: f"+91 {digits[:5]} {digits[5:]}", 5),
        (None, 3),
    ]
)
_MAILBOXES: Weighted[Callable[[str, str, int], str] | None] = Weighted(
    [
        (lambda first, last, number: f"{first}.{last}{number}@example.com", 62),
        (lambda first, _last, number: f"{first}{number}@example.org", 24),
        (None, 14),
    ]
)
_IN_ADDRESS = {
    name: name.lower().replace("'", "")
    for name in (*tables.FIRST_NAMES.values, *tables.LAST_NAMES.values)
}
_COMPANY_TYPES: Weighted[str | None] = Weighted([(None, 90), ("5003", 7), ("5001", 3)])


def lead_row(lead: Lead, columns: tuple[str, ...]) -> dict[str, str | None]:
    """Return a lead's values of these columns; a column that no lead has is left out."""
    row = {name: value_of(lead) for name, value_of in _known(columns)}
    for name, value in naughty_values(lead).items():
        if name in row:
            row[name] = value
    return row


@lru_cache(maxsize=64)
def _known(columns: tuple[str, ...]) -> tuple[tuple[str, Callable[[Lead], str | None]], ...]:
    """Look the columns up once a question instead of once a lead."""
    return tuple((name, COLUMNS[name]) for name in columns if name in COLUMNS)


def _time(seconds: int) -> str:
    hour, second = divmod(seconds, 3600)
    return _hour(hour) + _IN_HOUR[second]


@lru_cache(maxsize=20_000)  # all hours in which leads come and change
def _hour(hour: int) -> str:
    return strftime("%Y-%m-%d %H:", gmtime(hour * 3600))


def _first_name(lead: Lead) -> str:
    return tables.FIRST_NAMES.pick(lead.dice[Die.FIRST_NAME])


def _last_name(lead: Lead) -> str:
    return tables.LAST_NAMES.pick(lead.dice[Die.LAST_NAME])


def _email(lead: Lead) -> str | None:
    mailbox = _MAILBOXES.pick(lead.dice[Die.EMAIL])
    if mailbox is None:
        return None
    return mailbox(_IN_ADDRESS[_first_name(lead)], _IN_ADDRESS[_last_name(lead)], lead.number)


def _phone(lead: Lead) -> str | None:
    spelling = _PHONES.pick(lead.dice[Die.PHONE_SPELLING])
    return spelling and spelling(_digits(lead, Die.PHONE))


def _mobile(lead: Lead) -> str | None:
    # Half the leads have the number a second time, a few another one.
    die = lead.dice[Die.MOBILE]
    return (None, _phone(lead), _phone(lead), _digits(lead, Die.MOBILE))[die % 4]


def _digits(lead: Lead, die: int) -> str:
    drawn = (lead.dice[die] << 16 | lead.dice[Die.PHONE_SPELLING]) % 10**8
    return str(98 * 10**8 + drawn)


def _activity_date(lead: Lead) -> str | None:
    at_s = lead.activity_s
    return None if at_s is None else _time(at_s)


def _activity_name(lead: Lead) -> str | None:
    name = tables.ACTIVITIES.pick(lead.dice[Die.ACTIVITY_NAME])
    return None if lead.activity_s is None else name


def _engagement(lead: Lead) -> str:
    return str(round(max(0, lead.score) * lead.part(Die.ENGAGEMENT) ** 2))


def _quality(lead: Lead) -> str | None:
    part = lead.part(Die.QUALITY)
    return None if part > 0.7 else f"{min(10.0, max(0, lead.score) / 12 + 3 * part):.1f}"  # noqa: PLR2004 -- the share that has no criteria yet


def _zip(lead: Lead) -> str | None:
    return lead.city and f"{lead.city.zip_start}{lead.dice[Die.ZIP] % 100:03d}"


def _do_not_call(lead: Lead) -> str:
    return "1" if lead.part(Die.CONSENT) < 0.03 else "0"  # noqa: PLR2004 -- three in a hundred


def _do_not_email(lead: Lead) -> str:
    return "1" if 0.02 < lead.part(Die.CONSENT) < 0.07 else "0"  # noqa: PLR2004 -- some ask for both


def _from(table: Weighted[str | None], die: int) -> Callable[[Lead], str | None]:
    """Return a column whose values come from a table in its shares."""
    return lambda lead: table.pick(lead.dice[die])


COLUMNS: Mapping[str, Callable[[Lead], str | None]] = {
    "ProspectID": lambda lead: lead.id,
    "ProspectAutoId": lambda lead: str(_FIRST_LEAD_NUMBER + lead.number),
    "FirstName": _first_name,
    "LastName": _last_name,
    "EmailAddress": _email,
    "Phone": _phone,
    "Mobile": _mobile,
    "Company": _from(tables.COMPANIES, Die.COMPANY),
    "CompanyType": _from(_COMPANY_TYPES, Die.COMPANY),
    "JobTitle": _from(tables.JOBS, Die.JOB),
    "ProspectStage": lambda lead: lead.stage.name,
    "Source": _from(tables.SOURCES, Die.SOURCE),
    "SourceMedium": _from(tables.MEDIUMS, Die.MEDIUM),
    "SourceCampaign": _from(tables.CAMPAIGNS, Die.CAMPAIGN),
    "OwnerId": lambda lead: lead.owner.id,
    "OwnerIdName": lambda lead: lead.owner.name,
    "OwnerIdEmailAddress": lambda lead: lead.owner.email,
    "CreatedOn": lambda lead: _time(lead.created_s),
    "ModifiedOn": lambda lead: _time(lead.modified_s),
    "ProspectActivityDate_Max": _activity_date,
    "ProspectActivityName_Max": _activity_name,
    "Score": lambda lead: str(lead.score),
    "EngagementScore": _engagement,
    "QualityScore01": _quality,
    "DoNotCall": _do_not_call,
    "DoNotEmail": _do_not_email,
    "mx_Street1": _from(tables.STREETS, Die.STREET),
    "mx_City": lambda lead: lead.city and lead.city.name,
    "mx_State": lambda lead: lead.city and lead.city.state,
    "mx_Zip": _zip,
    "mx_Country": lambda lead: lead.city and "India",
    "mx_Course": _from(tables.COURSES, Die.COURSE),
    "Notes": _from(tables.NOTES, Die.NOTES),
}
"""Every column that a lead of the demo account has, by its schema name."""
