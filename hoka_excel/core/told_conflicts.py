"""What was located, as conflicts for a controller: where cells stand, what mends them, what hints at one."""

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from hoka_excel.core.figures import Figure, Printed
from hoka_excel.core.findings import Conflict, Mend, Place, Proof
from hoka_excel.core.hints import hints_for
from hoka_excel.core.intervals import Interval
from hoka_excel.core.localising.conflicts import CellMend, ConflictGroup
from hoka_excel.core.messages import Message


@dataclass(frozen=True, slots=True)
class ToldCell:
    """What to tell of one cell of the network.

    Attributes:
        order: what it is listed by, among the cells of its network.
        place: where it stands.
        label: the row and column that hold it.
        figure: what it says; None where no hint can be given.
        row: the figures of its line, itself included; empty when it stands alone.
        at: where it stands in the row.
    """

    order: tuple[str | int, ...]
    place: Place
    label: str = ""
    figure: Figure | None = None
    row: Sequence[Figure] = ()
    at: int | None = None


def conflict_of(
    group: ConflictGroup, cell_of: Callable[[Hashable], ToldCell], explanation: str = ""
) -> Conflict:
    """Turn a group of contradictions into a conflict, the widest contradiction first.

    Args:
        group: what was located.
        cell_of: gives the cell of a key.
        explanation: the controller's own words on one of the cells to mend.
    """
    widest_first = sorted(
        group.conflicts, key=lambda found: (found.low or 0) - (found.high or 0), reverse=True
    )
    return Conflict(
        proofs=tuple(Proof(_in_order(map(cell_of, found.cells)), found.proof) for found in widest_first),
        repairs=tuple(tuple(_mend(mend, cell_of(mend.cell)) for mend in repair) for repair in group.repairs),
        hints=tuple(
            Message("conflict.hint", {"place": cell_of(mend.cell).place, "hint": hint})
            for repair in group.repairs
            for mend in repair
            for hint in _hints(mend, cell_of(mend.cell))
        ),
        explanation=explanation,
    )


def _in_order(cells: Iterable[ToldCell]) -> tuple[Place, ...]:
    return tuple(cell.place for cell in sorted(cells, key=lambda cell: cell.order))


def _mend(mend: CellMend, cell: ToldCell) -> Mend:
    return Mend(cell.place, mend.stated, mend.low, mend.high, cell.label)


def _hints(mend: CellMend, cell: ToldCell) -> list[Message]:
    """List what points at a figure or away from it, given the others of its row."""
    if mend.low is None or mend.high is None or not isinstance(cell.figure, Printed):
        return []
    return hints_for(cell.figure, Interval(Fraction(mend.low), Fraction(mend.high)), cell.row, cell.at)
