"""Compare two plans fact by fact: what was changed, added or left out.

Tables, lines and years are matched by name, themes by number; the order in which they stand is no difference.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from hoka_excel.core.exact import EXACT
from hoka_excel.core.figures import MISSING, Figure, Printed
from hoka_excel.core.head import Head, head_of
from hoka_excel.core.plan import AllocationKey, BalancingLine, Division, Plan, Ref, Table, Theme
from hoka_excel.core.students import StudentCounts


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
    PRICE_LEVEL = "price_level"
    INDEXATION = "indexation"
    PASSED_ON = "passed_on"
    REVISION = "revision"
    BINDING_UNTIL = "binding_until"
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
    STUDENTS = "students"
    STUDENT_SOURCE = "student_source"
    STUDENT_INSTITUTION = "student_institution"
    REFERENCE_DAY = "reference_day"
    PROGRAMME = "programme"
    TABLE_TITLE = "table_title"
    UNIT = "unit"
    RESOLUTION = "resolution"
    FIGURE = "figure"
    ACTUAL = "actual"
    OPENING = "opening"
    THRESHOLD_PERCENTAGE = "threshold_percentage"
    THRESHOLD_AMOUNT = "threshold_amount"
    REASON = "reason"
    LOCKED = "locked"
    EXPLANATION = "explanation"
    SCENARIO = "scenario"
    SETTING = "setting"
    NOTE = "note"
    MONEY_SOURCE = "money_source"
    DESCRIPTION = "description"
    PLACE = "place"
    FIRST_YEAR = "first_year"
    LAST_YEAR = "last_year"
    MEMBER = "member"
    PROJECT = "project"
    AMOUNT_STATUS = "amount_status"
    AIM = "aim"
    EVIDENCE = "evidence"
    PROJECT_SHARE = "project_share"
    COST = "cost"
    PAID = "paid"


class Subject(NamedTuple):
    """The fact that a value belongs to.

    Attributes:
        topic: what it is about.
        of: the table, the number of the theme or note, the day of a revision, or the name of a scenario; ""
            for the plan as a whole.
        line: the label of the line, the code of a programme, the reason of a revision, or what a scenario
            sets; "" where there is none.
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
        is_binding: whether it is about a year that either plan calls binding.
    """

    subject: Subject
    old: Value | None
    new: Value | None
    is_binding: bool = False

    @property
    def amount(self) -> Decimal | None:
        """How much was added, when both are numbers."""
        if isinstance(self.old, Decimal) and isinstance(self.new, Decimal):
            return EXACT.subtract(self.new, self.old)
        return None


def compare(old: Plan, new: Plan) -> tuple[Difference, ...]:
    """List what differs between two plans, in the order of the first and then of the second."""
    binding = {year for plan in (old, new) for year in (*old.years, *new.years) if plan.is_binding(year)}
    return differing(facts_of(old), facts_of(new), binding)


def differing(
    before: Mapping[Subject, Value], after: Mapping[Subject, Value], binding: Collection[int] = ()
) -> tuple[Difference, ...]:
    """List the facts that differ, those of `before` first; what differs in a year of `binding` binds."""
    return tuple(
        Difference(subject, before.get(subject), after.get(subject), subject.year in binding)
        for subject in {**before, **after}
        if before.get(subject) != after.get(subject)
    )


def facts_of(plan: Plan) -> dict[Subject, Value]:
    """Take a plan apart into facts; a figure that is missing is none."""
    return {subject: value for subject, value in _facts(plan) if value is not None}


Facts = Iterator[tuple[Subject, Value | None]]


def head_facts(head: Head) -> Facts:
    """Take the head of a plan or agenda apart."""
    yield Subject(Topic.TITLE), head.title
    yield Subject(Topic.INSTITUTION), head.institution
    yield Subject(Topic.FACULTY), head.faculty
    yield Subject(Topic.VERSION), head.version
    yield Subject(Topic.SOURCE), head.source
    yield Subject(Topic.DAY), head.day.isoformat()


def _facts(plan: Plan) -> Facts:
    yield from head_facts(head_of(plan))
    yield Subject(Topic.STATE), plan.state
    for year, figure in zip(plan.years, plan.grant or [MISSING] * len(plan.years), strict=True):
        yield Subject(Topic.GRANT, year=year), _value(figure)
    yield from _grant_changes(plan)
    yield Subject(Topic.PRINTED_RATE), plan.rate.printed.value
    yield Subject(Topic.RATE_STEP), plan.rate.printed.unit
    yield Subject(Topic.WORKING_RATE), plan.rate.working
    yield Subject(Topic.RATE_INFERRED), plan.rate.inferred
    for theme in plan.themes:
        yield from _theme(theme, plan.years)
    for table in plan.tables:
        yield from _table(table, plan.years)
    yield from _monitoring(plan)
    for ref in plan.locked:
        yield Subject(Topic.LOCKED, *ref), True
    for explanation in plan.explanations:
        yield Subject(Topic.EXPLANATION, *explanation.ref), explanation.text
    for scenario in plan.scenarios:
        yield Subject(Topic.SCENARIO, scenario.name), True
        for setting in scenario.settings:
            named = " · ".join(filter(None, (setting.lever, setting.table, setting.line)))
            yield Subject(Topic.SETTING, scenario.name, named, setting.year), setting.value
    for number, note in enumerate(plan.notes, 1):
        yield Subject(Topic.NOTE, str(number)), note


def _monitoring(plan: Plan) -> Facts:
    if plan.thresholds is not None:
        yield Subject(Topic.THRESHOLD_PERCENTAGE), plan.thresholds.percentage
        yield Subject(Topic.THRESHOLD_AMOUNT), plan.thresholds.amount
    for topic, figures in ((Topic.OPENING, plan.openings), (Topic.ACTUAL, plan.actuals)):
        for ref, figure in figures.items():
            yield Subject(topic, *ref), _value(figure)
    for ref, reason in plan.reasons.items():
        yield Subject(Topic.REASON, *ref), reason


def _grant_changes(plan: Plan) -> Facts:
    """Take apart what became of the grant; a revision is told by its day, its reason and its year."""
    level = plan.changes.price_level
    yield Subject(Topic.PRICE_LEVEL), None if level is None else str(level)
    for indexation in plan.changes.indexations:
        yield Subject(Topic.INDEXATION, year=indexation.year), indexation.percent
        yield Subject(Topic.PASSED_ON, year=indexation.year), indexation.passed_on
    for entry in plan.changes.revisions:
        yield Subject(Topic.REVISION, entry.day.isoformat(), entry.reason, entry.year), entry.amount
    until = plan.binding_until
    yield Subject(Topic.BINDING_UNTIL), None if until is None else str(until)


def _students(number: str, students: StudentCounts, years: tuple[int, ...]) -> Facts:
    yield Subject(Topic.STUDENT_SOURCE, number), students.source
    yield Subject(Topic.STUDENT_INSTITUTION, number), students.institution or None
    for position, year in enumerate(years):
        yield Subject(Topic.REFERENCE_DAY, number, year=year), students.reference_day(position).isoformat()
    for entry in students.lines:
        for year, count in zip(years, entry.counts, strict=True):
            yield Subject(Topic.STUDENTS, number, entry.line, year), count
    for programme in students.programmes:
        yield Subject(Topic.PROGRAMME, number, programme.code), programme.line


def _theme(theme: Theme, years: tuple[int, ...]) -> Facts:
    number = str(theme.number)
    yield Subject(Topic.THEME, number), theme.name
    yield Subject(Topic.WEIGHT, number), theme.weight
    yield Subject(Topic.THEME_TABLE, number), theme.table.name
    yield Subject(Topic.DIVISION, number), _word(theme.division)
    match theme.division:
        case AllocationKey(name, inferred, shares, students):
            yield Subject(Topic.DIVIDED_BY, number), name
            yield Subject(Topic.KEY_INFERRED, number), inferred
            for share in shares:
                yield Subject(Topic.SHARE, number, share.line), share.share.value
                yield Subject(Topic.SHARE_STEP, number, share.line), share.share.unit
                yield Subject(Topic.FIXED_AMOUNT, number, share.line), share.fixed
            if students is not None:
                yield from _students(number, students, years)
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


def _table(table: Table, years: tuple[int, ...]) -> Facts:
    yield Subject(Topic.TABLE_TITLE, table.name), table.title
    yield Subject(Topic.UNIT, table.name), table.unit
    yield Subject(Topic.RESOLUTION, table.name), table.resolution
    for line in table.rows:
        for year, figure in zip(years, line.figures, strict=True):
            yield Subject(Topic.FIGURE, *Ref(table.name, line.label, year)), _value(figure)


def _value(figure: Figure) -> Value | None:
    return figure.value if isinstance(figure, Printed) else figure.text or None
