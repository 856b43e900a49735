"""LeadsMetaData.Get: every form of its answer that was seen, and answers that make no sense."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lsq.api.account import Account
from lsq.api.errors import BadReply, KeysRefused, LsqError, NotLeadSquared, RateLimited
from lsq.api.fields import read_fields
from lsq.api.wire import Reply, all_fields

if TYPE_CHECKING:
    from collections.abc import Callable

    from lsq.api.models import Field

EXAMPLE = rb"""[
 {"Entity":"1","SchemaName":"Phone","DisplayName":"Phone Number","DataType":"Phone",
  "IsMandatory":false,"MaxLength":"10","RenderType":6,"RenderTypeTextValue":"Phone",
  "IsVisible":true,"IsLeadIdentifier":true,"LockAfterCreate":1,
  "CreatedOn":"\/Date(1417453996000+0000)\/","ModifiedByName":"Prashant Singh"},
 {"SchemaName":"LeadType","DisplayName":"Object Type","DataType":"Select","RenderType":13,
  "Options":[{"Value":"OT_0"},{"Value":"OT_1"}],"DefaultValue":"OT_0"}]"""


@pytest.fixture
def read(account: Account, reply: Callable[..., Reply]) -> Callable[..., tuple[Field, ...]]:
    def run(body: object, status: int = 200) -> tuple[Field, ...]:
        return read_fields(reply(body, status), account=account)

    return run


def test_the_call_is_a_get_with_the_keys_where_the_account_has_them(account: Account) -> None:
    asked = all_fields(account)
    assert asked.method == "GET"
    assert asked.body == b""
    assert "/v2/LeadManagement.svc/LeadsMetaData.Get?accessKey=" in asked.url
    headers = Account(
        host=account.host,
        access_key=account.access_key,
        secret_key=account.secret_key,
        auth="headers",
    )
    assert all_fields(headers).url.endswith("LeadsMetaData.Get")
    assert all_fields(headers).headers["x-LSQ-AccessKey"] == account.access_key
    assert account.secret_key not in repr(all_fields(headers))


def test_the_pages_example_is_two_columns(read: Callable[..., tuple[Field, ...]]) -> None:
    phone, kind = read(EXAMPLE)
    assert (phone.name, phone.label, phone.type, phone.options) == (
        "Phone",
        "Phone Number",
        "Phone",
        (),
    )
    assert (kind.label, kind.type, kind.options) == ("Object Type", "Select", ("OT_0", "OT_1"))


@pytest.mark.parametrize(
    "options",
    [
        ["A", "B"],
        [{"Value": "A"}, {"Value": "B"}],
        [{"Value": "A", "Text": "Ay"}, {"Value": "B", "Text": "Bee"}],
        [{"Text": "A"}, {"Value": "B"}],
        ["A", None, "", {"Value": " "}, {"Other": 1}, ["C"], {"Value": {"A": 1}}, "B", "A"],
    ],
    ids=["plain", "values", "values and texts", "texts", "junk"],
)
def test_options_are_read_in_every_form_and_in_their_order(
    options: list[object], read: Callable[..., tuple[Field, ...]]
) -> None:
    (field,) = read([{"SchemaName": "Source", "Options": options}])
    assert field.options == ("A", "B")


@pytest.mark.parametrize("options", [None, "A;B", {"Value": "A"}, 5, True])
def test_options_that_are_no_list_are_none(
    options: object, read: Callable[..., tuple[Field, ...]]
) -> None:
    assert read([{"SchemaName": "Source", "Options": options}])[0].options == ()


def test_an_option_keeps_its_spaces_and_numbers_their_digits(
    read: Callable[..., tuple[Field, ...]],
) -> None:
    options = b'["Invalid/ Junk ", 10000000000000000001, "\\ud800"]'
    body = b'[{"SchemaName": "Source", "Options": %s}]' % options
    assert read(body)[0].options == ("Invalid/ Junk ", "10000000000000000001", "\ufffd")


def test_entries_that_are_no_columns_are_left_out_and_the_first_of_a_name_holds(
    read: Callable[..., tuple[Field, ...]],
) -> None:
    fields = read(
        [
            None,
            5,
            "Phone",
            [],
            {},
            {"SchemaName": None},
            {"SchemaName": " "},
            {"SchemaName": {"A": 1}},
            {"SchemaName": "A,B"},
            {"SchemaName": "x" * 201},
            {"SchemaName": " Phone ", "DisplayName": "Phone\n Number", "DataType": 5},
            {"SchemaName": "Phone", "DisplayName": "Another"},
            {"SchemaName": "Score", "DisplayName": None, "DataType": None},
            {"SchemaName": "Notes", "DisplayName": "n" * 5000},
        ]
    )
    assert [(field.name, field.label) for field in fields] == [
        ("Phone", "Phone Number"),
        ("Score", "Score"),
        ("Notes", "n" * 200),
    ]
    assert [field.type for field in fields] == ["5", "", ""]


def test_of_a_huge_list_the_first_thousands_serve(read: Callable[..., tuple[Field, ...]]) -> None:
    assert len(read([{"SchemaName": f"mx_{number}"} for number in range(6000)])) == 5000


@pytest.mark.parametrize(
    ("body", "status", "kind"),
    [
        (b"", 200, BadReply),
        (b"[]", 200, BadReply),
        (b"{}", 200, BadReply),
        (b"null", 200, BadReply),
        (b'[{"Name": 1}]', 200, BadReply),
        (b'{"RecordCount": 0}', 200, BadReply),
        (b"[" * 100_000, 200, BadReply),
        (b"<html>Sign in</html>", 200, NotLeadSquared),
        ({"Status": "Error", "ExceptionType": "MXUnAuthorizedAccessException"}, 403, KeysRefused),
        (
            {"Status": "Error", "ExceptionMessage": "exceeded the limit of 5 in 1 second(s)"},
            200,
            RateLimited,
        ),
    ],
)
def test_what_is_not_a_list_of_columns_is_the_error_that_fits(
    body: object, status: int, kind: type[LsqError], read: Callable[..., tuple[Field, ...]]
) -> None:
    with pytest.raises(kind):
        read(body, status)


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["SchemaName", "DisplayName", "DataType", "Options", "Value", "Text"]),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@given(VALUES)
def test_whatever_json_comes_it_is_columns_or_an_error_of_ours(document: Any) -> None:  # noqa: ANN401 - anything
    keys = {"access_key": "u$r1", "secret_key": "s1"}
    account = Account(host="api-in21.leadsquared.com", **keys)
    answer = Reply(200, {}, json.dumps(document).encode(), 0.0)
    try:
        fields = read_fields(answer, account=account)
    except LsqError:
        return
    assert fields
    assert all(field.name.strip() and field.label for field in fields)
    assert len({field.name for field in fields}) == len(fields)
