"""Which columns are about persons: by their names, by their labels, and by what they hold."""

from __future__ import annotations

import pandas as pd
import pytest

from lsq.analysis.people import People, names_person
from lsq.analysis.text import BLANK, text_series
from lsq.analysis.values import Indexed

ABOUT_PERSONS = [
    "CreatedByName",
    "DOB",
    "FirstName",
    "LeadOwner",
    "Longitude",
    "OwnerIdName",
    "Owner's email",
    "Sales rep",
    "Student Name",
    "mx_Academic_Advisor",
    "mx_Advisor",
    "mx_Assigned_To",
    "mx_Coach",
    "mx_Consultant",
    "mx_Counsellor",
    "mx_Counselor1",
    "mx_Course_Counsellor_Name",
    "mx_Date_Of_Birth",
    "mx_Father_Name",
    "mx_FathersName",
    "mx_Handled",
    "mx_Handled_By",
    "mx_Lead_Allocated_To",
    "mx_Mentor",
    "mx_Mother_Occupation",
    "mx_Parent_Type_Of_Work",
    "mx_Program_Manager",
    "mx_RM",
    "mx_Referral_By",
    "mx_Referral_Name",
    "mx_Referral_Partner",
    "mx_Referred",
    "mx_Referrer",
    "mx_Sales_Rep",
    "mx_Salesperson",
    "mx_Spoken_With",
    "mx_Telecaller",
    "mx_Transferred_To_1",
    "mx_Tutor",
    "mx_Username",
]
ABOUT_THINGS = [
    "CompanyType",
    "DoNotCall",
    "Grade",
    "Last activity, name",
    "ProspectActivityName_Max",
    "ProspectActivityName_Min",
    "Score",
    "Source referrer",
    "SourceCampaign",
    "SourceReferrer",
    "TimeZone",
    "mx_Campus_Name",
    "mx_Coaching_Needed",
    "mx_Course",
    "mx_Course_Name",
    "mx_Employee_Count",
    "mx_Enquiry_Type",
    "mx_Lead_Quality",
    "mx_Owner_Status",
    "mx_Parent_Income",
    "mx_Partner_Type",
    "mx_Preferred_Campus",
    "mx_Program_Name",
    "mx_Referral",
    "mx_Referral_Source",
    "mx_Repeat_Enquiry",
    "mx_Report_Status",
    "mx_School_Name",
    "mx_Specialisation_Name",
    "mx_Staff_Size_2",
]


@pytest.mark.parametrize("title", ABOUT_PERSONS)
def test_a_name_or_label_that_may_be_one_for_persons_is_taken_for_one(title: str) -> None:
    assert names_person(title)


@pytest.mark.parametrize("title", ABOUT_THINGS)
def test_names_of_courses_and_other_things_are_none_for_persons(title: str) -> None:
    assert not names_person(title)


@pytest.fixture
def people() -> People:
    """Three owners, one of a single name, and four leads, two without a last name."""
    columns = {
        "OwnerIdName": ["Anita Rao", "Sana", "Joy D'Souza", None],
        "FirstName": ["Asha", "Ravi", "Pune", "Meera"],
        "LastName": ["Iyer", "Shah", "", None],
    }
    frame = pd.DataFrame({name: text_series(values) for name, values in columns.items()})
    return People.of(Indexed(frame))


@pytest.mark.parametrize(
    ("values", "are"),
    [
        (["Anita Rao", "Sana"], True),
        (["anita rao", BLANK], True),
        (["Asha Shah", "Meera Iyer", "Not yet"], True),
        (["Asha Shah", "Not yet"], True),
        (["Asha Shah", "Not yet", "Soon"], False),
        (["Pune", "Delhi", "Goa"], False),
        (["Data Science", "Civil Engineering"], False),
        (["asha shah"], False),
        ([BLANK], False),
        ([], False),
    ],
)
def test_a_column_is_about_persons_when_half_of_its_values_are(
    people: People,
    values: list[str],
    are: bool,  # noqa: FBT001 - a parameter of the test
) -> None:
    assert people.stand_in(values) is are


def test_leads_without_names_know_nobody() -> None:
    nobody = People.of(Indexed(pd.DataFrame({"Score": [1, 2]})))
    assert not nobody.stand_in(["Anita Rao"])
