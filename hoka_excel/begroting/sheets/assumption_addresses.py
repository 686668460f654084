"""The address of every assumption, for the formulas that use it."""

from typing import NamedTuple

from hoka_excel.begroting.places.layout import Layout
from hoka_excel.begroting.places.names import KEY_COLUMNS, TABLE_COLUMNS, THEME_COLUMNS, BlockName, key_block
from hoka_excel.begroting.sheets.students import student_parts, student_share
from hoka_excel.core.plan import AllocationKey, Ref, State, Unit


class KeyRow(NamedTuple):
    """The addresses that belong to one line of an allocation key.

    Attributes:
        share: the line's part of what is shared out.
        ends: the ends of what that part may be; one when it is exact.
        fixed: its own fixed amount.
        fixed_total: the fixed amounts of all lines together.
    """

    share: str
    ends: tuple[str, ...]
    fixed: str
    fixed_total: str


class Assumptions:
    """The address of every assumption."""

    def __init__(self, layout: Layout) -> None:
        self._layout = layout
        self.working_rate = layout[BlockName.RATE].address(2, 1)

    def checked_rate(self) -> tuple[str, tuple[str, ...]]:
        """Give the rate that EUR and FTE are checked with, and its ends (one, when it is exact)."""
        if self._layout.plan.state is State.RECOMPUTED:
            return self.working_rate, (self.working_rate,)
        rate = self._layout[BlockName.RATE]
        return rate.address(0, 1), around(rate.address(0, 1), rate.address(1, 1))

    def step(self, table: str) -> str:
        """Give the address of the printed step of a table."""
        names = [entry.name for entry in self._layout.plan.tables]
        column = TABLE_COLUMNS.index("Gedrukt tot op")
        return self._layout[BlockName.TABLES].address(1 + names.index(table), column)

    def counts_ftes(self, table: str) -> bool:
        """Say whether a table counts in FTE."""
        return next(entry.unit is Unit.FTE for entry in self._layout.plan.tables if entry.name == table)

    def theme_share(self, part: Ref) -> str:
        """Write the share of a theme, given its line in the integral table, as weight / all weights."""
        plan, block = self._layout.plan, self._layout[BlockName.THEMES]
        index = [line.label for line in plan.euros.lines].index(part.line)
        column = THEME_COLUMNS.index("Aandeel")
        return f"({block.address(1 + index, column)}/{block.address(1 + len(plan.themes), column)})"

    def key_row(self, part: Ref) -> KeyRow:
        """Give the addresses of the allocation key of a line in a year."""
        theme = next(theme for theme in self._layout.plan.themes if theme.table.name == part.table)
        key = theme.division
        assert isinstance(key, AllocationKey)
        block = self._layout[key_block(theme.number)]
        row = 1 + [share.line for share in key.shares].index(part.line)
        fixed, step = KEY_COLUMNS.index("Vast bedrag"), KEY_COLUMNS.index("Gedrukt tot op")
        share = block.address(row, KEY_COLUMNS.index("Aandeel"))
        ends = around(share, block.address(row, step))
        if key.is_counted:
            year = self._layout.plan.years.index(part.year)
            share = student_share(student_parts(theme, key, self._layout), row - 1, year)
            ends = (share,)
        return KeyRow(share, ends, block.address(row, fixed), block.address(1 + len(key.shares), fixed))


def around(value: str, step: str) -> tuple[str, ...]:
    """Write the ends of what a figure stands for: half a step below and above it."""
    return f"({value}-{step}/2)", f"({value}+{step}/2)"
