"""What the accountability page shows of the years ahead: what is available, students, scenarios."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from hoka_excel.core.exact import EXACT, round_half_up
from hoka_excel.core.figures import Figure, Printed
from hoka_excel.core.messages import Language, Message
from hoka_excel.core.plan import AllocationKey, Plan, Table, Theme
from hoka_excel.core.scenarios import compare_scenarios

_HUNDREDTH = Decimal("0.01")

Amounts = tuple[Decimal | None, ...]
"""One per year; None where it is not known."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line over the years.

    Attributes:
        label: of the line.
        is_total: whether it adds up the others.
        amounts: what stands in it.
    """

    label: str
    is_total: bool
    amounts: Amounts


@dataclass(frozen=True, slots=True)
class Part:
    """Rows that belong together.

    Attributes:
        title: above them; None where the table needs no more than its caption.
        rows: in order.
        sign: "+" where a number above zero carries its sign.
        suffix: behind every number.
    """

    title: Message | None
    rows: tuple[Row, ...]
    sign: str = ""
    suffix: str = ""


@dataclass(frozen=True, slots=True)
class TimeTable:
    """A table over the years: its caption and its parts."""

    title: Message
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class OverTime:
    """What changes over the years of a plan.

    Attributes:
        notes: which years are binding, and the revisions of the grant.
        tables: what is available, and the students of each theme that is divided by them.
        scenarios: per table, the plan, each scenario, and what it adds; empty without scenarios.
    """

    notes: tuple[Message, ...]
    tables: tuple[TimeTable, ...]
    scenarios: tuple[TimeTable, ...]

    def __bool__(self) -> bool:
        """Say whether there is anything to show."""
        return bool(self.notes or self.tables or self.scenarios)


def over_time_of(plan: Plan, language: Language) -> OverTime:
    """Gather what changes over the years of a plan.

    Args:
        plan: the plan.
        language: of the labels that the plan itself does not give.

    Raises:
        PlanError, AllocationError: the plan or a scenario cannot be recomputed.
    """
    students = [
        _students(plan, theme, theme.division, language)
        for theme in plan.themes
        if isinstance(theme.division, AllocationKey) and theme.division.is_counted
    ]
    available = [_available(plan, language)] if plan.changes else []
    scenarios = _scenarios(plan) if plan.scenarios else ()
    return OverTime(tuple(_notes(plan)), (*available, *students), tuple(scenarios))


def _notes(plan: Plan) -> Iterator[Message]:
    if plan.binding_until is not None:
        yield Message("page.binding", {"year": plan.binding_until})
    for entry in plan.changes.revisions:
        values = {"day": entry.day.isoformat(), "reason": entry.reason, "year": entry.year}
        yield Message("page.revision", {**values, "amount": entry.amount})


def _available(plan: Plan, language: Language) -> TimeTable:
    """Lead the grant to what is available, per year."""
    found = [
        plan.changes.available(figure.value, year, plan.euros.resolution)
        if isinstance(figure, Printed)
        else None
        for figure, year in zip(plan.granted, plan.years, strict=True)
    ]
    columns: dict[str, Amounts] = {
        "page.available_granted": tuple(None if entry is None else entry.granted for entry in found),
        "page.available_indexation": tuple(None if entry is None else entry.indexation for entry in found),
        "page.available_revisions": tuple(None if entry is None else entry.revisions for entry in found),
        "page.available_amount": tuple(None if entry is None else entry.amount for entry in found),
    }
    last = [*columns][-1]
    rows = [Row(Message(code).render(language), code == last, amounts) for code, amounts in columns.items()]
    return TimeTable(Message("page.available"), (Part(None, tuple(rows)),))


def _students(plan: Plan, theme: Theme, key: AllocationKey, language: Language) -> TimeTable:
    """Set the students of a theme beside the shares that stood for them, in percent to two decimals."""
    years = [key.weights(year) for year in range(len(plan.years))]
    wholes = tuple(sum(year, Decimal(0)) for year in years)
    shares = [share.share.value for share in key.shares]
    lines = zip((share.line for share in key.shares), zip(*years, strict=True), shares, strict=True)
    total = (Message("page.students_total").render(language), wholes, sum(shares, Decimal(0)))
    counts, portions, gaps = [], [], []
    for label, row, share in (*lines, total):
        is_total = label is total[0]
        parts = tuple(_percent(count, whole) for count, whole in zip(row, wholes, strict=True))
        less = tuple(EXACT.subtract(part, _percent(share, Decimal(1))) for part in parts)
        counts.append(Row(label, is_total, row))
        portions.append(Row(label, is_total, parts))
        gaps.append(Row(label, is_total, less))
    parts_of_table = (
        Part(Message("page.students_count"), tuple(counts)),
        Part(Message("page.students_share"), tuple(portions), suffix="%"),
        Part(Message("page.students_gap"), tuple(gaps), sign="+", suffix="%"),
    )
    return TimeTable(Message("page.students", {"theme": theme.name, "key": key.name}), parts_of_table)


def _percent(part: Decimal, whole: Decimal) -> Decimal:
    return round_half_up(100 * Fraction(part) / Fraction(whole), _HUNDREDTH)


def _scenarios(plan: Plan) -> Iterator[TimeTable]:
    comparison = compare_scenarios(plan)
    for index, table in enumerate(comparison.plan.tables):
        parts = [Part(Message("scenario.plan"), _rows(table))]
        for number, (scenario, made) in enumerate(comparison.scenarios, 1):
            values, other = {"number": number, "name": scenario.name}, made.tables[index]
            parts.append(Part(Message("scenario.name", values), _rows(other)))
            parts.append(Part(Message("scenario.less", values), _differences(table, other), sign="+"))
        yield TimeTable(
            Message("page.scenario_table", {"table": table.name, "unit": table.unit}), tuple(parts)
        )


def _rows(table: Table) -> tuple[Row, ...]:
    return tuple(
        Row(line.label, line is table.total, tuple(map(_value, line.figures))) for line in table.rows
    )


def _differences(planned: Table, made: Table) -> tuple[Row, ...]:
    return tuple(
        replace(row, amounts=tuple(map(_gap, before.figures, after.figures)))
        for row, before, after in zip(_rows(planned), planned.rows, made.rows, strict=True)
    )


def _value(figure: Figure) -> Decimal | None:
    return figure.value if isinstance(figure, Printed) else None


def _gap(before: Figure, after: Figure) -> Decimal | None:
    old, new = _value(before), _value(after)
    return None if old is None or new is None else EXACT.subtract(new, old)
