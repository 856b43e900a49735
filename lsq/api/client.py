"""LeadSquared.leads_by_id: the leads of many ids, as fast as the account's limit allows."""

from __future__ import annotations

import time
from dataclasses import replace
from threading import Event
from typing import TYPE_CHECKING, Self
from weakref import WeakSet

from lsq.api.batches import Books
from lsq.api.cache import MemoryCache
from lsq.api.calls import Calls, Connection
from lsq.api.dissection import split
from lsq.api.errors import InvalidArgument, SettingsError
from lsq.api.fields import read_fields
from lsq.api.lead_id import LeadId, are_normal, parse_lead_id
from lsq.api.models import LeadTable
from lsq.api.rate_limit import RateLimit
from lsq.api.rate_limit.part import part_of
from lsq.api.rate_limit.window import limiter_for
from lsq.api.retry import RetryPolicy
from lsq.api.run import MAX_THREADS, Run
from lsq.api.transport import Transport
from lsq.api.wire import MAX_IDS, all_fields, columns_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from lsq.api.account import Account
    from lsq.api.cache import LeadCache
    from lsq.api.dissection import Batch
    from lsq.api.errors import LsqError
    from lsq.api.models import Fetched, Field, Progress
    from lsq.api.page import Page
    from lsq.api.rate_limit import RateLimiter
    from lsq.api.workers import Workers

__all__ = ["LeadSquared"]

_READ_AT_ONCE = 10_000  # leads: a tenth of a second, also from a file
_NOBODY = LeadId("0a0a0a0a-0000-4000-8000-0a0a0a0a0a0a")  # well formed, and no lead's id


