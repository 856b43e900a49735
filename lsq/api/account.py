"""An account: which host to ask and the keys that open it.

Only hosts of LeadSquared's own list are asked, over https, so that keys typed into a page can not
be sent anywhere else. Who adds to the list matters: `extra` hosts come from whoever deploys, and
loopback (the sandbox) from the environment, the command line or Python code, never from a viewer.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal, NoReturn

from lsq.api.errors import AccountError

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

__all__ = ["API_HOSTS", "Account", "Auth", "check_host"]

Auth = Literal["query", "headers"]
"""How the keys travel: the documented query parameters, or the `x-LSQ-…` headers."""

API_HOSTS: Mapping[str, str] = MappingProxyType(
    {
        "api.leadsquared.com": "Singapore",
        "api-us11.leadsquared.com": "United States",
        "api-in21.leadsquared.com": "India (Mumbai)",
        "api-in22.leadsquared.com": "India (Hyderabad)",
        "api-ir31.leadsquared.com": "Ireland",
        "api-ca12.leadsquared.com": "Canada",
        "api-me61.leadsquared.com": "Middle East",
    }
)
"""LeadSquared's API hosts and their regions (apidocs.leadsquared.com, "User Authentication")."""

_HOST = re.compile(r"(?:https://)?([a-z0-9.-]+)/?")
_LOOPBACK = re.compile(r"http://(?:127\.0\.0\.1|localhost):([1-9][0-9]{0,4})/?")
_KEY = re.compile(r"[!-~]+")  # printable ASCII without spaces: safe in a URL and in a header


def check_host(text: str, *, extra: Collection[str] = (), loopback: bool = False) -> str:
    """Turn what somebody gave as host into the base of every address, or refuse it.

    Args:
        text: A host name such as `api-in21.leadsquared.com`, with or without `https://`.
        extra: Further host names that the deployer allows.
        loopback: Whether `http://127.0.0.1:PORT` and `http://localhost:PORT` are allowed. Say yes
            only to the environment, the command line and Python code, never to what a viewer types.

    Returns:
        The base URL without a trailing slash, e.g. `https://api-in21.leadsquared.com`.

    Raises:
        AccountError: For every other host, scheme, port, path, user name and look-alike.
    """
    # Only ASCII is lowered: some other letters turn into ASCII ones in lower case.
    given = text.strip().lower() if text.isascii() else ""
    if loopback and (local := _LOOPBACK.fullmatch(given)) and int(local[1]) < 2**16:
        return given.rstrip("/")
    allowed = (*API_HOSTS, *(host.lower() for host in extra))
    match = _HOST.fullmatch(given)
    if match is None or match[1] not in allowed:
        title = f"{_shown(text)} is not one of LeadSquared's API hosts."
        raise AccountError(title, f"Use one of {', '.join(allowed)}.")
    return f"https://{match[1]}"


def _shown(text: str) -> str:
    # What stands before an @ could be a password, so it is not repeated.
    return f"“{text.strip().rpartition('@')[2][:100]}”" if text.strip() else "An empty text"


@dataclass(frozen=True, kw_only=True)
class Account:
    """A LeadSquared account as its API sees it.

    The keys are in no repr, and an account refuses to be pickled, so that they end in no file.
    Whoever writes Python is trusted with loopback; pages and settings call `check_host` first.

    Attributes:
        host: An API host, or a full `http://127.0.0.1:PORT` base of a sandbox.
        access_key: The account's access key.
        secret_key: The account's secret key.
        auth: How the keys are sent: `query` (as documented for this call) or `headers`.
        extra_hosts: Further host names that the deployer allows.
        name: What people call it, for pages and files; "" for nothing but its host.
        base_url: What every address begins with, without a trailing slash.

    Raises:
        AccountError: For a host that is not allowed, a key that cannot be sent, an unknown `auth`.
    """

    host: str
    access_key: str = field(repr=False)
    secret_key: str = field(repr=False)
    auth: Auth = "query"
    extra_hosts: tuple[str, ...] = field(default=(), repr=False)
    name: str = field(default="", compare=False)
    base_url: str = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Refuse what could not be sent, before anything is."""
        base_url = check_host(self.host, extra=self.extra_hosts, loopback=True)
        object.__setattr__(self, "base_url", base_url)
        for name, key in (("access", self.access_key), ("secret", self.secret_key)):
            if not _KEY.fullmatch(key):
                title = f"The {name} key is empty or holds spaces, line breaks or foreign letters."
                raise AccountError(title, "Copy it again from Settings > API and Webhooks.")
        if self.auth not in ("query", "headers"):
            title = f"“{self.auth}” is no way to send the keys."
            raise AccountError(title, "Use query or headers (LSQ_AUTH).")

    def __reduce__(self) -> NoReturn:
        """Refuse to be pickled: the keys would stand in the pickle as plain text."""
        message = "An Account is not pickled, so that its keys end in no file or message."
        raise TypeError(message)

    @cached_property
    def fingerprint(self) -> str:
        """Return what stands for this account in caches and limiters; no key can be read from it.

        32 hexadecimal digits of the SHA-256 of host and keys.
        """
        told = f"{self.base_url}\0{self.access_key}\0{self.secret_key}"
        return hashlib.sha256(told.encode()).hexdigest()[:32]

    @property
    def server(self) -> str:
        """Return the host as messages name it, with its port for loopback."""
        return self.base_url.partition("://")[2]
