"""What is carried over, as the accountability page shows it: whole euros, and whether it adds up."""

from dataclasses import dataclass
from decimal import Decimal

from hoka_excel.core.exact import round_half_up
from hoka_excel.core.messages import Message
from hoka_excel.core.monitoring.carry_over import CarryOver, Corkscrew
from hoka_excel.core.monitoring.carry_over_checks import CarryOverKind, carry_over_checks
from hoka_excel.core.monitoring.progress import Amounts
from hoka_excel.core.plan import Plan
from hoka_excel.core.verdicts import Verdict

_STEPS = ("opening", "budget", "spent", "closing")


@dataclass(frozen=True, slots=True)
class CarriedStep:
    """One step of a theme over the years, and over all closed years in the end."""

    name: str
    amounts: Amounts


@dataclass(frozen=True, slots=True)
class CarriedTheme:
    """A theme, or all of them together, step by step."""

    label: str
    steps: tuple[CarriedStep, ...]


@dataclass(frozen=True, slots=True)
class Carried:
    """The themes in EUR over the years.

    Attributes:
        themes: each of them, their total last.
        checks: how many checks of it there are.
        remarks: those that do not tie exactly.
    """

    themes: tuple[CarriedTheme, ...]
    checks: int
    remarks: tuple[Message, ...]


def carried_of(plan: Plan, found: CarryOver) -> Carried:
    """Show what is carried over in whole euros; each figure is rounded by itself."""
    checks = carry_over_checks(plan, found)
    remarks = tuple(
        Message(
            f"carried.{check.judgement.verdict}",
            {
                "table": check.of,
                "year": check.year,
                "stated": check.judgement.stated,
                "expected": check.judgement.expected,
            },
        )
        for check in checks
        if check.kind is CarryOverKind.LINES and check.judgement.verdict is not Verdict.EXACT
    )
    return Carried(tuple(_theme(line) for line in found.euros), len(checks), remarks)


def _theme(line: Corkscrew) -> CarriedTheme:
    over_all = line.over_all or (None,) * len(_STEPS)
    rows = (line.opening, line.budget, line.spent, line.closing)
    return CarriedTheme(
        line.label,
        tuple(
            CarriedStep(name, tuple(map(_euros, (*row, whole))))
            for name, row, whole in zip(_STEPS, rows, over_all, strict=True)
        ),
    )


def _euros(amount: Decimal | None) -> Decimal | None:
    return None if amount is None else round_half_up(amount, Decimal(1))
