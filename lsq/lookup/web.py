"""Where a lead stands in LeadSquared's own app."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsq.api.account import API_HOSTS

if TYPE_CHECKING:
    from lsq.api.lead_id import LeadId

__all__ = ["lead_page"]

_API = "api-"


def lead_page(host: str, lead_id: LeadId) -> str:
    """Return the address of a lead's page, "" where it is not known.

    Args:
        host: The API host that answered. Its app has the same name without `api-`; the app of
            `api.leadsquared.com`, of a deployer's own host and of a sandbox is not known.
        lead_id: The lead.
    """
    if host not in API_HOSTS or not host.startswith(_API):
        return ""
    return f"https://{host.removeprefix(_API)}/LeadManagement/LeadDetails?LeadID={lead_id}"
