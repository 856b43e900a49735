"""`[access]`: who may use the deployer's keys; whatever is not stated is not allowed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lsq.api.errors import SettingsError
from lsq.settings import Access, read_settings


def allowing(**access: object) -> Access:
    return read_settings({}, {"access": access}).access


def test_without_a_rule_nobody_may() -> None:
    access = allowing()
    assert not access.stated
    assert not access.allows("a@example.com")


def test_a_trusted_header_alone_is_not_a_rule() -> None:
    access = allowing(header="X-Forwarded-Email")
    assert access.header == "X-Forwarded-Email"
    assert not access.stated


@pytest.mark.parametrize("domains", [[], [""], ["@"], " , "])
def test_empty_words_are_not_a_rule(domains: object) -> None:
    access = allowing(domains=domains)
    assert not access.stated
    assert not access.allows("a@")


@pytest.mark.parametrize("emails", [["A@Example.com "], "a@example.com, b@example.com"])
def test_a_listed_address_may_in_whatever_letters(emails: object) -> None:
    access = allowing(emails=emails)
    assert access.stated
    assert access.allows(" A@EXAMPLE.com")


@pytest.mark.parametrize("domains", [["example.com"], ["@Example.COM"], "example.com"])
def test_an_address_of_a_listed_domain_may(domains: object) -> None:
    access = allowing(domains=domains)
    assert access.stated
    assert access.allows("Anita.Rao@Example.com")


@pytest.mark.parametrize(
    "address",
    [
        "",
        " ",
        "@",
        "@example.com",
        "example.com",
        "a@notexample.com",
        "a@example.com.evil.org",
        "a@sub.example.com",
        "a@example.com@evil.org",
        "a@example.com.",
        "a@example.com\x00",
        "b@bank.org",
        "a@ban\N{KELVIN SIGN}.com",
        "a@bank.com.evil.org",
    ],
)
def test_an_address_beside_the_rules_may_not(address: str) -> None:
    access = allowing(domains=["example.com", "bank.com"], emails=["a@bank.org"])
    assert not access.allows(address)


@given(st.text(), st.text(max_size=20))
def test_only_the_very_domain_opens(name: str, domain: str) -> None:
    access = Access(domains=frozenset({"example.com"}))
    address = f"{name}@{domain}"
    very = address.strip().rpartition("@")[2].lower() == "example.com"
    assert access.allows(address) <= very


@given(st.text())
def test_a_rule_that_is_not_stated_lets_nobody_in(address: str) -> None:
    assert not Access(header="X-User").allows(address)


def test_platform_is_a_rule_from_the_environment_and_from_the_secrets() -> None:
    assert read_settings({"LSQ_ACCESS": " Platform "}).access.stated
    assert allowing(mode="platform").platform


def test_platform_does_not_make_every_address_a_listed_one() -> None:
    assert not allowing(mode="platform").allows("a@example.com")


@pytest.mark.parametrize("named", [{"emails": ["a@example.com"]}, {"domains": "example.com"}])
@pytest.mark.parametrize(
    ("environ", "mode"), [({"LSQ_ACCESS": "platform"}, {}), ({}, {"mode": "Platform"})]
)
def test_platform_beside_a_list_of_people_is_refused(
    environ: dict[str, str], mode: dict[str, str], named: dict[str, object]
) -> None:
    with pytest.raises(SettingsError, match=r"platform, and .* lists emails or domains too"):
        read_settings(environ, {"access": {**mode, **named}})


def test_platform_beside_empty_lists_is_a_rule() -> None:
    assert allowing(mode="platform", emails=[], domains="").platform


@pytest.mark.parametrize("name", ["emails", "domains"])
def test_a_rule_of_another_shape_is_refused_by_its_name(name: str) -> None:
    with pytest.raises(SettingsError, match=rf"{name} in \[access\]"):
        allowing(**{name: 5})


def test_an_unknown_mode_in_the_secrets_is_refused() -> None:
    with pytest.raises(SettingsError, match=r"\[access\]"):
        allowing(mode="open")
