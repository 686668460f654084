"""What the accountability page shows of a plan: its tables with what was spent, and the plots of them."""

from dataclasses import dataclass

from hoka_excel.core.findings import Reconciliation
from hoka_excel.core.messages import Language, Message
from hoka_excel.core.plan import AllocationKey, Plan
from hoka_excel.report.actuals import Bridge, TableProgress, bridge_of, progress_of
from hoka_excel.report.inline_svg import Heading, Plot
from hoka_excel.report.network_graph import graph_of
from hoka_excel.report.network_plot import network
from hoka_excel.report.planned import Planned
from hoka_excel.report.plots import Series, bridge, over_years


@dataclass(frozen=True, slots=True)
class Accountability:
    """A plan against its actuals.

    Attributes:
        plan: the plan.
        tables: every table of it with its progress.
        bridge: from budget to actuals; None when no year is known in full.
        plots: of the figures, in the order of the page.
        network: the plot of all checks.
    """

    plan: Plan
    tables: tuple[TableProgress, ...]
    bridge: Bridge | None
    plots: tuple[Plot, ...]
    network: Plot

    @property
    def has_actuals(self) -> bool:
        """Whether anything is known of what was spent."""
        return any(table.has_actuals for table in self.tables)


def account(planned: Planned, reconciliation: Reconciliation, language: Language) -> Accountability:
    """Draw up the account of a plan.

    Args:
        planned: the plan and where its figures stand.
        reconciliation: of that plan.
        language: of the plots.

    Raises:
        UsageError: the library that draws is not installed.
    """
    plan, places = planned
    tables, way = progress_of(plan), bridge_of(plan)
    plots = [_themes(plan, tables, language), *_programmes(plan, tables, language)]
    if way is not None:
        plots.append(bridge(_heading("bridge", language), way, language))
    graph = graph_of(plan, reconciliation, places)
    return Accountability(
        plan=plan,
        tables=tables,
        bridge=way,
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


def _heading(name: str, language: Language) -> Heading:
    return Heading(f"plot-{name}", Message(f"plot.{name}_title").render(language))
