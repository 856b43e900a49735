"""The `LSQ_*` settings and the `[access]` rule, read once into frozen values.

The environment comes first, then `[lsq]` in Streamlit's secrets (same names in lower case without
the prefix). Both are handed in as mappings, so that nothing here knows where they come from.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TypeVar, cast
from zoneinfo import ZoneInfo

from lsq.api.account import Account, Auth, check_host
from lsq.api.errors import AccountError, SettingsError
from lsq.api.rate_limit import RateLimit

__all__ = ["Access", "Settings", "read_settings"]

Value = TypeVar("Value")
MAX_BATCH = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Access:
    """Who may use the deployer's keys.

    Attributes:
        platform: Whatever hosts the app restricts its viewers.
        emails: Signed-in addresses that may, in lower case.
        domains: Domains of signed-in addresses that may, in lower case.
        header: Request header in which a trusted proxy names the viewer, or "".
    """

    platform: bool = False
    emails: frozenset[str] = frozenset()
    domains: frozenset[str] = frozenset()
    header: str = ""

    @property
    def stated(self) -> bool:
        """Whether the deployer has said who may; without that the keys are not used."""
        return bool(self.platform or self.emails or self.domains)

    def allows(self, address: str) -> bool:
        """Whether this signed-in address may use the keys."""
        # Only ASCII is lowered: some other letters turn into ASCII ones in lower case.
        address = address.strip().lower() if address.isascii() else address.strip()
        name, at, domain = address.rpartition("@")
        return address in self.emails or bool(name and at and domain in self.domains)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Everything that can be set from outside; the defaults stand here.

    Attributes:
        account: The configured account, or None: the demo account.
        access: Who may use it in the app; the command line always may.
        auth: How keys travel: `query` or `headers`.
        limit: Calls per window that the account allows.
        batch: Ids in one call, 1 to 1000.
        cache: `off` or `memory`.
        cache_ttl_s: Seconds for which a fetched lead counts as fresh.
        deadline_s: Seconds for one call, headers and body included.
        timezone: Zone for shown and written times, or "": the viewer's own, UTC in a shell.
        max_upload_mb: Largest sheet in megabytes.
        max_rows: Most rows of one sheet.
        max_cells: Most cells of one sheet.
        extra_hosts: API hosts that the deployer adds to LeadSquared's list.
    """

    account: Account | None = None
    access: Access = field(default_factory=Access)
    auth: Auth = "query"
    limit: RateLimit = field(default_factory=RateLimit)
    batch: int = MAX_BATCH
    cache: str = "memory"
    cache_ttl_s: float = 900.0
    deadline_s: float = 60.0
    timezone: str = ""
    max_upload_mb: int = 100
    max_rows: int = 1_000_000
    max_cells: int = 20_000_000
    extra_hosts: tuple[str, ...] = ()


def read_settings(
    environ: Mapping[str, str], secrets: Mapping[str, object] | None = None
) -> Settings:
    """Read the settings.

    Args:
        environ: The process's environment.
        secrets: Streamlit's secrets, with their `lsq` and `access` tables, or None.

    Raises:
        SettingsError: When a setting cannot be used; the sentence names it and says what to write.
    """
    source = _Source(environ, secrets or {})
    auth = cast("Auth", source.one_of("auth", ("query", "headers")))
    extra_hosts = source.words("extra_hosts")
    if source.text("shared"):
        title = "LSQ_SHARED is set, and this version cannot share between processes yet."
        raise SettingsError(title, "Leave it out, and run one process.")
    return Settings(
        account=_account(source, auth=auth, extra_hosts=extra_hosts),
        access=_access(source),
        auth=auth,
        limit=source.read("rate", RateLimit.parse, "calls/seconds, such as 25/5", RateLimit()),
        batch=source.read(
            "batch", _whole(1, MAX_BATCH), f"a number from 1 to {MAX_BATCH}", MAX_BATCH
        ),
        cache=source.one_of("cache", ("memory", "off")),
        cache_ttl_s=source.read("cache_ttl", _seconds, "a number of seconds", 900.0),
        deadline_s=source.read("deadline", _seconds, "a number of seconds", 60.0),
        timezone=source.read("timezone", _zone, "a zone such as Asia/Kolkata", ""),
        max_upload_mb=source.read("max_upload_mb", _whole(1), "a number of megabytes", 100),
        max_rows=source.read("max_rows", _whole(1), "a number of rows", 1_000_000),
        max_cells=source.read("max_cells", _whole(1), "a number of cells", 20_000_000),
        extra_hosts=extra_hosts,
    )


