"""Whatever goes wrong with the question for columns: an error in time, or the columns."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

from lsq.api.errors import KeysRefused, LsqError, NoSuchCall, RateLimited
from lsq.sandbox import Fault
from lsq.sandbox.behaviour import FieldsCall, KeysIn, OptionForm
from lsq.sandbox.faults import INSTEAD, ON_THE_LINE
from lsq.sandbox.fields import FIELDS
from tests.faults.scene import BUSY_S

if TYPE_CHECKING:
    from tests.faults.scene import Scene

WHOLE = {Fault.SLOW, Fault.LENGTH_TOO_LONG}  # these may bring everything, late or in the end


@pytest.mark.parametrize("form", OptionForm)
@pytest.mark.parametrize("fault", [None, Fault.BYTE_ORDER_MARK, Fault.WRONG_CHARSET])
def test_columns_and_their_options_come_in_every_form(
    scene: Scene, form: OptionForm, fault: Fault | None
) -> None:
    scene.behave(option_form=form, fault=fault, fault_share=1.0)
    with scene.client() as client:
        fields = client.fields()
    assert [(field.name, field.label, field.type, field.options) for field in fields] == [
        *map(tuple, FIELDS)
    ]


@pytest.mark.parametrize("fault", [*INSTEAD, *ON_THE_LINE, Fault.NOT_GZIP])
def test_a_question_that_keeps_failing_is_one_error_in_time(scene: Scene, fault: Fault) -> None:
    scene.fails(fault)
    start_s = time.monotonic()
    with scene.client(deadline_s=1.0, silence_s=0.3) as client:
        try:
            fields = client.fields()
        except LsqError as error:
            said = str(error)
        else:
            assert fault in WHOLE
            assert len(fields) == len(FIELDS)
            said = ""
    assert time.monotonic() - start_s < 1.0 + BUSY_S
    for key in (scene.account.access_key, scene.account.secret_key):
        assert key not in said + scene.log.text
    assert all("LeadsMetaData.Get" in call.target for call in scene.sandbox.arrivals)


def test_a_failure_that_passes_is_tried_again(scene: Scene) -> None:
    scene.behave()
    for fault in (Fault.BAD_GATEWAY, Fault.RESET, Fault.TRUNCATED_JSON):
        scene.sandbox.fail_next(fault)
    with scene.client() as client:
        assert len(client.fields()) == len(FIELDS)
    assert len(scene.sandbox.arrivals) == 4


@pytest.mark.parametrize(
    ("switch", "kind"),
    [(FieldsCall.FORBIDDEN, KeysRefused), (FieldsCall.ABSENT, NoSuchCall)],
)
def test_where_it_may_not_be_asked_it_is_asked_once_and_leads_come_all_the_same(
    scene: Scene, switch: FieldsCall, kind: type[LsqError]
) -> None:
    scene.behave(fields_call=switch)
    with scene.client() as client, pytest.raises(kind):
        client.fields()
    assert len(scene.sandbox.arrivals) == 1
    assert len(scene.look_up().found) == 12


def test_the_keys_go_where_the_account_has_them(scene: Scene) -> None:
    scene.behave(keys_in=KeysIn.HEADERS)
    with scene.client() as client, pytest.raises(KeysRefused):
        client.fields()
    object.__setattr__(scene.account, "auth", "headers")
    with scene.client() as client:
        assert client.fields()


def test_it_goes_through_the_accounts_limiter(scene: Scene) -> None:
    scene.behave(max_calls=2, window_s=0.3)
    with scene.client() as client:
        for _ in range(3):
            try:
                client.fields()
            except RateLimited:
                pytest.fail("the limit that a refusal teaches was not kept to")
    statuses = [call.status for call in scene.sandbox.arrivals]
    assert statuses.count(200) == 3
