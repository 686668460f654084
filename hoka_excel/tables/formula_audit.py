"""Audit the formulas of a grid: what they leave out, count double, or read that is no number.

Each rule is a function from the sheet to its findings. A finding has verdict mismatch when a figure is wrong
for certain (an error value, a circle, a sum that stops short), untestable when it may be meant so.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from hoka_excel.core.checks import Kind
from hoka_excel.core.exact import EXACT, exact_decimal
from hoka_excel.core.figures import Printed, Reason, parse_figures
from hoka_excel.core.findings import Finding, Place
from hoka_excel.core.messages import Message
from hoka_excel.core.verdicts import Judgement, Verdict, untestable
from hoka_excel.tables.circles import circles
from hoka_excel.tables.figures import Figures, read_figures
from hoka_excel.tables.grid import ERRORS, Grid, Spot, cell_name, is_number
from hoka_excel.tables.labels import column_heading, row_label
from hoka_excel.tables.references import Area, Parsed, Reference, parse, relative, spots

_YEARS = range(1900, 2101)
_MOST_LISTED = 20


def audit(grids: Sequence[Grid]) -> list[Finding]:
    """Audit the formulas of all sheets of a workbook.

    Args:
        grids: every sheet; formulas may refer from one to another.

    Returns:
        What is wrong or doubtful, by sheet and by rule.
    """
    book = {grid.name.casefold(): grid for grid in grids}
    found = [finding for grid in grids if grid.formulas for finding in _audit_sheet(grid, book)]
    return [*found, *circular(grids)]


@dataclass(frozen=True)
class _Sheet:
    grid: Grid
    book: Mapping[str, Grid]

    @cached_property
    def parsed(self) -> dict[Spot, Parsed]:
        """The formulas taken apart."""
        return {spot: parse(formula) for spot, formula in self.grid.formulas.items()}

    @cached_property
    def size(self) -> tuple[int, int]:
        """Rows and columns."""
        return len(self.grid.cells), max(map(len, self.grid.cells), default=0)

    @cached_property
    def figures(self) -> Figures:
        """The figures, for the words beside them."""
        return read_figures(self.grid.cells)

    def other(self, reference: Reference) -> Grid | None:
        """Give the sheet a reference points at, if it is in this workbook."""
        return self.grid if reference.sheet is None else self.book.get(reference.sheet.casefold())

    def finding(
        self,
        code: str,
        spot: Spot,
        parts: Sequence[Spot | Place] = (),
        judgement: Judgement | None = None,
        **values: object,
    ) -> Finding:
        """Write down one finding at a cell."""
        places = tuple(part if isinstance(part, Place) else self.grid.place(part) for part in parts)
        place = self.grid.place(spot)
        judged = judgement or untestable(Reason.TEXT)
        message = Message(
            f"audit.{code}",
            {
                "place": place,
                "formula": self.grid.formulas.get(spot, ""),
                "parts": ", ".join(map(str, places[:_MOST_LISTED])),
                "difference": judged.difference,
                **values,
            },
        )
        label, period = row_label(self.figures, spot[0]).written, column_heading(self.figures, spot[1])
        return Finding(Kind.FORMULA, judged.verdict, place, label, period, judged, places, message)


_WRONG = Judgement(Verdict.MISMATCH)


def _audit_sheet(grid: Grid, book: Mapping[str, Grid]) -> Iterator[Finding]:
    sheet = _Sheet(grid, book)
    yield from errors(sheet)
    yield from external_links(sheet)
    for spot, parsed in sheet.parsed.items():
        yield from sums_stopping_short(sheet, spot, parsed)
        yield from double_counts(sheet, spot, parsed)
        yield from texts_in_sums(sheet, spot, parsed)
        yield from operands_without_figure(sheet, spot, parsed)
    yield from broken_patterns(sheet)
    yield from typed_numbers(sheet)


def errors(sheet: _Sheet) -> Iterator[Finding]:
    """Find the error values, typed or calculated."""
    for row, cells in enumerate(sheet.grid.cells):
        for column, content in enumerate(cells):
            if isinstance(content, str) and content.startswith("#") and content in ERRORS:
                yield sheet.finding("error", (row, column), (), _WRONG, error=content)


def external_links(sheet: _Sheet) -> Iterator[Finding]:
    """Find formulas that read another file: what they show is as old as the last update."""
    for spot, parsed in sheet.parsed.items():
        if parsed.is_external:
            yield sheet.finding("external", spot)


def sums_stopping_short(sheet: _Sheet, spot: Spot, parsed: Parsed) -> Iterator[Finding]:
    """Find a SUM over one run of cells with figures between the run and the total."""
    if not parsed.is_sum or len(parsed.references) != 1:
        return
    area = parsed.references[0].area
    if parsed.references[0].sheet is not None:
        return
    left_out = [place for place in _left_out(area, spot) if _counts(sheet, place)]
    if left_out:
        amount = sum((exact_decimal(sheet.grid.value(*place)) for place in left_out), Decimal(0))
        yield sheet.finding("short", spot, left_out, _judged(sheet, spot, amount))


def _left_out(area: Area, spot: Spot) -> list[Spot]:
    first_row, first_column, last_row, last_column = area
    row, column = spot
    if first_column == last_column == column and last_row < row and last_row > first_row:
        return [(place, column) for place in range(last_row + 1, row)]
    if first_row == last_row == row and last_column < column and last_column > first_column:
        return [(row, place) for place in range(last_column + 1, column)]
    return []


def _counts(sheet: _Sheet, spot: Spot) -> bool:
    """Whether a cell holds a figure that is neither a year nor the result of a formula of its own kind."""
    content = sheet.grid.value(*spot)
    if not is_number(content) or content == 0 or spot in sheet.grid.formulas:
        return False
    return not (content in _YEARS and int(str(content).partition(".")[0]) == content)


def _judged(sheet: _Sheet, spot: Spot, missing: Decimal) -> Judgement:
    stated = sheet.grid.value(*spot)
    if not is_number(stated) or not missing:
        return _WRONG
    value = exact_decimal(stated)
    return Judgement(Verdict.MISMATCH, value, EXACT.add(value, missing), -missing, Decimal(0))


def double_counts(sheet: _Sheet, spot: Spot, parsed: Parsed) -> Iterator[Finding]:
    """Find a SUM that holds a subtotal together with what that subtotal adds up."""
    if not parsed.is_sum:
        return
    for reference in parsed.references:
        if reference.sheet is not None or reference.is_cell:
            continue
        inside = _formulas_in(sheet, reference.area)
        doubled = [
            place
            for place in inside
            if place != spot
            and sheet.parsed[place].is_sum
            and sheet.parsed[place].references
            and all(
                part.sheet is None and _holds(reference.area, part.area)
                for part in sheet.parsed[place].references
            )
        ]
        if doubled:
            amount = sum(
                (exact_decimal(value) for place in doubled if is_number(value := sheet.grid.value(*place))),
                Decimal(0),
            )
            if amount:
                yield sheet.finding("double", spot, doubled, _judged(sheet, spot, -amount))


def _formulas_in(sheet: _Sheet, area: Area) -> list[Spot]:
    first_row, first_column, last_row, last_column = area
    if (last_row - first_row + 1) * (last_column - first_column + 1) <= len(sheet.parsed):
        return [place for place in spots(area, *sheet.size) if place in sheet.parsed]
    return [
        (row, column)
        for row, column in sheet.parsed
        if first_row <= row <= last_row and first_column <= column <= last_column
    ]


def _holds(outer: Area, inner: Area) -> bool:
    return outer[0] <= inner[0] and outer[1] <= inner[1] and inner[2] <= outer[2] and inner[3] <= outer[3]


def texts_in_sums(sheet: _Sheet, spot: Spot, parsed: Parsed) -> Iterator[Finding]:
    """Find numbers stored as text in a range that SUM adds up: SUM passes them over without a word."""
    for reference in parsed.references:
        other = sheet.other(reference)
        if reference.function != "SUM" or reference.is_cell or other is None:
            continue
        texts = [
            place
            for place in spots(reference.area, len(other.cells), max(map(len, other.cells), default=0))
            if isinstance(content := other.value(*place), str) and _is_figure(content)
        ]
        if texts:
            yield sheet.finding("text_in_sum", spot, [other.place(place) for place in texts], _WRONG)


def _is_figure(text: str) -> bool:
    if not any(map(str.isdigit, text)):
        return False
    return isinstance(parse_figures([text])[0], Printed)


def operands_without_figure(sheet: _Sheet, spot: Spot, parsed: Parsed) -> Iterator[Finding]:
    """Find products with an empty cell and arithmetic with a text; adding an empty cell is harmless."""
    for reference in parsed.references:
        other = sheet.other(reference)
        if not reference.in_arithmetic or not reference.is_cell or other is None:
            continue
        place = reference.area[:2]
        content = other.value(*place)
        if content is None and reference.in_product and place not in other.formulas:
            yield sheet.finding("blank_operand", spot, [other.place(place)])
        elif (
            isinstance(content, str) and content not in ERRORS and not _is_figure(content) and content.strip()
        ):
            yield sheet.finding("text_operand", spot, [other.place(place)], text=content)


def broken_patterns(sheet: _Sheet) -> Iterator[Finding]:
    """Find a formula unlike the ones on both sides of it, which are copies of each other."""
    forms = {spot: relative(parsed, spot) for spot, parsed in sheet.parsed.items()}
    for spot, form in forms.items():
        for step in ((0, 1), (1, 0)):
            before, after, across = _neighbours(spot, step)
            if forms.get(before) is None or forms.get(before) != forms.get(after) or forms[before] == form:
                continue
            if any(forms.get(place) == form for place in across):
                continue
            yield sheet.finding("pattern", spot, [before, after], model=sheet.grid.formulas[before])
            break


def typed_numbers(sheet: _Sheet) -> Iterator[Finding]:
    """Find a typed-in number between formulas that are copies of each other."""
    forms = {spot: relative(parsed, spot) for spot, parsed in sheet.parsed.items()}
    seen: set[Spot] = set()
    for row, column in forms:
        for step in ((0, 1), (1, 0)):
            spot = (row + step[0], column + step[1])
            if spot in forms or spot in seen or not is_number(sheet.grid.value(*spot)):
                continue
            before, after, _ = _neighbours(spot, step)
            if forms.get(after) is not None and forms[before] == forms[after]:
                seen.add(spot)
                yield sheet.finding("typed", spot, [before, after], model=sheet.grid.formulas[before])


def _neighbours(spot: Spot, step: Spot) -> tuple[Spot, Spot, tuple[Spot, Spot]]:
    """Give the cells before and after a cell in one direction, and those beside it in the other."""
    row, column = spot
    down, right = step
    return (
        (row - down, column - right),
        (row + down, column + right),
        ((row - right, column - down), (row + right, column + down)),
    )


def typed_totals(grid: Grid, footings: Sequence[Finding]) -> Iterator[Finding]:
    """Find totals typed in as a number on a sheet whose other totals are formulas.

    Args:
        grid: the sheet.
        footings: the totals found on it.
    """
    sheet = _Sheet(grid, {grid.name.casefold(): grid})
    names = {cell_name(*spot): spot for spot in grid.formulas}
    calculated = {finding.place.cell for finding in footings} & names.keys()
    for finding in footings:
        row, column = _spot(finding.place)
        is_typed = finding.place.cell not in names
        if calculated and is_typed and row_label(sheet.figures, row).is_plain_total:
            yield sheet.finding("typed_total", (row, column), finding.parts)


def _spot(place: Place) -> Spot:
    parsed = parse(place.cell).references[0]
    return parsed.area[0], parsed.area[1]


def circular(grids: Sequence[Grid]) -> Iterator[Finding]:
    """Find formulas that depend on their own outcome."""
    book = {grid.name.casefold(): grid for grid in grids}
    for circle in circles(grids):
        name, spot = circle[0]
        grid = book[name]
        parts = [book[other].place(place) for other, place in circle]
        yield _Sheet(grid, book).finding("circular", spot, parts, _WRONG, first=cell_name(*spot))
