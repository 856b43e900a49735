"""The settings as this server has them: its environment, then Streamlit's secrets."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st
from streamlit.errors import StreamlitSecretNotFoundError

from lsq.api.errors import SettingsError
from lsq.settings import Settings, read_settings

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["settings"]


def settings() -> Settings:
    """Read the settings; cheap enough for every run, so that a changed secret counts at once.

    Raises:
        SettingsError: When one cannot be used.
    """
    return read_settings(os.environ, _secrets())


def _secrets() -> Mapping[str, object]:
    try:
        return dict(st.secrets)
    except StreamlitSecretNotFoundError:
        # Streamlit says the same of a file that is not there and of one that it cannot read.
        if any(Path(name).exists() for name in st.get_option("secrets.files")):
            title = "The app’s secrets cannot be read."
            raise SettingsError(title, "Mend secrets.toml: a quote may be missing.") from None
        return {}
