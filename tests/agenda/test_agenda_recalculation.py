"""Every formula of an agenda, recalculated by LibreOffice: its cents are those of the core."""

import itertools
from decimal import Decimal
from pathlib import Path

from openpyxl import load_workbook

from hoka_excel.agenda.build import build_agenda_workbook
from hoka_excel.core.agenda.projects import Agenda, Project, Shares, Status
from tests.made_agendas import agenda, project
from tests.office import convert, needs_office, without_stored_values


def awkward_agenda() -> Agenda:
    """Make projects whose amounts leave cents over in every way: sevenths, credits, a billion, nothing."""
    steps = itertools.count(1)

    def pick(*choices: int) -> int:
        return choices[next(steps) * 7919 % 104729 % len(choices)]

    def cents() -> Decimal:
        return Decimal(pick(0, 1, 9_999, -5, -77_777, 100_000_000_001) + next(steps)).scaleb(-2)

    def shares(count: int) -> Shares:
        parts = tuple(pick(0, 0, 1, 2, 7, 33, 1000) for _ in range(count))
        return Shares(parts, sum(parts) or 100)

    def awkward(number: int) -> Project:
        return project(
            number,
            status=list(Status)[pick(0, 1)],
            aim=("", "beter")[pick(0, 1)],
            evidence=("", "cijfers")[pick(0, 1)],
            shares=(shares(3), shares(2), shares(2)),
            costs=tuple(cents() for _ in range(3)),
            financing=tuple(tuple(cents() for _ in range(3)) for _ in range(2)),
        )

    return agenda(*(awkward(number) for number in range(1, 31)))


def stored(path: Path) -> dict[tuple[str, str], object]:
    book = load_workbook(path, data_only=True)
    return {
        (page.title, cell.coordinate): cell.value for page in book for row in page.iter_rows() for cell in row
    }


def formulas(path: Path) -> set[tuple[str, str]]:
    return {
        (page.title, cell.coordinate)
        for page in load_workbook(path)
        for row in page.iter_rows()
        for cell in row
        if cell.data_type == "f"
    }


def plain(value: object) -> object:
    if isinstance(value, int | float) and not isinstance(value, bool):
        return round(Decimal(str(value)), 4)
    return "" if value is None else value


def assert_recalculates(path: Path, folder: Path) -> None:
    before = stored(path)
    after = stored(convert(without_stored_values(path, folder / "bare.xlsx"), "xlsx", folder))
    cells = formulas(path)
    assert len(cells) > 2000
    assert {
        cell: (before[cell], after[cell]) for cell in cells if plain(before[cell]) != plain(after[cell])
    } == {}


@needs_office
def test_the_shipped_agenda_recalculates_to_its_stored_values(agenda_workbook: Path, tmp_path: Path) -> None:
    assert_recalculates(agenda_workbook, tmp_path)


@needs_office
def test_awkward_amounts_recalculate_to_the_largest_remainder(tmp_path: Path) -> None:
    path = tmp_path / "awkward.xlsx"
    build_agenda_workbook(awkward_agenda(), path)
    assert_recalculates(path, tmp_path)
