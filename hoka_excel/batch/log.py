"""The log of a batch: one JSON object to a line, written as soon as a workbook is done."""

import json
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path

from hoka_excel.batch.regeneration import Run
from hoka_excel.core.errors import UsageError, system_reason
from hoka_excel.core.messages import Language
from hoka_excel.core.version import VERSION
from hoka_excel.report.addresses import address

SCHEMA = 1


def logged(runs: Iterable[Run], path: Path, language: Language) -> Iterator[Run]:
    """Add a line to a log for every run that passes through.

    Args:
        runs: what was done.
        path: the log; lines are added to what it holds.
        language: of the faults.

    Raises:
        UsageError: the log cannot be written.
    """
    try:
        stream = path.open("a", encoding="utf-8", buffering=1)
    except OSError as error:
        raise _unwritable(path, error) from error
    with stream:
        for run in runs:
            try:
                stream.write(f"{line(run, language)}\n")
            except OSError as error:
                raise _unwritable(path, error) from error
            yield run


def _unwritable(path: Path, error: OSError) -> UsageError:
    return UsageError("batch.no_log", where=path, detail=system_reason(error))


def line(run: Run, language: Language) -> str:
    """Write a run as one line of JSON."""
    outcome = run.outcome
    counts = None if outcome.reconciliation is None else dict(outcome.reconciliation.counts)
    return json.dumps(
        {
            "schema": SCHEMA,
            "time": datetime.now().astimezone().isoformat(timespec="seconds"),
            "version": VERSION,
            "file": address(outcome.file),
            "target": None if outcome.written is None else address(outcome.written),
            "status": outcome.status,
            "skipped": run.skipped,
            "counts": counts,
            "changes": len(run.changes),
            "faults": [{"code": fault.code, "text": fault.render(language)} for fault in outcome.faults],
            "seconds": round(run.seconds, 3),
            "sha256": {"read": run.read or None, "written": run.written or None},
        },
        ensure_ascii=False,
    )
