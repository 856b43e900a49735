"""Where a setting is looked up, and how its text is read."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import PurePath
from typing import TypeVar
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from lsq.api.errors import SettingsError

__all__ = [
    "CACHE_PLACES",
    "MEGABYTES",
    "REDIS_URLS",
    "SECONDS",
    "Source",
    "cache_place",
    "redis_url",
    "seconds",
    "whole",
    "words",
    "zone",
]

CACHE_PLACES = "memory, off, or the path of a file such as ./leads.db"
MEGABYTES = "a number of megabytes"
REDIS_URLS = (
    "redis://HOST:6379/0, rediss://HOST:6379/0 (TLS) or unix:///PATH/redis.sock, "
    "with no option but ?db=0"
)
_A_YEAR_S = 365 * 86_400  # Redis and the system's timers refuse far longer spans
SECONDS = f"a number of seconds above 0, at most {_A_YEAR_S} (a year)"

_DATABASE = re.compile(r"(/[0-9]*)?")
_OPTION = re.compile(r"(db=[0-9]+)?")

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Source:
    """Where a setting is looked up: the environment, then `[lsq]` of the secrets."""

    environ: Mapping[str, str]
    secrets: Mapping[str, object]

    def table(self, name: str) -> Mapping[str, object]:
        """Return a table of the secrets, empty where it is not there."""
        found = self.secrets.get(name, {})
        if not isinstance(found, Mapping):
            title = f"“{name}” in the secrets is not a table."
            raise SettingsError(title, f"Write [{name}] on a line of its own.")
        return found

    def from_environment(self, name: str) -> bool:
        """Whether the environment sets `name`; such as "host" for `LSQ_HOST`."""
        return bool(self.environ.get(f"LSQ_{name.upper()}", "").strip())

    def text(self, name: str) -> str:
        """Return a setting as text, or "" where it is not set."""
        if self.from_environment(name):
            return self.environ[f"LSQ_{name.upper()}"].strip()
        return str(self.table("lsq").get(name, "")).strip()

    def words(self, name: str) -> tuple[str, ...]:
        """Return a setting that lists names, in lower case."""
        listed = self.table("lsq").get(name, "")
        given = self.text(name) if self.from_environment(name) else listed
        return tuple(words(given, setting=f"LSQ_{name.upper()}"))

    def read(
        self,
        name: str,
        reader: Callable[[str], Value],
        wanted: str,
        default: Value,
        *,
        shown: bool = True,
    ) -> Value:
        """Read a setting, or say that it cannot be read and that `wanted` is to be written.

        Args:
            name: Its name, such as "batch" for `LSQ_BATCH`.
            reader: Reads its text.
            wanted: What is to be written.
            default: What it is where it is not set.
            shown: Whether the sentence may repeat what was written.
        """
        text = self.text(name)
        if not text:
            return default
        try:
            return reader(text)
        except (ValueError, KeyError, OSError, SettingsError):
            # What stands before an @ could be a password, so it is not repeated.
            what = f"is “{text.rpartition('@')[2][:60]}”, which" if shown else "is set, and"
            title = f"LSQ_{name.upper()} {what} cannot be read."
            raise SettingsError(title, f"Write {wanted}.") from None

    def one_of(self, name: str, allowed: tuple[str, ...]) -> str:
        """Return a setting that is one of a few words; the first is the default."""

        def reader(text: str) -> str:
            return allowed[allowed.index(text.lower())]

        return self.read(name, reader, " or ".join(allowed), allowed[0])


def words(given: object, *, setting: str) -> list[str]:
    """Read a list, or a text with commas, as words in lower case."""
    parts = given.split(",") if isinstance(given, str) else given
    if not isinstance(parts, (list, tuple)):
        title = f"A list of names is expected for {setting}."
        raise SettingsError(title, 'Write it as ["one", "two"] or as "one, two".')
    return [word for part in parts if (word := str(part).strip().lower())]


def whole(least: int, most: int | None = None) -> Callable[[str], int]:
    """Return a reader of whole numbers from `least` to `most`."""

    def reader(text: str) -> int:
        number = int(text)
        if number < least or (most is not None and number > most):
            raise ValueError
        return number

    return reader


def seconds(text: str) -> float:
    """Read a number of seconds above 0, a year at most."""
    number = float(text)
    if not 0 < number <= _A_YEAR_S:
        raise ValueError
    return number


def zone(text: str) -> str:
    """Read the name of a time zone."""
    return ZoneInfo(text).key


def cache_place(text: str) -> str:
    """Read where fetched leads are kept: `memory`, `off` or a path.

    A bare word is no path: a misspelt one would write leads to disk unasked.
    """
    if text.lower() in ("memory", "off"):
        return text.lower()
    is_path = "/" in text or os.sep in text or PurePath(text).suffix
    if "://" in text or "\0" in text or not is_path:
        raise ValueError
    return text


def redis_url(text: str) -> str:
    """Read the address of a Redis.

    No option is let through but the number of the database: the others would change how long a
    fetch waits for Redis and what comes back, and a wrong one would show in the first fetch only.
    """
    url = urlsplit(text)
    host = (url.hostname or "").encode("idna")  # refuses what cannot be the name of a host
    there = url.path if url.scheme == "unix" else host and _DATABASE.fullmatch(url.path)
    known = text.startswith(("redis://", "rediss://", "unix://"))
    if not known or not there or url.port == 0 or not _OPTION.fullmatch(url.query):
        raise ValueError
    return text