class LeadSquared:
    """A client for one account; use it as a context manager, from as many threads as you like.

    Example:
        >>> account = Account(host="api-in21.leadsquared.com", access_key="…", secret_key="…")
        >>> with LeadSquared(account) as client:
        ...     fetched = client.leads_by_id(ids, columns=("FirstName", "ProspectStage"))
    """

    account: Account
    """Whose leads; the keys are in no repr."""

    def __init__(  # noqa: PLR0913 - each has its default, and most callers give the account only
        self,
        account: Account,
        *,
        cache: LeadCache | None = None,
        limiter: RateLimiter | None = None,
        limit: RateLimit | None = None,
        share: float = 1.0,
        batch: int = MAX_IDS,
        deadline_s: float = 60.0,
        silence_s: float | None = None,
        retry: RetryPolicy | None = None,
    ) -> None:
        """Send nothing yet.

        Args:
            account: The host and the keys.
            cache: Where fetched leads are kept; by default this client's own memory, for 15
                minutes. `NoCache()` keeps nothing.
            limiter: What every call goes through; by default the account's one in this process.
            limit: The account's rate limit for that one; 25 calls in 5 seconds by default.
            share: The part of the limit that the clients with this share may use together, above 0
                and up to 1; the rest stays free for the account's other integrations.
            batch: Ids in one call, 1 to 1,000.
            deadline_s: Seconds for one call: all its attempts, headers and bodies included, and the
                waits between them, but not the waiting for the rate limit.
            silence_s: Seconds without a single byte after which an attempt is given up; by default
                15, or a quarter of the deadline where that is more.
            retry: What is tried again, and how often.

        Raises:
            SettingsError: For a share, a batch or a deadline that makes no sense.
        """
        _check(share=share, batch=batch, deadline_s=deadline_s)
        self.account = account
        self._cache = MemoryCache() if cache is None else cache
        self._batch = batch
        self._workers: WeakSet[Workers[Batch, Page | LsqError]] = WeakSet()
        whole = limiter or limiter_for(account, limit or RateLimit())
        self._connection = Connection(
            account=account,
            transport=Transport(
                account, deadline_s=deadline_s, read_s=silence_s, connections=MAX_THREADS
            ),
            limiter=whole if share == 1 else part_of(whole, share),
            deadline_s=deadline_s,
            retry=retry or RetryPolicy(),
        )

    def __repr__(self) -> str:
        """Name the host; no key is shown."""
        return f"LeadSquared({self.account.server})"

    def __enter__(self) -> Self:
        """Return the client itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the client."""
        self.close()

    @property
    def limit(self) -> RateLimit:
        """Return the limit in force for this client: its share of what is set or was learned."""
        state = self._connection.limiter.state()
        return RateLimit(state.max_calls, state.window_s)

    def close(self) -> None:
        """Close the idle connections; calls in flight after a stop still end in the cache."""
        self._connection.transport.close()

    def join(self, timeout_s: float) -> bool:
        """Wait for the calls that a stopped fetch left under way; say whether all ended in time.

        Their leads end in the cache. Nobody has to wait, except a program that is about to end.
        """
        return all(workers.join(timeout_s) for workers in tuple(self._workers))

    def leads_by_id(
        self,
        ids: Iterable[str],
        *,
        columns: Iterable[str],
        on_progress: Callable[[Progress], None] | None = None,
        stop: Event | None = None,
        refresh: bool = False,
    ) -> Fetched:
        """Fetch leads: those still fresh from the cache, the others in parallel calls.

        The call only reads, so nothing changes in the account, whatever is repeated.

        Args:
            ids: Lead ids; repeats are asked for once.
            columns: Schema names such as `FirstName`, as LeadSquared spells them; `ProspectID` is
                always added.
            on_progress: Called in this thread after every answer, and about every 0.2 s between
                them. If it raises, that is logged and it is not called again.
            stop: Set it, from any thread, to get what is here at once.
            refresh: Ask for all ids, also for those that are fresh in the cache.

        Returns:
            The ledger: every distinct id is in exactly one of its four parts, in the order asked.
            An error that ends the run early (keys refused, say) stands in `stopped_by`.

        Raises:
            InvalidArgument: For an id or a column name that cannot be asked for.
        """
        started_s = time.monotonic()
        wanted, names = _distinct(ids), columns_of(columns)
        fresh = LeadTable() if refresh else self._fresh(wanted, names, stop)
        run = Run(
            Books(wanted, fresh, size=self._batch),
            connection=self._connection,
            cache=self._cache,
            columns=names,
            on_progress=on_progress,
            stop=stop,
            started_s=started_s,
        )
        self._workers.add(run.workers)
        return run.fetch()

    def _fresh(
        self, ids: Sequence[LeadId], columns: Sequence[str], stop: Event | None
    ) -> LeadTable:
        """Read the cache, in parts, so that a stop is heard between them."""
        parts = []
        for part in split(ids, _READ_AT_ONCE):
            parts.append(self._cache.get_many(self.account, part, columns))
            if stop is not None and stop.is_set():
                break
        return LeadTable.concat(parts)

    def fields(self) -> tuple[Field, ...]:
        """Ask in one call what columns the account's leads have: labels, types, options.

        Raises:
            LsqError: What is wrong, as its own class, after the usual attempts; `KeysRefused` also
                where the keys' user may fetch leads but not ask this.
        """
        calls = Calls(self._connection, halt=Event())
        return calls.make(
            all_fields(self.account), lambda reply: read_fields(reply, account=self.account)
        )

    def probe(self) -> None:
        """Try host and keys with one call for a lead that does not exist; no retry.

        Raises:
            LsqError: What is wrong, as its own class: `KeysRefused`, `NoAnswer`, `RateLimited`…
        """
        once = replace(self._connection, retry=RetryPolicy(attempts=1))
        Calls(once, columns=columns_of(()), halt=Event()).ask([_NOBODY])


def _distinct(ids: Iterable[str]) -> list[LeadId]:
    """Return each id once, in the order of its first appearance."""
    texts = list(dict.fromkeys(ids))
    if are_normal(texts):
        return [*map(LeadId, texts)]
    distinct: dict[LeadId, None] = {}
    for text in texts:
        id_ = parse_lead_id(text)
        if id_ is None:
            title = f"“{text[:100]}” is not a lead id."
            raise InvalidArgument(title, "Nothing was asked. Leave out what is not an id.")
        distinct[id_] = None
    return list(distinct)


def _check(*, share: float, batch: int, deadline_s: float) -> None:
    if not 0 < share <= 1:
        title = f"A share of {share:g} of the rate limit is not possible."
        raise SettingsError(title, "Give a part of one, such as 0.5 for half of it.")
    if not 1 <= batch <= MAX_IDS:
        title = f"A batch of {batch} ids is not possible."
        raise SettingsError(title, f"Give 1 to {MAX_IDS} (LSQ_BATCH).")
    if not 0 < deadline_s < float("inf"):
        title = f"A deadline of {deadline_s:g} s is not possible."
        raise SettingsError(title, "Give the seconds for one call, above 0 (LSQ_DEADLINE).")
