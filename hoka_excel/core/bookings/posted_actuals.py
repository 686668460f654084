"""What a posting comes to in the tables of a plan: actuals in the unit and resolution of each table.

The cents stay in the posting. What rounding leaves out is told per figure, in EUR, so that nothing is lost:
euros = figure x rate + difference.
"""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from hoka_excel.core.bookings.posting import Posting, Tally
from hoka_excel.core.exact import EXACT, round_half_up
from hoka_excel.core.figures import Printed
from hoka_excel.core.plan import Plan, Ref, Table, Unit


@dataclass(frozen=True, slots=True)
class PostedActual:
    """What was spent on a line in a year.

    Attributes:
        ref: the line and year.
        tally: the bookings, in EUR.
        figure: their amount in the unit of the table, rounded half up to its resolution.
        unit: EUR or FTE.
        difference: the amount in EUR that the figure leaves out, below zero where it is too high.
    """

    ref: Ref
    tally: Tally
    figure: Printed
    unit: Unit
    difference: Decimal


def posted_actuals(posting: Posting, plan: Plan) -> tuple[PostedActual, ...]:
    """Bring the amounts of a posting into the tables of the plan, in the order of its lines and years.

    FTE come from EUR at the rate the plan works with.
    """
    return tuple(
        _actual(ref, posting.posted[ref], theme.table, plan.rate.working)
        for theme in plan.themes
        for line in theme.table.lines
        for year in plan.years
        if (ref := Ref(theme.table.name, line.label, year)) in posting.posted
    )


def _actual(ref: Ref, tally: Tally, table: Table, rate: Decimal) -> PostedActual:
    euros_per_unit = rate if table.unit is Unit.FTE else Decimal(1)
    value = round_half_up(Fraction(tally.amount) / Fraction(euros_per_unit), table.resolution)
    difference = EXACT.subtract(tally.amount, EXACT.multiply(value, euros_per_unit))
    return PostedActual(ref, tally, Printed(value, table.resolution), table.unit, difference)
