"""The master check: in a few words, on every sheet, whether everything ties."""

from collections.abc import Mapping

from hoka_excel.begroting.places.blocks import Block
from hoka_excel.begroting.words import word
from hoka_excel.core.findings import Reconciliation
from hoka_excel.core.verdicts import Verdict
from hoka_excel.tables.grid import column_letters
from hoka_excel.workbook.addresses import Area
from hoka_excel.workbook.sheets import Position, Rule
from hoka_excel.workbook.styles import VERDICT_COLOURS, Look

NOT_TIED = "sluit niet aan"
_BEGINNINGS = (NOT_TIED, word(Verdict.UNTESTABLE), word(Verdict.EXACT))
"""What a master check begins with."""
_WIDEST, _UNSET = 23, 8.43
"""The width of a master check in print, and of a column that is given none, in characters."""


def master_text(reconciliation: Reconciliation) -> str:
    """Say in a few words whether everything ties."""
    counts = reconciliation.counts
    if counts[Verdict.MISMATCH]:
        return f"{NOT_TIED}: {counts[Verdict.MISMATCH]} x {word(Verdict.MISMATCH)}"
    return word(Verdict.UNTESTABLE) if counts[Verdict.UNTESTABLE] else word(Verdict.EXACT)


def master_formula(counts: Block) -> str:
    """Write `master_text` as a formula over the counts."""
    order = list(Verdict)
    mismatches = counts.address(order.index(Verdict.MISMATCH), 1)
    untestable = counts.address(order.index(Verdict.UNTESTABLE), 1)
    return (
        f'IF({mismatches}>0,"{NOT_TIED}: "&{mismatches}&" x {word(Verdict.MISMATCH)}",'
        f'IF({untestable}>0,"{word(Verdict.UNTESTABLE)}","{word(Verdict.EXACT)}"))'
    )


def rules_beside(check: Position, widths: Mapping[int, float]) -> tuple[Rule, ...]:
    """Give the cells that a master check runs over, where its column is narrow, the colours it has itself."""
    last, room = check.column, widths.get(check.column, _UNSET)
    while room < _WIDEST:
        last += 1
        room += widths.get(last, _UNSET)
    if last == check.column:
        return ()
    beside = str(Area(Position(check.row, check.column + 1), Position(check.row, last)))
    said = f"${column_letters(check.column)}${check.row}"
    return tuple(
        Rule(beside, f'LEFT({said},{len(words)})="{words}"', Look(VERDICT_COLOURS[words]))
        for words in _BEGINNINGS
    )
