"""The sheet Projecten: what each project costs and who pays."""

from collections.abc import Sequence
from decimal import Decimal

from hoka_excel.agenda.places.layout import AgendaLayout
from hoka_excel.agenda.places.names import (
    AMOUNT_COLUMNS,
    COST_COLUMNS,
    AgendaBlock,
    AgendaSheet,
    source_block,
)
from hoka_excel.agenda.sheets.labels import example_marked, project_name, project_status, when_example
from hoka_excel.agenda.sheets.live_looks import wrong_amounts
from hoka_excel.agenda.sheets.page import HEAD, NAME_WIDTH, STATUS_WIDTH, amount_widths, page_breaks
from hoka_excel.begroting.places.blocks import Block
from hoka_excel.begroting.sheets.draft import SheetDraft
from hoka_excel.core.agenda.checks import COSTS, FINANCING
from hoka_excel.core.agenda.projects import Project, Status
from hoka_excel.core.agenda.totals import TOTAL, with_sum
from hoka_excel.workbook.sheets import Formula, Position, Scalar, Sheet
from hoka_excel.workbook.styles import (
    CHECK,
    HEADER,
    INPUT,
    LABEL,
    PERCENT,
    RESULT,
    SECTION,
    TOTAL_LABEL,
    YEAR,
)
from hoka_excel.workbook.styles import TOTAL as TOTAL_STYLE

AMOUNT = '"€" #,##0.00;[Red]-"€" #,##0.00;"–"'
"""Amounts to the cent; nothing as a dash."""
UNCOVERED = "Nog te dekken"
_FIRST = len(AMOUNT_COLUMNS)
"""The first column with an amount."""


def projects_sheet(layout: AgendaLayout) -> Sheet:
    """Lay out what each project costs and who pays."""
    draft = SheetDraft()
    _put_projects(draft, layout)
    return Sheet(
        AgendaSheet.PROJECTS,
        "Projecten: kosten en financiering",
        draft.cells,
        {1: NAME_WIDTH, 2: STATUS_WIDTH, 3: 11, **amount_widths(layout, 4)},
        frozen=Position(4, 2),
        repeated_rows=HEAD,
        page_breaks=page_breaks([*layout.amount_blocks().values(), layout[AgendaBlock.UNCOVERED]]),
        rules=wrong_amounts(layout),
    )


def _put_projects(draft: SheetDraft, layout: AgendaLayout) -> None:
    """Set costs, what each source pays, what all pay, and what is left."""
    agenda = layout.agenda
    _put_costs(draft, layout)
    for number, source in enumerate(agenda.sources, 1):
        block = layout[source_block(number)]
        rows = [project.financing[number - 1] for project in agenda.projects]
        _put_head(draft, layout, block, f"Bron {number}: {source.name}", AMOUNT_COLUMNS)
        for row, amounts in enumerate(rows, 1):
            draft.row(block.at(row, _FIRST), amounts, INPUT, AMOUNT)
        _put_sums(draft, layout, block, rows)
        _put_parts(draft, layout, block, rows)
    _put_financing(draft, layout)
    _put_uncovered(draft, layout)


def _put_costs(draft: SheetDraft, layout: AgendaLayout) -> None:
    agenda, block = layout.agenda, layout[AgendaBlock.COSTS]
    _put_head(draft, layout, block, COSTS, COST_COLUMNS)
    for row, project in enumerate(agenda.projects, 1):
        draft.row(block.at(row, 0), (project.name, project.status.value, project.number), INPUT)
        draft.row(block.at(row, _FIRST), project.costs, INPUT, AMOUNT)
    _put_sums(draft, layout, block, [project.costs for project in agenda.projects])


def _put_financing(draft: SheetDraft, layout: AgendaLayout) -> None:
    """Set what all sources pay together, as links to what each pays."""
    agenda, block = layout.agenda, layout[AgendaBlock.FINANCING]
    sources = [layout[source_block(number)] for number in range(1, 1 + len(agenda.sources))]
    rows = [project.financed for project in agenda.projects]
    _put_head(draft, layout, block, f"{FINANCING}: alle bronnen samen", AMOUNT_COLUMNS)
    for row, amounts in enumerate(rows, 1):
        for column, amount in enumerate(amounts, _FIRST):
            added = "+".join(source.address(row, column) for source in sources)
            draft.put(block.at(row, column), Formula(f"ROUND({added},2)", amount), RESULT, AMOUNT)
    _put_sums(draft, layout, block, rows)
    _put_parts(draft, layout, block, rows)


