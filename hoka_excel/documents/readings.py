"""Which reading of a fixed amount do the figures support?

"KGW gets a fixed amount of EUR 40,000 at the expense of the others" can be read in more than one way. Every
reading is held against the row of the receiver: it fits, or two bounds prove that it cannot.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from hoka_excel.core.exact import round_half_up
from hoka_excel.core.figures import Figure, Printed
from hoka_excel.core.intervals import Interval
from hoka_excel.core.messages import Message
from hoka_excel.core.plan import Plan, Theme, Unit
from hoka_excel.documents.shares import Clash, Outcome, Year, explain


class Reading(StrEnum):
    """A way to read a fixed amount, for the line that gets it; the catalogue holds the words."""

    TOP_SLICE = "top_slice"
    """(amount - fixed) x share + fixed: taken off first."""
    ON_TOP = "on_top"
    """amount x share + fixed: added, without being taken off."""
    NONE = "none"
    """amount x share: no fixed amount."""


@dataclass(frozen=True, slots=True)
class Trial:
    """One reading held against one line.

    Attributes:
        reading: which.
        line: the label of the line.
        outcome: whether it fits, with the proof when not.
        message: the outcome in words.
    """

    reading: Reading
    line: str
    outcome: Outcome
    message: Message


def try_readings(plan: Plan, theme: Theme, receiver: str, fixed: Decimal) -> list[Trial]:
    """Hold every reading against every line of a theme, the line of the receiver first.

    Args:
        plan: for the amounts of the theme and the printed rate.
        theme: whose lines are shared out.
        receiver: the label of the line that gets the fixed amount.
        fixed: the amount in EUR.
    """
    rates = plan.rate.printed.interval if theme.table.unit is Unit.FTE else Interval(Fraction(1), Fraction(1))
    lines = sorted(theme.table.lines, key=lambda line: line.label != receiver)
    amounts = plan.euros.lines[plan.themes.index(theme)].figures
    found = []
    for line in lines:
        for reading in Reading:
            years = list(_years(plan.years, amounts, line.figures, fixed))
            own = Fraction(fixed) if line.label == receiver and reading is not Reading.NONE else Fraction(0)
            top = Fraction(fixed) if reading is Reading.TOP_SLICE else Fraction(0)
            if years:
                outcome = explain(years, rates, top=top, own=own)
                message = _message(
                    Message(f"prose.reading.{reading}", {"line": receiver}), line.label, outcome, rates
                )
                found.append(Trial(reading, line.label, outcome, message))
    return found


def _years(
    years: Sequence[int], amounts: Sequence[Figure], figures: Sequence[Figure], fixed: Decimal
) -> Iterator[Year]:
    """Go through the years of which both figures can be read."""
    for year, amount, figure in zip(years, amounts, figures, strict=True):
        if isinstance(amount, Printed) and isinstance(figure, Printed) and amount.interval.low > fixed:
            yield Year(year, amount.interval, figure.interval)


def _message(reading: Message, line: str, outcome: Outcome, rates: Interval) -> Message:
    values: dict[str, object] = {"line": line, "reading": reading}
    match outcome.clashes:
        case ():
            return Message("prose.reading_fits", values)
        case (clash,):
            code = "prose.reading_refuted" if rates.low < rates.high else "prose.reading_refuted_in_euros"
            return Message(code, {**values, **_clash_values(clash, rates)})
        case (least, most):
            return Message(
                "prose.reading_refuted_by_rates",
                {
                    **values,
                    "first": f"{least.low.year}/{least.high.year}",
                    "least": _rounded(least.rates.low),
                    "second": f"{most.low.year}/{most.high.year}",
                    "most": _rounded(most.rates.high),
                },
            )
    raise AssertionError(outcome)


def _clash_values(clash: Clash, rates: Interval) -> dict[str, object]:
    """Write the two bounds at the rate that suits them best, in enough digits to show that they cross."""
    rate = clash.nearest_rate(rates)
    least, most = clash.low.at(rate), clash.high.at(rate)
    unit = Decimal("0.0001")
    while round_half_up(least, unit) <= round_half_up(most, unit):
        unit = unit.scaleb(-1)
    return {
        "low_year": clash.low.year,
        "least": round_half_up(least, unit),
        "high_year": clash.high.year,
        "most": round_half_up(most, unit),
        "rate": _rounded(rate),
    }


def _rounded(rate: Fraction) -> Decimal:
    return round_half_up(rate, Decimal("0.01"))
