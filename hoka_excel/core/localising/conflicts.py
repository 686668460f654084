"""Cells that cannot all be right, and every smallest repair of them, over the caller's own keys."""

from collections.abc import Hashable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from hoka_excel.core.localising.constraints import Span
from hoka_excel.core.messages import Message
from hoka_excel.core.relations import Relation


@dataclass(frozen=True, slots=True)
class CellMend:
    """A wrong cell of a repair, and what would mend it, whatever the other cells of the repair become.

    Attributes:
        cell: its key.
        stated: what it says.
        true_values: the true values that go with every other figure; an end is None where none was found.
        low: the least figure, at the cell's own resolution, that leaves such a true value open.
        high: the greatest.
    """

    cell: Hashable
    stated: Decimal
    true_values: Span
    low: Decimal | None
    high: Decimal | None


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Cells that cannot all be right; without any one of them they could, as far as the same relations tell.

    Attributes:
        cells: their keys.
        proof: the two bounds that cannot both hold, for a controller.
        low: what the one side of the proof is at least; None when the proof takes more than two bounds.
        high: what the other is at most; below `low`.
        multipliers: the relations that were added up, each with its multiplier; exact.
    """

    cells: frozenset[Hashable]
    proof: Message
    low: Fraction | None
    high: Fraction | None
    multipliers: tuple[tuple[Relation, Fraction], ...]


@dataclass(frozen=True, slots=True)
class ConflictGroup:
    """Contradictions that hang together, and every smallest repair of them.

    Attributes:
        conflicts: what cannot be.
        repairs: the lightest sets of cells that can be wrong instead; any goes with any of the other groups.
        complete: whether these are all.
    """

    conflicts: tuple[Contradiction, ...]
    repairs: tuple[tuple[CellMend, ...], ...]
    complete: bool

    @property
    def decidable(self) -> bool:
        """Whether one repair stands alone."""
        return self.complete and len(self.repairs) == 1


@dataclass(frozen=True, slots=True)
class TwiceRounded:
    """A cell that only fits if its figure was rounded from an already rounded one.

    Attributes:
        cell: its key.
        chain: from finer to coarser; the figure itself comes last.
        text: the chain in a sentence.
    """

    cell: Hashable
    chain: tuple[Decimal, Decimal, Decimal]
    text: Message
