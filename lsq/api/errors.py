"""Everything that can go wrong between a question and its leads, as one tree.

    LsqError                     the root; `str()` is a title and an advice, for people
    ├── SettingsError            a setting that cannot be used; nothing was sent
    │   └── AccountError           a host or key that cannot be used
    ├── InvalidArgument          an id or column that cannot be asked for; nothing was sent
    ├── RequestError             no usable answer came back
    │   ├── NoAnswer               cut off or timed out: a replay can help
    │   │   └── Unreachable          unknown name, refused or no route: nobody there to ask
    │   └── UnsafeConnection       TLS failed: no replay, never without verification
    └── ResponseError            LeadSquared (or something in its place) answered
        ├── BadRequest             400 and like it: the call is not as the API wants it
        ├── KeysRefused            401, 403 or an MX error about access
        ├── NoSuchCall             404, 405, 410: wrong host or address
        ├── Redirected             3xx: never followed, the keys would go along
        ├── RateLimited            429, or its message under any status
        ├── Rejected               an MX… error: the same question gets the same answer
        ├── ServerFailed           408, 5xx without an MX type: a replay can help
        └── BadReply               200, but not what the API promises: a replay can help
            ├── NoLeadId             leads without ids; never matched by position
            └── NotLeadSquared       a web page: something in between answered

Source of the status codes: LeadSquared, "Get Leads in Bulk by Ids", HTTP Response Codes. No message
holds a key or a whole address: the classes are given host names and statuses only.
"""

# ruff: noqa: N818 - named for what happened, as in requests; the root says that they are errors

from __future__ import annotations

__all__ = [
    "AccountError",
    "BadReply",
    "BadRequest",
    "InvalidArgument",
    "KeysRefused",
    "LsqError",
    "NoAnswer",
    "NoLeadId",
    "NoSuchCall",
    "NotLeadSquared",
    "RateLimited",
    "Redirected",
    "Rejected",
    "RequestError",
    "ResponseError",
    "ServerFailed",
    "SettingsError",
    "Unreachable",
    "UnsafeConnection",
]


class LsqError(Exception):
    """The root of everything this package raises on purpose.

    Attributes:
        title: One sentence that says what is wrong.
        advice: What a person can do about it, or "".
    """

    def __init__(self, title: str, advice: str = "") -> None:
        """Keep both sentences; `str(error)` joins them."""
        super().__init__(f"{title} {advice}".strip())
        self.title = title
        self.advice = advice


class SettingsError(LsqError):
    """A setting that cannot be used; nothing was sent anywhere."""


class AccountError(SettingsError):
    """A host that is not LeadSquared's, or a key that cannot be one; nothing was sent anywhere."""


class InvalidArgument(LsqError, ValueError):
    """An id or a column name that cannot be asked for; nothing was sent anywhere."""


class RequestError(LsqError):
    """The call went out and no usable answer came back."""


class NoAnswer(RequestError):
    """Reset, cut off or timed out; asking again is safe and can help."""


class Unreachable(NoAnswer):
    """No connection came about: unknown name, refused or no route; nobody is there to ask."""


class UnsafeConnection(RequestError):
    """The server's certificate could not be trusted; asking again would not help."""


class ResponseError(LsqError):
    """An answer came and is not the leads.

    Attributes:
        status: The HTTP status of the answer.
        exception_type: LeadSquared's own `ExceptionType`, or "".
    """

    def __init__(
        self, title: str, advice: str = "", *, status: int = 0, exception_type: str = ""
    ) -> None:
        """Keep the sentences and what the answer said of itself."""
        super().__init__(title, advice)
        self.status = status
        self.exception_type = exception_type


class BadRequest(ResponseError):
    """400: the message body is not as per the API's specification; or another 4xx of that kind."""


class KeysRefused(ResponseError):
    """401, 403: wrong, inactive or unauthorised keys, or a host of another region."""


class NoSuchCall(ResponseError):
    """404, 405, 410: the API is not at this address."""


class Redirected(ResponseError):
    """3xx: not followed, because the keys would be sent on to another host."""


class RateLimited(ResponseError):
    """429, or the limit's message under another status.

    Attributes:
        max_calls: Calls that the message says are allowed in a window, or None.
        window_s: The window that the message says, in seconds, or None.
        retry_after_s: What the `Retry-After` header asks for, in seconds, or None.
    """

    def __init__(  # noqa: PLR0913 - two sentences and what the refusal taught
        self,
        title: str,
        advice: str = "",
        *,
        status: int = 429,
        max_calls: int | None = None,
        window_s: float | None = None,
        retry_after_s: float | None = None,
    ) -> None:
        """Keep the limit that the refusal teaches."""
        super().__init__(title, advice, status=status)
        self.max_calls = max_calls
        self.window_s = window_s
        self.retry_after_s = retry_after_s


class Rejected(ResponseError):
    """A deterministic `MX…` error: the same question gets the same answer, so no repeat."""


class ServerFailed(ResponseError):
    """408 or 5xx without a deterministic type; asking again is safe and can help."""


class BadReply(ResponseError):
    """A success status with a body that is not what the API promises."""


class NoLeadId(BadReply):
    """Leads came without their ids; they are never matched by position."""


class NotLeadSquared(BadReply):
    """A web page came: a proxy, a firewall or a network's sign-in page stands in between."""
