"""Why each unit of an allocation went where: a derivation a reader can follow step by step.

A trace is kept as columns of integers and becomes steps only when it is read, so that a million receivers
cost no more than a few lists.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from itertools import accumulate
from typing import overload

from hoka_excel.core.allocating.amounts import amount_of
from hoka_excel.core.exact import round_half_up
from hoka_excel.core.messages import DUTCH, Language, Message


class Cause(StrEnum):
    """Why a receiver gets something; the catalogue holds the sentence."""

    FIXED = "fixed"
    MINIMUM = "minimum"
    MAXIMUM = "maximum"
    REMAINDER = "remainder"
    CLAIM = "claim"
    TIE = "tie"


@dataclass(frozen=True, slots=True)
class Step:
    """One step of an allocation.

    Attributes:
        receiver: its place in the weights, counted from zero.
        cause: why.
        amount: what the receiver gets first (fixed), the limit its share is set to (minimum, maximum), or
            the one unit added or, below zero, taken back (remainder, claim, tie).
        remainder: the exact share less what the receiver held before this step, in units; None for a fixed
            amount or a limit.
    """

    receiver: int
    cause: Cause
    amount: Decimal
    remainder: Fraction | None = None

    @property
    def message(self) -> Message:
        """The step as a sentence; receivers are counted from one."""
        values: dict[str, object] = {"receiver": self.receiver + 1, "amount": self.amount}
        if self.remainder is not None:
            values["remainder"] = round_half_up(self.remainder, _SHOWN)
        return Message(f"allocation.step_{self.cause}", values)

    def render(self, language: Language = DUTCH) -> str:
        """Write the step as a sentence in `language`."""
        return self.message.render(language)


_SHOWN = Decimal("0.0001")
"""How finely a sentence shows a remainder."""


@dataclass(frozen=True, slots=True)
class Moves:
    """Steps with one cause, as columns.

    Attributes:
        cause: of all of them.
        receivers: in order of the steps, counted from zero.
        units: of each step.
        remainders: of each step, as numerators over `whole`; empty for a fixed amount or a limit.
        whole: the common denominator of the remainders.
    """

    cause: Cause
    receivers: Sequence[int]
    units: Sequence[int]
    remainders: Sequence[int] = ()
    whole: int = 1


class Trace(Sequence[Step]):
    """The steps of an allocation in order: fixed amounts, limits, then one step per unit left over.

    Attributes:
        moves: the steps, grouped by cause.
        unit: the amount of one unit; below zero when a credit was allocated.
    """

    __slots__ = ("_ends", "moves", "unit")

    def __init__(self, moves: Sequence[Moves], unit: Decimal) -> None:
        """Keep the steps as columns."""
        self.moves = tuple(group for group in moves if group.receivers)
        self.unit = unit
        self._ends = [0, *accumulate(len(group.receivers) for group in self.moves)]

    def __len__(self) -> int:
        """Count the steps."""
        return self._ends[-1]

    @overload
    def __getitem__(self, index: int) -> Step: ...
    @overload
    def __getitem__(self, index: slice) -> "tuple[Step, ...]": ...
    def __getitem__(self, index: int | slice) -> "Step | tuple[Step, ...]":
        """Make one step, or those of a slice."""
        if isinstance(index, slice):
            return tuple(self._step(at) for at in range(len(self))[index])
        return self._step(range(len(self))[index])

    def __iter__(self) -> Iterator[Step]:
        """Make the steps one by one."""
        return (self._step(at) for at in range(len(self)))

    def _step(self, at: int) -> Step:
        number = bisect_right(self._ends, at) - 1
        group, position = self.moves[number], at - self._ends[number]
        remainder = Fraction(group.remainders[position], group.whole) if group.remainders else None
        amount = amount_of(group.units[position], self.unit)
        return Step(group.receivers[position], group.cause, amount, remainder)
