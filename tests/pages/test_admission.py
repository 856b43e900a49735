"""Nobody sees a page, or uses an account, whom the access rule does not name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
import streamlit as st

from lsq.api.client import LeadSquared
from lsq.api.errors import LsqError
from lsq.ui import accounts, screen

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lsq.sandbox import Sandbox
    from tests.ui.kinds import FetchOf, Said, Visit

PAGES = ("lookup", "leads", "stages", "changes", "guide")
KEYS = {
    "host": "api-in21.leadsquared.com",
    "access_key": "u$rmarkerteamaccess",
    "secret_key": "markerteamsecretmarkerteamsecret",
}
RULE = {"emails": ["anita@example.com"], "domains": ["team.example"]}
GUARDED = {"lsq": KEYS, "access": RULE, "auth": {"client_id": "x"}}
ANITA = {"is_logged_in": True, "email": "Anita@Example.com", "email_verified": True}
STRANGER = {"is_logged_in": True, "email": "eve@evil.example", "email_verified": True}
UNVERIFIED = {**ANITA, "email_verified": False}
NOBODY = {"is_logged_in": False}


@pytest.fixture
def no_account(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Fail when anybody reached for an account or a client."""
    reached: list[object] = []
    monkeypatch.setattr(accounts, "Account", lambda **_: reached.append("account"))
    monkeypatch.setattr(LeadSquared, "__init__", lambda *_, **__: reached.append("client"))
    yield
    assert reached == []


@pytest.mark.usefixtures("no_account")
@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("user", [NOBODY, STRANGER, UNVERIFIED], ids=["nobody", "other", "unsure"])
def test_a_page_shows_nothing_of_itself_to_who_is_not_admitted(  # noqa: PLR0913, PLR0917 - fixtures
    page: str,
    user: dict[str, Any],
    visit: Visit,
    said: Said,
    fetch_of: FetchOf,
    sandboxes: list[Sandbox],
) -> None:
    mine = fetch_of(columns={"FirstName": ["Markername"], "ProspectStage": ["Markerstage"]})
    at = visit(page, mine=mine, secrets=GUARDED, user=user)
    assert len(at.sidebar) == 0
    assert {button.label for button in at.button} <= {"Sign in", "Sign out"}
    assert not [*at.dataframe, *at.table, *at.text_input, *at.file_uploader]
    assert "arker" not in said(at)
    assert sandboxes == []


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize(
    "user",
    [ANITA, {**ANITA, "email": "new@team.example", "email_verified": "true"}],
    ids=["by address", "by domain"],
)
def test_who_is_named_by_address_or_domain_is_let_in(
    page: str, user: dict[str, Any], visit: Visit, said: Said
) -> None:
    at = visit(page, secrets=GUARDED, user=user)
    assert "Team account" in said(at)
    assert not at.error


@pytest.mark.parametrize("page", PAGES)
def test_the_platform_rule_lets_everybody_use_the_team_account(
    page: str, visit: Visit, said: Said
) -> None:
    at = visit(page, secrets={"lsq": KEYS, "access": {"mode": "platform"}})
    assert "Team account" in said(at)


def test_nobody_signed_in_is_offered_to_sign_in(visit: Visit) -> None:
    at = visit("leads", secrets=GUARDED)
    assert [button.label for button in at.button] == ["Sign in"]
    assert at.markdown[0].value == "This team's leads are shown to signed-in people only."


def test_a_rule_without_a_way_to_sign_in_says_what_is_missing(visit: Visit) -> None:
    at = visit("leads", secrets={"lsq": KEYS, "access": RULE})
    assert "no [auth] part" in at.error[0].title
    assert "secrets.toml.example" in at.error[0].value
    assert not at.button


def test_who_is_not_named_is_told_so_and_may_sign_out(visit: Visit) -> None:
    at = visit("leads", secrets=GUARDED, user=STRANGER)
    assert at.error[0].title == "eve@\u2060evil\\.example may not use this app."
    assert [button.label for button in at.button] == ["Sign out"]


def test_an_address_that_the_provider_does_not_vouch_for_does_not_count(visit: Visit) -> None:
    at = visit("leads", secrets=GUARDED, user=UNVERIFIED)
    assert at.error[0].title == "Your sign-in does not vouch for your e-mail address."
    assert [button.label for button in at.button] == ["Sign out"]


