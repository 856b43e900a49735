"""Which hosts are asked, and what never shows of the keys."""

from __future__ import annotations

import pickle
from typing import TYPE_CHECKING

import pytest

from lsq.api.account import API_HOSTS, Account, check_host
from lsq.api.errors import SettingsError

if TYPE_CHECKING:
    from collections.abc import Callable

KEYS = {"access_key": "u$r0access", "secret_key": "0secret"}


@pytest.mark.parametrize("host", API_HOSTS)
def test_every_api_host_of_leadsquared_is_allowed(host: str) -> None:
    assert check_host(host) == f"https://{host}"


@pytest.mark.parametrize(
    "text", ["API-in21.LeadSquared.com", " https://api-in21.leadsquared.com/ ", "HTTPS://api-in21.leadsquared.com"]
)  # fmt: skip
def test_case_spaces_and_https_are_accepted(text: str) -> None:
    assert check_host(text) == "https://api-in21.leadsquared.com"


LOOK_ALIKES = [
    "",
    "leadsquared.com",
    "in21.leadsquared.com",
    "api-xx99.leadsquared.com",
    "api.leadsquared.com.evil.example",
    "evil.example/api.leadsquared.com",
    "api.leadsquared.com.",
    "api.leadsquared.com:443",
    "api.leadsquared.com:8443",
    "api.leadsquared.com/v2",
    "api.leadsquared.com?x",
    "api.leadsquared.com#",
    "api.leadsquared.com\\@evil.example",
    "user:pass@api.leadsquared.com",
    "api.leadsquared.com@evil.example",
    "http://api.leadsquared.com",
    "ftp://api.leadsquared.com",
    "//api.leadsquared.com",
    "https://https://api.leadsquared.com",
    "api\u3002leadsquared\u3002com",
    "api.\u217ceadsquared.com",
    "api.leadsquared.com\u200b",
    "api.leadsquared\n.com",
    "apiXleadsquared.com",
    "127.0.0.1",
    "https://127.0.0.1:8000",
]


@pytest.mark.parametrize("loopback", [True, False])
@pytest.mark.parametrize("text", LOOK_ALIKES)
def test_everything_else_is_refused_with_the_allowed_hosts(text: str, *, loopback: bool) -> None:
    with pytest.raises(SettingsError, match=r"Use one of api\.leadsquared\.com, api-us11"):
        check_host(text, loopback=loopback)


def test_what_stands_before_an_at_sign_is_not_repeated() -> None:
    with pytest.raises(SettingsError) as caught:
        check_host("user:pass@evil.example")
    assert "pass" not in str(caught.value)


LOOPBACK = ["http://127.0.0.1:8040", "http://localhost:1", "http://127.0.0.1:65535/"]


@pytest.mark.parametrize("text", LOOPBACK)
def test_loopback_is_allowed_where_the_caller_says_so(text: str) -> None:
    assert check_host(text, loopback=True) == text.rstrip("/")


@pytest.mark.parametrize("text", LOOPBACK)
def test_loopback_is_refused_otherwise(text: str) -> None:
    with pytest.raises(SettingsError):
        check_host(text)


@pytest.mark.parametrize(
    "text",
    ["http://127.0.0.1", "http://127.0.0.1:0", "http://127.0.0.1:65536", "http://127.0.0.2:80",
     "http://localhost.evil.example:80", "http://127.0.0.1:80@evil.example", "http://127.0.0.1:80/x",
     "http://0.0.0.0:80", "http://[::1]:80"],
)  # fmt: skip
def test_loopback_is_this_machine_and_a_port_only(text: str) -> None:
    with pytest.raises(SettingsError):
        check_host(text, loopback=True)


def test_the_deployer_can_add_hosts() -> None:
    assert check_host("API.example.org", extra=["api.Example.org"]) == "https://api.example.org"


def test_an_added_host_is_named_among_the_allowed_ones() -> None:
    with pytest.raises(SettingsError, match=r"api\.example\.org"):
        check_host("other.example.org", extra=["api.example.org"])


def test_an_account_of_the_contract_works() -> None:
    account = Account(host="api-in21.leadsquared.com", **KEYS)
    assert account.base_url == "https://api-in21.leadsquared.com"
    assert account.server == "api-in21.leadsquared.com"


def test_python_code_may_use_loopback() -> None:
    account = Account(host="http://127.0.0.1:8040", **KEYS)
    assert (account.base_url, account.server) == ("http://127.0.0.1:8040", "127.0.0.1:8040")


@pytest.mark.parametrize("key", ["", " ", "a b", "key\n", "ключ", "k\x00y"])
@pytest.mark.parametrize("which", KEYS)
def test_a_key_that_cannot_be_sent_is_refused(which: str, key: str) -> None:
    with pytest.raises(SettingsError, match="key is empty or holds spaces"):
        Account(host="api.leadsquared.com", **{**KEYS, which: key})


def test_there_are_two_ways_to_send_keys() -> None:
    with pytest.raises(SettingsError, match="Use query or headers"):
        Account(host="api.leadsquared.com", auth="cookie", **KEYS)


@pytest.mark.parametrize("show", [str, repr, ascii, "{}".format])
def test_no_key_is_in_any_text_of_an_account(show: Callable[[object], str]) -> None:
    shown = show(Account(host="api.leadsquared.com", **KEYS))
    assert not any(key in shown for key in KEYS.values())
    assert "api.leadsquared.com" in shown


def test_an_account_is_not_pickled() -> None:
    with pytest.raises(TypeError, match="not pickled"):
        pickle.dumps(Account(host="api.leadsquared.com", **KEYS))


def test_a_fingerprint_stands_for_host_and_keys() -> None:
    account = Account(host="api.leadsquared.com", **KEYS)
    same = Account(host="https://API.leadsquared.com/", auth="headers", **KEYS)
    others = [
        Account(host="api-us11.leadsquared.com", **KEYS),
        Account(host="api.leadsquared.com", access_key="other", secret_key=KEYS["secret_key"]),
        Account(host="api.leadsquared.com", access_key=KEYS["access_key"], secret_key="0" * 40),
    ]
    assert same.fingerprint == account.fingerprint
    assert len({account.fingerprint, *(other.fingerprint for other in others)}) == 4


def test_a_fingerprint_is_hexadecimal_and_holds_no_key() -> None:
    fingerprint = Account(host="api.leadsquared.com", **KEYS).fingerprint
    assert len(bytes.fromhex(fingerprint)) == 16
    assert not any(key in fingerprint for key in KEYS.values())
