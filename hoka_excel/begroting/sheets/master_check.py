"""The master check: in a few words, on every sheet, whether everything ties."""

from hoka_excel.begroting.places.blocks import Block
from hoka_excel.begroting.words import word
from hoka_excel.core.findings import Reconciliation
from hoka_excel.core.verdicts import Verdict


def master_text(reconciliation: Reconciliation) -> str:
    """Say in a few words whether everything ties."""
    counts = reconciliation.counts
    if counts[Verdict.MISMATCH]:
        return f"sluit niet aan: {counts[Verdict.MISMATCH]} x {word(Verdict.MISMATCH)}"
    return word(Verdict.UNTESTABLE) if counts[Verdict.UNTESTABLE] else word(Verdict.EXACT)


def master_formula(counts: Block) -> str:
    """Write `master_text` as a formula over the counts."""
    order = list(Verdict)
    mismatches = counts.address(order.index(Verdict.MISMATCH), 1)
    untestable = counts.address(order.index(Verdict.UNTESTABLE), 1)
    return (
        f'IF({mismatches}>0,"sluit niet aan: "&{mismatches}&" x {word(Verdict.MISMATCH)}",'
        f'IF({untestable}>0,"{word(Verdict.UNTESTABLE)}","{word(Verdict.EXACT)}"))'
    )
