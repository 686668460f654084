"""In which order findings are told: what is surest and largest first, wherever they are told."""

from collections.abc import Iterable
from decimal import Decimal

from hoka_excel.core.check_kinds import Kind
from hoka_excel.core.findings import Finding
from hoka_excel.core.verdicts import Verdict

_BY_VERDICT = (
    Verdict.MISMATCH,
    Verdict.UNTESTABLE,
    Verdict.EXPLAINED,
    Verdict.DOUBLE_ROUNDING,
    Verdict.ROUNDING,
    Verdict.EXACT,
)
_FACT, _LIKELY, _DOUBTFUL = range(3)
_LIKELY_SHARE = Decimal("0.5")
"""The share of a figure by which it may be off and still be likely to be the same sum."""
_AMOUNT_UNKNOWN = Decimal("Infinity")


def ranked(findings: Iterable[Finding]) -> list[Finding]:
    """Order findings: by verdict, mismatch first; among mismatches by how sure, then by how large.

    Surest is what a formula does wrong. A difference of more than half the figure comes last: it may be that
    these figures were never meant to add up. An amount that nobody can tell, of an error value or a circle,
    counts as the largest. Findings that tie keep their order.
    """
    return sorted(findings, key=_rank)


def _rank(finding: Finding) -> tuple[int, int, Decimal]:
    weight = _BY_VERDICT.index(finding.verdict)
    if finding.verdict is not Verdict.MISMATCH:
        return weight, _FACT, Decimal(0)
    difference = finding.judgement.difference
    size = _AMOUNT_UNKNOWN if difference is None else abs(difference)
    return weight, _sureness(finding, size), -size


def _sureness(finding: Finding, size: Decimal) -> int:
    if finding.kind is Kind.FORMULA:
        return _FACT
    figures = (finding.judgement.stated, finding.judgement.expected)
    largest = max((abs(figure) for figure in figures if figure is not None), default=Decimal(0))
    return _LIKELY if size <= largest * _LIKELY_SHARE else _DOUBTFUL
