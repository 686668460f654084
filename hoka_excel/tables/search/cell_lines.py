"""Cells of one row or column, and the places they are for a reader: spelled only when someone asks.

A sheet of a million cells has as many parts of sums, and of most of these sums nobody reads the parts.

>>> parts = NamedCells("Blad", Line((1, 2), 0, by_column=True))
>>> print(parts[0], len(parts))
Blad!A2 2
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import overload

from hoka_excel.core.findings import Place
from hoka_excel.tables.grid import Spot, cell_name


@dataclass(frozen=True, slots=True)
class Line(Sequence[Spot]):
    """Some cells of a row or column; in order as their spots are, one by one.

    Attributes:
        places: the rows within the column, or the columns within the row.
        lane: the column or row.
        by_column: whether it is a column.
    """

    places: Sequence[int]
    lane: int
    by_column: bool

    def __len__(self) -> int:
        """Count the cells."""
        return len(self.places)

    @overload
    def __getitem__(self, index: int) -> Spot: ...
    @overload
    def __getitem__(self, index: slice) -> list[Spot]: ...
    def __getitem__(self, index: int | slice) -> Spot | list[Spot]:
        """Give one cell, or some."""
        if isinstance(index, slice):
            return list(Line(self.places[index], self.lane, self.by_column))
        return (self.places[index], self.lane) if self.by_column else (self.lane, self.places[index])

    def __iter__(self) -> Iterator[Spot]:
        """Give the cells one by one."""
        lane = self.lane
        if self.by_column:
            return ((place, lane) for place in self.places)
        return ((lane, place) for place in self.places)

    def __lt__(self, other: "Line") -> bool:
        """Compare cell by cell."""
        return list(self) < list(other)


@dataclass(frozen=True, slots=True)
class NamedCells(Sequence[Place]):
    """Cells of a sheet as places.

    Attributes:
        sheet: its name.
        spots: the cells.
    """

    sheet: str
    spots: Sequence[Spot]

    def __len__(self) -> int:
        """Count the cells."""
        return len(self.spots)

    @overload
    def __getitem__(self, index: int) -> Place: ...
    @overload
    def __getitem__(self, index: slice) -> "NamedCells": ...
    def __getitem__(self, index: int | slice) -> "Place | NamedCells":
        """Name one cell, or keep some."""
        if isinstance(index, slice):
            return NamedCells(self.sheet, self.spots[index])
        return Place(self.sheet, cell_name(*self.spots[index]))

    def __iter__(self) -> Iterator[Place]:
        """Name the cells one by one."""
        return (Place(self.sheet, cell_name(*spot)) for spot in self.spots)

    def those(self, wanted: Callable[[Spot], bool]) -> list[Place]:
        """Name only the cells that are wanted."""
        return [Place(self.sheet, cell_name(*spot)) for spot in self.spots if wanted(spot)]
