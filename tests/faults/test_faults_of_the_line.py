"""Faults 15 to 26: the right answer, badly sent, or somebody else at the other end."""

from __future__ import annotations

import errno
import socket
from typing import TYPE_CHECKING, NoReturn

import pytest

from lsq.api.errors import BadReply, NoAnswer, Redirected, Unreachable, UnsafeConnection
from lsq.api.rate_limit import RateLimit
from lsq.sandbox import Fault, Sandbox
from tests.api.certificates import OTHER_HOST, Authority
from tests.faults.scene import IDS, USUAL, Scene

if TYPE_CHECKING:
    from pathlib import Path

    from lsq.api.errors import LsqError


def assert_one_is_mended(scene: Scene, fault: Fault, *, retries: int = 1) -> None:
    """Check that a fault that passes costs so many retries at most, and no lead."""
    scene.sandbox.fail_next(fault)
    seen = scene.look_up()
    assert seen.found == list(IDS)
    assert len(seen.calls) == 2
    assert 1 <= seen.report["retries"] <= retries


def assert_many_fail(scene: Scene, fault: Fault, *kinds: type[LsqError], arrive: int = 8) -> None:
    """Check that a fault that stays fails every id after four attempts, and no lead comes."""
    scene.fails(fault)
    seen = scene.look_up(batch=6)
    assert (seen.found, list(seen.fetched.failed)) == ([], list(IDS))
    assert seen.kinds <= set(kinds)
    assert arrive <= len(seen.calls) <= 8


def test_fault_15_json_that_is_cut_short_is_asked_for_again_and_never_read_in_part(
    scene: Scene,
) -> None:
    assert_one_is_mended(scene, Fault.TRUNCATED_JSON)


def test_fault_15_json_that_is_always_cut_short_gives_no_lead(scene: Scene) -> None:
    assert_many_fail(scene, Fault.TRUNCATED_JSON, BadReply)


def test_fault_16_a_length_that_is_too_long_is_asked_for_again(scene: Scene) -> None:
    assert_one_is_mended(scene, Fault.LENGTH_TOO_LONG)


def test_fault_17_a_length_that_is_too_short_is_asked_for_again(scene: Scene) -> None:
    # What is left over on a connection may be taken for the head of the next answer, and then that
    # attempt may be over before its question has arrived; one on a new connection always arrives.
    assert_one_is_mended(scene, Fault.LENGTH_TOO_SHORT, retries=2)


def test_fault_17_a_length_that_is_always_too_short_fails_the_batch(scene: Scene) -> None:
    assert_many_fail(scene, Fault.LENGTH_TOO_SHORT, BadReply, NoAnswer, arrive=4)


def test_fault_18_a_chunk_that_is_cut_is_asked_for_again(scene: Scene) -> None:
    assert_one_is_mended(scene, Fault.CHUNKED_CUT)


@pytest.mark.parametrize("fault", [Fault.RESET, Fault.CLOSED])
def test_fault_19_a_reset_before_the_answer_is_asked_again_on_a_new_connection(
    scene: Scene, fault: Fault
) -> None:
    assert_one_is_mended(scene, fault)


def test_fault_19_resets_without_end_fail_every_batch(scene: Scene) -> None:
    assert_many_fail(scene, Fault.RESET, NoAnswer)


def test_fault_20_a_reset_in_mid_body_is_asked_for_again(scene: Scene) -> None:
    assert_one_is_mended(scene, Fault.RESET_MID_BODY)


@pytest.mark.parametrize("fault", [Fault.DRIP, Fault.DRIP_HEAD])
def test_fault_21_an_answer_that_drips_is_cut_at_the_deadline(scene: Scene, fault: Fault) -> None:
    scene.fails(fault)
    seen = scene.look_up(deadline_s=0.6)
    assert (list(seen.fetched.failed), seen.kinds) == (list(IDS), {NoAnswer})
    assert seen.took_s > 0.5


def test_fault_21_a_body_that_drips_is_given_up_at_half_time_and_asked_for_again(
    scene: Scene,
) -> None:
    scene.sandbox.fail_next(Fault.DRIP)
    seen = scene.look_up(deadline_s=1.5)
    assert seen.found == list(IDS)
    assert seen.report["retries"] == 1


def test_fault_22_a_server_that_never_answers_is_asked_again_within_the_deadline(
    scene: Scene,
) -> None:
    scene.sandbox.fail_next(Fault.SILENCE)
    seen = scene.look_up(deadline_s=0.6, silence_s=0.3)
    assert seen.found == list(IDS)
    assert seen.report["retries"] == 1


def test_fault_22_a_server_that_is_silent_for_good_fails_in_time(scene: Scene) -> None:
    scene.fails(Fault.SILENCE)
    seen = scene.look_up(deadline_s=0.6)
    assert (list(seen.fetched.failed), seen.kinds) == (list(IDS), {NoAnswer})


