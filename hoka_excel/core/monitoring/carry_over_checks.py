"""Whether what is carried over adds up: per line, theme and in total, and over the years.

That the lines come to their total depends on what the plan prints, so rounding can explain a difference; the
room for it grows by half a step per figure and year. The other checks fail only on a sheet, where a formula
was written over.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from hoka_excel.core.exact import EXACT
from hoka_excel.core.figures import Printed, Reason
from hoka_excel.core.intervals import Interval
from hoka_excel.core.monitoring.carry_over import CarryOver, Corkscrew, TableCarryOver
from hoka_excel.core.plan import Plan
from hoka_excel.core.verdicts import Judgement, Known, judge, untestable


class CarryOverKind(StrEnum):
    """What a check of what is carried over is about."""

    LINES = "lines"
    YEARS = "years"
    THEMES = "themes"


@dataclass(frozen=True, slots=True)
class CarryOverCheck:
    """One check of what is carried over.

    Attributes:
        kind: the lines against their total, all years against the last closing, or the themes against theirs.
        of: the table; "" for the themes in EUR.
        label: the line that is checked.
        year: of the closing that is checked.
        judgement: stated is that closing.
    """

    kind: CarryOverKind
    of: str
    label: str
    year: int
    judgement: Judgement


def carry_over_checks(plan: Plan, found: CarryOver) -> tuple[CarryOverCheck, ...]:
    """Check what is carried over, as far as years have closed: table by table, then the themes in EUR."""
    return (
        *(check for table in found.tables for check in _of_table(plan, table)),
        *_of_years(plan, "", found.euros),
        *_of_themes(plan, found.euros),
    )


def lines_judgement(found: TableCarryOver, year: int) -> Judgement | None:
    """Judge whether the lines come to their total in a year, counted from 0; None while it is open."""
    *lines, total = found.lines
    room = Fraction(found.table.resolution) / 2 * (year + 1)
    return _summed(total.closing[year], [line.closing[year] for line in lines], room)


def years_judgement(line: Corkscrew) -> Judgement | None:
    """Judge whether the last closing is what all closed years leave; None while the first year is open."""
    if line.over_all is None:
        return None
    return _summed(line.closing[line.closed - 1], [line.over_all[-1]], Fraction(0))


def themes_judgement(found: Sequence[Corkscrew], year: int) -> Judgement | None:
    """Judge whether the themes come to their total in a year, counted from 0; None while it is open."""
    *themes, total = found
    return _summed(total.closing[year], [theme.closing[year] for theme in themes], Fraction(0))


def _of_table(plan: Plan, found: TableCarryOver) -> Iterator[CarryOverCheck]:
    name, total = found.table.name, found.lines[-1].label
    for index, year in enumerate(plan.years):
        if judgement := lines_judgement(found, index):
            yield CarryOverCheck(CarryOverKind.LINES, name, total, year, judgement)
    yield from _of_years(plan, name, found.lines)


def _of_years(plan: Plan, of: str, found: Sequence[Corkscrew]) -> Iterator[CarryOverCheck]:
    for line in found:
        if judgement := years_judgement(line):
            year = plan.years[line.closed - 1]
            yield CarryOverCheck(CarryOverKind.YEARS, of, line.label, year, judgement)


def _of_themes(plan: Plan, found: Sequence[Corkscrew]) -> Iterator[CarryOverCheck]:
    for index, year in enumerate(plan.years):
        if judgement := themes_judgement(found, index):
            yield CarryOverCheck(CarryOverKind.THEMES, "", found[-1].label, year, judgement)


def _summed(stated: Decimal | None, parts: Sequence[Decimal | None], room: Fraction) -> Judgement | None:
    """Judge whether parts add up to a figure, each of them no further than `room` from the truth."""
    if stated is None:
        return None
    expected = Decimal(0)
    for part in parts:
        if part is None:
            return untestable(Reason.MISSING)
        expected = EXACT.add(expected, part)
    given = Interval(Fraction(expected), Fraction(expected)).widened(room * len(parts))
    known = Interval(Fraction(stated), Fraction(stated)).widened(room)
    return judge(Known(Printed(stated, 0), known), expected, given, Decimal(0))
