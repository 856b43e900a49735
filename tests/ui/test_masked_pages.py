"""Masked pages: no message to the browser holds a phone or a mailbox; the switch is one for all."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest

from lsq.sheets.sheet import Choices
from lsq.ui import accounts, downloads
from lsq.ui.jobs import registry
from lsq.ui.state import Dropped, Session

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from streamlit.testing.v1 import AppTest

    from tests.ui.kinds import FetchOf, Visit

PHONES = ["9845012345", "9811122233", "9700011122"]
MAILBOXES = ["asha.rao", "ravi.k", "meera.n"]
TEAM = {
    "lsq": {"host": "api-in21.leadsquared.com", "access_key": "a-key", "secret_key": "s-key"},
    "access": {"emails": ["anita@example.org"]},
    "auth": {"a": "b"},
}
ANITA = {"is_logged_in": True, "email": "anita@example.org", "email_verified": True}
RESULTS = ("leads", "stages", "changes")


@pytest.fixture
def private(fetch_of: FetchOf, ids: list[str]) -> Session:
    """Nine leads with phones and mailboxes in every kind of column, the sheet's among them."""
    mails = [f"{mailbox}@example.com" for mailbox in MAILBOXES]
    lines = ["Lead ID,Contact,Stage,E-mail,Remark"]
    for row, lead_id in enumerate(ids[:9]):
        phone, mail = PHONES[(row + 1) % 3], mails[(row + 1) % 3]
        lines.append(f"{lead_id},{phone},Contacted,{mail},ask {mail} or {phone}")
    return fetch_of(
        columns={
            "FirstName": ["Asha", "Ravi", PHONES[2]] * 3,
            "LastName": ["Rao", mails[1], "N"] * 3,
            "ProspectStage": ["Prospect", f"Call {PHONES[1]}", "Qualified"] * 3,
            "OwnerIdName": [mails[2], "Sana", "Joy"] * 3,
            "Source": [PHONES[1], mails[1], "Web"] * 3,
            "Phone": [f"+91-{phone}" for phone in PHONES] * 3,
            "EmailAddress": mails * 3,
            "mx_Guardian": [f"{phone[:5]} {phone[5:]}" for phone in PHONES] * 3,
            "mx_Course": ["B.Com", "MBA", "B.Com"] * 3,
            "Notes": [f"Call {phone}, {mail}" for phone, mail in zip(PHONES, mails, strict=True)]
            * 3,
        },
        text="\n".join(lines),
    )


def everything(message: Any) -> Iterator[str]:  # noqa: ANN401 - a message, or a value in one
    """Yield every text of a message, of tables and figures too."""
    if isinstance(message, str):
        yield message
    elif isinstance(message, bytes):
        yield message.decode("utf-8", "replace")
    elif hasattr(message, "ListFields"):
        for _, value in message.ListFields():
            yield from everything(value)
    elif hasattr(message, "__iter__"):
        for value in message:
            yield from everything(value)


def leaks(at: AppTest) -> set[str]:
    protos = [getattr(node, "proto", None) for node in at._tree]  # noqa: SLF001 - the whole tree
    text = "\n".join(text for proto in protos if proto is not None for text in everything(proto))
    bare = re.sub(r"[\u2060\\]", "", text)  # as it is read
    tight = re.sub(r"(?<=\d)[ -](?=\d)", "", text)
    mailboxes = {mailbox for mailbox in MAILBOXES if f"{mailbox}@" in bare}
    return mailboxes | {phone for phone in PHONES if phone in tight}


@pytest.mark.parametrize("page", RESULTS)
def test_no_masked_page_sends_a_phone_or_a_mailbox(
    page: str, visit: Visit, private: Session
) -> None:
    private.masked = True
    at = visit(page, mine=private)
    assert leaks(at) == set()
    assert not at.exception


@pytest.mark.parametrize("page", RESULTS)
def test_a_plain_page_sends_them(page: str, visit: Visit, private: Session) -> None:
    assert leaks(visit(page, mine=private))


