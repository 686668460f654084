"""Enrolled students as an allocation key: counted per line and year, with the day and source of the count.

>>> counts = StudentCounts((date(2018, 10, 1),), "DUO", lines=(LineCount("BMW", (Decimal(90),)),))
>>> counts.of("BMW")
(Decimal('90'),)
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class LineCount:
    """The students of one line.

    Attributes:
        line: its label.
        counts: one per year of the plan; None where it is not known.
    """

    line: str
    counts: tuple[Decimal | None, ...]


@dataclass(frozen=True, slots=True)
class Programme:
    """A degree programme that belongs to a line, by its code in the national register (opleidingscode)."""

    code: str
    line: str


@dataclass(frozen=True, slots=True)
class StudentCounts:
    """The students that a theme is divided by.

    Attributes:
        reference_days: the day of the count (peildatum) that the years of the plan go by: one for all of
            them, or one per year where they differ.
        source: who counted.
        institution: whose students, as the source calls it; "" when the plan's own name will do.
        lines: the counts; none until the students have been counted.
        programmes: which programmes make up the lines.
    """

    reference_days: tuple[date, ...]
    source: str
    institution: str = ""
    lines: tuple[LineCount, ...] = ()
    programmes: tuple[Programme, ...] = ()

    def __post_init__(self) -> None:
        """Keep one day where all are the same."""
        if len(set(self.reference_days)) == 1:
            object.__setattr__(self, "reference_days", self.reference_days[:1])

    def reference_day(self, year: int) -> date:
        """Give the day that a year, counted from 0, goes by."""
        return self.reference_days[year if len(self.reference_days) > 1 else 0]

    def of(self, line: str) -> tuple[Decimal | None, ...]:
        """Give the counts of a line; none when it has not been counted."""
        return next((entry.counts for entry in self.lines if entry.line == line), ())

    def count(self, line: str, year: int) -> Decimal | None:
        """Give the students of a line in a year, counted from 0; None where they are not known."""
        counts = self.of(line)
        return counts[year] if year < len(counts) else None
