"""The names of the faults."""

from __future__ import annotations

from enum import StrEnum, auto

__all__ = ["Fault"]


class Fault(StrEnum):
    """Something that goes wrong with one call."""

    # Something else instead of the answer.
    TOO_MANY_REQUESTS = auto()
    SERVER_ERROR_HTML = auto()
    SERVER_ERROR_JSON = auto()
    SERVER_ERROR_MX = auto()
    SERVER_ERROR_KEYS = auto()
    KEYS_ECHOED = auto()
    BAD_GATEWAY = auto()
    UNAVAILABLE = auto()
    GATEWAY_TIMEOUT = auto()
    BAD_REQUEST = auto()
    KEYS_REFUSED = auto()
    FORBIDDEN = auto()
    NOT_FOUND = auto()
    METHOD_NOT_ALLOWED = auto()
    GONE = auto()
    MOVED = auto()
    REDIRECT = auto()
    TEMPORARY_REDIRECT = auto()
    ERROR_IN_200 = auto()
    HTML_IN_200 = auto()
    EMPTY_BODY = auto()
    NO_CONTENT = auto()
    NULL_BODY = auto()
    EMPTY_LIST = auto()
    EMPTY_OBJECT = auto()
    EMPTY_TEXT = auto()
    GZIP_BOMB = auto()

    # Other leads than the right ones.
    DUPLICATE_LEADS = auto()
    DIFFERING_DUPLICATES = auto()
    LEADS_NOT_ASKED_FOR = auto()
    LEADS_LEFT_OUT = auto()
    SAME_PAGE = auto()
    NO_LEAD_IDS = auto()

    # The right leads, badly written.
    NOT_GZIP = auto()
    BYTE_ORDER_MARK = auto()
    WRONG_CHARSET = auto()
    LEADS_IN_AN_OBJECT = auto()
    LEAD_AS_A_LIST = auto()
    INVALID_UTF_8 = auto()
    UNWRITABLE_CHARACTERS = auto()
    NULL_MISSING_EXTRA_FIELDS = auto()
    WRONG_TYPES = auto()
    ODD_NUMBERS = auto()
    DEEP_NESTING = auto()
    DUPLICATE_KEYS = auto()
    NAUGHTY_TEXT = auto()
    ODD_DATES = auto()
    HUGE_FIELD = auto()
    MANY_COLUMNS = auto()

    # The right answer, badly sent.
    TRUNCATED_JSON = auto()
    LENGTH_TOO_LONG = auto()
    LENGTH_TOO_SHORT = auto()
    CHUNKED_CUT = auto()
    CLOSED = auto()
    RESET = auto()
    RESET_MID_BODY = auto()
    DRIP = auto()
    DRIP_HEAD = auto()
    SLOW = auto()
    SILENCE = auto()
