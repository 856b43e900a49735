"""Streamlit's secrets file: absent it sets nothing, and one that cannot be read is said to be."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import streamlit as st
from streamlit import config
from streamlit.runtime.secrets import Secrets

from lsq.api.errors import SettingsError
from lsq.settings import Settings
from lsq.ui.configuration import settings

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The one secrets file of this server, not there yet and not read yet."""
    path, before = tmp_path / "secrets.toml", config.get_option("secrets.files")
    config.set_option("secrets.files", [str(path)])
    unread = Secrets()
    monkeypatch.setattr(unread, "_file_watchers_installed", True)  # else they outlive the test
    monkeypatch.setattr(st, "secrets", unread)
    yield path
    config.set_option("secrets.files", before)


def test_without_a_secrets_file_the_defaults_hold(file: Path) -> None:
    assert not file.exists()
    assert settings() == Settings()


def test_a_secrets_file_is_read(file: Path) -> None:
    file.write_text('[lsq]\nbatch = 200\n[access]\nemails = ["anita@example.com"]\n')
    assert settings().batch == 200
    assert settings().access.admits("anita@example.com")
    assert not settings().access.admits("eve@evil.example")


@pytest.mark.parametrize(
    "text", ['[access]\nemails = ["anita@example.com]\n', "[access", "mode = platform"]
)
def test_a_secrets_file_that_cannot_be_read_is_said_and_opens_nothing(
    file: Path, text: str
) -> None:
    file.write_text(text)
    with pytest.raises(SettingsError) as caught:
        settings()
    assert caught.value.title == "The app’s secrets cannot be read."
    assert caught.value.advice == "Mend secrets.toml: a quote may be missing."
    assert "anita" not in str(caught.value)
