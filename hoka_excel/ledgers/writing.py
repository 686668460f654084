"""Write posted actuals where a controller keeps them: in the plan file, or on the sheet Realisatie.

Only the figures that were posted change. In a plan file comments and everything else stay as they are; in a
workbook only input cells are set.
"""

import tomllib
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from typing import Protocol, Self

import tomlkit
from tomlkit.exceptions import TOMLKitError
from tomlkit.items import Comment, Whitespace
from tomlkit.items import Table as Keys

from hoka_excel.begroting.places.layout import Layout
from hoka_excel.begroting.plan_file.reading import plan_of, read_plan
from hoka_excel.begroting.plan_file.writing import plan_text
from hoka_excel.begroting.read import read_begroting
from hoka_excel.begroting.sheets.parts import actuals_parts
from hoka_excel.core.bookings.posted_actuals import PostedActual
from hoka_excel.core.errors import LedgerError, PlanError
from hoka_excel.core.plan import Plan
from hoka_excel.workbook.cells import rewrite
from hoka_excel.workbook.files import replacing
from hoka_excel.workbook.sheets import Position

_KEY = "realisatie"


class Target(Protocol):
    """What holds a plan, and can be given actuals."""

    @property
    def path(self) -> Path:
        """Where it is."""

    @property
    def plan(self) -> Plan:
        """The plan it holds."""

    def write(self, actuals: Sequence[PostedActual], out: Path) -> None:
        """Put actuals in, and write it to `out`; in its own place the old is replaced in one instant.

        Raises:
            UsageError: a cell cannot be written, such as a locked one.
            LedgerError: the new plan file would not read as the plan with these actuals.
            WorkbookError: the file is held by someone, or cannot be replaced.
        """


@dataclass(frozen=True, slots=True)
class PlanFileTarget:
    """A plan file, and the plan in it."""

    path: Path
    plan: Plan

    @classmethod
    def at(cls, path: Path) -> Self:
        """Read a plan file.

        Raises:
            PlanError: the file cannot be read, or the plan has faults.
        """
        return cls(path, read_plan(path))

    def write(self, actuals: Sequence[PostedActual], out: Path) -> None:
        """Set the figures in the text; comments and everything else stay."""
        text = self.path.read_bytes().decode()
        is_windows = text.count("\r\n") == text.count("\n")
        edited = plan_text_with(text.replace("\r\n", "\n") if is_windows else text, actuals, self.path.name)
        with replacing(out) as stream:
            stream.write((edited.replace("\n", "\r\n") if is_windows else edited).encode())


@dataclass(frozen=True, slots=True)
class WorkbookTarget:
    """A begroting, and where everything stands in it."""

    path: Path
    layout: Layout

    @classmethod
    def at(cls, path: Path) -> Self:
        """Read a begroting.

        Raises:
            WorkbookError: the file cannot be read, or is no sound begroting.
        """
        return cls(path, read_begroting(path).layout)

    @property
    def plan(self) -> Plan:
        """The plan it holds."""
        return self.layout.plan

    def write(self, actuals: Sequence[PostedActual], out: Path) -> None:
        """Set the input cells of the sheet Realisatie, and no other cell."""
        rewrite(self.path, out, _cells(self.layout, actuals))


def with_actuals(plan: Plan, actuals: Sequence[PostedActual]) -> Plan:
    """Give the plan that has these actuals; those of other lines and years stay."""
    return replace(plan, actuals={**plan.actuals, **{actual.ref: actual.figure for actual in actuals}})


def plan_text_with(text: str, actuals: Sequence[PostedActual], source: str) -> str:
    """Set actuals in the text of a plan file.

    Args:
        text: of the plan file.
        actuals: of lines in the plan.
        source: what to call the file in faults.

    Returns:
        The text, which reads as the same plan with these actuals.

    Raises:
        PlanError: the text is no sound plan file.
        LedgerError: the new text would not read as that plan.
    """
    changed = with_actuals(_plan_in(text, source), actuals)
    with suppress(ValueError, TOMLKitError, PlanError):  # keys in braces or with dots may take no table
        edited = _edited(text, changed, actuals)
        if _plan_in(edited, source) == changed:
            return edited
    raise LedgerError("ledger.not_kept", where=source)


def _edited(text: str, changed: Plan, actuals: Sequence[PostedActual]) -> str:
    """Set the actuals as the text of the changed plan writes them."""
    places = {theme.table.name: index for index, theme in enumerate(changed.themes)}
    written = tomllib.loads(plan_text(changed))["thema"]
    document = tomlkit.parse(text)
    for table, line, year in (actual.ref for actual in actuals):
        index, column = places[table], changed.years.index(year)
        text_of_row = written[index][_KEY][line]
        keys = document["thema"][index]
        if _KEY not in keys:
            _append(keys, {line: [""] * len(text_of_row)})
        row = keys[_KEY].setdefault(line, [])
        row.extend([""] * (1 + column - len(row)))
        row[column] = text_of_row[column]
    return tomlkit.dumps(document)


def _append(keys: Keys, rows: Mapping[str, Sequence[str]]) -> None:
    """Add the table of actuals to a theme, before the comments that introduce what comes after the theme."""
    actuals = tomlkit.table()
    actuals.update(rows)
    for mark in _closing_marks(keys):
        actuals.add(mark)
    keys.append(_KEY, actuals)


def _closing_marks(keys: Keys) -> list[Comment | Whitespace]:
    """Take from the end of a table its last blank line and the comments after it."""
    body = keys.value.body
    if body and isinstance(body[-1][1], Keys):
        return _closing_marks(body[-1][1])
    first = len(body)
    while first and isinstance(body[first - 1][1], Comment | Whitespace):
        first -= 1
    while first < len(body) and isinstance(body[first][1], Comment):
        first += 1
    marks = [item for _, item in body[first:] if isinstance(item, Comment | Whitespace)]
    del body[first:]
    return marks


def _plan_in(text: str, source: str) -> Plan:
    return plan_of(tomllib.loads(text, parse_float=Decimal), source)


def _cells(layout: Layout, actuals: Sequence[PostedActual]) -> dict[str, dict[Position, Decimal]]:
    """Say what comes in which input cell of a begroting, by its sheet."""
    tables = {theme.table.name: theme.table for theme in layout.plan.themes}
    cells: dict[str, dict[Position, Decimal]] = {}
    for actual in actuals:
        table, line, year = tables[actual.ref.table], actual.ref.line, actual.ref.year
        parts = actuals_parts(table, layout)
        labels = [entry.label for entry in table.lines]
        cell = parts.at("Realisatie", labels.index(line), layout.plan.years.index(year))
        cells.setdefault(parts.block.sheet, {})[cell] = actual.figure.value
    return cells
