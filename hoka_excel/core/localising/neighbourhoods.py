"""Some equations around a few columns, cut out of a system at a point that is kept beyond them.

What a change of a few columns asks of the others often dies out nearby. Let a point be known. Take the
equations around those columns, and keep every column that they share with other equations where the point has
it. Values that satisfy these equations then satisfy, with the rest of the point, the whole system. And
multiples of these equations are multiples of equations of the system: checked against what all columns leave
open, they prove of the whole what they seem to say of the part.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from hoka_excel.core.localising.certificates import Spans
from hoka_excel.core.localising.constraints import Span, System, subsystem

_PARTS = 4
"""A neighbourhood is worth trying while it holds at most one in this many of the equations."""


def rows_by_column(system: System) -> Mapping[int, Sequence[int]]:
    """List the rows that hold each column; none for a column that stands only as a rate."""
    rows: defaultdict[int, list[int]] = defaultdict(list)
    for number, row in enumerate(system.rows):
        for column in row.factors:
            rows[column].append(number)
    return rows


@dataclass(frozen=True, slots=True)
class Neighbourhood:
    """Some rows of a system as a system of their own.

    Attributes:
        part: the rows.
        columns: per column of the part, the column of the whole that it stands for.
        rows: per row of the part, the row of the whole.
        border: the columns of the whole that other rows hold as well.
    """

    part: System
    columns: Sequence[int]
    rows: Sequence[int]
    border: frozenset[int]

    def spans(self, spans: Spans, point: Sequence[Fraction]) -> list[Span]:
        """Say what the columns of the part leave open when those on the border stay where the point has them.

        Args:
            spans: what each column of the whole leaves open.
            point: a value per column of the whole.
        """
        return [
            Span(point[column], point[column]) if column in self.border else spans[column]
            for column in self.columns
        ]

    def multipliers(self, own: Mapping[int, float]) -> dict[int, float]:
        """Give multipliers per row of the part to the rows of the whole."""
        return {self.rows[row]: multiplier for row, multiplier in own.items()}

    def completed(self, values: Sequence[Fraction], point: Sequence[Fraction]) -> list[Fraction]:
        """Put the values of the part into the point."""
        whole = list(point)
        for column, value in zip(self.columns, values, strict=True):
            whole[column] = value
        return whole


class Surroundings:
    """The neighbourhoods in a system without rates; a rate is near to everything."""

    def __init__(self, system: System) -> None:
        """Take the system."""
        self._system = system
        self._rows_of = rows_by_column(system)

    def around(self, columns: Collection[int]) -> Iterator[Neighbourhood]:
        """Give the neighbourhoods of some columns, each wider than the last, while they are small.

        The columns themselves are on the border of none.
        """
        if self._system.pairs:
            return
        rows = self._touching(columns)
        while True:
            near = {column for row in rows for column in self._system.rows[row].factors}
            wider = self._touching(near)
            if len(wider) * _PARTS > len(self._system.rows) or len(wider) == len(rows):
                return
            rows = wider
            yield self._cut_out(sorted(rows))

    def _touching(self, columns: Collection[int]) -> set[int]:
        return {row for column in columns for row in self._rows_of[column]}

    def _cut_out(self, numbers: Sequence[int]) -> Neighbourhood:
        part, columns, rows = subsystem(self._system, numbers)
        inside = set(rows)
        border = frozenset(column for column in columns if not inside.issuperset(self._rows_of[column]))
        return Neighbourhood(part, columns, rows, border)
