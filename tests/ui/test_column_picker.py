"""Choosing columns: the account's own, by label or name, presets of what it has, and saved sets."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from lsq.analysis.catalog import STANDARD, Catalog
from lsq.analysis.column_sets import write_set
from lsq.analysis.columns import DEFAULT, PRESETS
from lsq.api.models import Field
from lsq.ui import cost, setup
from tests.ui.scripted import WAIT_S

if TYPE_CHECKING:
    from collections.abc import Callable

    from streamlit.testing.v1 import AppTest

    from lsq.api.lead_id import LeadId
    from tests.ui.kinds import KeysOf, Said, Visit

LABELS = {
    "FirstName": "First Name",
    "ProspectStage": "Patient stage",
    "OwnerId": "Counsellor",
    "Phone": "Phone",
    "mx_Course": "Course",
    "mx_Batch": "Batch | *2026*",
}


def catalog_of(labels: dict[str, str]) -> Catalog:
    return Catalog.of(Field(name=name, label=label) for name, label in labels.items())


@pytest.fixture
def account_says(monkeypatch: pytest.MonkeyPatch) -> Callable[[Catalog], None]:
    """Return what lets the account have said this of its columns."""

    def say(known: Catalog) -> None:
        for module in (cost, setup):
            monkeypatch.setattr(module, "catalog", lambda: known)

    return say


@pytest.fixture
def known(account_says: Callable[[Catalog], None]) -> Catalog:
    made = catalog_of(LABELS)
    account_says(made)
    return made


@pytest.fixture
def ready(visit: Visit, ids: list[LeadId]) -> Callable[[], AppTest]:
    """Return what opens Lookup with a sheet."""

    def open_it() -> AppTest:
        data = "\n".join(["Lead ID", *ids[:3]]).encode()
        return visit("lookup").file_uploader(key="sheet").upload("a.csv", data).run()

    return open_it


Ready = "Callable[[], AppTest]"


def test_the_accounts_columns_are_offered_with_their_names_beside_other_labels(
    known: Catalog, ready: Ready
) -> None:
    at = ready()
    options = at.multiselect(key="columns").options
    assert options == [*known.described().values()]
    assert "First Name" in options
    assert "Patient stage · ProspectStage" in options
    assert "Counsellor · OwnerIdName" in options
    assert options[-2:] == ["Batch | *2026* · mx_Batch", "Course · mx_Course"]


def test_presets_hold_what_the_account_has(known: Catalog, ready: Ready) -> None:
    at = ready()
    preset = at.segmented_control(key="preset")
    assert preset.value == "essentials"
    assert at.multiselect(key="columns").value == [*known.preset("essentials")]
    assert preset.options[-1] == f"All {len(known.names)}"
    preset.set_value("all").run()
    assert at.multiselect(key="columns").value == [*known.names]


def test_a_preset_that_is_clicked_away_leaves_the_choice_alone(ready: Ready) -> None:
    at = ready()
    at.segmented_control(key="preset").set_value(None).run()
    assert at.multiselect(key="columns").value == [*DEFAULT]
    assert at.segmented_control(key="preset").value == "essentials"


def test_a_name_that_the_account_does_not_have_is_said_with_the_nearest(
    known: Catalog, ready: Ready, said: Said
) -> None:
    assert known
    at = ready()
    at.multiselect(key="columns").set_value(["firstname", "mx_Cuorse", "Fax"]).run()
    text = said(at).replace("\\", "")
    assert "firstname was read as FirstName" in text
    assert "mx_Cuorse is not a column of this account: did you mean mx_Course?" in text
    assert "Fax is not a column of this account: LeadSquared leaves it out." in text
    at.button(key="fetch").click().run()
    job = at.session_state["leadsheet"].job
    assert job.wait(WAIT_S)
    assert job.plan.columns == ("FirstName", "mx_Cuorse", "Fax")
    assert job.plan.catalog is known


def test_many_such_names_are_counted(known: Catalog, ready: Ready, said: Said) -> None:
    assert known
    at = ready()
    at.multiselect(key="columns").set_value([f"zz_{number}" for number in range(9)]).run()
    assert "and 5 further names like these" in said(at)
    assert "zz\\_3 is not" in said(at)
    assert "zz\\_4 is not" not in said(at)


def test_the_choice_stays_when_the_account_answers_after_the_page_was_drawn(
    account_says: Callable[[Catalog], None], ready: Ready
) -> None:
    account_says(STANDARD)
    at = ready()
    chosen = ["ProspectStage", "OwnerIdName", "Fax", "mx_Course"]
    at.multiselect(key="columns").set_value(chosen).run()
    known = catalog_of(LABELS)
    account_says(known)
    at.run()
    assert at.multiselect(key="columns").value == chosen
    # A browser sends back the words that it was sent: it must have the new ones.
    sent = at.multiselect(key="columns").proto
    assert sent.set_value
    assert [*sent.raw_values] == [known.described().get(name, name) for name in chosen]
    at.run()
    assert at.multiselect(key="columns").value == chosen
    assert not at.multiselect(key="columns").proto.set_value


def test_a_preset_from_before_the_answer_still_shows_as_chosen(
    account_says: Callable[[Catalog], None], ready: Ready
) -> None:
    account_says(STANDARD)
    at = ready()
    account_says(catalog_of(LABELS))
    at.run()
    assert at.multiselect(key="columns").value == [*DEFAULT]
    assert at.segmented_control(key="preset").value == "essentials"


def use(at: AppTest, data: bytes, name: str = "mine.json") -> AppTest:
    return at.file_uploader(key="set_open").upload(name, data).run()


def test_a_saved_set_is_chosen_and_what_the_account_lacks_is_said(
    known: Catalog, ready: Ready, said: Said
) -> None:
    assert known
    at = use(ready(), write_set("Admis*sions", ["Phone", "mx_Course", "mx_New", "JobTitle"]))
    assert at.multiselect(key="columns").value == ["Phone", "mx_Course", "mx_New", "JobTitle"]
    text = said(at)
    assert "Set “Admis\\*sions”: 4 columns. 2 not in this account: mx\\_New, JobTitle." in text
    at.multiselect(key="columns").set_value(["Phone"]).run()
    assert "Set “" not in said(at)


def test_of_an_account_that_has_not_answered_nothing_is_said_to_be_missing(
    ready: Ready, said: Said
) -> None:
    data = b'{"leadsheet-columns": 1, "columns": ["Phone", "mx_New", 5]}'
    at = use(ready(), data)
    assert "Set “mine”: 2 columns. 1 entry of the file named no column." in said(at)
    assert "not in this account" not in said(at)


def test_a_file_that_is_no_set_is_one_sentence_and_the_choice_stays(ready: Ready) -> None:
    at = use(ready(), b'{"columns": 5}', "o*dd.json")
    assert at.error[0].title == r"o\*dd\.json is not a set of columns\."
    assert at.multiselect(key="columns").value == [*DEFAULT]
    at = use(at, write_set("Two", PRESETS["contact"]))
    assert not at.error
    assert at.segmented_control(key="preset").value == "contact"


def test_a_set_that_is_taken_away_leaves_the_choice_alone(ready: Ready) -> None:
    at = use(ready(), write_set("One", ["Phone"]))
    at.file_uploader(key="set_open").clear().run()
    assert at.multiselect(key="columns").value == ["Phone"]
    assert not at.error


def test_the_columns_that_are_chosen_can_be_saved_under_a_name(
    ready: Ready, keys_of: KeysOf
) -> None:
    at = ready()
    assert {"set_name", "set_save", "set_open"} <= {*keys_of(at)}
    assert at.download_button(key="set_save").label == f"Save {len(DEFAULT)} columns as a file"
    at.multiselect(key="columns").set_value([]).run()
    assert at.download_button(key="set_save").disabled
