"""On Uitgangspunten: the students that a theme is divided by, and how they differ from its key's shares."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from hoka_excel.begroting.places.blocks import Block
from hoka_excel.begroting.places.layout import Layout
from hoka_excel.begroting.places.students import (
    PROGRAMME_COLUMNS,
    STUDENT_PARTS,
    STUDENT_ROWS,
    programmes_block,
    students_block,
)
from hoka_excel.begroting.sheets.draft import SheetDraft
from hoka_excel.begroting.sheets.parts import Parts
from hoka_excel.core.plan import AllocationKey, Theme
from hoka_excel.core.students import StudentCounts
from hoka_excel.core.verdicts import cut
from hoka_excel.workbook.sheets import Formula
from hoka_excel.workbook.styles import (
    CHECK,
    DAY,
    HEADER,
    INPUT,
    INPUT_TEXT,
    LABEL,
    RESULT,
    SECTION,
    SHARE,
    TOTAL,
)

_COUNT = "#,##0"
_SHARE_DIFFERENCE = "+0.00%;[Red]-0.00%;0.00%"


def student_parts(theme: Theme, key: AllocationKey, layout: Layout) -> Parts:
    """Find the counts of a theme's lines, in the order of its key, and what follows from them."""
    block, head = layout[students_block(theme.number)], len(STUDENT_ROWS)
    below = replace(block, top=block.top + head, height=block.height - head)
    return Parts(below, STUDENT_PARTS, [*(share.line for share in key.shares), "Totaal"])


def student_share(parts: Parts, line: int, year: int) -> str:
    """Write the part of all students of a year that a line has; both count from 0."""
    counted = STUDENT_PARTS[0]
    whole = parts.far_cell(counted, len(parts.labels) - 1, year)
    return f"({parts.far_cell(counted, line, year)}/{whole})"


def put_students(draft: SheetDraft, theme: Theme, key: AllocationKey, shares: Block, layout: Layout) -> None:
    """Set the students of a theme, if its begroting has room for them.

    Args:
        draft: the sheet.
        theme: the theme.
        key: its key.
        shares: where the shares of the key stand, in the second column below a header.
        layout: of the begroting.
    """
    if key.students is None or students_block(theme.number) not in layout.blocks:
        return
    _put_source(draft, theme, key.students, layout)
    parts = student_parts(theme, key, layout)
    parts.put_labels(draft, layout.plan.years, totals=1)
    for year in range(len(layout.plan.years)):
        _put_year(draft, key, year, parts, shares)
    _put_programmes(draft, theme, key.students, layout)


def _put_source(draft: SheetDraft, theme: Theme, students: StudentCounts, layout: Layout) -> None:
    block = layout[students_block(theme.number)]
    title = f"Studenten {theme.table.name} (zodra ingevuld gaan zij voor de aandelen hierboven)"
    draft.put(block.at(-1, 0), title, SECTION)
    draft.labels(block, STUDENT_ROWS, LABEL)
    draft.put(block.at(0, 1), students.source, INPUT_TEXT, "@")
    draft.put(block.at(1, 1), students.institution or None, INPUT_TEXT, "@")
    for year in range(len(layout.plan.years)):
        draft.put(block.at(2, 1 + year), students.reference_day(year), INPUT, DAY)


def _put_year(draft: SheetDraft, key: AllocationKey, year: int, parts: Parts, shares: Block) -> None:
    """Set the counts of a year, and per line its part of them less its share of the key."""
    counted, by_students, over_share = STUDENT_PARTS
    last = len(key.shares)
    counts = [None if key.students is None else key.students.count(share.line, year) for share in key.shares]
    known = [count for count in counts if count is not None]
    whole = sum(known, Decimal(0))
    total, column = parts.cell(counted, last, year), parts.column(counted, last, year)
    summed = Formula(f'IF(COUNT({column})=0,"",SUM({column}))', whole if known else "")
    draft.put(parts.at(counted, last, year), summed, TOTAL, _COUNT)
    rows = [share.share.value for share in key.shares]
    for line, share in enumerate([*rows, sum(rows, Decimal(0))]):
        count = whole if line == last else counts[line]
        if line < last:
            draft.put(parts.at(counted, line, year), count, INPUT, _COUNT)
        cell, portion = parts.cell(counted, line, year), parts.cell(by_students, line, year)
        part = Fraction(count) / Fraction(whole) if whole and count is not None else None
        divided = f'IF(AND(ISNUMBER({cell}),N({total})>0),{cell}/{total},"")'
        draft.put(
            parts.at(by_students, line, year),
            Formula(divided, "" if part is None else cut(part)),
            TOTAL if line == last else RESULT,
            SHARE,
        )
        less = f'IF(ISNUMBER({portion}),{portion}-{shares.address(1 + line, 1)},"")'
        gap = "" if part is None else cut(part - Fraction(share))
        draft.put(parts.at(over_share, line, year), Formula(less, gap), CHECK, _SHARE_DIFFERENCE)


def _put_programmes(draft: SheetDraft, theme: Theme, students: StudentCounts, layout: Layout) -> None:
    """Set which programmes make up the lines, and empty rows for more."""
    block = layout[programmes_block(theme.number)]
    draft.put(block.at(-1, 0), f"Opleidingen {theme.table.name} (voor het tellen van studenten)", SECTION)
    draft.row(block.at(0, 0), PROGRAMME_COLUMNS, HEADER)
    for row in range(1, block.height):
        programme = students.programmes[row - 1] if row <= len(students.programmes) else None
        values = (None, None) if programme is None else (programme.line, programme.code)
        draft.row(block.at(row, 0), values, INPUT_TEXT, "@")