@dataclass(frozen=True, slots=True)
class _Source:
    """Where a setting is looked up: the environment, then `[lsq]` of the secrets."""

    environ: Mapping[str, str]
    secrets: Mapping[str, object]

    def table(self, name: str) -> Mapping[str, object]:
        found = self.secrets.get(name, {})
        if not isinstance(found, Mapping):
            title = f"“{name}” in the secrets is not a table."
            raise SettingsError(title, f"Write [{name}] on a line of its own.")
        return found

    def from_environment(self, name: str) -> bool:
        return bool(self.environ.get(f"LSQ_{name.upper()}", "").strip())

    def text(self, name: str) -> str:
        if self.from_environment(name):
            return self.environ[f"LSQ_{name.upper()}"].strip()
        return str(self.table("lsq").get(name, "")).strip()

    def words(self, name: str) -> tuple[str, ...]:
        listed = self.table("lsq").get(name, "")
        given = self.text(name) if self.from_environment(name) else listed
        return tuple(_words(given, setting=f"LSQ_{name.upper()}"))

    def read(self, name: str, reader: Callable[[str], Value], wanted: str, default: Value) -> Value:
        text = self.text(name)
        if not text:
            return default
        try:
            return reader(text)
        except (ValueError, KeyError, OSError, SettingsError):
            # What stands before an @ could be a password, so it is not repeated.
            shown = text.rpartition("@")[2][:60]
            title = f"LSQ_{name.upper()} is “{shown}”, which cannot be read."
            raise SettingsError(title, f"Write {wanted}.") from None

    def one_of(self, name: str, allowed: tuple[str, ...]) -> str:
        def reader(text: str) -> str:
            return allowed[allowed.index(text.lower())]

        return self.read(name, reader, " or ".join(allowed), allowed[0])


def _account(source: _Source, *, auth: Auth, extra_hosts: tuple[str, ...]) -> Account | None:
    given = {name: source.text(name) for name in ("host", "access_key", "secret_key")}
    if not any(given.values()):
        return None
    missing = [f"LSQ_{name.upper()}" for name, text in given.items() if not text]
    if missing:
        title = f"{' and '.join(missing)} {'is' if len(missing) == 1 else 'are'} missing."
        raise SettingsError(
            title, "Set the host and both keys, or none of them for the demo account."
        )
    # A loopback host in the secrets could come with a repository; the environment is the machine's.
    loopback = source.from_environment("host")
    try:
        base_url = check_host(given["host"], extra=extra_hosts, loopback=loopback)
        return Account(
            host=base_url.removeprefix("https://"),
            access_key=given["access_key"],
            secret_key=given["secret_key"],
            auth=auth,
            extra_hosts=extra_hosts,
        )
    except AccountError as error:
        advice = f"{error.advice} (LSQ_HOST, LSQ_ACCESS_KEY, LSQ_SECRET_KEY)"
        raise AccountError(error.title, advice) from None


def _access(source: _Source) -> Access:
    table = source.table("access")
    mode = (source.environ.get("LSQ_ACCESS") or str(table.get("mode", ""))).strip().lower()
    if mode not in ("", "platform"):
        title = f"LSQ_ACCESS, or mode in [access], is “{mode[:60]}”, which is not known."
        raise SettingsError(title, "Write platform, or give emails or domains in [access].")
    return Access(
        platform=mode == "platform",
        emails=frozenset(_words(table.get("emails", ()), setting="emails in [access]")),
        domains=frozenset(
            domain
            for word in _words(table.get("domains", ()), setting="domains in [access]")
            if (domain := word.removeprefix("@"))
        ),
        header=str(table.get("header", "")).strip(),
    )


def _words(given: object, *, setting: str) -> list[str]:
    """Read a list, or a text with commas, as words in lower case."""
    parts = given.split(",") if isinstance(given, str) else given
    if not isinstance(parts, (list, tuple)):
        title = f"A list of names is expected for {setting}."
        raise SettingsError(title, 'Write it as ["one", "two"] or as "one, two".')
    return [word for part in parts if (word := str(part).strip().lower())]


def _whole(least: int, most: int | None = None) -> Callable[[str], int]:
    def reader(text: str) -> int:
        number = int(text)
        if number < least or (most is not None and number > most):
            raise ValueError
        return number

    return reader


def _seconds(text: str) -> float:
    number = float(text)
    if not 0 < number < float("inf"):
        raise ValueError
    return number


def _zone(text: str) -> str:
    return ZoneInfo(text).key