def test_fault_22_a_late_answer_is_waited_for(scene: Scene) -> None:
    scene.fails(Fault.SLOW)
    seen = scene.look_up()
    assert (seen.found, len(seen.calls)) == (list(IDS), 1)
    assert seen.took_s >= 0.3


@pytest.fixture
def authority(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Authority:
    """Return an authority for certificates, which clients made from now on trust alone."""
    made = Authority(tmp_path)
    monkeypatch.setattr("requests.adapters.DEFAULT_CA_BUNDLE_PATH", str(made.path))
    return made


BAD_CERTIFICATES: dict[str, dict[str, object]] = {
    "has expired": {"days": (-2, -1)},
    "is made out to another host": {"host": OTHER_HOST},
}


@pytest.mark.parametrize(("told", "made"), BAD_CERTIFICATES.items(), ids=BAD_CERTIFICATES)
def test_fault_23_a_bad_certificate_ends_the_run_before_anything_is_sent(
    authority: Authority, caplog: pytest.LogCaptureFixture, told: str, made: dict[str, object]
) -> None:
    context = authority.context(**made)  # type: ignore[arg-type]
    with Sandbox(behaviour=USUAL, tls=context) as sandbox:
        seen = Scene(sandbox, caplog).look_up(batch=4)
    assert (seen.calls, seen.report["calls"]) == ((), 1)
    assert (seen.kinds, list(seen.fetched.not_asked)) == ({UnsafeConnection}, list(IDS))
    assert told in seen.said.title


def test_fault_23_a_good_certificate_is_trusted(
    authority: Authority, caplog: pytest.LogCaptureFixture
) -> None:
    with Sandbox(behaviour=USUAL, tls=authority.context()) as sandbox:
        assert Scene(sandbox, caplog).look_up().found == list(IDS)


def test_fault_23_plain_http_where_tls_is_expected_ends_the_run(scene: Scene) -> None:
    scene.call_at(scene.sandbox.base_url.replace("http:", "https:"))
    seen = scene.look_up(batch=4)
    assert (seen.kinds, seen.report["calls"]) == ({UnsafeConnection}, 1)
    assert not any(call.ids for call in seen.calls)


def assert_nobody_is_there(scene: Scene, told: str) -> None:
    """Check that three attempts are the end of it, also of calls that were still to come."""
    seen = scene.look_up()
    assert (seen.kinds, seen.report["calls"], seen.calls) == ({Unreachable}, 3, ())
    assert told in seen.said.title
    several = scene.look_up(batch=1, limit=RateLimit(2, 0.05))
    assert isinstance(several.fetched.stopped_by, Unreachable)
    assert len(several.fetched.not_asked) > 6


def test_fault_24_an_unknown_name_ends_the_run(scene: Scene) -> None:
    scene.call_at("https://no-such-host.invalid")
    assert_nobody_is_there(scene, "could not be found")


def test_fault_24_a_refused_connection_ends_the_run(scene: Scene) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    scene.call_at(f"http://127.0.0.1:{port}")
    assert_nobody_is_there(scene, "could not be reached: it refused the connection")


def test_fault_24_no_route_ends_the_run(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_route(*_: object) -> NoReturn:
        raise OSError(errno.EHOSTUNREACH, "No route to host")

    monkeypatch.setattr(socket.socket, "connect", no_route)
    assert_nobody_is_there(scene, "could not be reached: there is no way to it")


@pytest.mark.parametrize("fault", [Fault.MOVED, Fault.REDIRECT, Fault.TEMPORARY_REDIRECT])
@pytest.mark.parametrize("elsewhere", [False, True])
def test_fault_25_a_redirect_is_not_followed_and_nothing_is_sent_on(
    scene: Scene, fault: Fault, *, elsewhere: bool
) -> None:
    with Sandbox() as other:
        to = other.base_url if elsewhere else ""
        scene.behave(fault=fault, fault_share=1.0, redirect_to=to)
        seen = scene.look_up(batch=4)
        assert other.arrivals == ()
    assert (seen.kinds, len(seen.calls)) == ({Redirected}, 1)
    assert list(seen.fetched.not_asked) == list(IDS)


def test_fault_26_what_is_not_gzip_is_asked_for_again(scene: Scene) -> None:
    assert_one_is_mended(scene, Fault.NOT_GZIP)


def test_fault_26_what_is_never_gzip_fails_every_batch(scene: Scene) -> None:
    assert_many_fail(scene, Fault.NOT_GZIP, NoAnswer)


def test_fault_26_a_gzip_bomb_is_unpacked_to_the_cap_and_no_further(scene: Scene) -> None:
    scene.fails(Fault.GZIP_BOMB)
    seen = scene.look_up(deadline_s=8.0)
    assert (list(seen.fetched.failed), seen.kinds) == (list(IDS), {BadReply})
    assert "more than 32 MiB" in seen.said.body
