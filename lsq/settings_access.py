"""Who may use the deployer's keys: the `[access]` table of the secrets, and `LSQ_ACCESS`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from lsq.api.errors import SettingsError
from lsq.settings_source import words

if TYPE_CHECKING:
    from lsq.settings_source import Source

__all__ = ["Access", "read_access"]


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

    def admits(self, address: str) -> bool:
        """Whether the app lets this viewer in; without a rule it lets everybody in, without keys.

        Args:
            address: The viewer's signed-in address, or "".
        """
        return not self.stated or self.platform or self.allows(address)

    def allows(self, address: str) -> bool:
        """Whether this signed-in address may use the keys."""
        # Only ASCII is lowered: some other letters turn into ASCII ones in lower case.
        address = address.strip().lower() if address.isascii() else address.strip()
        name, at, domain = address.rpartition("@")
        return address in self.emails or bool(name and at and domain in self.domains)


def read_access(source: Source) -> Access:
    """Read the `[access]` table and `LSQ_ACCESS`.

    Raises:
        SettingsError: For a rule that cannot be meant so.
    """
    table = source.table("access")
    mode = (source.environ.get("LSQ_ACCESS") or str(table.get("mode", ""))).strip().lower()
    if mode not in ("", "platform"):
        title = f"LSQ_ACCESS, or mode in [access], is “{mode[:60]}”, which is not known."
        raise SettingsError(title, "Write platform, or give emails or domains in [access].")
    emails = words(table.get("emails", ()), setting="emails in [access]")
    domains = words(table.get("domains", ()), setting="domains in [access]")
    if mode and (emails or domains):
        title = "The access mode is platform, and [access] lists emails or domains too."
        raise SettingsError(title, "Keep one: platform lets everybody in whom the host lets in.")
    return Access(
        platform=mode == "platform",
        emails=frozenset(emails),
        domains=frozenset(filter(None, (word.removeprefix("@") for word in domains))),
        header=str(table.get("header", "")).strip(),
    )
