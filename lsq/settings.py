"""The `LSQ_*` settings and the `[access]` rule, read once into frozen values.

The environment comes first, then `[lsq]` in Streamlit's secrets (same names in lower case without
the prefix). Both are handed in as mappings, so that nothing here knows where they come from.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, cast

from lsq.api.account import Account, Auth, check_host
from lsq.api.cache import MemoryCache, NoCache, SqliteCache
from lsq.api.client import LeadSquared
from lsq.api.errors import AccountError, SettingsError
from lsq.api.rate_limit import RateLimit
from lsq.api.wire import MAX_IDS
from lsq.settings_access import Access, read_access
from lsq.settings_source import (
    CACHE_PLACES,
    MEGABYTES,
    REDIS_URLS,
    SECONDS,
    Source,
    cache_place,
    redis_url,
    seconds,
    whole,
    zone,
)
from lsq.sheets.limits import MB, Limits

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from lsq.api.cache import LeadCache
    from lsq.api.rate_limit import RateLimiter

__all__ = ["Access", "Settings", "read_settings"]

_QUICK_S = 10.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Everything that can be set from outside; the defaults stand here.

    Attributes:
        account: The configured account, or None: the demo account.
        access: Who may use it in the app; the command line always may.
        auth: How keys travel: `query` or `headers`.
        limit: Calls per window that the account allows.
        batch: Ids in one call, 1 to 1000.
        cache: `off`, `memory` (Redis's, where it is shared) or the path of a SQLite file.
        cache_ttl_s: Seconds for which a fetched lead counts as fresh.
        shared: Address of the Redis that several processes share, or "". It may hold a password.
        deadline_s: Seconds for one call, headers and body included.
        timezone: Zone for shown and written times, or "": the viewer's own, UTC in a shell.
        max_upload_mb: Largest sheet in megabytes.
        max_rows: Most rows of one sheet.
        max_cells: Most cells of one sheet.
        max_entries: Most files inside a workbook.
        max_inflated_mb: What a workbook may unpack to, in megabytes.
        max_parse_mb: Memory that reading a sheet may take, in megabytes.
        max_parse_s: Processor seconds that reading the largest sheet may take.
        extra_hosts: API hosts that the deployer adds to LeadSquared's list.
    """

    account: Account | None = None
    access: Access = field(default_factory=Access)
    auth: Auth = "query"
    limit: RateLimit = field(default_factory=RateLimit)
    batch: int = MAX_IDS
    cache: str = "memory"
    cache_ttl_s: float = 900.0
    shared: str = field(default="", repr=False)
    deadline_s: float = 60.0
    timezone: str = ""
    max_upload_mb: int = 100
    max_rows: int = 1_000_000
    max_cells: int = 20_000_000
    max_entries: int = 1_000
    max_inflated_mb: int = 800
    max_parse_mb: int = 2_000
    max_parse_s: float = 60.0
    extra_hosts: tuple[str, ...] = ()

    @property
    def limits(self) -> Limits:
        """How large a sheet may be."""
        return Limits(
            max_bytes=self.max_upload_mb * MB,
            max_rows=self.max_rows,
            max_cells=self.max_cells,
            max_entries=self.max_entries,
            max_inflated_bytes=self.max_inflated_mb * MB,
            max_memory_bytes=self.max_parse_mb * MB,
            max_processor_s=self.max_parse_s,
        )

    def client(self, account: Account, *, cache: LeadCache, share: float = 1.0) -> LeadSquared:
        """Return a client of `account` with the limit, batch and deadline that are set.

        Args:
            account: The host and the keys.
            cache: Where fetched leads are kept.
            share: The part of the limit that this client may use.

        Raises:
            SettingsError: When the limit is to be shared and the redis package is not installed.
        """
        return LeadSquared(
            account,
            cache=cache,
            limiter=self._shared_limiter(account) if self.shared else None,
            limit=self.limit,
            share=share,
            batch=self.batch,
            deadline_s=self.deadline_s,
        )

    def quick_client(self, account: Account) -> LeadSquared:
        """Return a client to ask what the columns of `account` are: nothing it hears is kept.

        An account's first call goes alone, so its leads wait for this one: 10 seconds at most.
        """
        quick = replace(self, deadline_s=min(self.deadline_s, _QUICK_S))
        return quick.client(account, cache=NoCache())

    def open_cache(self) -> LeadCache:
        """Open the cache that is set: none, memory's, a file's or the shared one.

        By default nothing is written to disk.

        Raises:
            SettingsError: When the file cannot be used, or the redis package is not installed.
        """
        if self.cache == "off":
            return NoCache()
        if self.cache != "memory":
            return SqliteCache(self.cache, ttl_s=self.cache_ttl_s)
        return self._shared_cache() if self.shared else MemoryCache(ttl_s=self.cache_ttl_s)

    def _shared_cache(self) -> LeadCache:
        with _redis_package():
            from lsq.api.cache.redis import RedisCache  # noqa: PLC0415 - its package is an extra
            from lsq.api.shared import shared_client  # noqa: PLC0415 - likewise
        return RedisCache(shared_client(self.shared), ttl_s=self.cache_ttl_s)

    def _shared_limiter(self, account: Account) -> RateLimiter:
        with _redis_package():
            from lsq.api.shared import shared_limiter_for  # noqa: PLC0415 - likewise
        return shared_limiter_for(account, self.limit, self.shared)


