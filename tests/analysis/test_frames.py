"""Raw leads become typed frames, and nothing in them makes that fail."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lsq.analysis.columns import Kind
from lsq.analysis.frames import leads_frame, raw_frame, unread
from lsq.api.models import LeadTable

if TYPE_CHECKING:
    from collections.abc import Callable

    LeadsOf = Callable[..., LeadTable]

ANY_TEXT = st.text(st.characters(exclude_categories=()))
VALUES = st.none() | ANY_TEXT | st.from_regex(r"\A[0-9]{4}-[0-9]{2}-[0-9]{2}", fullmatch=False)


def test_rows_and_columns_keep_the_order_of_the_leads(leads_of: LeadsOf) -> None:
    leads = leads_of(ProspectID=["b", "a"], Score=["2", "1"], FirstName=["Bo", "Al"])
    frame = leads_frame(leads)
    assert list(frame) == ["ProspectID", "Score", "FirstName"]
    assert frame["ProspectID"].tolist() == ["b", "a"]
    assert frame.index.equals(pd.RangeIndex(2))


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("2026-06-14 09:12:33.000", "2026-06-14T09:12:33Z"),
        ("2026-06-14 09:12:33", "2026-06-14T09:12:33Z"),
        ("2026-06-14 09:12:33.1234567", "2026-06-14T09:12:33.123456Z"),
        ("2026-06-14", "2026-06-14T00:00:00Z"),
        ("2026-06-14T09:12:33Z", "2026-06-14T09:12:33Z"),
        ("2026-06-14T09:12:33+05:30", "2026-06-14T03:42:33Z"),
    ],
)
def test_dates_are_utc_unless_they_name_a_zone(leads_of: LeadsOf, written: str, read: str) -> None:
    dates = leads_frame(leads_of(CreatedOn=[written, None]))["CreatedOn"]
    assert str(dates.dtype) == "datetime64[us, UTC]"
    assert dates[0] == pd.Timestamp(read)
    assert dates[1] is pd.NaT


@pytest.mark.parametrize(
    "written",
    ["0001-01-01 00:00:00.000", "9999-12-31 23:59:59", "2026-02-30", "14/06/2026", "2026", "5003"],
)
def test_a_date_that_cannot_be_read_is_missing_and_counted(leads_of: LeadsOf, written: str) -> None:
    leads = leads_of(CreatedOn=[written, "2026-06-14 09:12:33.1234567", "", None])
    frame = leads_frame(leads)
    assert frame["CreatedOn"].isna().tolist() == [True, False, True, True]
    assert unread(leads, frame) == {"CreatedOn": 1}


def test_numbers_that_are_all_whole_are_integers(leads_of: LeadsOf) -> None:
    score = leads_frame(leads_of(Score=["71", "-5", "12.00", None, ""]))["Score"]
    assert str(score.dtype) == "Int64"
    assert score[:3].tolist() == [71, -5, 12]
    assert score[3:].isna().all()


def test_a_fraction_makes_the_column_floats(leads_of: LeadsOf) -> None:
    score = leads_frame(leads_of(Score=["71", "0.5", None]))["Score"]
    assert str(score.dtype) == "Float64"
    assert score[:2].tolist() == [71.0, 0.5]


@pytest.mark.parametrize(
    "written", ["high", "nan", "inf", "1e400", "0x1f", "1_000", "9007199254740993", "9" * 400]
)
def test_a_number_whose_digits_would_change_is_missing_and_counted(
    leads_of: LeadsOf, written: str
) -> None:
    leads = leads_of(Score=[written, "3"])
    frame = leads_frame(leads)
    assert frame["Score"].isna().tolist() == [True, False]
    assert unread(leads, frame) == {"Score": 1}


@pytest.mark.parametrize("column", ["Phone", "mx_Zip", "CompanyType", "ProspectAutoId", "mx_Code"])
def test_phones_codes_and_unknown_columns_stay_text(leads_of: LeadsOf, column: str) -> None:
    values = leads_frame(leads_of(**{column: ["007", "+91-9812345345", "1E5"]}))[column]
    assert values.dtype == "str"
    assert values.tolist() == ["007", "+91-9812345345", "1E5"]


def test_few_values_that_repeat_are_a_category(leads_of: LeadsOf) -> None:
    frame = leads_frame(leads_of(ProspectStage=["Prospect", "Customer"] * 4, mx_Zip=["560001"] * 8))
    assert frame["ProspectStage"].dtype == "category"
    assert frame["mx_Zip"].dtype == "str"


def test_a_kind_known_better_goes_before_the_name(leads_of: LeadsOf) -> None:
    leads = leads_of(mx_Date_Of_Birth=["1999-01-31 10:00"], Score=["7"])
    frame = leads_frame(leads, kinds={"mx_Date_Of_Birth": Kind.DATE, "Score": Kind.TEXT})
    assert frame["mx_Date_Of_Birth"][0] == pd.Timestamp("1999-01-31 10:00", tz="UTC")
    assert frame["Score"][0] == "7"


def test_null_and_empty_text_stay_apart(leads_of: LeadsOf) -> None:
    notes = leads_frame(leads_of(Notes=["", None, "x"]))["Notes"]
    assert notes[0] == ""
    assert notes.isna().tolist() == [False, True, False]


def test_the_raw_frame_is_text_throughout(leads_of: LeadsOf) -> None:
    frame = raw_frame(leads_of(Score=["71", None], CreatedOn=["never", "2026-06-14"]))
    assert {str(dtype) for dtype in frame.dtypes} == {"str"}
    assert frame["CreatedOn"].tolist() == ["never", "2026-06-14"]


def test_a_lone_surrogate_is_replaced_and_its_neighbours_stay(leads_of: LeadsOf) -> None:
    frame = leads_frame(leads_of(FirstName=["\ud800", "Zoë", None]))
    assert frame["FirstName"][:2].tolist() == ["\ufffd", "Zoë"]


def test_columns_with_unwritable_names_stay_apart(leads_of: LeadsOf) -> None:
    frame = raw_frame(leads_of(**{chr(0xD800): ["a"], chr(0xD801): ["b"]}))
    assert list(frame) == ["\\ud800", "\\ud801"]


def test_no_leads_make_an_empty_frame_of_the_same_types(leads_of: LeadsOf) -> None:
    frame = leads_frame(leads_of(ProspectID=[], Score=[], CreatedOn=[]))
    assert len(frame) == 0
    assert [str(dtype) for dtype in frame.dtypes] == ["str", "Int64", "datetime64[us, UTC]"]
    assert leads_frame(LeadTable()).empty


def test_naughty_strings_break_no_column_and_text_comes_through(
    leads_of: LeadsOf, naughty: list[str | None]
) -> None:
    names = ["ProspectID", "Score", "CreatedOn", "Phone", "ProspectStage", "mx_Notes"]
    leads = leads_of(**dict.fromkeys(names, naughty))
    frame = leads_frame(leads)
    assert len(frame) == len(naughty)
    came_through = sum(
        read == raw for read, raw in zip(frame["Phone"].fillna("\0"), naughty, strict=True)
    )
    assert came_through == len(naughty) - 3  # all but the null and two lone surrogates


@given(values=st.lists(VALUES, max_size=20), name=ANY_TEXT)
def test_no_text_whatever_makes_a_frame_fail(
    leads_of: LeadsOf, values: list[str | None], name: str
) -> None:
    names = ["Score", "CreatedOn", "ProspectStage", "FirstName"]
    leads = leads_of(
        **dict.fromkeys(names, values), **({name: values} if name not in names else {})
    )
    frame = leads_frame(leads)
    assert frame.shape == raw_frame(leads).shape == (len(values), len(leads.columns))
    assert set(unread(leads, frame)) <= {"Score", "CreatedOn", name}


@pytest.mark.parametrize(
    ("values", "dtype"),
    [
        (["1990-05-01", None, "1990-05-02 00:00:00.000", ""], "datetime64[us]"),
        ([None, ""], "datetime64[us]"),
        (["1990-05-01", "1990-05-02 10:00:00"], "datetime64[us, UTC]"),
        (["1990-05-01", "odd"], "datetime64[us]"),
    ],
)
def test_days_of_an_account_s_own_column_are_the_same_in_every_zone(
    leads_of: LeadsOf, values: list[str | None], dtype: str
) -> None:
    leads = leads_of(mx_Born=values, CreatedOn=values)
    frame = leads_frame(leads, kinds={"mx_Born": Kind.DATE, "CreatedOn": Kind.DATE})
    assert str(frame["mx_Born"].dtype) == dtype
    assert str(frame["CreatedOn"].dtype) == "datetime64[us, UTC]"
