"""What an account says of its columns, and what serves where it says nothing."""

from __future__ import annotations

import pytest

from lsq.analysis.catalog import STANDARD, Catalog
from lsq.analysis.columns import COLUMNS, PRESETS, Kind, label
from lsq.analysis.masks import mask_for, masked
from lsq.analysis.stages import StageRole
from lsq.analysis.text import text_series
from lsq.api.models import Field


def listed(*names: str, **labels: str) -> Catalog:
    return Catalog.of(
        [
            *(Field(name=name, label=name) for name in names),
            *(Field(name=name, label=text) for name, text in labels.items()),
        ]
    )


def with_stages(*names: str) -> list[tuple[str, str]]:
    field = Field(name="ProspectStage", label="Stage", type="Select", options=names)
    return [(stage.name, stage.role.value) for stage in Catalog.of([field]).stages or ()]


def test_without_the_accounts_word_the_usual_names_serve() -> None:
    assert STANDARD.names == tuple(column.name for column in COLUMNS)
    assert STANDARD.label("ProspectStage") == "Stage"
    assert STANDARD.stages is None
    assert STANDARD.preset("essentials") == PRESETS["essentials"]
    assert STANDARD.preset("all") == STANDARD.names
    assert STANDARD.has("mx_Anything")


def test_the_accounts_label_goes_before_the_usual_one_and_a_blank_one_does_not() -> None:
    catalog = listed(Source="Patient source", Score="  ")
    assert catalog.label("Source") == "Patient source"
    assert catalog.label("Score") == "Score"
    assert catalog.label("mx_Batch_Code") == "Batch Code"


def test_the_accounts_word_for_owners_is_their_names_and_the_ids_say_that_they_are() -> None:
    catalog = listed(OwnerId="Counsellor")
    assert catalog.label("OwnerIdName") == "Counsellor"
    assert catalog.label("OwnerId") == "Counsellor, id"
    assert listed(OwnerId="Owner Id").label("OwnerId") == "Owner Id"
    assert listed(OwnerId="Owner", OwnerIdName="Adviser").label("OwnerIdName") == "Adviser"


def test_standard_columns_stand_first_and_the_accounts_own_follow_by_label() -> None:
    catalog = listed("Score", "FirstName", mx_Zeta="Alpha", mx_Alpha="zeta")
    assert [name for name in catalog.names if name in catalog.fields] == [
        "FirstName",
        "Score",
        "mx_Zeta",
        "mx_Alpha",
    ]


def test_columns_that_are_worked_out_are_there_though_no_account_lists_them() -> None:
    catalog = listed("OwnerId", "FirstName")
    assert {"ProspectID", "OwnerIdName", "OwnerIdEmailAddress"} <= {*catalog.names}
    assert "ProspectActivityDate_Max" in catalog.names
    assert not catalog.has("CreatedByName")
    assert not listed("FirstName").has("OwnerIdName")


def test_a_preset_has_the_columns_that_the_account_has() -> None:
    catalog = listed("FirstName", "ProspectStage", "OwnerId", "mx_Course")
    assert catalog.preset("essentials") == (
        "FirstName",
        "ProspectStage",
        "OwnerIdName",
        "ProspectActivityDate_Max",
    )
    assert catalog.preset("all") == catalog.names


def test_a_label_has_its_name_beside_it_where_that_is_another_word() -> None:
    described = listed(FirstName="First Name", OwnerId="Owner", mx_Course="Course").described()
    assert described["FirstName"] == "First Name"
    assert described["mx_Course"] == "Course · mx_Course"
    assert described["OwnerIdName"] == "Owner · OwnerIdName"
    assert STANDARD.described()["CreatedOn"] == "Created · CreatedOn"


def test_no_two_columns_are_described_alike() -> None:
    catalog = listed(Batch="batch", batch="batch", Ba_tch="Batch", mx_Long="x" * 200, mx_L="x" * 99)
    described = catalog.described()
    assert len({*described.values()}) == len(described)
    assert max(map(len, described.values())) <= 60 + len(" · mx_Long")


@pytest.mark.parametrize(
    ("name", "type_", "held"),
    [
        ("mx_Fee", "Number", Kind.NUMBER),
        ("mx_Visit", " date ", Kind.DATE),
        ("mx_Course", "Select", Kind.CHOICE),
        ("mx_Agreed", "Boolean", Kind.FLAG),
        ("mx_Father", "Phone", Kind.PHONE),
        ("mx_Remark", "Text", Kind.TEXT),
        ("mx_Odd", "String", Kind.TEXT),
        ("Score", "Text", Kind.NUMBER),
        ("mx_Parent_Phone", "Number", Kind.PHONE),
    ],
)
def test_the_account_says_what_its_own_columns_hold_and_not_the_standard_ones(
    name: str, type_: str, held: Kind
) -> None:
    catalog = Catalog.of([Field(name=name, label=name, type=type_)])
    assert catalog.kind(name) is held
    assert catalog.kinds([name, "CreatedOn"]) == {name: held, "CreatedOn": Kind.DATE}


