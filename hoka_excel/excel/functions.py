"""The worksheet functions as plain Python: one set for every host.

An argument is what Excel hands over: the rows of a range, or one value. The answer is a value, or rows in the
shape of the input. A failure raises `CellFailure`; `answer` turns it into the error value of the cell.

>>> answer(verdeel, 9, [[61, 29, 10]])
[[5.0, 3.0, 1.0]]
>>> answer(verdeel, 9, [[0], [0]])
<CellError.DIVISION: '#DIV/0!'>
"""

import inspect
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from hoka_excel.begroting.words import word
from hoka_excel.core.agenda.sector_themes import is_eligible
from hoka_excel.core.allocation import Method, allocate
from hoka_excel.core.controlled_rounding import allocate_table
from hoka_excel.core.errors import HokaError
from hoka_excel.core.exact import EXACT, round_half_up
from hoka_excel.core.figures import Printed
from hoka_excel.core.messages import Language, Message
from hoka_excel.core.sums import check_sum
from hoka_excel.excel.cell_errors import CellError, CellFailure, error_for
from hoka_excel.excel.cells import (
    Argument,
    Grid,
    counted,
    grid,
    is_left_out,
    number,
    numbers,
    optional_numbers,
    paired,
    shaped,
    single,
)

Answer = object
"""A number, a text or a truth value; rows of them; or an error value."""

_METHODS: dict[str, Method] = {
    "grootste rest": "largest_remainder",
    "largest_remainder": "largest_remainder",
    "webster": "webster",
}
_CENT = Decimal("0.01")
_MOST_DECIMALS = 15


def verdeel(
    bedrag: Argument, gewichten: Argument, eenheid: Argument = None, methode: Argument = None
) -> Answer:
    """Divide an amount over weights in whole units that add up exactly; see `allocate`.

    Args:
        bedrag: a single cell.
        gewichten: a range; blanks and texts have weight 0 and get 0.
        eenheid: a single cell; 1 when left out or blank.
        methode: "grootste rest" (when left out or blank) or "webster".
    """
    name = "grootste rest" if is_left_out(methode) else str(single(methode)).strip().lower()
    if name not in _METHODS:
        raise CellFailure(CellError.VALUE)
    shares = allocate(number(bedrag), numbers(gewichten), unit=_unit(eenheid), method=_METHODS[name]).shares
    return shaped([float(share) for share in shares], gewichten)


def verdeel_studenten(
    bedrag: Argument, studenten: Argument, vast: Argument = None, eenheid: Argument = None
) -> Answer:
    """Divide an amount by enrolled students, after fixed amounts at the expense of all.

    Args:
        bedrag: a single cell.
        studenten: a range; blanks and texts count 0 students.
        vast: fixed amounts in a range of as many cells; blanks and texts are none. May be left out.
        eenheid: a single cell; 1 when left out or blank.
    """
    fixed = None if is_left_out(vast) else optional_numbers(vast)
    shares = allocate(number(bedrag), numbers(studenten), unit=_unit(eenheid), fixed=fixed).shares
    return shaped([float(share) for share in shares], studenten)


def verdeel_tabel(
    rijtotalen: Argument, kolomtotalen: Argument, gewichten: Argument, eenheid: Argument = None
) -> Answer:
    """Divide row totals and column totals at once, every row and column adding up; see `allocate_table`.

    Args:
        rijtotalen: a range, one cell per row of the answer; blanks and texts are 0.
        kolomtotalen: a range, one cell per column of the answer; blanks and texts are 0.
        gewichten: a range in the shape of the answer; blanks and texts have weight 0 and get 0.
        eenheid: a single cell; 1 when left out or blank.
    """
    weights = [numbers([row]) for row in grid(gewichten)]
    rows, columns = numbers(rijtotalen), numbers(kolomtotalen)
    if len(weights) != len(rows) or len(weights[0]) != len(columns):
        raise CellFailure(CellError.VALUE)
    table = allocate_table(rows, columns, weights, unit=_unit(eenheid))
    return [[float(cell) for cell in row] for row in table.cells]


def fte(euro: Argument, tarief: Argument, decimalen: Argument = None) -> Answer:
    """Convert euros into FTE at a rate, rounded half up.

    Args:
        euro: a range or a single cell; a blank is 0, a text #VALUE!, as in a division.
        tarief: a single cell, or a range in the shape of `euro`; 0 is #DIV/0!.
        decimalen: a single cell, from 0 to 15; 2 when left out or blank.
    """
    places = Decimal(2) if is_left_out(decimalen) else number(decimalen)
    if places != places.to_integral_value() or not 0 <= places <= _MOST_DECIMALS:
        raise CellFailure(CellError.NUMBER)
    unit = Decimal(1).scaleb(-int(places))

    def converted(amount: Decimal, rate: Decimal) -> float:
        if rate == 0:
            raise CellFailure(CellError.DIVISION)
        return float(round_half_up(Fraction(amount) / Fraction(rate), unit))

    return _each(converted, euro, tarief)


