"""What must hold after every lookup, whatever the server did."""

from __future__ import annotations

import base64
import io
import json
import logging
import traceback
import zipfile
from math import ceil, log2
from typing import TYPE_CHECKING
from urllib.parse import quote, quote_plus

from lsq.lookup.choice import Form
from lsq.lookup.report import oddities
from lsq.sandbox import ACCESS_KEY, SECRET_KEY

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pytest

    from tests.faults.scene import Seen

ATTEMPTS = 4


def assert_invariants(seen: Seen, *, log: pytest.LogCaptureFixture) -> None:
    """Check them all."""
    assert_ledger_adds_up(seen)
    assert_files_hold_every_row(seen)
    assert_no_key(seen, log)
    assert [record for record in log.records if record.levelno >= logging.ERROR] == []
    assert seen.took_s <= seen.asked.within_s
    assert len(seen.calls) <= most_calls(seen)


def assert_ledger_adds_up(seen: Seen) -> None:
    """Check both sums of the contract, and that no id has two outcomes or none."""
    report, fetched = seen.report, seen.fetched
    assert (report["duplicates"], report["blank"], len(report["invalid"])) == (1, 1, 1)
    assert report["rows"] + report["extra_ids"] == (
        report["ids_asked"] + report["duplicates"] + len(report["invalid"]) + report["blank"]
    )
    ends = [report[end] for end in ("not_found", "failed", "not_asked")]
    assert report["ids_asked"] == report["returned"] + sum(map(len, ends))
    every = [*fetched.leads.ids, *fetched.not_found, *fetched.failed, *fetched.not_asked]
    assert sorted(every) == sorted(seen.lookup.plan.cells.ids)
    assert sum(seen.lookup.ledger.counts().values()) == report["rows"] + report["extra_ids"]


def assert_files_hold_every_row(seen: Seen) -> None:
    """Check that every form can be read back, and has a row for every row of the sheet."""
    rows = seen.report["rows"] + seen.report["extra_ids"]
    assert {form: len(read) for form, read in seen.files.items()} == dict.fromkeys(Form, rows)


def assert_no_key(seen: Seen, log: pytest.LogCaptureFixture) -> None:
    """Check that no key is anywhere that somebody could read."""
    for text in (*_told(seen), *_logged(log), *_written(seen)):
        for form in KEY_FORMS:
            assert form not in text


def most_calls(seen: Seen) -> int:
    """Return how many calls may have arrived."""
    asked, ids = seen.asked, len(seen.lookup.plan.ids) - seen.fresh
    batch = max(1, min(asked.batch, ids))
    return (
        ceil(ids / batch) * ATTEMPTS
        + 2 * ceil(log2(batch)) * asked.bad_ids
        + ceil(asked.missing / batch)
    )


def _forms(key: str) -> Iterator[str]:
    encoded = quote(key, safe="")
    yield from (key, encoded, encoded.lower(), encoded.replace("%", "%25"), quote_plus(key))
    for ahead in range(3):  # base64 groups three bytes, so a key can stand in it in three ways
        raw = b"\0" * ahead + key.encode()
        whole = base64.b64encode(raw).decode()
        yield whole[-(-ahead * 4 // 3) : len(raw) // 3 * 4]
    yield base64.urlsafe_b64encode(key.encode()).decode()[: len(key) // 3 * 4]


KEY_FORMS = frozenset(form for key in (ACCESS_KEY, SECRET_KEY) for form in _forms(key))


def _told(seen: Seen) -> Iterator[str]:
    yield json.dumps(seen.report)
    yield repr(seen.said)
    yield repr(oddities(seen.lookup))
    yield repr(seen.lookup)
    for error in {id(error): error for error in seen.errors}.values():
        yield f"{error} {error!r} {vars(error)}"
        yield "".join(traceback.format_exception(error))


def _logged(log: pytest.LogCaptureFixture) -> Iterator[str]:
    yield log.text
    for record in log.records:
        yield f"{record.getMessage()} {record.args!r} {record.exc_text}"


def _written(seen: Seen) -> Iterator[str]:
    for form, data in seen.raw_files.items():
        yield repr(seen.files[form])
        if form is Form.XLSX:
            with zipfile.ZipFile(io.BytesIO(data)) as workbook:
                for name in workbook.namelist():
                    yield workbook.read(name).decode("utf-8", "replace")