@pytest.mark.parametrize(
    ("name", "type_", "options", "held"),
    [
        ("mx_WhatsApp_Opt_In", "Select", ("Yes", "No"), Kind.CHOICE),
        ("mx_WhatsApp_Opt_In", "Boolean", (), Kind.FLAG),
        ("mx_Email_Verified_On", "DateTime", (), Kind.DATE),
        ("mx_Email_And_Call", "Phone", (), Kind.PHONE),
        ("mx_Phone_Of_Desk", "Select", ("Front desk", "28345678"), Kind.PHONE),
        ("mx_Email_Of_Desk", "Select", ("Front desk", "desk@example.com"), Kind.EMAIL),
        ("mx_Email_Of_Desk", "Select", ("Front desk", "desk\uff20example.com"), Kind.EMAIL),
        ("mx_Email_Of_Desk", "Select", ("Front desk", "desk%40example.com"), Kind.EMAIL),
        ("mx_Phone_Of_Desk", "Select", (), Kind.PHONE),
        ("mx_Phone_Of_Desk", "Number", (), Kind.PHONE),
        ("mx_WhatsApp_Link", "Website", (), Kind.PHONE),
        ("mx_Email_Sent", "String", (), Kind.EMAIL),
        ("Mobile", "Select", ("Yes", "No"), Kind.PHONE),
    ],
)
def test_the_account_overrules_a_guess_by_name_unless_there_may_be_phones_or_e_mails(
    name: str, type_: str, options: tuple[str, ...], held: Kind
) -> None:
    catalog = Catalog.of([Field(name=name, label=name, type=type_, options=options)])
    assert catalog.kind(name) is held


def test_phones_in_a_list_of_yes_and_no_are_masked_by_their_content() -> None:
    name = "mx_WhatsApp_Opt_In"
    field = Field(name=name, label=name, type="Select", options=("Yes", "No"))
    as_kind = Catalog.of([field]).kind(name)
    few = text_series(["Yes", "No", "+91-9845012345", "ask asha@example.com"])
    assert masked(few, mask_for(few, as_kind, name=name)).tolist() == [
        "Yes",
        "No",
        "+91-98•••••345",
        "ask a•••@example.com",
    ]
    most = text_series(["Yes", "9845012345", "98450-12346"]).astype("category")
    assert masked(most, mask_for(most, as_kind, name=name)).tolist() == [
        "•••••",
        "98•••••345",
        "98•••••346",
    ]


def test_the_accounts_stages_keep_its_order_and_get_their_usual_meaning() -> None:
    assert with_stages("Not Interested", "Prospect", "Enrolled", "Campus tour", "Junk") == [
        ("Not Interested", "lost"),
        ("Prospect", "open"),
        ("Enrolled", "won"),
        ("Campus tour", "open"),
        ("Junk", "lost"),
    ]


def test_where_no_stage_is_known_as_won_the_last_one_that_is_not_lost_is() -> None:
    assert with_stages("Prospect", "Seat taken", "Invalid") == [
        ("Prospect", "open"),
        ("Seat taken", "won"),
        ("Invalid", "lost"),
    ]
    assert with_stages("Junk", "Dead") == [("Junk", "lost"), ("Dead", "lost")]


def test_an_account_without_options_for_its_stages_has_said_no_order() -> None:
    assert listed("ProspectStage").stages is None


def test_names_are_read_by_the_columns_that_the_account_has() -> None:
    catalog = listed("FirstName", "mx_City", mx_Course="Course of interest")
    resolved = catalog.resolve(["firstname", "Course", "City", "mx_Cuorse", "JobTitle", "mx_City"])
    assert resolved.columns == ("FirstName", "Course", "City", "mx_Cuorse", "JobTitle", "mx_City")
    assert resolved.corrections == (("firstname", "FirstName"),)
    assert resolved.strangers == (
        ("Course", "mx_Course"),
        ("City", "mx_City"),
        ("mx_Cuorse", "mx_Course"),
        ("JobTitle", ""),
    )
    assert list(resolved.sentences())[1:] == [
        "Course is not a column of this account: did you mean mx_Course?",
        "City is not a column of this account: did you mean mx_City?",
        "mx_Cuorse is not a column of this account: did you mean mx_Course?",
        "JobTitle is not a column of this account: LeadSquared leaves it out.",
    ]


def test_a_name_of_the_account_is_never_corrected_to_another_spelling_of_it() -> None:
    catalog = listed("mx_city", "mx_City")
    assert catalog.resolve(["mx_city", "mx_City"]).columns == ("mx_city", "mx_City")


def test_without_the_accounts_word_nothing_is_a_stranger() -> None:
    assert STANDARD.resolve(["mx_Batch", "Owner"]).strangers == ()
    assert STANDARD.resolve(["Owner"]).suggestions == (("Owner", "OwnerIdName"),)


def test_the_roles_are_those_of_the_stages_module() -> None:
    field = Field(name="ProspectStage", label="", options=("Prospect",))
    (stage,) = Catalog.of([field]).stages or ()
    assert stage.role is StageRole.WON
    assert label("ProspectStage") == Catalog.of([field]).label("ProspectStage")