def euro(fte: Argument, tarief: Argument) -> Answer:
    """Convert FTE into euros at a rate, rounded half up to the cent.

    Args:
        fte: a range or a single cell; a blank is 0, a text #VALUE!, as in a product.
        tarief: a single cell, or a range in the shape of `fte`.
    """
    return _each(lambda count, rate: float(round_half_up(EXACT.multiply(count, rate), _CENT)), fte, tarief)


def indexeer(bedrag: Argument, percentages: Argument) -> Answer:
    """Carry an amount through successive indexations: after the first, after the first two, and so on.

    Each result is rounded half up to the cent; the next one starts from the unrounded amount.

    Args:
        bedrag: a single cell.
        percentages: a range in order of time, 2.5% being 0.025; blanks and texts are 0%.
    """
    amount = number(bedrag)
    results = []
    for percentage in numbers(percentages):
        amount = EXACT.multiply(amount, 1 + percentage)
        results.append(float(round_half_up(amount, _CENT)))
    return shaped(results, percentages)


def sluit_aan(delen: Argument, totaal: Argument, eenheid: Argument = None) -> Answer:
    """Say in the words of the sheet Aansluiting whether parts add up to a total as printed.

    Args:
        delen: a range; blanks, texts and truth values are left out, as in SUM.
        totaal: a single cell.
        eenheid: the printed step of all amounts; 1 when left out or blank, 0 when they are exact.
    """
    unit = Decimal(1) if is_left_out(eenheid) else number(eenheid)
    parts = [Printed(part, unit) for part in counted(delen)]
    return word(check_sum(parts, Printed(number(totaal), unit)).verdict)


def verschil(delen: Argument, totaal: Argument) -> Answer:
    """Give the total minus the sum of its parts, exactly: above zero the total states too much.

    Args:
        delen: a range; blanks, texts and truth values are left out, as in SUM.
        totaal: a single cell.
    """
    recomputed = Decimal(0)
    for part in counted(delen):
        recomputed = EXACT.add(recomputed, part)
    return float(EXACT.subtract(number(totaal), recomputed))


def toegestaan(themas: Argument) -> Answer:
    """Say per project whether it relates to a sector theme, as HoKa money asks.

    Args:
        themas: a cell per project, holding theme numbers ("2", "1, 4") or names; a blank is none.
    """
    cells = grid(themas)
    return shaped([is_eligible(value) for row in cells for value in row], cells)


def _each(convert: Callable[[Decimal, Decimal], float], left: Argument, right: Argument) -> Grid:
    first, second = paired(left, right)
    return [
        [convert(number(a), number(b)) for a, b in zip(*rows, strict=True)]
        for rows in zip(first, second, strict=True)
    ]


def _unit(eenheid: Argument) -> Decimal:
    return Decimal(1) if is_left_out(eenheid) else number(eenheid)


def answer(function: Callable[..., Answer], *arguments: Argument) -> Answer:
    """Call a worksheet function; its answer fits a cell, or the cells it spills into.

    Returns:
        A single value where there is one, else rows; an error value where the function fails.
    """
    try:
        result = function(*arguments)
    except CellFailure as failure:
        return failure.error
    except HokaError as fault:
        return error_for(fault)
    if isinstance(result, list) and len(result) == 1 and len(result[0]) == 1:
        return result[0][0]
    return result


@dataclass(frozen=True, slots=True)
class WorksheetFunction:
    """A function as the worksheet knows it.

    Attributes:
        name: its name after HOKA_ (desktop) or HOKA. (add-in).
        call: what it does.
    """

    name: str
    call: Callable[..., Answer]

    @property
    def arguments(self) -> Sequence[inspect.Parameter]:
        """The arguments in order; those with a default may be left out."""
        return tuple(inspect.signature(self.call).parameters.values())

    def description(self, language: Language = "nl") -> str:
        """Say what it does, in at most 255 characters."""
        return Message(f"function.{self.call.__name__}").render(language)

    def help(self, argument: str, language: Language = "nl") -> str:
        """Say what to fill in for an argument, in at most 255 characters."""
        return Message(f"function.{self.call.__name__}.{argument}").render(language)


FUNCTIONS = tuple(
    WorksheetFunction(call.__name__.upper(), call)
    for call in (
        verdeel,
        verdeel_studenten,
        verdeel_tabel,
        fte,
        euro,
        indexeer,
        sluit_aan,
        verschil,
        toegestaan,
    )
)
"""Every worksheet function."""