def test_neither_does_the_drawer_of_a_lead(visit: Visit, private: Session, ids: list[str]) -> None:
    plain = visit("leads", mine=private, state={"lead_opened": ids[1]})
    assert leaks(plain)
    private.masked = True
    assert leaks(visit("leads", mine=private, state={"lead_opened": ids[1]})) == set()


def test_what_is_filtered_is_masked_in_its_chip(visit: Visit, private: Session) -> None:
    private.filters = private.filters.choose("Source", [PHONES[1]])
    private.masked = True
    at = visit("leads", mine=private)
    assert leaks(at) == set()
    assert len(at.dataframe[0].value) == 3


def test_the_search_finds_what_is_shown_and_not_what_is_masked(
    visit: Visit, private: Session
) -> None:
    at = visit("leads", mine=private)
    at.text_input(key="search").input("asha.rao").run()
    assert len(at.dataframe[0].value) == 6
    private.masked = True
    hidden = visit("leads", mine=private)
    hidden.text_input(key="search").input("asha.rao").run()
    assert not hidden.dataframe
    hidden.text_input(key="search").input("98•••••345").run()
    assert len(hidden.dataframe[0].value) == 6


def test_the_switch_masks_every_page(visit: Visit, private: Session) -> None:
    at = visit("leads", mine=private)
    assert at.toggle(key="mask").value is False
    at.toggle(key="mask").set_value(True).run()
    assert private.masked is True
    assert leaks(at) == set()
    other = visit("stages", mine=private)
    assert other.toggle(key="mask").value is True
    other.toggle(key="mask").set_value(False).run()
    assert private.masked is False


def test_a_team_s_keys_mask_until_the_viewer_says_no(visit: Visit, private: Session) -> None:
    at = visit("leads", mine=private, secrets=TEAM, user=ANITA)
    assert at.toggle(key="mask").value is True
    assert leaks(at) == set()
    at.toggle(key="mask").set_value(False).run()
    assert leaks(at)


def test_one_s_own_keys_are_plain(visit: Visit, private: Session) -> None:
    private.own = accounts.Account(host="http://127.0.0.1:9", access_key="a", secret_key="b")  # noqa: S106 - made up
    assert visit("leads", mine=private, secrets=TEAM, user=ANITA).toggle(key="mask").value is False


