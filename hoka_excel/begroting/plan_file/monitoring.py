"""In a plan file: how the plan is followed, what was spent, brought along, signalled and explained."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple, TypeGuard, TypeVar

from hoka_excel.begroting.plan_file.figure_texts import clear_text, euro_text
from hoka_excel.begroting.plan_file.figures import Note, ReadFigures
from hoka_excel.begroting.plan_file.schema import PlanFile
from hoka_excel.begroting.plan_file.toml import keys_of
from hoka_excel.core.figures import MISSING, Figure, Printed, Reason, Unreadable, parse_figures, value_of
from hoka_excel.core.messages import Message
from hoka_excel.core.monitoring.thresholds import Thresholds
from hoka_excel.core.plan import Plan, Ref, Table, Unit

if TYPE_CHECKING:
    from tomlkit.items import Table as Keys

T = TypeVar("T")


class Monitoring(NamedTuple):
    """What a plan holds of it, in the words of `Plan`."""

    actuals: Mapping[Ref, Figure]
    openings: Mapping[Ref, Figure]
    thresholds: Thresholds | None
    reasons: Mapping[Ref, str]


def monitoring_of(file: PlanFile, tables: Sequence[Table], read: ReadFigures, note: Note) -> Monitoring:
    """Read it from the keys of a plan file.

    Args:
        file: the keys.
        tables: of the themes, in order.
        read: reads texts as figures.
        note: notes a fault.
    """
    reader = _Reader(file, tables, read, note)
    return Monitoring(
        dict(reader.actuals()), dict(reader.openings()), reader.thresholds(), dict(reader.reasons())
    )


class _Reader(NamedTuple):
    file: PlanFile
    tables: Sequence[Table]
    read: ReadFigures
    note: Note

    def actuals(self) -> Iterator[tuple[Ref, Figure]]:
        """Read what was spent; a row may end before the last year, not go on after it."""
        for index, (keys, table) in enumerate(zip(self.file.thema, self.tables, strict=True)):
            for label, row in keys.realisatie.items():
                subject = ("thema", index, "realisatie", label)
                for year, figure in self._by_year(self._known(row, table, *subject), *subject):
                    if figure is not MISSING:
                        yield Ref(table.name, label, year), figure

    def openings(self) -> Iterator[tuple[Ref, Figure]]:
        """Read what the lines brought along into the first year."""
        for index, (keys, table) in enumerate(zip(self.file.thema, self.tables, strict=True)):
            for label, text in keys.beginstand.items():
                (figure,) = self._known([text], table, "thema", index, "beginstand", label)
                if figure is not MISSING:
                    yield from ((Ref(table.name, label, year), figure) for year in self.file.jaren[:1])

    def reasons(self) -> Iterator[tuple[Ref, str]]:
        """Read why what was spent deviates from the budget."""
        for index, (keys, table) in enumerate(zip(self.file.thema, self.tables, strict=True)):
            for label, row in keys.afwijkingen.items():
                for year, text in self._by_year(row, "thema", index, "afwijkingen", label):
                    if text.strip():
                        yield Ref(table.name, label, year), text.strip()

    def thresholds(self) -> Thresholds | None:
        """Read what a deviation must pass to be signalled; a percentage may carry its sign."""
        keys = self.file.signalering
        if keys is None:
            return None
        figures = (
            *self._amounts([keys.procent.strip().removesuffix("%")], None, "signalering", "procent"),
            *self._amounts([keys.bedrag], Unit.EUR, "signalering", "bedrag"),
        )
        return Thresholds(*(value_of(entry) or Decimal(0) for entry in figures))

    def _by_year(self, row: Sequence[T], *subject: str | int) -> Iterator[tuple[int, T]]:
        """Go through a row over the years; note one that goes on after the last year."""
        years = self.file.jaren
        if len(row) > len(years):
            self.note("plan.row_length", subject, found=len(row), wanted=len(years))
        return zip(years, row, strict=False)

    def _known(self, texts: Sequence[str], table: Table, *subject: str | int) -> list[Figure]:
        """Read amounts that count as they stand, at the step of their table."""
        step = max(table.resolution, Decimal(0))
        return [
            Printed(figure.value, step) if isinstance(figure, Printed) else figure
            for figure in self._amounts(texts, table.unit, *subject)
        ]

    def _amounts(self, texts: Sequence[str], unit: Unit | None, *subject: str | int) -> list[Figure]:
        """Read figures that nothing else would check: what can be read in two ways is noted too."""
        figures = self.read(texts, *subject)
        if unit is Unit.EUR:
            figures = [
                parse_figures([f"€ {entry.text}"])[0] if _is_ambiguous(entry) else entry for entry in figures
            ]
        for entry in figures:
            if _is_ambiguous(entry):
                self.note("plan.fault_at", subject, fault=Message("figure.ambiguous", {"text": entry.text}))
        return figures


def _is_ambiguous(figure: Figure) -> TypeGuard[Unreadable]:
    return isinstance(figure, Unreadable) and figure.reason is Reason.AMBIGUOUS


def monitoring_rows(plan: Plan, table: Table) -> dict[str, "Keys"]:
    """Write what was spent on the lines of a table, what they began with, and what was said of them."""
    spent, openings, reasons = keys_of({}), keys_of({}), keys_of({})
    for line in table.rows:
        places = [Ref(table.name, line.label, year) for year in plan.years]
        actuals = [_known_text(plan.actuals.get(place), table.unit) for place in places]
        opening = _known_text(plan.openings.get(places[0]), table.unit)
        said = [plan.reasons.get(place, "") for place in places]
        if any(actuals):
            spent[line.label] = actuals
        if opening:
            openings[line.label] = opening
        if any(said):
            reasons[line.label] = said
    return {"realisatie": spent, "beginstand": openings, "afwijkingen": reasons}


def threshold_keys(thresholds: Thresholds) -> "Keys":
    """Write what a deviation must pass to be signalled."""
    amount = _known_text(Printed(thresholds.amount, 0), Unit.EUR)
    return keys_of({"procent": clear_text(thresholds.percentage), "bedrag": amount})


def _known_text(figure: Figure | None, unit: Unit) -> str:
    """Write an amount that counts as it stands, so that it can be read in one way only."""
    if not isinstance(figure, Printed):
        return "" if figure is None else figure.text
    is_money = unit is Unit.EUR and int(figure.value.as_tuple().exponent) >= -2
    return euro_text(figure.value) if is_money else clear_text(figure.value)
