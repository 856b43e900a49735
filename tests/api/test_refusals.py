"""Which error an answer is: the body decides before the status."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from lsq.api.errors import (
    BadRequest,
    KeysRefused,
    NoSuchCall,
    RateLimited,
    Redirected,
    Rejected,
    ResponseError,
    ServerFailed,
)
from lsq.api.refusals import refusal
from lsq.api.reply_json import UnreadableError, read_json

if TYPE_CHECKING:
    from collections.abc import Callable

    from lsq.api.account import Account
    from lsq.api.wire import Reply

LIMIT = "API calls exceeded the limit of 25 in 5 second(s)"


def error_body(kind: str = "", message: str = "") -> dict[str, str]:
    return {"Status": "Error", "ExceptionType": kind, "ExceptionMessage": message}


@pytest.fixture
def judge(reply: Callable[..., Reply], account: Account) -> Callable[..., ResponseError | None]:
    """Return a judge of a body, a status and headers."""

    def judge(body: object, status: int = 200, **headers: str) -> ResponseError | None:
        answer = reply(body, status, **headers)
        try:
            document = read_json(answer.body).document
        except UnreadableError:
            document = None
        return refusal(answer, document, account=account)

    return judge


@pytest.mark.parametrize("body", [[], {"RecordCount": 0}, [{"ExceptionType": "MX"}], b"<html>"])
def test_a_success_that_tells_of_no_error_is_none(
    judge: Callable[..., ResponseError | None], body: object
) -> None:
    assert judge(body) is None


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (302, Redirected),
        (400, BadRequest),
        (401, KeysRefused),
        (403, KeysRefused),
        (404, NoSuchCall),
        (405, NoSuchCall),
        (408, ServerFailed),
        (410, NoSuchCall),
        (415, BadRequest),
        (429, RateLimited),
        (500, ServerFailed),
        (503, ServerFailed),
    ],
)
@pytest.mark.parametrize("body", [b"", b"<html>no</html>", error_body(message="No.")])
def test_a_status_is_its_error_when_the_body_says_no_more(
    judge: Callable[..., ResponseError | None],
    body: object,
    status: int,
    kind: type[ResponseError],
) -> None:
    error = judge(body, status)
    assert type(error) is kind
    assert error.status == status
    assert "api-in21.leadsquared.com" in str(error)
    assert error.advice


@pytest.mark.parametrize("status", [200, 403, 429, 500])
def test_the_limit_is_the_limit_under_every_status(
    judge: Callable[..., ResponseError | None], status: int
) -> None:
    error = judge(error_body("MXAPIRateLimitExceededException", LIMIT), status)
    assert isinstance(error, RateLimited)
    assert (error.max_calls, error.window_s) == (25, 5.0)


def test_the_limit_is_heard_without_a_type(judge: Callable[..., ResponseError | None]) -> None:
    error = judge({"Status": "Error", "ExceptionMessage": LIMIT.replace("25", "72")})
    assert isinstance(error, RateLimited)
    assert error.max_calls == 72


def test_the_limit_is_heard_in_plain_text(judge: Callable[..., ResponseError | None]) -> None:
    assert isinstance(judge(LIMIT.encode(), 403), RateLimited)


def test_a_throttle_without_numbers_teaches_none(
    judge: Callable[..., ResponseError | None],
) -> None:
    error = judge(error_body("MXThrottleException", "Too many calls"))
    assert isinstance(error, RateLimited)
    assert (error.max_calls, error.window_s) == (None, None)


def test_a_limit_of_nothing_teaches_nothing(judge: Callable[..., ResponseError | None]) -> None:
    error = judge(error_body(message="exceeded the limit of 0 in 0 second(s)"))
    assert isinstance(error, RateLimited)
    assert (error.max_calls, error.window_s) == (None, None)


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("2", 2.0),
        (" 0 ", 0.0),
        ("99999", 99999.0),
        ("Tue, 14 Nov 2023 22:13:25 GMT", 5.0),
        ("Tue, 14 Nov 2023 22:13:15 GMT", 0.0),
        ("-3", None),
        ("1.5.2", None),
        ("soon", None),
        ("Tue, 99 Nov 2023 22:13:25 GMT", None),
        ("\u0662", None),
        ("", None),
    ],
)
def test_retry_after_is_seconds_or_a_date_and_nonsense_is_ignored(
    judge: Callable[..., ResponseError | None], header: str, seconds: float | None
) -> None:
    error = judge(b"", 429, retry_after=header)
    assert isinstance(error, RateLimited)
    assert error.retry_after_s == seconds


@pytest.mark.parametrize(
    "kind",
    [
        "MXInvalidAccessDetailsException",
        "MXAuthenticationFailedException",
        "MXUnAuthorizedAccessException",
    ],
)
@pytest.mark.parametrize("status", [200, 401, 500])
def test_an_error_about_access_is_about_keys_under_every_status(
    judge: Callable[..., ResponseError | None], kind: str, status: int
) -> None:
    error = judge(error_body(kind), status)
    assert isinstance(error, KeysRefused)
    assert error.exception_type == kind


@pytest.mark.parametrize(
    "message",
    [
        "Please use API-US11.leadsquared.com for this account",
        "Call https://api-us11.leadsquared.com/v2 instead.",
        "The host is api-us11.leadsquared.com.",
    ],
)
def test_a_wrong_region_is_told_with_the_right_host(
    judge: Callable[..., ResponseError | None], message: str
) -> None:
    error = judge(error_body(message=message), 401)
    assert isinstance(error, KeysRefused)
    assert "names api-us11.leadsquared.com" in error.advice


@pytest.mark.parametrize(
    "host",
    ["api.leadsquared.com.evil.example", "x.api.leadsquared.com", "evil@api.leadsquared.com"],
)
def test_a_host_that_is_not_leadsquareds_is_not_passed_on(
    judge: Callable[..., ResponseError | None], host: str
) -> None:
    error = judge(error_body(message=f"Please use {host}"), 401)
    assert isinstance(error, KeysRefused)
    assert "names" not in error.advice


@pytest.mark.parametrize("status", [200, 500])
def test_an_mx_error_is_rejected_with_its_message(
    judge: Callable[..., ResponseError | None], status: int
) -> None:
    error = judge(error_body("MXInvalidInputException", "PageSize is  too\nlarge."), status)
    assert isinstance(error, Rejected)
    assert error.exception_type == "MXInvalidInputException"
    assert "It says: PageSize is too large." in str(error)


@pytest.mark.parametrize("hint", ["Timeout expired", "timed out", "deadlock victim", "Try again"])
def test_an_mx_error_that_passes_is_a_failure_of_the_server(
    judge: Callable[..., ResponseError | None], hint: str
) -> None:
    assert isinstance(judge(error_body("MXDatabaseException", hint), 500), ServerFailed)


def test_an_error_without_a_type_in_a_200_is_a_failure_of_the_server(
    judge: Callable[..., ResponseError | None],
) -> None:
    assert isinstance(judge(error_body(message="Please contact administrator.")), ServerFailed)


def test_a_type_that_is_no_name_is_not_repeated(
    judge: Callable[..., ResponseError | None],
) -> None:
    error = judge(error_body("<script>", "No."), 500)
    assert isinstance(error, ServerFailed)
    assert "script" not in str(error) + error.exception_type


def test_a_key_in_the_servers_message_is_not_repeated(
    judge: Callable[..., ResponseError | None], account: Account
) -> None:
    # The key crosses the place where long messages are cut.
    message = "x" * 190 + account.secret_key
    error = judge(error_body("MXInvalidInputException", message), 500)
    assert account.secret_key[:6] not in str(error)


def test_a_key_as_exception_type_is_not_repeated(
    judge: Callable[..., ResponseError | None], account: Account
) -> None:
    error = judge(error_body(account.secret_key, "No."), 500)
    assert error is not None
    assert account.secret_key not in str(error) + error.exception_type