def _put_uncovered(draft: SheetDraft, layout: AgendaLayout) -> None:
    agenda, block = layout.agenda, layout[AgendaBlock.UNCOVERED]
    costs, paid = layout[AgendaBlock.COSTS], layout[AgendaBlock.FINANCING]
    rows = [_left(project) for project in agenda.projects]
    _put_head(draft, layout, block, f"{UNCOVERED}: kosten min {FINANCING.lower()}", AMOUNT_COLUMNS)
    for row, amounts in enumerate(rows, 1):
        for column, amount in enumerate(amounts, _FIRST):
            left = f"ROUND({costs.address(row, column)}-{paid.address(row, column)},2)"
            draft.put(block.at(row, column), Formula(left, amount), RESULT, AMOUNT)
    _put_sums(draft, layout, block, rows)
    _put_parts(draft, layout, block, rows)


def _left(project: Project) -> tuple[Decimal, ...]:
    return tuple(cost - paid for cost, paid in zip(project.costs, project.financed, strict=True))


def _put_head(
    draft: SheetDraft, layout: AgendaLayout, block: Block, title: str, columns: Sequence[str]
) -> None:
    """Set the heading of a table, its columns, and the projects down its side."""
    agenda = layout.agenda
    draft.put(block.at(-1, 0), example_marked(layout, title), SECTION)
    draft.row(block.at(0, 0), columns, HEADER)
    draft.row(block.at(0, _FIRST), agenda.years, HEADER, YEAR)
    draft.put(block.at(0, block.width - 1), TOTAL, HEADER)
    if columns is not COST_COLUMNS:
        put_names(draft, layout, block)


def put_names(draft: SheetDraft, layout: AgendaLayout, block: Block) -> None:
    """Set number, name and status of every project down the side of a table."""
    for row in range(1, 1 + len(layout.agenda.projects)):
        draft.put(block.at(row, 0), project_name(layout, row), LABEL)
        draft.put(block.at(row, 1), project_status(layout, row), LABEL)


def _put_sums(
    draft: SheetDraft, layout: AgendaLayout, block: Block, rows: Sequence[Sequence[Decimal]]
) -> None:
    """Set the sum of every row and column."""
    last, foot = block.width - 1, 1 + len(rows)
    for row, amounts in enumerate(rows, 1):
        summed = Formula(f"SUM({block.area((row, _FIRST), (row, last - 1))})", sum(amounts, Decimal(0)))
        draft.put(block.at(row, last), summed, RESULT, AMOUNT)
    draft.row(block.at(foot, 0), (TOTAL, when_example(layout, Status.EXAMPLE, ""), None), TOTAL_LABEL)
    columns = [sum(column, Decimal(0)) for column in zip(*map(with_sum, rows), strict=True)]
    for column, amount in enumerate(columns, _FIRST):
        summed = Formula(f"SUM({block.area((1, column), (foot - 1, column))})", amount)
        draft.put(block.at(foot, column), summed, TOTAL_STYLE, AMOUNT)


def _put_parts(
    draft: SheetDraft, layout: AgendaLayout, block: Block, rows: Sequence[Sequence[Decimal]]
) -> None:
    """Set which part of the costs of a project a table comes to."""
    costs, last = layout[AgendaBlock.COSTS], block.width - 1
    every = [*zip(rows, (project.costs for project in layout.agenda.projects), strict=True)]
    sums = [(sum(paid, Decimal(0)), sum(cost, Decimal(0))) for paid, cost in every]
    sums.append((sum((paid for paid, _ in sums), Decimal(0)), sum((cost for _, cost in sums), Decimal(0))))
    for row, (paid, cost) in enumerate(sums, 1):
        part: Scalar = paid / cost if cost else ""
        whole, own = costs.address(row, last), block.address(row, last)
        formula = Formula(f'IF({whole}=0,"",{own}/{whole})', part)
        draft.put(block.at(row, 2), formula, CHECK if row < len(sums) else TOTAL_STYLE, PERCENT)
