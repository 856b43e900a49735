"""How the sandbox behaves where sources disagree, and how fast it is.

LeadSquared's page leaves much open, and people who called the API report different things. Each
such question is a switch here; the defaults are what the page says, else what was seen most.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lsq.sandbox.faults import Fault

__all__ = [
    "Behaviour",
    "Empty",
    "Envelope",
    "FieldsCall",
    "IdCase",
    "KeysIn",
    "LimitStatus",
    "MalformedId",
    "OptionForm",
    "Order",
    "OversizePage",
    "RecordCount",
    "ReturnId",
]


class OversizePage(StrEnum):
    """What a PageSize above `max_page` does."""

    CLAMP = "a page of max_page leads comes, without a word"
    REJECT = "500 MXInvalidInputException"


class MalformedId(StrEnum):
    """What an id that is not a GUID does."""

    LEFT_OUT = "it is left out, as an unknown id is"
    BAD_REQUEST = "400 for the whole call"
    REJECT = "500 MXInvalidInputException for the whole call"


class LimitStatus(StrEnum):
    """Under which status a call over the rate limit is refused."""

    TOO_MANY_REQUESTS = "429"
    FORBIDDEN = "403"
    OK = "200"


class RecordCount(StrEnum):
    """What RecordCount counts."""

    PAGE = "the leads of this page"
    TOTAL = "the leads of all pages"
    ABSENT = "the key is not there"
    TEXT = "the leads of this page, as a string"
    LESS = "one lead too few"
    MORE = "one lead too many"
    NEGATIVE = "the leads of this page, below zero"


class ReturnId(StrEnum):
    """When a lead comes with its ProspectID."""

    WHEN_ASKED = "when Include_CSV names it"
    ALWAYS = "always"
    NEVER = "never"


class Empty(StrEnum):
    """What an answer without leads looks like."""

    KEY_OMITTED = "no Leads key"
    EMPTY_LIST = "an empty Leads list"


class Envelope(StrEnum):
    """What stands around the leads."""

    LEADS = "RecordCount and flat Leads"
    BARE_ARRAY = "an array of flat leads"
    PROPERTY_LISTS = "RecordCount and Leads of LeadPropertyList"


class IdCase(StrEnum):
    """In which letters ids are answered."""

    LOWER = "lower"
    UPPER = "upper"
    BRACED = "upper, in braces"
    SPACED = "lower, with spaces around"


class KeysIn(StrEnum):
    """Where keys are accepted."""

    QUERY = "query"
    HEADERS = "headers"
    BOTH = "both"


class FieldsCall(StrEnum):
    """Whether the account says what columns its leads have (LeadsMetaData.Get)."""

    ALLOWED = "to everybody with keys"
    FORBIDDEN = "403: this user may not"
    ABSENT = "404: there is no such call"


class OptionForm(StrEnum):
    """How the account writes the options of a column."""

    VALUE = "objects with a Value"
    VALUE_AND_TEXT = "objects with a Value and a Text"
    PLAIN = "strings"


class Order(StrEnum):
    """In which order the leads come."""

    NEWEST_FIRST = "CreatedOn descending"
    AS_ASKED = "as asked"
    BY_CALL = "another order in every call"


@dataclass(frozen=True, slots=True, kw_only=True)
class Behaviour:
    """Everything about the sandbox that a test or a demonstration may want otherwise.

    Attributes:
        max_page: Leads on one page at most.
        oversize_page: What happens above it.
        malformed_id: What an id that is not a GUID does.
        bad_ids: Well-formed ids, in lower case, that count as malformed too.
        column_case_matters: Whether a mis-cased column counts as unknown (and is left out).
        return_id: When ProspectID comes.
        id_case: In which letters ids come.
        id_key: Under which name they come.
        order: In which order leads come.
        record_count: What RecordCount counts.
        empty: What an answer without leads looks like.
        envelope: What stands around the leads.
        fields_call: Whether the account says what columns its leads have.
        option_form: How it writes their options.
        keys_in: Where keys are accepted.
        other_region_host: When set, every call is answered 401 with a message that names this
            host, as if the keys belonged to another region.
        keys_work_for: When set, the keys are refused after so many calls of the sandbox's life.
        max_calls: Calls let through in a window; None for no limit.
        window_s: That window, in seconds.
        refused_calls_count: Whether a refused call, too, fills the window.
        limit_status: Under which status a call over the limit is refused.
        retry_after: The text of a Retry-After header on refusals; None for none (as documented).
        latency_s: From a call's arrival to its answer, in seconds.
        jitter_s: Up to this much more, different in every call, in seconds.
        bytes_per_s: How fast a body is sent; None for as fast as it goes.
        slow_s: How much later the answer of `Fault.SLOW` comes, in seconds.
        drip_s: From one byte to the next of a dripping answer, in seconds.
        redirect_to: The base address that redirects lead to; "" for the sandbox's own.
        fault: What goes wrong in `fault_share` of the calls.
        faults: Further things that do; all take their turns.
        fault_share: That share, 0 to 1, spread evenly over the calls.
        fault_seed: Which calls those are: another number, other calls.
    """

    max_page: int = 1000
    oversize_page: OversizePage = OversizePage.CLAMP
    malformed_id: MalformedId = MalformedId.LEFT_OUT
    bad_ids: frozenset[str] = frozenset()
    column_case_matters: bool = True
    return_id: ReturnId = ReturnId.WHEN_ASKED
    id_case: IdCase = IdCase.LOWER
    id_key: str = "ProspectID"
    order: Order = Order.NEWEST_FIRST
    record_count: RecordCount = RecordCount.PAGE
    empty: Empty = Empty.KEY_OMITTED
    envelope: Envelope = Envelope.LEADS
    fields_call: FieldsCall = FieldsCall.ALLOWED
    option_form: OptionForm = OptionForm.VALUE
    keys_in: KeysIn = KeysIn.BOTH
    other_region_host: str | None = None
    keys_work_for: int | None = None
    max_calls: int | None = 25
    window_s: float = 5.0
    refused_calls_count: bool = False
    limit_status: LimitStatus = LimitStatus.TOO_MANY_REQUESTS
    retry_after: str | None = None
    latency_s: float = 0.0
    jitter_s: float = 0.0
    bytes_per_s: float | None = None
    slow_s: float = 2.0
    drip_s: float = 0.5
    redirect_to: str = ""
    fault: Fault | None = None
    faults: tuple[Fault, ...] = ()
    fault_share: float = 0.0
    fault_seed: int = 0
