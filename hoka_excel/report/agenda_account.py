"""What the page of a quality agenda shows: what all sources pay per theme, programme and source, by year."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar

from hoka_excel.core.agenda.projects import Agenda, Axis
from hoka_excel.core.agenda.totals import SOURCES, TABLES, Amounts, TotalsTable, totals_of
from hoka_excel.core.exact import round_half_up
from hoka_excel.core.head import Head, head_of
from hoka_excel.core.messages import Language, Message
from hoka_excel.report.inline_svg import Heading, Plot
from hoka_excel.report.plots import Series, over_years
from hoka_excel.report.year_tables import Part, Row, YearTable

_CENT = Decimal("0.01")
_PLOTTED = (TABLES[Axis.OWN_THEMES], TABLES[Axis.SECTOR_THEMES], SOURCES)
"""The tables whose lines are few enough to be told apart in a plot."""


@dataclass(frozen=True, slots=True)
class AgendaAccount:
    """The totals of an agenda.

    Attributes:
        template: that shows it.
        head: of the agenda.
        periods: its years, and all of them together.
        tables: per own theme, sector theme, programme and source; the amounts per period.
        plots: of the themes and the sources.
    """

    template: ClassVar[str] = "agenda.html.jinja"
    head: Head
    periods: tuple[str, ...]
    tables: tuple[YearTable, ...]
    plots: tuple[Plot, ...]


def agenda_account(agenda: Agenda, language: Language) -> AgendaAccount:
    """Draw up what an agenda comes to.

    Args:
        agenda: the agenda.
        language: of the plots.

    Raises:
        UsageError: the library that draws is not installed.
    """
    tables = totals_of(agenda)
    return AgendaAccount(
        head=head_of(agenda),
        periods=agenda.periods,
        tables=tuple(_table(agenda, table) for table in tables),
        plots=tuple(
            _plot(agenda, table, paid, language)
            for table in tables
            if table.name in _PLOTTED and (paid := _paid(table))
        ),
    )


def _title(agenda: Agenda, table: TotalsTable) -> Message:
    return Message("page.agenda_table", {"table": agenda.marked(table.name)})


def _table(agenda: Agenda, table: TotalsTable) -> YearTable:
    last, unit = [*table.rows][-1], _unit(table)
    rows = tuple(
        Row(label, label == last, tuple(round_half_up(amount, unit) for amount in amounts))
        for label, amounts in table.rows.items()
    )
    return YearTable(_title(agenda, table), (Part(None, rows),))


def _unit(table: TotalsTable) -> Decimal:
    """Write every amount of a table in cents where one is not whole, so that their marks stand in line."""
    whole = all(amount == amount.to_integral_value() for row in table.rows.values() for amount in row)
    return Decimal(1) if whole else _CENT


def _paid(table: TotalsTable) -> dict[str, Amounts]:
    """Give the lines that get anything in any year."""
    return {label: amounts[:-1] for label, amounts in table.lines.items() if any(amounts)}


def _plot(agenda: Agenda, table: TotalsTable, paid: Mapping[str, Amounts], language: Language) -> Plot:
    nothing = (None,) * len(agenda.years)
    series = [Series(label, amounts, nothing) for label, amounts in paid.items()]
    heading = Heading(f"plot-{_PLOTTED.index(table.name) + 1}", _title(agenda, table).render(language))
    return over_years(heading, "EUR", agenda.years, series, language)
