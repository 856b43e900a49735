"""Files for programs beside CSV: Parquet with types, and JSON lines with the raw text."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["write_jsonl", "write_parquet"]


def write_parquet(frame: pd.DataFrame) -> bytes:
    """Write a frame with its types, its index left out."""
    out = BytesIO()
    frame.to_parquet(out, index=False, compression="zstd")
    return out.getvalue()


def write_jsonl(frame: pd.DataFrame) -> bytes:
    """Write one JSON object a row, UTF-8; what is missing is null, dates are ISO."""
    text = frame.to_json(orient="records", lines=True, force_ascii=False, date_format="iso")
    return text.encode("utf-8", "replace")
