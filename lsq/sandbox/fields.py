"""What the demo account says of its leads' columns: labels, types and options.

Source: LeadSquared Developer Centre, "Get Metadata of Leads", whose example gives the keys. As in
real accounts, some labels are the account's own, columns that are worked out (the owner's name and
e-mail) are not listed though leads have them, and a stage that leads are in is no option.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import parse_qs

from lsq.sandbox import tables
from lsq.sandbox.answers import Answer, Refused, error_answer, json_answer
from lsq.sandbox.behaviour import FieldsCall, OptionForm

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from lsq.sandbox.behaviour import Behaviour
    from lsq.sandbox.dice import Weighted

__all__ = ["FIELDS", "Described", "describe_fields"]

_MADE_MS = 1_417_453_996_000  # when the example's account made its columns


class Described(NamedTuple):
    """A column as the account knows it; its options are in the account's order."""

    name: str
    label: str
    type: str = "Text"
    options: tuple[str, ...] = ()


def describe_fields(query: str, behaviour: Behaviour) -> Answer:
    """Answer LeadsMetaData.Get.

    Args:
        query: The address's query; `schemaName` asks for one column, `excludeOptionSets=1` leaves
            the options out.
        behaviour: The switches.

    Raises:
        Refused: The user may not ask, or there is no such call.
    """
    if behaviour.fields_call is FieldsCall.ABSENT:
        raise Refused(error_answer(404))
    if behaviour.fields_call is FieldsCall.FORBIDDEN:
        message = "You do not have permission to access this."
        kind = "MXUnAuthorizedAccessException"
        raise Refused(error_answer(403, exception_type=kind, message=message))
    asked = parse_qs(query)
    names = asked.get("schemaName", [described.name for described in FIELDS])
    with_options = asked.get("excludeOptionSets") != ["1"]
    form = _FORMS[behaviour.option_form]
    return json_answer(
        200,
        [
            _written(described, form if with_options else None)
            for described in FIELDS
            if described.name in names
        ],
    )


_FORMS: Mapping[OptionForm, Callable[[str], object]] = {
    OptionForm.VALUE: lambda option: {"Value": option},
    OptionForm.VALUE_AND_TEXT: lambda option: {"Value": option, "Text": option.title()},
    OptionForm.PLAIN: lambda option: option,
}


def _written(described: Described, form: Callable[[str], object] | None) -> dict[str, object]:
    """Write a column with the keys of the page's example, dates in their own way."""
    written: dict[str, object] = {
        "Entity": "1",
        "SchemaName": described.name,
        "DisplayName": described.label,
        "DataType": described.type,
        "IsMandatory": described.name == "FirstName",
        "MaxLength": "200",
        "RenderTypeTextValue": "Dropdown" if described.type == "Select" else described.type,
        "IsVisible": True,
        "IsSearchable": True,
        "IsSortable": True,
        "IsLeadIdentifier": described.type in {"Phone", "Email"},
        "LockAfterCreate": int(described.name == "ProspectID"),
        "CreatedOn": f"/Date({_MADE_MS}+0000)/",
        "ModifiedByName": "Anita Rao",
    }
    if described.options and form is not None:
        written["Options"] = [form(option) for option in described.options]
        written["DefaultValue"] = described.options[0]
    return written


def _options(table: Weighted[str | None]) -> tuple[str, ...]:
    """List a table's values in its order; blanks are no options, and spellings are one option."""
    listed: dict[str, str] = {}
    for value in filter(None, table.values):
        listed.setdefault(value.lower(), value)
    return tuple(listed.values())


_STAGES = (*tables.OPEN_STAGES, *(name for name in tables.LOST_STAGES if "/" not in name))

FIELDS = (
    Described("ProspectID", "Lead id"),
    Described("ProspectAutoId", "Lead number"),
    Described("FirstName", "First name"),
    Described("LastName", "Last name"),
    Described("EmailAddress", "Email", "Email"),
    Described("Phone", "Phone", "Phone"),
    Described("Mobile", "Other phone", "Phone"),
    Described("Company", "College or employer"),
    Described("CompanyType", "Company type"),
    Described("JobTitle", "Occupation"),
    Described("ProspectStage", "Stage", "Select", _STAGES),
    Described("Source", "Source", "Select", _options(tables.SOURCES)),
    Described("SourceMedium", "Source medium", "Select", _options(tables.MEDIUMS)),
    Described("SourceCampaign", "Source campaign"),
    Described("OwnerId", "Owner", "User"),
    Described("CreatedOn", "Created", "Date"),
    Described("ModifiedOn", "Modified", "Date"),
    Described("ProspectActivityDate_Max", "Last activity", "Date"),
    Described("ProspectActivityName_Max", "Last activity, name"),
    Described("Score", "Score", "Number"),
    Described("EngagementScore", "Engagement score", "Number"),
    Described("QualityScore01", "Lead quality", "Number"),
    Described("DoNotCall", "Do not call", "Boolean"),
    Described("DoNotEmail", "Do not email", "Boolean"),
    Described("mx_Street1", "Street"),
    Described("mx_City", "City"),
    Described("mx_State", "State"),
    Described("mx_Zip", "PIN code"),
    Described("mx_Country", "Country"),
    Described("mx_Course", "Course", "Select", _options(tables.COURSES)),
    Described("Notes", "Counsellor's notes"),
)
"""Every column that the account lists; those worked out from others are not among them."""