@contextmanager
def _redis_package() -> Iterator[None]:
    """Say what to do when the package is not there."""
    try:
        yield
    except ImportError:
        title = "LSQ_SHARED is set, and the redis package is not installed."
        advice = 'Run pip install "leadsheet[redis]", or leave LSQ_SHARED out.'
        raise SettingsError(title, advice) from None


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
    source = Source(environ, secrets or {})
    auth = cast("Auth", source.one_of("auth", ("query", "headers")))
    extra_hosts = source.words("extra_hosts")
    return Settings(
        account=_account(source, auth=auth, extra_hosts=extra_hosts),
        access=read_access(source),
        auth=auth,
        limit=source.read(
            "rate",
            RateLimit.parse,
            "calls/seconds, each above 0 and at most 9999, such as 25/5",
            RateLimit(),
        ),
        batch=source.read("batch", whole(1, MAX_IDS), f"a number from 1 to {MAX_IDS}", MAX_IDS),
        cache=source.read("cache", cache_place, CACHE_PLACES, "memory"),
        cache_ttl_s=source.read("cache_ttl", seconds, SECONDS, 900.0),
        shared=source.read("shared", redis_url, REDIS_URLS, "", shown=False),
        deadline_s=source.read("deadline", seconds, SECONDS, 60.0),
        timezone=source.read("timezone", zone, "a zone such as Asia/Kolkata", ""),
        max_upload_mb=source.read("max_upload_mb", whole(1), MEGABYTES, 100),
        max_rows=source.read("max_rows", whole(1), "a number of rows", 1_000_000),
        max_cells=source.read("max_cells", whole(1), "a number of cells", 20_000_000),
        max_entries=source.read("max_entries", whole(1), "a number of files", 1_000),
        max_inflated_mb=source.read("max_inflated_mb", whole(1), MEGABYTES, 800),
        max_parse_mb=source.read("max_parse_mb", whole(1), MEGABYTES, 2_000),
        max_parse_s=source.read("max_parse_s", seconds, SECONDS, 60.0),
        extra_hosts=extra_hosts,
    )


def _account(source: Source, *, auth: Auth, extra_hosts: tuple[str, ...]) -> Account | None:
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
            name=source.text("name"),
        )
    except AccountError as error:
        advice = f"{error.advice} (LSQ_HOST, LSQ_ACCESS_KEY, LSQ_SECRET_KEY)"
        raise AccountError(error.title, advice) from None
