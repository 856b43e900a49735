"""LibreOffice without a window, with a profile of its own."""

from __future__ import annotations

import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["AS_IT_GUESSES", "AS_TEXT", "QUOTED", "convert", "needs_office"]

OFFICE = shutil.which("soffice")
LONGEST_S = 60

AS_IT_GUESSES = "CSV:44,34,76,1"
"""Commas, quotes, UTF-8, from the first row; what each cell is, it finds out."""

AS_TEXT = f"{AS_IT_GUESSES},{'/'.join(f'{column}/2' for column in range(1, 7))}"

QUOTED = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,true,true,false"
"""Every text cell quoted, as shown."""

needs_office = pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed")


def convert(source: Path, to: str, *, read_as: str | None = None) -> Path:
    """Let LibreOffice open a file and save it anew, beside it in a folder of its own.

    Args:
        source: The file.
        to: The ending and the filter to save it with.
        read_as: The filter to open it with; None for what its ending says.
    """
    home, target = source.parent / "profile", source.parent / "out"
    command = [
        str(OFFICE), "--headless", "--norestore", f"-env:UserInstallation={home.as_uri()}",
        *([f"--infilter={read_as}"] if read_as else []),
        "--convert-to", to, "--outdir", str(target), str(source),
    ]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True, timeout=LONGEST_S)  # noqa: S603 - ours
    (made,) = target.iterdir()
    return made
