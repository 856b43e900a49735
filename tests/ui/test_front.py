"""The front door: the menu, buttons that open pages, and logs that keep keys out."""

from __future__ import annotations

import gc
import logging
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from lsq.ui import front
from lsq.ui.state import Session
from lsq.ui.sweep import collect
from tests.ui.scripted import WAIT_S

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.ui.kinds import FetchOf

APP = Path(__file__).parents[2] / "app.py"
PIPELINE = {"FirstName": ["A", "B"], "ProspectStage": ["Prospect", "Enrolled"]}


@pytest.fixture(autouse=True)
def lsq_logger() -> Iterator[logging.Logger]:
    """Our logger; what the front door does to it is undone."""
    logger = logging.getLogger("lsq")
    before = list(logger.handlers)
    yield logger
    logger.handlers[:] = before


def app(mine: Session | None = None) -> AppTest:
    at = AppTest.from_file(APP, default_timeout=WAIT_S)
    at.secrets["nothing"] = "set"
    at.session_state["leadsheet"] = mine or Session()
    at.session_state["columns"] = list(PIPELINE)
    return at.run()


def test_the_app_opens_on_lookup_and_knows_its_pages() -> None:
    at = app()
    assert at.title[0].value == "Look up a sheet of lead ids"
    pages = ["lookup", "leads", "stages", "changes", "guide"]
    assert list(at.session_state["leadsheet"].pages) == pages
    assert not at.exception
    assert not at.error


@pytest.mark.parametrize(("key", "title"), [("open_leads", "Leads"), ("open_stages", "Stages")])
def test_the_buttons_under_an_ending_open_the_result_pages(
    key: str, title: str, fetch_of: FetchOf
) -> None:
    at = app(fetch_of(columns=PIPELINE))
    at.button(key=key).click().run()
    assert not at.exception
    assert at.title[0].value == title


def test_filters_and_columns_outlive_a_change_of_page(fetch_of: FetchOf) -> None:
    mine = fetch_of(columns=PIPELINE)
    at = app(mine)
    at.multiselect(key="columns").set_value(["FirstName", "Phone"]).run()
    at.button(key="open_leads").click().run()
    next(one for one in at.sidebar.checkbox if one.label == "Prospect").check().run()
    assert len(at.dataframe[0].value) == 1
    mine.job = None
    at.run()
    at.button(key="go_lookup").click().run()
    assert at.multiselect(key="columns").value == ["FirstName", "Phone"]
    assert mine.filters


def test_the_sample_can_be_tried_from_an_empty_result_page() -> None:
    at = app()
    at.session_state["leadsheet"].job = None
    at.button(key="sample").click().run()
    assert at.session_state["leadsheet"].cells.rows == 5000


def test_our_log_lines_are_written_once_however_often_a_page_runs(
    lsq_logger: logging.Logger,
) -> None:
    lsq_logger.handlers.clear()
    at = app()
    at.run()
    at.run()
    assert len([one for one in lsq_logger.handlers if type(one) is logging.StreamHandler]) == 1
    assert logging.getLogger("urllib3").level >= logging.INFO


def test_the_first_page_spares_the_collector_what_never_goes() -> None:
    gc.unfreeze()
    app()
    assert gc.get_freeze_count() > len(sys.modules)
    assert st.config.get_option("runner.postScriptGC") is False


def test_however_many_look_one_sweep_searches_all_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    swept: list[object] = []
    monkeypatch.setattr(front, "sweep", swept.append)
    app().run()
    app()
    assert swept == [collect]


def test_logo_and_icon_are_files_of_ours() -> None:
    for picture in (front.LOGO, front.ICON):
        assert picture.read_text(encoding="utf-8").startswith("<svg")
