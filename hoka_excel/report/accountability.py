"""What the accountability page shows of a plan: what was spent, what that signals, and the plots of it."""

from dataclasses import dataclass
from typing import ClassVar

from hoka_excel.core.findings import Reconciliation
from hoka_excel.core.head import Head, head_of
from hoka_excel.core.messages import Language, Message
from hoka_excel.core.monitoring.bridge import Bridge, bridge_of
from hoka_excel.core.monitoring.carry_over import TableCarryOver, carry_over_of
from hoka_excel.core.monitoring.progress import TableProgress, progress_of
from hoka_excel.core.monitoring.signals import Deviation, deviations_of
from hoka_excel.core.plan import AllocationKey, Plan
from hoka_excel.report.carried import Carried, carried_of
from hoka_excel.report.inline_svg import Heading, Plot
from hoka_excel.report.network_graph import graph_of
from hoka_excel.report.network_plot import network
from hoka_excel.report.planned import Planned
from hoka_excel.report.plots import Series, bridge, over_years
from hoka_excel.report.shares import ShareTable, ratio_table, split_tables
from hoka_excel.report.year_section import YearSection, year_section_of


@dataclass(frozen=True, slots=True)
class Accountability:
    """A plan against its actuals.

    Attributes:
        template: that shows it.
        plan: the plan.
        tables: every table of it with its progress.
        lines_carried: per table, what its lines take along; None for the integral tables.
        deviations: those that are signalled or explained.
        shares: the ratio of the themes and the splits by a key; empty when nothing is known.
        carried: the themes in EUR over the years.
        bridge: from budget to actuals; None when no year is known in full.
        years: what changes over the years, and the scenarios.
        plots: of the figures, in the order of the page.
        network: the plot of all checks.
    """

    template: ClassVar[str] = "account.html.jinja"
    plan: Plan
    tables: tuple[TableProgress, ...]
    lines_carried: tuple[TableCarryOver | None, ...]
    deviations: tuple[Deviation, ...]
    shares: tuple[ShareTable, ...]
    carried: Carried
    bridge: Bridge | None
    years: YearSection
    plots: tuple[Plot, ...]
    network: Plot

    @property
    def head(self) -> Head:
        """What stands above the plan."""
        return head_of(self.plan)

    @property
    def has_actuals(self) -> bool:
        """Whether anything is known of what was spent."""
        return any(table.has_actuals for table in self.tables)

    @property
    def signalled(self) -> tuple[Deviation, ...]:
        """The deviations that pass the thresholds."""
        return tuple(deviation for deviation in self.deviations if deviation.signal)

    @property
    def unexplained(self) -> int:
        """How many of those have no explanation."""
        return sum(not deviation.reason for deviation in self.signalled)


def account_of(planned: Planned, reconciliation: Reconciliation, language: Language) -> Accountability:
    """Draw up the account of a plan.

    Args:
        planned: the plan and where its figures stand.
        reconciliation: of that plan.
        language: of the plots.

    Raises:
        UsageError: the library that draws is not installed.
    """
    plan, places = planned
    tables, way, carry_over = progress_of(plan), bridge_of(plan), carry_over_of(plan)
    known = any(table.has_actuals for table in tables)
    shares = (ratio_table(plan), *split_tables(plan)) if known else ()
    plots = [_themes(plan, tables, language), *_programmes(plan, tables, language)]
    plots += [_shares(plan, table, number, language) for number, table in enumerate(shares)]
    if way is not None:
        plots.append(bridge(_heading("bridge", language), way, language))
    graph = graph_of(plan, reconciliation, places)
    own = {found.table.name: found for found in carry_over.tables}
    return Accountability(
        plan=plan,
        tables=tables,
        lines_carried=tuple(own.get(found.table.name) for found in tables),
        deviations=deviations_of(plan),
        shares=shares,
        carried=carried_of(plan, carry_over),
        bridge=way,
        years=year_section_of(plan, language),
        plots=tuple(plots),
        network=network(_heading("network", language), graph, language),
    )


def _themes(plan: Plan, tables: tuple[TableProgress, ...], language: Language) -> Plot:
    """Plot the themes in EUR; what was spent too, where every theme keeps its account in EUR."""
    integral = next(table for table in tables if table.table is plan.euros)
    own = [next(found for found in tables if found.table is theme.table).lines[-1] for theme in plan.themes]
    in_euros = all(theme.table.unit is plan.euros.unit for theme in plan.themes)
    series = [
        Series(theme.name, line.budget, total.spent if in_euros else (None,) * len(plan.years))
        for theme, line, total in zip(plan.themes, integral.lines[:-1], own, strict=True)
    ]
    return over_years(_heading("themes", language), "EUR", plan.years, series, language)


def _programmes(plan: Plan, tables: tuple[TableProgress, ...], language: Language) -> list[Plot]:
    """Plot the lines of each theme that is divided by a key."""
    return [
        over_years(
            Heading(
                f"plot-theme-{number}",
                Message("plot.programmes_title", {"theme": theme.name}).render(language),
            ),
            theme.table.unit,
            plan.years,
            [
                Series(line.label, line.budget, line.spent)
                for found in tables
                if found.table is theme.table
                for line in found.lines[:-1]
            ],
            language,
        )
        for number, theme in enumerate(plan.themes, 1)
        if isinstance(theme.division, AllocationKey)
    ]


def _shares(plan: Plan, table: ShareTable, number: int, language: Language) -> Plot:
    """Plot how the money was shared, as budgeted and as spent."""
    heading = Heading(f"plot-shares-{number}", table.title.render(language))
    series = [Series(line.label, line.planned, line.realised) for line in table.lines]
    return over_years(heading, table.unit.render(language), plan.years, series, language)


def _heading(name: str, language: Language) -> Heading:
    return Heading(f"plot-{name}", Message(f"plot.{name}_title").render(language))
