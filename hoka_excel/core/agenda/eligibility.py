"""Which projects may use money of a quality agreement, and why the others may not.

A project may if it demonstrably improves the quality of education and relates to at least one sector theme,
is not paid for more than once, and uses the money in the years of the agreement.

Source:
    Kwaliteitsagenda Erasmus MC, the note on HoKa-middelen.
"""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from hoka_excel.core.agenda.projects import Agenda, Axis, Project
from hoka_excel.core.agenda.sector_themes import is_eligible
from hoka_excel.core.check_kinds import Kind

TESTS = (Kind.SECTOR_THEME, Kind.QUALITY_AIM, Kind.EVIDENCE, Kind.COVERAGE, Kind.AGREEMENT_YEARS)
"""What is tested of a project, in the order in which reasons are given."""


class Outcome(StrEnum):
    """Whether a project may use the money; the catalogue holds the Dutch words."""

    ELIGIBLE = "eligible"
    NOT_ELIGIBLE = "not_eligible"
    NOT_ASKED = "not_asked"


@dataclass(frozen=True, slots=True)
class Eligibility:
    """What the tests of one project found.

    Attributes:
        asked: the money that is tested, over all years.
        outside: how much of it lies in years outside the agreement, a credit counted as a debit.
        overpaid: how much more is paid than the project costs, per year.
        failed: the tests that it does not pass, in the order of `TESTS`.
    """

    asked: Decimal
    outside: Decimal
    overpaid: tuple[Decimal, ...]
    failed: tuple[Kind, ...]

    @property
    def outcome(self) -> Outcome:
        """Whether the project may use the money that it asks for."""
        if not self.asked:
            return Outcome.NOT_ASKED
        return Outcome.NOT_ELIGIBLE if self.failed else Outcome.ELIGIBLE


def eligibility_of(project: Project, agenda: Agenda) -> Eligibility:
    """Test one project."""
    asked = outside = Decimal(0)
    for source, amounts in zip(agenda.sources, project.financing, strict=True):
        for year, amount in zip(agenda.years, amounts, strict=True):
            if source.is_tested:
                asked += amount
                outside += Decimal(0) if source.covers(year) else abs(amount)
    overpaid = tuple(
        max(Decimal(0), paid - cost) for paid, cost in zip(project.financed, project.costs, strict=True)
    )
    passed = {
        Kind.SECTOR_THEME: relates_to_sector_theme(project, agenda),
        Kind.QUALITY_AIM: bool(project.aim),
        Kind.EVIDENCE: bool(project.evidence),
        Kind.COVERAGE: not any(overpaid),
        Kind.AGREEMENT_YEARS: not outside,
    }
    return Eligibility(asked, outside, overpaid, tuple(test for test in TESTS if not passed[test]))


def relates_to_sector_theme(project: Project, agenda: Agenda) -> bool:
    """Say whether a project has a share in a sector theme."""
    shares = project.shares_of(Axis.SECTOR_THEMES).parts
    named = ";".join(str(number) for number, part in enumerate(shares, 1) if part)
    return is_eligible(named, [member.name for member in agenda.sector_themes])
