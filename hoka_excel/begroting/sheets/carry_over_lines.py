"""A line of the sheet Meenemen: its steps year by year, then over all closed years, and what checks them."""

from collections.abc import Sequence
from typing import NamedTuple

from hoka_excel.begroting.places.carry_over_rows import CarryOverRows
from hoka_excel.begroting.places.layout import Layout
from hoka_excel.begroting.places.monitoring import CARRY_OVER_ENDS, CARRY_OVER_STEPS
from hoka_excel.begroting.places.names import BlockName
from hoka_excel.begroting.sheets.draft import SheetDraft, linked, or_blank
from hoka_excel.begroting.words import word
from hoka_excel.core.monitoring.carry_over import Corkscrew
from hoka_excel.core.monitoring.carry_over_checks import years_judgement
from hoka_excel.core.verdicts import Judgement, Verdict
from hoka_excel.workbook.addresses import address
from hoka_excel.workbook.sheets import Content, Formula
from hoka_excel.workbook.styles import CHECK, HEADER, INPUT, LABEL, RESULT, SECTION, SUBTOTAL, VERDICT, YEAR

_OPENING, _BUDGET, _SPENT, _CLOSING = CARRY_OVER_STEPS


class Sources(NamedTuple):
    """What a line begins with, and where its steps come from: a formula per year, "" while unknown."""

    opening: Content
    budget: Sequence[str]
    spent: Sequence[str]


class Frame(NamedTuple):
    """Where lines are followed, how their amounts are shown, and to how many decimals they are compared."""

    rows: CarryOverRows
    shown: str
    precision: str


def frame_of(rows: CarryOverRows, shown: str, layout: Layout) -> Frame:
    """Frame lines that show their amounts in one way."""
    return Frame(rows, shown, layout[BlockName.PRECISION].address(0, 1))


def put_labels(
    draft: SheetDraft, rows: CarryOverRows, title: str, found: Sequence[Corkscrew], layout: Layout
) -> None:
    """Set the heading, the header, and the words of every line and step."""
    block = rows.block
    draft.put(block.at(-1, 0), title, SECTION)
    draft.row(block.at(0, 0), ("Regel", "Stap"), HEADER)
    draft.row(block.at(0, 2), layout.plan.years, HEADER, YEAR)
    draft.row(block.at(0, 2 + rows.years), CARRY_OVER_ENDS, HEADER)
    for index, line in enumerate(found):
        style = SUBTOTAL if index == rows.count else LABEL
        draft.put(block.at(rows.row(_OPENING, index), 0), line.label, style)
        for step in CARRY_OVER_STEPS:
            draft.put(block.at(rows.row(step, index), 1), step, SUBTOTAL if step == _CLOSING else LABEL)


def put_foot_labels(draft: SheetDraft, rows: CarryOverRows, labels: Sequence[str]) -> None:
    """Set the words of the rows below the total."""
    for number, label in enumerate(labels):
        draft.put(rows.block.at(rows.foot(number), 0), label, CHECK)
        draft.put(rows.block.at(rows.foot(number), 1), None, CHECK)


def put_line(draft: SheetDraft, frame: Frame, index: int, line: Corkscrew, sources: Sources) -> None:
    """Set the steps of a line year by year, then over all years that have closed."""
    rows, shown, _ = frame
    for year in range(rows.years):
        begun = rows.cell(_CLOSING, index, year - 1)
        first = sources.opening if year == 0 else linked(begun, line.opening[year])
        style = RESULT if isinstance(first, Formula) else INPUT
        draft.put(rows.at(_OPENING, index, year), first, style, shown)
        for step, formulas, values in (
            (_BUDGET, sources.budget, line.budget),
            (_SPENT, sources.spent, line.spent),
        ):
            content = Formula(formulas[year], or_blank(values[year]))
            draft.put(rows.at(step, index, year), content, RESULT, shown)
        opening, budget, spent = (rows.cell(step, index, year) for step in (_OPENING, _BUDGET, _SPENT))
        known = f"COUNT({budget},{spent})=2" if year == 0 else f"COUNT({opening},{budget},{spent})=3"
        left = Formula(f'IF({known},N({opening})+{budget}-{spent},"")', or_blank(line.closing[year]))
        draft.put(rows.at(_CLOSING, index, year), left, SUBTOTAL, shown)
    _put_so_far(draft, frame, index, line)


def _put_so_far(draft: SheetDraft, frame: Frame, index: int, line: Corkscrew) -> None:
    """Set what all closed years come to, and whether that is what the last of them closed with."""
    rows, shown, precision = frame
    closings, so_far = rows.over_years(_CLOSING, index), rows.years
    opening, budget, spent, closing = (rows.cell(step, index, so_far) for step in CARRY_OVER_STEPS)
    closed = f"COUNT({closings})"
    expressions = [
        f"N({rows.cell(_OPENING, index, 0)})",
        *(
            f"SUM({rows.cell(step, index, 0)}:INDEX({rows.over_years(step, index)},1,{closed}))"
            for step in (_BUDGET, _SPENT)
        ),
        f"{opening}+{budget}-{spent}",
    ]
    values = line.over_all or (None,) * len(CARRY_OVER_STEPS)
    for step, expression, value in zip(CARRY_OVER_STEPS, expressions, values, strict=True):
        content = Formula(f'IF({closed}=0,"",{expression})', or_blank(value))
        draft.put(rows.at(step, index, so_far), content, SUBTOTAL if step == _CLOSING else RESULT, shown)
    ties = f"ROUND({closing}-INDEX({closings},1,{closed}),{precision})=0"
    verdict = f'IF({closed}=0,"",IF({ties},"{word(Verdict.EXACT)}","{word(Verdict.MISMATCH)}"))'
    place = rows.block.at(rows.row(_CLOSING, index), rows.verdict_column)
    draft.put(place, Formula(verdict, _said(years_judgement(line))), VERDICT)


def put_sum(draft: SheetDraft, frame: Frame, year: int, judgement: Judgement | None, room: str) -> None:
    """Set what the lines together close with, and whether that is the total, as far as rounding allows."""
    rows, shown, precision = frame
    total = rows.cell(_CLOSING, rows.count, year)
    summed, verdict = (rows.block.at(rows.foot(number), 2 + year) for number in (0, 1))
    known = f"AND(ISNUMBER({total}),{rows.all_known(_CLOSING, year)})"
    added = f'IF({known},{rows.sum_of(_CLOSING, year)},"")'
    expected = None if judgement is None else judgement.expected
    draft.put(summed, Formula(added, or_blank(expected)), CHECK, shown)
    gap = f"{total}-{address(summed)}"
    otherwise = f'"{word(Verdict.MISMATCH)}"'
    if room:
        within = f"ROUND(ABS({gap})-{room},{precision})<=0"
        otherwise = f'IF({within},"{word(Verdict.ROUNDING)}",{otherwise})'
    tied = f'IF(ROUND({gap},{precision})=0,"{word(Verdict.EXACT)}",{otherwise})'
    tested = f'IF(ISNUMBER({address(summed)}),{tied},"{word(Verdict.UNTESTABLE)}")'
    formula = Formula(f'IF(ISNUMBER({total}),{tested},"")', _said(judgement))
    draft.put(verdict, formula, VERDICT)


def _said(judgement: Judgement | None) -> str:
    return "" if judgement is None else word(judgement.verdict)
