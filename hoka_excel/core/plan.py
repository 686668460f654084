"""A plan for quality-agreement money: years, themes, lines, amounts, allocation keys and rates.

All of it is data. A plan holds figures as printed; its years, themes, numbers of themes and rates are
whatever the plan says.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from hoka_excel.core.figures import Figure, Printed
from hoka_excel.core.grant import GrantChanges
from hoka_excel.core.levers import Scenario
from hoka_excel.core.monitoring.thresholds import Thresholds
from hoka_excel.core.students import StudentCounts

if TYPE_CHECKING:
    from pandas import DataFrame


class Unit(StrEnum):
    """What a table counts in."""

    EUR = "EUR"
    FTE = "FTE"


class State(StrEnum):
    """Whether the figures are those of the published document, or recomputed from the assumptions."""

    PUBLISHED = "gepubliceerd"
    RECOMPUTED = "herberekend"


class Ref(NamedTuple):
    """The place of a figure in a plan: table, line and year."""

    table: str
    line: str
    year: int


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a table.

    Attributes:
        label: as printed; unique in its table.
        figures: one per year of the plan, in order.
    """

    label: str
    figures: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table of an appendix: lines over years, and their total.

    Attributes:
        name: what the table is called in findings; unique in the plan.
        title: the heading as printed.
        unit: EUR or FTE.
        resolution: the printed step, such as 1 euro or 0.01 FTE; above zero.
        lines: the parts of the total.
        total: the last row.
    """

    name: str
    title: str
    unit: Unit
    resolution: Decimal
    lines: tuple[Line, ...]
    total: Line

    @property
    def rows(self) -> tuple[Line, ...]:
        """The lines and the total below them."""
        return (*self.lines, self.total)

    def with_figures(self, lines: tuple[tuple[Figure, ...], ...], total: tuple[Figure, ...]) -> "Table":
        """Return the same table with other figures, one row of them per line."""
        return replace(
            self,
            lines=tuple(replace(line, figures=row) for line, row in zip(self.lines, lines, strict=True)),
            total=replace(self.total, figures=total),
        )


@dataclass(frozen=True, slots=True)
class KeyShare:
    """What one line gets of an allocation key.

    Attributes:
        line: the label of the line.
        share: its part of what is shared out; shares need not add up to exactly 1.
        fixed: the amount in EUR it gets first, at the expense of all.
    """

    line: str
    share: Printed
    fixed: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class AllocationKey:
    """A theme is divided pro rata, after fixed amounts: (amount - all fixed) x share + own fixed.

    Attributes:
        name: what the key counts, such as enrolled students.
        inferred: whether the shares were derived from the figures instead of stated by the source.
        shares: one per line of the theme's table, in order.
        students: the students that are counted per line and year; once they are, they go before the shares.
    """

    name: str
    inferred: bool
    shares: tuple[KeyShare, ...]
    students: StudentCounts | None = None

    @property
    def is_counted(self) -> bool:
        """Whether the theme is divided by counted students."""
        return self.students is not None and bool(self.students.lines)

    def weights(self, year: int) -> tuple[Decimal, ...]:
        """Give what each line weighs in a year, counted from 0: its students, or else its share."""
        if self.students is None or not self.students.lines:
            return tuple(share.share.value for share in self.shares)
        return tuple(self.students.count(share.line, year) or Decimal(0) for share in self.shares)


@dataclass(frozen=True, slots=True)
class BalancingLine:
    """A theme's lines are given, and one of them takes what is left (sluitpost)."""

    line: str


@dataclass(frozen=True, slots=True)
class GivenLines:
    """A theme's lines are given; the total is their sum."""


Division = AllocationKey | BalancingLine | GivenLines


@dataclass(frozen=True, slots=True)
class Theme:
    """A theme of the plan.

    Attributes:
        number: as in the plan.
        name: as in the plan.
        weight: its part of the whole, such as 3 in 3:2:1.
        table: its own table of the appendix.
        division: how its amount becomes the figures of its lines.
    """

    number: int
    name: str
    weight: Decimal
    table: Table
    division: Division


@dataclass(frozen=True, slots=True)
class FteRate:
    """What one FTE costs.

    Attributes:
        printed: the rate as the source prints it ("84K": to the nearest thousand).
        working: the rate to compute with, in EUR per FTE.
        inferred: whether the working rate was derived from the figures instead of stated by the source.
    """

    printed: Printed
    working: Decimal
    inferred: bool


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a difference is justified, in the controller's words, on the figure that is checked."""

    ref: Ref
    text: str


@dataclass(frozen=True, slots=True)
class Plan:
    """A plan with its budget appendix.

    Attributes:
        title, institution, faculty, version, source: as the document says.
        day: the date of the document.
        state: as published, or recomputed.
        years: in order.
        grant: the amount per year in EUR as it was granted; None when the printed total of the integral
            table stands for it.
        changes: the indexations and revisions of the grant; the themes share what they make of it.
        binding_until: the last year whose amounts are binding (taakstellend); later ones are indicative
            (richtinggevend). None when the plan does not say.
        rate: what one FTE costs.
        themes: in order.
        euros: the integral table in EUR; one line per theme, in order.
        ftes: the integral table in FTE; one line per theme, in order.
        actuals: what was spent, by place, in the unit of the table; empty until it is known.
        openings: what lines brought along into the first year, by their place in it, in the table's unit.
        thresholds: what a deviation of the actuals must pass to be signalled; None when none is.
        reasons: why the actuals deviate, in the controller's words, by the figure that was budgeted.
        locked: the figures that are right because the controller says so.
        explanations: of differences.
        scenarios: what is asked to be computed otherwise.
        notes: what a reader of the workbook must know, one sentence each.
    """

    title: str
    institution: str
    faculty: str
    version: str
    source: str
    day: date
    state: State
    years: tuple[int, ...]
    grant: tuple[Figure, ...] | None
    rate: FteRate
    themes: tuple[Theme, ...]
    euros: Table
    ftes: Table
    actuals: Mapping[Ref, Figure] = field(default_factory=dict)
    openings: Mapping[Ref, Figure] = field(default_factory=dict)
    thresholds: Thresholds | None = None
    reasons: Mapping[Ref, str] = field(default_factory=dict)
    locked: tuple[Ref, ...] = ()
    explanations: tuple[Explanation, ...] = ()
    changes: GrantChanges = field(default_factory=GrantChanges)
    binding_until: int | None = None
    scenarios: tuple[Scenario, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def tables(self) -> tuple[Table, ...]:
        """Every table, the themes' first."""
        return (*(theme.table for theme in self.themes), self.euros, self.ftes)

    @property
    def granted(self) -> tuple[Figure, ...]:
        """The amount per year as granted."""
        return self.euros.total.figures if self.grant is None else self.grant

    def is_binding(self, year: int) -> bool:
        """Say whether the amounts of a year are binding rather than indicative."""
        return self.binding_until is not None and year <= self.binding_until

    def figures(self) -> Iterator[tuple[Ref, Figure]]:
        """Go through every figure of every table with its place."""
        for table in self.tables:
            for line in table.rows:
                for year, figure in zip(self.years, line.figures, strict=True):
                    yield Ref(table.name, line.label, year), figure

    def to_frame(self) -> "DataFrame":
        """Give every figure as a row of a tidy frame; see `frames.plan_frame`."""
        from hoka_excel.core.frames import plan_frame  # noqa: PLC0415 - pandas loads slowly

        return plan_frame(self)
