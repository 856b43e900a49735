"""A store that fails: one warning, pauses, and one caller that tries it again."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

import pytest

from lsq.api.cache.outage import Outage

if TYPE_CHECKING:
    from tests.api.cache.made_up import Hands


@pytest.fixture
def outage(hands: Hands) -> Outage:
    return Outage("The store", OSError, pause_s=2.0, clock=hands)


def use(outage: Outage, error: Exception | None = None) -> bool:
    """Use the store, which fails with `error`; return whether it was used."""
    with outage.attempt() as works:
        if works and error:
            raise error
    return works


def warnings(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [record.getMessage() for record in caplog.records if record.levelno >= logging.WARNING]


def test_a_store_that_works_is_used_every_time(outage: Outage) -> None:
    assert [use(outage) for _ in range(3)] == [True] * 3


def test_after_a_failure_it_is_left_alone_for_the_pause(outage: Outage, hands: Hands) -> None:
    assert use(outage, OSError())
    hands.time_s += 1.9
    assert not use(outage)
    hands.time_s += 0.1
    assert use(outage)
    assert use(outage)


def test_after_the_pause_one_caller_tries_it_for_all(outage: Outage, hands: Hands) -> None:
    use(outage, OSError())
    hands.time_s += 2.0
    with outage.attempt() as mine, outage.attempt() as another:
        assert (mine, another) == (True, False)


def test_it_is_said_once_and_what_the_error_quotes_is_not(
    outage: Outage, hands: Hands, caplog: pytest.LogCaptureFixture
) -> None:
    for _ in range(5):
        use(outage, ConnectionError("marker"))
        hands.time_s += 2.0
    assert warnings(caplog) == [
        "The store fails (ConnectionError). Leads are fetched all the same, and not kept meanwhile."
    ]
    assert "marker" not in caplog.text


def test_a_later_outage_is_said_again(
    outage: Outage, hands: Hands, caplog: pytest.LogCaptureFixture
) -> None:
    use(outage, OSError())
    hands.time_s += 601.0
    use(outage, OSError())
    assert len(warnings(caplog)) == 2


def test_other_errors_are_not_hidden(outage: Outage) -> None:
    with pytest.raises(KeyError):
        use(outage, KeyError())


def test_a_store_can_be_left_alone_for_good(outage: Outage, hands: Hands) -> None:
    outage.for_good()
    hands.time_s += 1e9
    assert not use(outage)
