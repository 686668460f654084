"""One sheet under audit: its formulas taken apart, the rest of its workbook, and how a finding is written."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, cached_property, partial

from hoka_excel.core.check_kinds import Kind
from hoka_excel.core.exact import EXACT, exact_decimal
from hoka_excel.core.figures import Reason
from hoka_excel.core.findings import Finding, Place
from hoka_excel.core.messages import Message
from hoka_excel.core.verdicts import Judgement, Verdict, untestable
from hoka_excel.tables.audit.formulas import relative
from hoka_excel.tables.audit.named_cells import parsed_formula
from hoka_excel.tables.audit.own_areas import OwnAreas
from hoka_excel.tables.audit.spot_index import SpotIndex
from hoka_excel.tables.audit.tokenized_formulas import Parsed
from hoka_excel.tables.figures import Figures
from hoka_excel.tables.grid import Grid, Spot, errors_among, is_number
from hoka_excel.tables.labels import column_heading, row_heading
from hoka_excel.tables.references import Area, Reference

WRONG = Judgement(Verdict.MISMATCH)
"""The judgement on what is wrong for certain, by an amount that cannot be told."""
MOST_LISTED = 20
"""How many places a sentence lists."""
_LONGEST_SHOWN = 160
"""How many characters of a formula a sentence shows."""


@dataclass(frozen=True)
class AuditedSheet:
    """One sheet under audit.

    Attributes:
        grid: the sheet.
        figures: its figures, for the words beside them.
        book: every sheet of the workbook by its name in lower case.
    """

    grid: Grid
    figures: Figures
    book: Mapping[str, Grid]

    @cached_property
    def parsed(self) -> dict[Spot, Parsed]:
        """The formulas taken apart."""
        return {spot: parsed_formula(self.grid, spot, self.book) for spot in self.grid.formulas}

    @cached_property
    def errors(self) -> dict[Spot, str]:
        """The error values, typed or calculated."""
        return {(row, column): text for row, column, text in self.figures.texts(errors_among)}

    @cached_property
    def over_formulas(self) -> frozenset[Spot]:
        """The formulas that read any formula of this sheet."""
        return self._read.over(self.formula_index)

    @cached_property
    def beside_figures(self) -> frozenset[Spot]:
        """The formulas at the end of a run they read that may have figures between, or right before it."""
        return self._read.beside_figures(self.grid.formulas, self.figures.text)

    @cached_property
    def _read(self) -> OwnAreas:
        """The areas of this sheet that its formulas read."""
        found = [(spot, area) for spot, parsed in self.parsed.items() for area in self.own_areas(parsed)]
        return OwnAreas([spot for spot, _ in found], [area for _, area in found])

    def own_areas(self, parsed: Parsed) -> list[Area]:
        """List the areas that a formula reads on this sheet, whether it names the sheet or not."""
        return [
            reference.area
            for reference in parsed.references
            if reference.sheet is None or self.other(reference) is self.grid
        ]

    @cached_property
    def forms(self) -> dict[Spot, tuple[object, ...]]:
        """The formulas that read cells, as they read from their own: equal for copies of one another."""
        return {spot: relative(parsed, spot) for spot, parsed in self.parsed.items() if parsed.references}

    def other(self, reference: Reference) -> Grid | None:
        """Give the sheet a reference points at, if it is in this workbook."""
        return self.grid if reference.sheet is None else self.book.get(reference.sheet.casefold())

    @cached_property
    def formula_index(self) -> SpotIndex:
        """The formulas by place."""
        return SpotIndex.of(self.grid.formulas)

    @cached_property
    def heading(self) -> Callable[[int], str]:
        """What names a column for a reader; a column has many findings, and one heading."""
        return cache(partial(column_heading, self.figures))

    def amount(self, places: Sequence[Spot]) -> Decimal:
        """Add up the numbers that stand in some cells."""
        values = (self.grid.value(*place) for place in places)
        return sum(map(amount_of, filter(is_number, values)), Decimal(0))

    def off_by(self, spot: Spot, missing: Decimal) -> Judgement:
        """Judge a formula that would give `missing` more if it were right."""
        stated = self.grid.value(*spot)
        if not is_number(stated) or not missing:
            return WRONG
        value = amount_of(stated)
        return Judgement(Verdict.MISMATCH, value, EXACT.add(value, missing), -missing, Decimal(0))

    def shown_formula(self, spot: Spot) -> str:
        """Give the formula of a cell on one line, cut off where it goes on and on."""
        line = " ".join(self.grid.formulas.get(spot, "").split())
        return line if len(line) <= _LONGEST_SHOWN else f"{line[:_LONGEST_SHOWN]}…"

    def finding(
        self,
        code: str,
        spot: Spot,
        parts: Sequence[Spot | Place] = (),
        judgement: Judgement | None = None,
        **values: object,
    ) -> Finding:
        """Write down one finding at a cell; without a judgement it may be meant so."""
        places = tuple(part if isinstance(part, Place) else self.grid.place(part) for part in parts)
        place = self.grid.place(spot)
        judged = judgement or untestable(Reason.TEXT)
        told = {
            "place": place,
            "formula": self.shown_formula(spot),
            "parts": ", ".join(map(str, places[:MOST_LISTED])),
            "difference": judged.difference,
        }
        label, period = row_heading(self.figures, spot).written, self.heading(spot[1])
        message = Message(f"audit.{code}", {**told, **values})
        return Finding(Kind.FORMULA, judged.verdict, place, label, period, judged, places, message)


def amount_of(content: object) -> Decimal:
    """Take the number of a cell, without the nought that a whole float carries.

    >>> amount_of(1713.0)
    Decimal('1713')

    Raises:
        FigureError: the cell holds no finite number.
    """
    return exact_decimal(content).normalize() + Decimal(0)


def neighbours(spot: Spot, step: Spot) -> tuple[Spot, Spot, tuple[Spot, Spot]]:
    """Give the cells before and after a cell in one direction, and those beside it in the other."""
    row, column = spot
    down, right = step
    return (
        (row - down, column - right),
        (row + down, column + right),
        ((row - right, column - down), (row + right, column + down)),
    )