def test_plain_is_forgotten_with_the_account_it_was_said_of(
    visit: Visit, private: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = visit("leads", mine=private)
    monkeypatch.setattr(accounts, "session", lambda: private)
    for said, then in ((False, None), (True, True)):
        private.masked = said
        at.session_state["leadsheet"] = private
        accounts.disconnect()
        assert private.masked is then


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> dict[str, Callable[[], bytes]]:
    """What each download button would give, by its key."""
    files: dict[str, Callable[[], bytes]] = {}
    button = downloads.st.download_button

    def note(label: str, **options: Any) -> bool:  # noqa: ANN401 - as they come
        files[options["key"]] = options["data"]
        return button(label, **options)

    monkeypatch.setattr(downloads.st, "download_button", note)
    return files


@pytest.mark.parametrize("masked", [True, False])
def test_the_download_follows_the_switch(
    visit: Visit,
    private: Session,
    made: dict[str, Callable[[], bytes]],
    masked: bool,  # noqa: FBT001 - a case
) -> None:
    private.masked = masked
    at = visit("leads", mine=private)
    at.button(key="download").click().run()
    chosen = at.segmented_control(key="download_choice_mask")
    assert chosen.value == ("Masked" if masked else "As fetched")
    text = made["download_jsonl"]().decode()
    assert (PHONES[0] in text) is not masked


def test_a_choice_made_in_the_dialog_does_not_outlive_it(visit: Visit, private: Session) -> None:
    private.masked = True
    at = visit("leads", mine=private)
    at.button(key="download").click().run()
    at.segmented_control(key="download_choice_mask").set_value("As fetched")
    at.button(key="download").click().run()
    assert at.segmented_control(key="download_choice_mask").value == "Masked"


@pytest.fixture
def unfetched(fetch_of: FetchOf, ids: list[str]) -> Session:
    """A sheet before its fetch: phones and mailboxes in cells, headers, its name, and for an id."""
    lines = [
        f"Lead ID,Phone,Remark,{MAILBOXES[1]}@example.com",
        f"{ids[0]},28345678,ask {MAILBOXES[0]}@example.com,a",
        f"{PHONES[0]},,{PHONES[1]},b",
        f"{ids[1]},,June 2026,c",
    ]
    name = f"{MAILBOXES[2]}@example.com.csv"
    mine = fetch_of(columns={"FirstName": ["Asha", "Ravi"]}, text="\n".join(lines), name=name)
    mine.masked = True
    return mine


@pytest.mark.parametrize("fetched", [True, False])
def test_lookup_masks_the_sheet_too_and_leaves_its_ids(
    visit: Visit,
    unfetched: Session,
    ids: list[str],
    fetched: bool,  # noqa: FBT001 - a case
) -> None:
    if not fetched:
        unfetched.job = None
    at = visit("lookup", mine=unfetched, state={"reading": True})
    assert leaks(at) == set()
    rows = at.dataframe[0].value
    assert rows["Lead ID"].tolist() == [ids[0], "98•••••345", ids[1]]
    assert rows["Phone"].tolist() == ["28•••••678", "", ""]
    assert rows["Remark"].tolist() == ["ask a•••@example.com", "98•••••233", "June 2026"]
    assert list(rows)[-1] == "r•••@example.com"
    unfetched.masked = False
    plain = visit("lookup", mine=unfetched, state={"reading": True})
    assert {PHONES[0], *MAILBOXES} <= leaks(plain)


@pytest.mark.parametrize("masked", [True, False])
def test_the_ledger_before_a_fetch_follows_the_switch(
    visit: Visit,
    unfetched: Session,
    made: dict[str, Callable[[], bytes]],
    ids: list[str],
    masked: bool,  # noqa: FBT001 - a case
) -> None:
    unfetched.job, unfetched.masked = None, masked
    visit("lookup", mine=unfetched)
    text = made["download_ledger"]().decode("utf-8")
    assert (PHONES[0] in text) is not masked
    assert ids[1] in text


@pytest.mark.parametrize("page", ["guide", "leads"])
def test_the_sheet_s_name_is_masked_beside_every_page(
    page: str, visit: Visit, unfetched: Session
) -> None:
    unfetched.job = None
    assert leaks(visit(page, mine=unfetched)) == set()


TWO_COLUMNS_OF_IDS = "{mail},Other\n" + "{ids[0]},{ids[1]}\n{ids[1]},{ids[0]}\n"


@pytest.mark.parametrize("text", ["", "\x89PNG\r\n\x1a\n", "Name\nAsha\n", TWO_COLUMNS_OF_IDS])
def test_why_a_sheet_cannot_be_used_is_masked_too(
    text: str, visit: Visit, unfetched: Session, ids: list[str]
) -> None:
    mail = f"{MAILBOXES[0]}@example.com"
    data = text.format(mail=mail, ids=ids).encode("latin-1")
    for masked in (False, True):
        unfetched.drop_sheet()
        unfetched.masked = masked
        at = visit("lookup", mine=unfetched)
        at.file_uploader(key="sheet").upload(f"{mail}.csv", data).run()
        boxes = " ".join(f"{box.title} {box.value}" for box in (*at.error, *at.warning))
        assert ("asha" in boxes) is not masked
        assert boxes


def test_why_a_file_cannot_be_read_again_is_masked_too(
    visit: Visit, unfetched: Session, ids: list[str]
) -> None:
    unfetched.job, unfetched.masked = None, True
    unfetched.dropped = Dropped(f"{MAILBOXES[0]}@example.com.csv", f"Lead ID\n{ids[0]}".encode())
    unfetched.wanted = Choices(header_row=99)
    at = visit("lookup", mine=unfetched, state={"reading": True})
    assert at.error[0].title.replace("\\", "").startswith("a•••@")


@pytest.mark.parametrize("text", ["", TWO_COLUMNS_OF_IDS])
def test_masks_reach_what_was_said_of_a_sheet_before(
    text: str, visit: Visit, unfetched: Session, ids: list[str]
) -> None:
    mail = f"{MAILBOXES[0]}@example.com"
    unfetched.drop_sheet()
    unfetched.masked = False
    at = visit("lookup", mine=unfetched)
    data = text.format(mail=mail, ids=ids).encode()
    at.file_uploader(key="sheet").upload(f"{mail}.csv", data).run()
    assert MAILBOXES[0] in leaks(at)
    unfetched.masked = True
    assert leaks(at.run()) == set()
    unfetched.masked = False
    assert MAILBOXES[0] in leaks(at.run())


def test_masks_reach_why_a_file_was_not_read_again(
    visit: Visit, unfetched: Session, ids: list[str]
) -> None:
    unfetched.job, unfetched.masked = None, False
    unfetched.dropped = Dropped(f"{MAILBOXES[0]}@example.com.csv", f"Lead ID\n{ids[0]}".encode())
    unfetched.wanted = Choices(header_row=99)
    at = visit("lookup", mine=unfetched, state={"reading": True})
    assert MAILBOXES[0] in leaks(at)
    unfetched.masked = True
    assert leaks(at.run()) == set()


@pytest.fixture
def kept(private: Session, monkeypatch: pytest.MonkeyPatch) -> Iterator[Session]:
    """The same nine leads, where their viewer finds them again after a reload."""
    monkeypatch.setattr("lsq.ui.screen.owner", lambda _: "anita")
    assert private.job is not None
    registry().add(private.job, owner="anita")
    yield private
    private.job.abandon()
    registry().drop(private.job)


@pytest.mark.parametrize("masked", [True, False])
def test_a_reload_that_finds_its_fetch_finds_what_was_chosen(
    visit: Visit,
    kept: Session,
    masked: bool,  # noqa: FBT001 - a case
) -> None:
    at = visit("leads", mine=kept)
    at.toggle(key="mask").set_value(not masked).run()
    at.toggle(key="mask").set_value(masked).run()
    again = visit("leads", query={"job": kept.job.token})
    assert again.session_state["leadsheet"].masked is masked
    assert bool(leaks(again)) is not masked


def test_what_this_session_has_chosen_is_kept_when_a_fetch_is_found(
    visit: Visit, kept: Session
) -> None:
    assert leaks(visit("leads", mine=kept))
    found = visit("leads", mine=Session(masked=True), query={"job": kept.job.token})
    assert found.session_state["leadsheet"].job is kept.job
    assert leaks(found) == set()


def test_a_fetch_begun_while_masked_is_so_after_a_reload(visit: Visit, kept: Session) -> None:
    kept.masked = True
    visit("lookup", mine=kept)
    assert leaks(visit("leads", query={"job": kept.job.token})) == set()


def test_a_tab_that_said_nothing_is_not_unmasked_by_another(visit: Visit, kept: Session) -> None:
    plain = Session(sheet=kept.sheet, cells=kept.cells, job=kept.job, masked=False)
    at = visit("leads", mine=kept, secrets=TEAM, user=ANITA)
    assert leaks(visit("leads", mine=plain, secrets=TEAM, user=ANITA))
    assert leaks(at.run()) == set()
    assert kept.masked is None


def test_what_a_tab_has_chosen_is_not_taken_from_another(visit: Visit, kept: Session) -> None:
    at = visit("leads", mine=kept)
    at.toggle(key="mask").set_value(True).run()
    plain = Session(sheet=kept.sheet, cells=kept.cells, job=kept.job, masked=False)
    assert leaks(visit("leads", mine=plain))
    assert leaks(at.run()) == set()
