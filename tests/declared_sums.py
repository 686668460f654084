"""Which sums the formulas of a sheet state, as SUM, SUBTOTAL or a chain of plus and minus."""

from collections.abc import Iterator

from hoka_excel.core.exact import exact_decimal
from hoka_excel.tables.audit.formulas import parse
from hoka_excel.tables.audit.tokenized_formulas import Parsed
from hoka_excel.tables.grid import Grid, Spot, is_number
from hoka_excel.tables.references import Reference, spots

ADDING_CODES = ("9", "109")
"""With which SUBTOTAL adds up."""
_ROOM = 1e-9

Sum = tuple[Spot, frozenset[Spot]]
"""A total and its parts."""


def stated_sums(grid: Grid) -> set[Sum]:
    """List the sums that formulas state; a difference c = a - b states a = b + c.

    The parts are the filled cells, at least two of them not nil, and lie in the row or the column of the
    total. Formulas whose stored value is not what they add up to are left out, and so are those that read
    other sheets or add up a cell twice.
    """
    found = (
        one
        for spot, formula in grid.formulas.items()
        if (sides := _sides(grid, parse(formula))) is not None and (one := _as_sum(spot, *sides)) is not None
    )
    return {one for one in found if _can_be_seen(grid, one)}


def filled(grid: Grid, reference: Reference) -> Iterator[Spot]:
    """List the cells of a reference that hold a number."""
    width = max(map(len, grid.cells), default=0)
    return (spot for spot in spots(reference.area, len(grid.cells), width) if is_number(grid.value(*spot)))


def is_subtotal(grid: Grid, spot: Spot) -> bool:
    """Whether a cell is passed over by the SUBTOTAL that has it in its range."""
    return spot in grid.formulas and parse(grid.formulas[spot]).is_subtotal


def _sides(grid: Grid, parsed: Parsed) -> tuple[set[Spot], set[Spot]] | None:
    """Give the filled cells that a formula adds and those it subtracts; None if it does anything else."""
    sides = set[Spot](), set[Spot]()
    sign, function = 0, ""
    for word in parsed.words:
        if isinstance(word, int):
            reference = parsed.references[word]
            cells = set(filled(grid, reference))
            if function == "SUBTOTAL(":
                cells = {cell for cell in cells if not is_subtotal(grid, cell)}
            if reference.sheet or not (function or reference.is_cell) or cells & (sides[0] | sides[1]):
                return None
            sides[sign].update(cells)
        elif word in ("+", "-") and not function:
            sign = int(word == "-")
        elif word in ("SUM(", "SUBTOTAL(") and not function:
            function = word
        elif word == ")" and function:
            function = ""
        elif not (function and word == ",") and not (function == "SUBTOTAL(" and word in ADDING_CODES):
            return None
    return sides


def _as_sum(spot: Spot, added: set[Spot], subtracted: set[Spot]) -> Sum | None:
    """Write a formula as a total with its parts, if it can be."""
    if spot in added | subtracted:
        return None
    if not subtracted:
        return spot, frozenset(added)
    return (min(added), frozenset(subtracted | {spot})) if len(added) == 1 else None


def _can_be_seen(grid: Grid, one: Sum) -> bool:
    """Whether a sum shows in the values: along one line, of two parts or more, as its formula gives it."""
    total, parts = one
    values = [grid.value(*part) for part in parts]
    stated = grid.value(*total)
    if not is_number(stated) or sum(value != 0 for value in values) < 2:
        return False
    if not any(all(part[axis] == total[axis] for part in parts) for axis in (0, 1)):
        return False
    given = sum(map(exact_decimal, values))
    return abs(float(exact_decimal(stated) - given)) <= _ROOM * max(1.0, abs(float(given)))
