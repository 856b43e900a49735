"""The limit in force: the one that is set, lowered by refusals, recovering without them.

A refusal that names fewer calls than are in force, or a longer window, tells the account's true
limit, and it stays. One that does not means that other programs call the account too: the calls are
halved at once and come back by a tenth of the limit in every window without a refusal, as networks
do it (additive increase, multiplicative decrease; Chiu and Jain 1989).
"""

from __future__ import annotations

from lsq.api.rate_limit import RateLimit

__all__ = ["LearnedLimit"]

_LONGEST_WINDOW_S = 60.0  # a longer one is a quota, such as a day's, and no window to keep to


class LearnedLimit:
    """What is known of one account's limit; not safe to share between threads by itself."""

    def __init__(self, limit: RateLimit) -> None:
        """Know nothing but the limit that is set."""
        self._given = limit
        self._named_calls: int | None = None
        self._window_s = 0.0
        self._left: int | None = None  # calls that the last refusal left; None without any halving
        self._since_s = 0.0  # from here on windows without a refusal count
        self._heard_s = float("-inf")  # when the last refusal was heard that taught anything

    def keep_to(self, limit: RateLimit) -> None:
        """Change the limit that is set; what refusals taught stays."""
        self._given = limit

    def at(self, now_s: float) -> RateLimit:
        """Return the limit in force at a moment of the limiter's clock."""
        window_s = max(self._given.window_s, self._window_s)
        ceiling = min(self._given.max_calls, self._named_calls or self._given.max_calls)
        if self._left is None:
            return RateLimit(ceiling, window_s)
        step = -(-ceiling // 10)
        grown = self._left + step * max(0, int((now_s - self._since_s) / window_s))
        return RateLimit(min(grown, ceiling), window_s)

    def refused(
        self,
        *,
        begun_s: float,
        heard_s: float,
        pause_s: float,
        max_calls: int | None,
        window_s: float | None,
    ) -> float:
        """Learn from a refusal; return how long all calls rest now, in seconds.

        Args:
            begun_s: When the refused call began. Calls that were on their way when an earlier
                refusal was heard say nothing new, however many they are.
            heard_s: When it was heard.
            pause_s: How long it asks to wait; the rest is a window at the least.
            max_calls: Calls in a window that it names, or None.
            window_s: The window that it names, in seconds, or None. A quota of more than a minute
                teaches as little as no numbers.
        """
        before = self.at(heard_s)
        if window_s is not None and window_s > _LONGEST_WINDOW_S:
            max_calls = window_s = None
        if max_calls is not None:
            self._named_calls = min(max_calls, self._named_calls or max_calls)
        self._window_s = max(self._window_s, window_s or 0.0)
        is_news = begun_s >= self._heard_s
        after = self.at(heard_s)
        if is_news and after == before:
            self._left = max(1, before.max_calls // 2)
        elif self._left is not None:
            self._left = before.max_calls
        if is_news:
            self._heard_s = heard_s
        rest_s = max(pause_s, after.window_s)
        self._since_s = heard_s + rest_s
        return rest_s
