"""The error tree."""

from __future__ import annotations

import inspect

import pytest

from lsq.api import errors
from lsq.api.errors import BadReply, InvalidArgument, LsqError, NoLeadId, RateLimited, ResponseError

CLASSES = [item for item in vars(errors).values() if inspect.isclass(item)]


def test_an_error_reads_as_title_and_advice() -> None:
    error = LsqError("It is broken.", "Mend it.")
    assert (str(error), error.title, error.advice) == (
        "It is broken. Mend it.",
        "It is broken.",
        "Mend it.",
    )


def test_an_error_without_advice_is_its_title() -> None:
    assert str(LsqError("It is broken.")) == "It is broken."


@pytest.mark.parametrize("kind", CLASSES)
def test_every_class_is_in_the_tree_of_the_docstring_and_in_the_menu(kind: type[LsqError]) -> None:
    assert issubclass(kind, LsqError)
    assert f"─ {kind.__name__} " in errors.__doc__ or kind is LsqError
    assert kind.__name__ in errors.__all__


def test_an_answer_keeps_its_status_and_type() -> None:
    error = ResponseError("No.", status=500, exception_type="MXInvalidInputException")
    assert (error.status, error.exception_type) == (500, "MXInvalidInputException")


def test_a_refusal_keeps_what_it_teaches() -> None:
    error = RateLimited("No.", max_calls=10, window_s=5.0, retry_after_s=2.0)
    assert (error.status, error.max_calls, error.window_s, error.retry_after_s) == (429, 10, 5, 2)


def test_leads_without_ids_are_a_bad_reply() -> None:
    assert issubclass(NoLeadId, BadReply)


def test_a_wrong_argument_is_a_value_error_too() -> None:
    assert issubclass(InvalidArgument, ValueError)
