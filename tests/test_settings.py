"""Settings: where they are read, and what malformed ones say."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from lsq.api.errors import AccountError, SettingsError
from lsq.api.rate_limit import RateLimit
from lsq.settings import Access, Settings, read_settings

ACCESS_KEY = "u$r0marker+access/key="
SECRET_KEY = "5ecret0marker5ecret0marker5ecret0marker5"  # noqa: S105 - made up, opens nothing
HOST = "api-in21.leadsquared.com"
ACCOUNT = {"LSQ_HOST": HOST, "LSQ_ACCESS_KEY": ACCESS_KEY, "LSQ_SECRET_KEY": SECRET_KEY}
KEYS_IN_SECRETS = {"access_key": ACCESS_KEY, "secret_key": SECRET_KEY}

GOOD = {
    "auth": ("headers", "auth", "headers"),
    "rate": ("10/2.5", "limit", RateLimit(10, 2.5)),
    "batch": ("250", "batch", 250),
    "cache": ("off", "cache", "off"),
    "shared": ("rediss://:pass@h:7000/1", "shared", "rediss://:pass@h:7000/1"),
    "cache_ttl": ("60", "cache_ttl_s", 60.0),
    "deadline": ("7.5", "deadline_s", 7.5),
    "timezone": ("Asia/Kolkata", "timezone", "Asia/Kolkata"),
    "max_upload_mb": ("5", "max_upload_mb", 5),
    "max_rows": ("10", "max_rows", 10),
    "max_cells": ("20", "max_cells", 20),
    "max_entries": ("30", "max_entries", 30),
    "max_inflated_mb": ("40", "max_inflated_mb", 40),
    "max_parse_mb": ("50", "max_parse_mb", 50),
    "max_parse_s": ("6.5", "max_parse_s", 6.5),
    "extra_hosts": ("a.example.com, b.example.com", "extra_hosts", None),
}
MALFORMED = [
    ("LSQ_AUTH", "cookie", "query or headers"),
    ("LSQ_RATE", "fast", "calls/seconds, each above 0 and at most 9999, such as 25/5"),
    ("LSQ_RATE", "0/5", "calls/seconds"),
    ("LSQ_RATE", "25", "calls/seconds"),
    ("LSQ_BATCH", "0", "a number from 1 to 1000"),
    ("LSQ_BATCH", "1001", "a number from 1 to 1000"),
    ("LSQ_BATCH", "many", "a number from 1 to 1000"),
    ("LSQ_RATE", "25/0", "calls/seconds, each above 0 and at most 9999, such as 25/5"),
    ("LSQ_BATCH", "5000", "a number from 1 to 1000"),
    ("LSQ_CACHE", "disk", "memory, off, or the path of a file"),
    ("LSQ_CACHE", "file:///tmp/leads.db", "memory, off, or the path of a file"),
    ("LSQ_CACHE", "redis://cache.example.com/0", "memory, off, or the path of a file"),
    ("LSQ_CACHE", "a\0b.db", "memory, off, or the path of a file"),
    ("LSQ_CACHE_TTL", "-1", "a number of seconds"),
    ("LSQ_CACHE_TTL", "nan", "a number of seconds"),
    ("LSQ_CACHE_TTL", "1e300", "above 0, at most 31536000 (a year)"),
    ("LSQ_CACHE_TTL", "31536001", "above 0, at most 31536000 (a year)"),
    ("LSQ_DEADLINE", "0", "a number of seconds"),
    ("LSQ_DEADLINE", "inf", "a number of seconds"),
    ("LSQ_DEADLINE", "1e300", "above 0, at most 31536000 (a year)"),
    ("LSQ_DEADLINE", "soon", "a number of seconds"),
    ("LSQ_TIMEZONE", "Mars/Olympus", "a zone such as Asia/Kolkata"),
    ("LSQ_TIMEZONE", "../../etc/passwd", "a zone such as Asia/Kolkata"),
    ("LSQ_TIMEZONE", "Asia", "a zone such as Asia/Kolkata"),
    ("LSQ_MAX_UPLOAD_MB", "0", "a number of megabytes"),
    ("LSQ_MAX_ROWS", "1e6", "a number of rows"),
    ("LSQ_MAX_CELLS", "-5", "a number of cells"),
    ("LSQ_MAX_ENTRIES", "0", "a number of files"),
    ("LSQ_MAX_INFLATED_MB", "1.5", "a number of megabytes"),
    ("LSQ_MAX_PARSE_MB", "2GB", "a number of megabytes"),
    ("LSQ_MAX_PARSE_S", "0", "a number of seconds"),
    ("LSQ_ACCESS", "everyone", "platform"),
]


def test_nothing_set_gives_the_demo_account_and_the_defaults_of_the_contract() -> None:
    assert read_settings({}) == Settings(
        account=None,
        access=Access(),
        auth="query",
        limit=RateLimit(25, 5.0),
        batch=1000,
        cache="memory",
        cache_ttl_s=900.0,
        shared="",
        deadline_s=60.0,
        timezone="",
        max_upload_mb=100,
        max_rows=1_000_000,
        max_cells=20_000_000,
        max_entries=1_000,
        max_inflated_mb=800,
        max_parse_mb=2_000,
        max_parse_s=60.0,
        extra_hosts=(),
    )


@pytest.mark.parametrize("name", GOOD)
def test_every_setting_is_read_from_the_environment(name: str) -> None:
    text, attribute, expected = GOOD[name]
    found = getattr(read_settings({f"LSQ_{name.upper()}": f" {text} "}), attribute)
    assert found == (expected or ("a.example.com", "b.example.com"))


@pytest.mark.parametrize("name", GOOD)
def test_every_setting_is_read_from_the_secrets(name: str) -> None:
    text, attribute, expected = GOOD[name]
    found = getattr(read_settings({}, {"lsq": {name: text}}), attribute)
    assert found == (expected or ("a.example.com", "b.example.com"))


@pytest.mark.parametrize("name", GOOD)
def test_the_environment_goes_before_the_secrets(name: str) -> None:
    text, attribute, _ = GOOD[name]
    both = read_settings({f"LSQ_{name.upper()}": text}, {"lsq": {name: "not usable at all: ?"}})
    alone = read_settings({f"LSQ_{name.upper()}": text})
    assert getattr(both, attribute) == getattr(alone, attribute)


def test_a_blank_variable_leaves_the_secrets_in_force() -> None:
    assert read_settings({"LSQ_BATCH": "  "}, {"lsq": {"batch": 7}}).batch == 7


def test_numbers_and_lists_of_toml_are_read_as_well_as_text() -> None:
    found = read_settings(
        {}, {"lsq": {"batch": 50, "cache_ttl": 12.5, "extra_hosts": ["A.example.com"]}}
    )
    assert (found.batch, found.cache_ttl_s, found.extra_hosts) == (50, 12.5, ("a.example.com",))


@pytest.mark.parametrize(("name", "text", "wanted"), MALFORMED)
def test_a_malformed_value_names_the_setting_and_says_what_to_write(
    name: str, text: str, wanted: str
) -> None:
    with pytest.raises(SettingsError) as caught:
        read_settings({**ACCOUNT, name: text})
    assert name in caught.value.title
    assert caught.value.advice.startswith("Write ")
    assert wanted in caught.value.advice
    assert "marker" not in str(caught.value)


def test_a_sentence_does_not_repeat_a_password_that_stands_in_an_address() -> None:
    with pytest.raises(SettingsError) as caught:
        read_settings({"LSQ_CACHE": "redis://user:hunter2@cache.example.com/0"})
    assert "cache.example.com" in str(caught.value)
    assert "hunter2" not in str(caught.value)


@pytest.mark.parametrize(
    "text",
    ["./leads.db", "./leads", "leads.sqlite", "~/leads", "/var/lib/leads/cache", "OFF", "Memory"],
)
def test_a_cache_is_a_word_or_a_path(text: str) -> None:
    expected = text.lower() if text in ("OFF", "Memory") else text
    assert read_settings({"LSQ_CACHE": text}).cache == expected


def test_secrets_that_are_not_a_table_are_refused() -> None:
    with pytest.raises(SettingsError, match=r"Write \[lsq\] on a line of its own"):
        read_settings({}, {"lsq": "host"})


def test_the_account_is_read_from_the_environment() -> None:
    account = read_settings({**ACCOUNT, "LSQ_AUTH": "headers"}).account
    assert account is not None
    assert account.base_url == f"https://{HOST}"
    assert (account.access_key, account.secret_key) == (ACCESS_KEY, SECRET_KEY)
    assert account.auth == "headers"


def test_the_account_is_read_from_the_secrets() -> None:
    account = read_settings({}, {"lsq": {"host": f"https://{HOST}/", **KEYS_IN_SECRETS}}).account
    assert account is not None
    assert account.server == HOST


@pytest.mark.parametrize("missing", ACCOUNT)
def test_a_partly_configured_account_names_what_is_missing(missing: str) -> None:
    rest = {name: text for name, text in ACCOUNT.items() if name != missing}
    with pytest.raises(SettingsError) as caught:
        read_settings(rest)
    assert caught.value.title == f"{missing} is missing."
    assert "marker" not in str(caught.value)


def test_two_missing_settings_are_named_together() -> None:
    with pytest.raises(SettingsError) as caught:
        read_settings({"LSQ_HOST": HOST})
    assert caught.value.title == "LSQ_ACCESS_KEY and LSQ_SECRET_KEY are missing."


@pytest.mark.parametrize("host", ["http://127.0.0.1:8040", "http://localhost:8040"])
def test_a_loopback_host_is_taken_from_the_environment(host: str) -> None:
    account = read_settings({**ACCOUNT, "LSQ_HOST": host}).account
    assert account is not None
    assert account.base_url == host


@pytest.mark.parametrize("host", ["http://127.0.0.1:8040", "http://localhost:8040"])
def test_a_loopback_host_is_never_taken_from_the_secrets(host: str) -> None:
    with pytest.raises(AccountError, match="LSQ_HOST"):
        read_settings({}, {"lsq": {"host": host, **KEYS_IN_SECRETS}})


def test_keys_in_the_environment_do_not_make_a_loopback_host_of_the_secrets_allowed() -> None:
    keys = {name: text for name, text in ACCOUNT.items() if name != "LSQ_HOST"}
    with pytest.raises(AccountError):
        read_settings(keys, {"lsq": {"host": "http://127.0.0.1:8040"}})


@pytest.mark.parametrize(
    "host", ["evil.example.com", "http://api-in21.leadsquared.com", f"{HOST}.evil.org", "a@b.org"]
)
def test_a_foreign_host_names_the_setting_and_the_hosts_to_choose_from(host: str) -> None:
    with pytest.raises(AccountError) as caught:
        read_settings({**ACCOUNT, "LSQ_HOST": host})
    assert "LSQ_HOST" in str(caught.value)
    assert HOST in caught.value.advice
    assert "marker" not in str(caught.value)


def test_an_extra_host_of_the_deployer_is_allowed() -> None:
    environ = {**ACCOUNT, "LSQ_HOST": "api.example.com", "LSQ_EXTRA_HOSTS": "API.example.com"}
    account = read_settings(environ).account
    assert account is not None
    assert account.base_url == "https://api.example.com"


def test_a_key_that_cannot_be_sent_is_not_repeated() -> None:
    with pytest.raises(AccountError) as caught:
        read_settings({**ACCOUNT, "LSQ_SECRET_KEY": "marker with spaces"})
    assert "LSQ_SECRET_KEY" in str(caught.value)
    assert "marker" not in str(caught.value)


def test_no_repr_shows_a_key() -> None:
    settings = read_settings(ACCOUNT)
    for shown in (repr(settings), str(settings), repr(settings.account), f"{settings}"):
        assert HOST in shown
        assert "marker" not in shown


def test_the_example_of_secrets_names_every_limit_of_a_sheet_as_it_is_by_default() -> None:
    example = Path(__file__).parents[1] / ".streamlit" / "secrets.toml.example"
    lines = re.findall("(?m)^# (max_[a-z_]+ = .*)$", example.read_text("utf-8"))
    limits = tomllib.loads("\n".join(lines))
    assert sorted(limits) == sorted(name for name in GOOD if name.startswith("max_"))
    assert read_settings({}, {"lsq": limits}) == Settings()
