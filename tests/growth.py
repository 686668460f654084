"""How what something costs grows with its size, ours beside a peer or a limit, as rows of one table.

A benchmark prints them with `Growth.row`; `python -m tests.benchmarks` gathers the rows of all of them,
whatever else they print.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

HEADING = "| what | size | ours | beside it | times ours |\n|---|---:|---:|---:|---:|"
_ROW = "| "


@dataclass(frozen=True, slots=True)
class Point:
    """One size, measured in one run.

    Attributes:
        size: how many of whatever grows.
        ours: what it costs us.
        beside: what it costs the peer, or the least it can cost; None where it was not asked, being absent or
            too slow.
        is_given_up: whether the peer had not finished after what `beside` says.
    """

    size: int
    ours: float
    beside: float | None = None
    is_given_up: bool = False


@dataclass(frozen=True, slots=True)
class Growth:
    """How a cost grows.

    Attributes:
        what: what is done.
        sizes: what the sizes count.
        measure: the unit of both costs.
        peer: what they are measured against.
    """

    what: str
    sizes: str
    measure: str
    peer: str

    def row(self, point: Point) -> str:
        """Write one size as a row of the table."""
        theirs = ratio = "-"
        if point.beside is not None:
            over = "over " if point.is_given_up else ""
            theirs = f"{self.peer} {over}{significant(point.beside)}"
            ratio = f"{over}{significant(point.beside / point.ours)}" if point.ours else "-"
        ours = f"{significant(point.ours)} {self.measure}"
        cells = (self.what, f"{self.sizes}: {point.size:,}", ours, theirs, ratio)
        return f"{_ROW}{' | '.join(cells)} |"


def significant(value: float) -> str:
    """Write a measurement with three digits that tell something.

    >>> significant(1234.5), significant(12.345), significant(0.00123)
    ('1,234', '12.3', '0.00123')
    """
    decimals = next((places for places in range(6) if abs(value) * 10**places >= 100), 5)
    return f"{value:,.{decimals}f}"


def rows_among(lines: Iterable[str]) -> Iterator[str]:
    """Choose the rows of the table from what a benchmark printed."""
    return (line for line in lines if line.startswith(_ROW))


def in_groups(rows: Iterable[str]) -> list[str]:
    """Put the sizes of one thing below each other, in the order in which the things were first measured."""
    groups: dict[str, list[str]] = {}
    for row in rows:
        groups.setdefault(row.split(" | ")[0], []).append(row)
    return [row for group in groups.values() for row in group]