@pytest.mark.parametrize("address", ["", "eve@evil.example", "anita@example.com.evil"])
def test_a_proxys_header_that_names_nobody_of_the_rule_lets_nobody_in(
    address: str, visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    headers(monkeypatch, {"X-Forwarded-Email": address})
    rule = {**RULE, "header": "X-Forwarded-Email"}
    # Whoever signed in otherwise is not who the proxy vouches for.
    at = visit("leads", secrets={"lsq": KEYS, "access": rule}, user=ANITA)
    wanted = "may not use this app" if address else "opened through its sign-in page only"
    assert wanted in at.error[0].title
    assert len(at.sidebar) == 0


def test_a_proxys_header_lets_in_whom_the_rule_names(
    visit: Visit, said: Said, monkeypatch: pytest.MonkeyPatch
) -> None:
    headers(monkeypatch, {"X-Forwarded-Email": " Anita@example.com "})
    rule = {**RULE, "header": "X-Forwarded-Email"}
    at = visit("leads", secrets={"lsq": KEYS, "access": rule})
    assert "Team account" in said(at)


@pytest.mark.parametrize("page", PAGES)
def test_keys_without_a_rule_are_not_used_and_the_page_says_what_to_set(
    page: str, visit: Visit, said: Said, sandboxes: list[Sandbox]
) -> None:
    at = visit(page, secrets={"lsq": KEYS})
    assert "Demo account" in said(at)
    assert at.warning[0].title == "This app’s own keys are not in use."
    assert "[access]" in at.warning[0].value
    assert "arkerteam" not in said(at)
    assert len(sandboxes) == 1


def test_without_keys_and_rule_everybody_is_on_the_demo_account(visit: Visit) -> None:
    at = visit("lookup")
    assert not at.warning
    assert not at.error


@pytest.mark.parametrize("page", PAGES)
def test_a_setting_that_cannot_be_read_closes_every_page_with_a_sentence(
    page: str, visit: Visit
) -> None:
    at = visit(page, secrets={"lsq": KEYS, "access": {"mode": "open"}})
    assert [error.title for error in at.error] == [
        "LSQ\\_ACCESS, or mode in \\[access\\], is “open”, which is not known\\."
    ]
    assert len(at.sidebar) == 0


def test_fragments_and_dialogs_refuse_like_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[str] = []
    monkeypatch.setattr(screen, "admitted", lambda _settings: False)
    for decorate in (screen.screen(), screen.part(), screen.part(run_every="1s")):
        decorate(lambda: drawn.append("fragment"))()
    assert drawn == []


def test_the_download_dialog_refuses_after_the_viewer_was_signed_out(
    visit: Visit, fetch_of: FetchOf
) -> None:
    at = visit("leads", mine=fetch_of(columns={"FirstName": ["A"]}), secrets=GUARDED, user=ANITA)
    at.button(key="download").click().run()
    assert at.get_by_key("download_xlsx")
    at.user = NOBODY
    at.button(key="download").click().run()
    assert [button.label for button in at.button] == ["Sign in"]
    assert not at.download_button


def test_a_click_on_fetch_after_signing_out_begins_nothing(visit: Visit, fetch_of: FetchOf) -> None:
    mine = fetch_of(columns={"FirstName": ["A"]})
    mine.job = None
    at = visit("lookup", mine=mine, secrets=GUARDED, user=ANITA)
    assert at.button(key="fetch").label == "Fetch 1 lead"
    at.user = NOBODY
    at.button(key="fetch").click().run()
    assert at.session_state["leadsheet"].job is None


def headers(monkeypatch: pytest.MonkeyPatch, given: dict[str, str]) -> None:
    """Let requests come with these headers; AppTest has none."""
    monkeypatch.setattr(type(st.context), "headers", given)


def test_an_error_of_ours_is_logged_and_shown_without_its_text(
    visit: Visit, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(_settings: object) -> bool:
        message = "marker of a fault"
        raise RuntimeError(message)

    monkeypatch.setattr(screen, "admitted", fail)
    at = visit("leads")
    assert at.error[0].title == "This page broke off by a fault of this program."
    assert "marker" not in at.error[0].value
    assert "marker of a fault" in caplog.text


def test_an_error_for_people_is_shown_as_its_two_sentences(
    visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_settings: object) -> bool:
        title, advice = "It is *wrong*.", "Mend it."
        raise LsqError(title, advice)

    monkeypatch.setattr(screen, "admitted", fail)
    at = visit("leads")
    assert at.error[0].title == r"It is \*wrong\*\."
    assert at.error[0].value == r"Mend it\."
