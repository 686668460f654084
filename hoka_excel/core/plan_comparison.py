"""Compare two plans fact by fact: what was changed, added or left out.

Tables, lines and years are matched by name, themes by number; the order in which they stand is no difference.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from hoka_excel.core.exact import EXACT
from hoka_excel.core.figures import MISSING, Figure, Printed
from hoka_excel.core.plan import AllocationKey, BalancingLine, Division, Plan, Ref, Table, Theme


class Topic(StrEnum):
    """What a fact of a plan is about; the catalogue holds the words."""

    TITLE = "title"
    INSTITUTION = "institution"
    FACULTY = "faculty"
    VERSION = "version"
    SOURCE = "source"
    DAY = "day"
    STATE = "state"
    GRANT = "grant"
    PRINTED_RATE = "printed_rate"
    RATE_STEP = "rate_step"
    WORKING_RATE = "working_rate"
    RATE_INFERRED = "rate_inferred"
    THEME = "theme"
    WEIGHT = "weight"
    THEME_TABLE = "theme_table"
    DIVISION = "division"
    DIVIDED_BY = "divided_by"
    KEY_INFERRED = "key_inferred"
    SHARE = "share"
    SHARE_STEP = "share_step"
    FIXED_AMOUNT = "fixed_amount"
    TABLE_TITLE = "table_title"
    UNIT = "unit"
    RESOLUTION = "resolution"
    FIGURE = "figure"
    ACTUAL = "actual"
    LOCKED = "locked"
    EXPLANATION = "explanation"
    NOTE = "note"


class Subject(NamedTuple):
    """The fact that a value belongs to.

    Attributes:
        topic: what it is about.
        of: the table, or the number of the theme or note; "" for the plan as a whole.
        line: the label of the line, if any.
        year: of the figure, if any.
    """

    topic: Topic
    of: str = ""
    line: str = ""
    year: int | None = None


Value = Decimal | str | bool


@dataclass(frozen=True, slots=True)
class Difference:
    """A fact that two plans do not share.

    Attributes:
        subject: the fact.
        old: what the first plan says; None where it says nothing.
        new: what the second plan says.
    """

    subject: Subject
    old: Value | None
    new: Value | None

    @property
    def amount(self) -> Decimal | None:
        """How much was added, when both are numbers."""
        if isinstance(self.old, Decimal) and isinstance(self.new, Decimal):
            return EXACT.subtract(self.new, self.old)
        return None


def compare(old: Plan, new: Plan) -> tuple[Difference, ...]:
    """List what differs between two plans, in the order of the first and then of the second."""
    before, after = facts_of(old), facts_of(new)
    return tuple(
        Difference(subject, before.get(subject), after.get(subject))
        for subject in before | after
        if before.get(subject) != after.get(subject)
    )


def facts_of(plan: Plan) -> dict[Subject, Value]:
    """Take a plan apart into facts; a figure that is missing is none."""
    return {subject: value for subject, value in _facts(plan) if value is not None}


_Facts = Iterator[tuple[Subject, Value | None]]


def _facts(plan: Plan) -> _Facts:
    yield Subject(Topic.TITLE), plan.title
    yield Subject(Topic.INSTITUTION), plan.institution
    yield Subject(Topic.FACULTY), plan.faculty
    yield Subject(Topic.VERSION), plan.version
    yield Subject(Topic.SOURCE), plan.source
    yield Subject(Topic.DAY), plan.day.isoformat()
    yield Subject(Topic.STATE), plan.state
    for year, figure in zip(plan.years, plan.grant or [MISSING] * len(plan.years), strict=True):
        yield Subject(Topic.GRANT, year=year), _value(figure)
    yield Subject(Topic.PRINTED_RATE), plan.rate.printed.value
    yield Subject(Topic.RATE_STEP), plan.rate.printed.unit
    yield Subject(Topic.WORKING_RATE), plan.rate.working
    yield Subject(Topic.RATE_INFERRED), plan.rate.inferred
    for theme in plan.themes:
        yield from _theme(theme)
    for table in plan.tables:
        yield from _table(table, plan.years)
    for ref, figure in plan.actuals.items():
        yield Subject(Topic.ACTUAL, *ref), _value(figure)
    for ref in plan.locked:
        yield Subject(Topic.LOCKED, *ref), True
    for explanation in plan.explanations:
        yield Subject(Topic.EXPLANATION, *explanation.ref), explanation.text
    for number, note in enumerate(plan.notes, 1):
        yield Subject(Topic.NOTE, str(number)), note


def _theme(theme: Theme) -> _Facts:
    number = str(theme.number)
    yield Subject(Topic.THEME, number), theme.name
    yield Subject(Topic.WEIGHT, number), theme.weight
    yield Subject(Topic.THEME_TABLE, number), theme.table.name
    yield Subject(Topic.DIVISION, number), _word(theme.division)
    match theme.division:
        case AllocationKey(name, inferred, shares):
            yield Subject(Topic.DIVIDED_BY, number), name
            yield Subject(Topic.KEY_INFERRED, number), inferred
            for share in shares:
                yield Subject(Topic.SHARE, number, share.line), share.share.value
                yield Subject(Topic.SHARE_STEP, number, share.line), share.share.unit
                yield Subject(Topic.FIXED_AMOUNT, number, share.line), share.fixed
        case BalancingLine(line):
            yield Subject(Topic.DIVIDED_BY, number), line


def _word(division: Division) -> str:
    """Name a division as plan files and workbooks do."""
    match division:
        case AllocationKey():
            return "sleutel"
        case BalancingLine():
            return "sluitpost"
        case _:
            return "gegeven"


def _table(table: Table, years: tuple[int, ...]) -> _Facts:
    yield Subject(Topic.TABLE_TITLE, table.name), table.title
    yield Subject(Topic.UNIT, table.name), table.unit
    yield Subject(Topic.RESOLUTION, table.name), table.resolution
    for line in table.rows:
        for year, figure in zip(years, line.figures, strict=True):
            yield Subject(Topic.FIGURE, *Ref(table.name, line.label, year)), _value(figure)


def _value(figure: Figure) -> Value | None:
    return figure.value if isinstance(figure, Printed) else figure.text or None
