"""The section of the accountability page on the years: the grant, counted students, scenarios."""

from dataclasses import dataclass

from hoka_excel.core.messages import Language, Message
from hoka_excel.core.plan import Plan
from hoka_excel.report.grant_table import grant_notes, grant_table
from hoka_excel.report.scenario_tables import scenario_tables
from hoka_excel.report.student_tables import student_tables
from hoka_excel.report.year_tables import YearTable


@dataclass(frozen=True, slots=True)
class YearSection:
    """What changes over the years of a plan.

    Attributes:
        notes: which years are binding, and the revisions of the grant.
        tables: what is available, and the students of each theme that is divided by them.
        scenarios: per table, the plan, each scenario, and what it adds; empty without scenarios.
    """

    notes: tuple[Message, ...]
    tables: tuple[YearTable, ...]
    scenarios: tuple[YearTable, ...]

    def __bool__(self) -> bool:
        """Say whether there is anything to show."""
        return bool(self.notes or self.tables or self.scenarios)


def year_section_of(plan: Plan, language: Language) -> YearSection:
    """Gather what changes over the years of a plan.

    Args:
        plan: the plan.
        language: of the labels that the plan itself does not give.

    Raises:
        PlanError, AllocationError: the plan or a scenario cannot be recomputed.
    """
    available = [grant_table(plan, language)] if plan.changes else []
    scenarios = tuple(scenario_tables(plan)) if plan.scenarios else ()
    return YearSection(tuple(grant_notes(plan)), (*available, *student_tables(plan, language)), scenarios)
