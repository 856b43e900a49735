"""What columns are called and hold, and how their names are read."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lsq.analysis.columns import COLUMNS, DEFAULT, PRESETS, Kind, kind, label, resolve

NAMES = [column.name for column in COLUMNS]
WRITTEN = st.sampled_from([*NAMES, "Email", "Owner", "mx_Batch", "", " "]).flatmap(
    lambda name: st.sampled_from([name, name.lower(), name.upper(), f" {name} "])
)


def test_every_standard_column_is_declared_once_with_its_own_label() -> None:
    names = Counter(column.name.casefold() for column in COLUMNS)
    labels = Counter(column.label.casefold() for column in COLUMNS)
    assert max(names.values()) == max(labels.values()) == 1


def test_presets_hold_standard_columns_only_and_each_once() -> None:
    for preset in PRESETS.values():
        assert set(preset) <= set(NAMES)
        assert len(set(preset)) == len(preset)


def test_the_default_is_the_essentials() -> None:
    assert PRESETS["essentials"] == DEFAULT
    assert "ProspectStage" in DEFAULT


def test_the_last_preset_is_every_column() -> None:
    assert PRESETS["all"] == tuple(NAMES)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("ProspectStage", "Stage"),
        ("OwnerIdName", "Owner"),
        ("mx_City", "City"),
        ("mx_Date_Of_Birth", "Date Of Birth"),
        ("mx1_Course", "Course"),
        ("SomethingElse", "SomethingElse"),
        ("mx_", "mx_"),
        ("mx___", "mx___"),
        ("", ""),
    ],
)
def test_a_label_is_what_people_call_the_column(name: str, said: str) -> None:
    assert label(name) == said


@pytest.mark.parametrize(
    ("name", "held"),
    [
        ("Score", Kind.NUMBER),
        ("CreatedOn", Kind.DATE),
        ("mx_Zip", Kind.ID),
        ("mx_Date_Of_Birth", Kind.TEXT),
        ("mx_Whats_App_Number", Kind.PHONE),
        ("Alternate mobile", Kind.PHONE),
        ("mx_Parent_Email", Kind.EMAIL),
        ("Campaign", Kind.TEXT),
    ],
)
def test_the_kind_of_a_column_follows_from_its_name(name: str, held: Kind) -> None:
    assert kind(name) is held


def test_slips_in_case_alone_are_corrected_and_said() -> None:
    resolved = resolve(["ProspectId", "ProspectAutoID", "FirstName"])
    assert resolved.columns == ("ProspectID", "ProspectAutoId", "FirstName")
    assert resolved.corrections == (
        ("ProspectId", "ProspectID"),
        ("ProspectAutoID", "ProspectAutoId"),
    )
    assert next(resolved.sentences()) == (
        "ProspectId was read as ProspectID: LeadSquared drops a misspelt name without a word."
    )


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("Email", "EmailAddress"),
        ("e-mail", "EmailAddress"),
        ("Owner", "OwnerIdName"),
        ("Stage", "ProspectStage"),
        ("Lead Stage", "ProspectStage"),
        ("Created On", "CreatedOn"),
        ("city", "mx_City"),
        ("Prospect Id", "ProspectID"),
    ],
)
def test_labels_and_common_words_are_only_suggested(written: str, meant: str) -> None:
    resolved = resolve([written])
    assert resolved.columns == (written,)
    assert resolved.suggestions == ((written, meant),)
    assert list(resolved.sentences()) == [
        f"{written} is not a standard column of LeadSquared: did you mean {meant}?"
    ]


def test_a_name_nobody_knows_passes_as_given_without_a_word() -> None:
    resolved = resolve(["mx_Batch_Code", "Whatever"])
    assert resolved.columns == ("mx_Batch_Code", "Whatever")
    assert not list(resolved.sentences())


def test_blanks_and_repeats_are_dropped() -> None:
    assert resolve(["", "Phone", "  ", "Phone ", "PHONE", "Score"]).columns == ("Phone", "Score")


@given(st.lists(WRITTEN | st.text()))
def test_resolving_again_changes_nothing(names: list[str]) -> None:
    once = resolve(names)
    again = resolve(once.columns)
    assert again.columns == once.columns
    assert not again.corrections
    assert again.suggestions == once.suggestions
