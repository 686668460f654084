"""Reconciliations as JSON, for scripts: the shape that other programs rely on."""

import json
from collections.abc import Iterable
from decimal import Decimal

from hoka_excel.core.findings import Conflict, Finding, Mend
from hoka_excel.core.messages import Language
from hoka_excel.core.ranking import ranked
from hoka_excel.core.verdicts import Verdict
from hoka_excel.report.outcomes import Outcome

SCHEMA = 1


def to_json(outcomes: Iterable[Outcome], language: Language, *, all_checks: bool) -> str:
    """Write outcomes as JSON; figures are decimal strings.

    Args:
        outcomes: one per file.
        language: of the messages.
        all_checks: whether exact checks are listed too.
    """
    files = [_file(outcome, language, all_checks=all_checks) for outcome in outcomes]
    return json.dumps({"schema": SCHEMA, "files": files}, ensure_ascii=False, indent=2)


def _file(outcome: Outcome, language: Language, *, all_checks: bool) -> dict[str, object]:
    found = outcome.reconciliation
    listed = () if found is None else ranked(found.checks if all_checks else found.findings)
    return {
        "file": str(outcome.file),
        "status": outcome.status,
        "counts": dict.fromkeys(Verdict, 0) if found is None else dict(found.counts),
        "findings": [_finding(finding, language) for finding in listed],
        "conflicts": [
            entry
            for conflict in (found.conflicts if found else ())
            for entry in _conflicts(conflict, language)
        ],
        "rates": [
            {"period": span.period or None, "low": _text(span.low), "high": _text(span.high)}
            for span in (found.rates if found else ())
        ],
        "notes": [note.render(language) for note in (found.notes if found else ())],
        "remarks": [remark.render(language) for remark in (found.remarks if found else ())],
        "copy": None if outcome.written is None else str(outcome.written),
        "error": "\n".join(fault.render(language) for fault in outcome.faults) or None,
    }


def _finding(finding: Finding, language: Language) -> dict[str, object]:
    judgement = finding.judgement
    return {
        "kind": finding.kind,
        "verdict": finding.verdict,
        "sheet": finding.place.sheet,
        "cell": finding.place.cell,
        "label": finding.label,
        "period": finding.period,
        "stated": _text(judgement.stated),
        "expected": _text(judgement.expected),
        "difference": _text(judgement.difference),
        "tolerance": _text(judgement.tolerance),
        "parts": [str(part) for part in finding.parts],
        "message": finding.message.render(language),
        "explanation": finding.explanation or None,
    }


def _conflicts(conflict: Conflict, language: Language) -> list[dict[str, object]]:
    """List each set of cells that cannot all be right, with every smallest repair."""
    repairs = [[_mend(mend) for mend in repair] for repair in conflict.repairs]
    hints = [hint.render(language) for hint in conflict.hints]
    return [
        {
            "cells": [str(place) for place in proof.cells],
            "proof": proof.text.render(language),
            "decidable": conflict.decidable,
            "repairs": repairs,
            "hints": hints,
            "explanation": conflict.explanation or None,
        }
        for proof in conflict.proofs
    ]


def _mend(mend: Mend) -> dict[str, object]:
    return {"cell": str(mend.place), "from": _text(mend.stated), "to": [_text(mend.low), _text(mend.high)]}


def _text(figure: Decimal | None) -> str | None:
    return None if figure is None else f"{figure:f}"
