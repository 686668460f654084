"""Realisatie and Meenemen: the figures of the core, read back whole, and what a controller wrote kept."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from hoka_excel.agenda.own_workbook import regenerate
from hoka_excel.begroting.build import build_workbook, workbook_bytes
from hoka_excel.begroting.content import begroting_of
from hoka_excel.begroting.places.carry_over_rows import CarryOverRows
from hoka_excel.begroting.places.layout import Layout
from hoka_excel.begroting.places.monitoring import (
    CARRY_OVER_STEPS,
    PROPORTION_PARTS,
    MonitoringBlock,
    keyed_themes,
    monitoring_blocks,
    split_block,
)
from hoka_excel.begroting.places.names import SheetName, master_block
from hoka_excel.begroting.places.standard_layout import standard_layout
from hoka_excel.begroting.read import read_begroting
from hoka_excel.begroting.regenerate import owned
from hoka_excel.begroting.sheets.parts import Parts, actuals_parts, follow_up_parts
from hoka_excel.core.errors import WorkbookError
from hoka_excel.core.figures import MISSING, Printed, Reason, Unreadable
from hoka_excel.core.messages import Message
from hoka_excel.core.monitoring.carry_over import Corkscrew, carry_over_of
from hoka_excel.core.monitoring.progress import progress_of
from hoka_excel.core.monitoring.proportions import ratio_of, splits_of
from hoka_excel.core.monitoring.signals import signals_of
from hoka_excel.core.monitoring.thresholds import Thresholds
from hoka_excel.core.plan import Plan, Ref
from hoka_excel.core.reconciliation import reconcile_plan
from hoka_excel.workbook.addresses import address
from hoka_excel.workbook.cells import write_cells
from hoka_excel.workbook.styles import INPUT, INPUT_TEXT
from tests.begroting.test_recalculation import Cells, comparable, formulas, values
from tests.monitored import monitored
from tests.office import convert, needs_office, without_stored_values


@pytest.fixture(scope="module")
def plan(published_plan: Plan) -> Plan:
    return monitored(published_plan)


@pytest.fixture(scope="module")
def layout(plan: Plan) -> Layout:
    return standard_layout(plan)


@pytest.fixture(scope="module")
def workbook(plan: Plan, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("monitored") / "b.xlsx"
    build_workbook(plan, path)
    return path


@pytest.fixture(scope="module")
def cells(workbook: Path) -> Cells:
    return values(workbook)


def same(found: object, wanted: object) -> bool:
    """Compare a cell with a figure of the core; nothing is an empty cell."""
    if wanted is None:
        return found in (None, "")
    return isinstance(found, int | float) and float(found) == pytest.approx(float(str(wanted)), abs=1e-9)


def test_the_figures_on_realisatie_are_those_of_the_core(plan: Plan, layout: Layout, cells: Cells) -> None:
    for table in progress_of(plan)[:3]:
        parts = actuals_parts(table.table, layout)
        for index, line in enumerate(table.lines):
            for year in range(6):
                for title, wanted in (
                    ("Begroting", line.budget),
                    ("Realisatie", line.spent),
                    ("Verschil", line.difference),
                ):
                    assert same(cells["Realisatie", parts.cell(title, index, year)], wanted[year])


def test_what_follows_from_them_is_too(plan: Plan, layout: Layout, cells: Cells) -> None:
    carried = carry_over_of(plan).tables
    told = 0
    for table, lines in zip(progress_of(plan), carried, strict=False):
        parts, signals = follow_up_parts(table.table, layout), signals_of(plan, table)
        taken, signal, reason = parts.titles
        for index, line in enumerate(lines.lines):
            for year, number in enumerate(plan.years):
                assert same(cells["Realisatie", parts.cell(taken, index, year)], line.closing[year])
                said = signals[index][year]
                word = "" if said is None else Message(f"signal.{said}").render()
                assert (cells["Realisatie", parts.cell(signal, index, year)] or "") == word
                why = cells["Realisatie", parts.cell(reason, index, year)] or ""
                assert why == plan.reasons.get(Ref(table.table.name, line.label, number), "")
                told += bool(word)
    assert told == 18


def test_every_step_of_every_line_and_theme_stands_on_meenemen(
    plan: Plan, layout: Layout, cells: Cells
) -> None:
    found = carry_over_of(plan)
    blocks: list[tuple[CarryOverRows, Sequence[Corkscrew]]] = [
        (CarryOverRows.of_table(table.table, layout), table.lines) for table in found.tables
    ]
    blocks.append((CarryOverRows.of_themes(layout), found.euros))
    given = {(ref.table, ref.line) for ref in plan.openings}
    for rows, lines in blocks:
        for index, line in enumerate(lines):
            steps = (line.opening, line.budget, line.spent, line.closing)
            for step, row in zip(CARRY_OVER_STEPS, steps, strict=True):
                for year, wanted in enumerate(row):
                    cell = cells["Meenemen", rows.cell(step, index, year)]
                    blank = step == "Beginstand" and year == 0 and index < rows.count and not cell
                    assert same(cell, wanted) or (blank and wanted == 0), (line.label, step, year)
            for step, whole in zip(CARRY_OVER_STEPS, line.over_all or (None,) * 4, strict=True):
                assert same(cells["Meenemen", rows.cell(step, index, rows.years)], whole)
    assert len(given) == 2


def test_each_closing_opens_the_next_year_and_every_sum_has_its_verdict(layout: Layout, cells: Cells) -> None:
    rows = CarryOverRows.of_themes(layout)
    for index in range(4):
        for year in (1, 2, 3):
            assert (
                cells["Meenemen", rows.cell("Beginstand", index, year)]
                == cells["Meenemen", rows.cell("Eindstand", index, year - 1)]
            )
    verdicts = [cells["Meenemen", address(rows.block.at(rows.foot(1), 2 + year))] or "" for year in range(6)]
    assert verdicts == ["sluit aan"] * 3 + [""] * 3
    column = [
        cells["Meenemen", address(rows.block.at(rows.row("Eindstand", index), rows.verdict_column))]
        for index in range(4)
    ]
    assert column == ["sluit aan"] * 4


def test_the_ratio_and_the_split_are_those_of_the_core(plan: Plan, layout: Layout, cells: Cells) -> None:
    (split,) = splits_of(plan)
    for name, lines in ((MonitoringBlock.RATIO, ratio_of(plan)), (split_block(1), split.lines)):
        parts = Parts(layout[name], PROPORTION_PARTS, [line.label for line in lines])
        for index, line in enumerate(lines):
            for title, row in zip(PROPORTION_PARTS, (line.agreed, line.planned, line.realised), strict=True):
                for year, part in enumerate(row):
                    wanted = None if part is None else part.numerator / part.denominator
                    assert same(cells["Realisatie", parts.cell(title, index, year)], wanted)


def test_a_monitored_plan_reads_back_exactly(plan: Plan, workbook: Path) -> None:
    assert read_begroting(workbook).plan == plan


@pytest.mark.parametrize("thresholds", [None, Thresholds(), Thresholds(Decimal("2.125"), Decimal("99.95"))])
def test_thresholds_read_back_exactly(
    published_plan: Plan, thresholds: Thresholds | None, tmp_path: Path
) -> None:
    plan = replace(published_plan, thresholds=thresholds)
    build_workbook(plan, tmp_path / "b.xlsx")
    assert read_begroting(tmp_path / "b.xlsx").plan == plan


def test_one_threshold_alone_leaves_the_other_at_nothing(
    published: Path, layout: Layout, tmp_path: Path
) -> None:
    place = ("Uitgangspunten", address(layout[MonitoringBlock.THRESHOLDS].at(0, 1)))
    write_cells(published, {place: Decimal("0.05")}, tmp_path / "b.xlsx")
    assert read_begroting(tmp_path / "b.xlsx").plan.thresholds == Thresholds(Decimal(5), Decimal(0))


def test_regenerating_keeps_what_the_controller_filled_in(
    published: Path, plan: Plan, layout: Layout, tmp_path: Path
) -> None:
    parts = follow_up_parts(plan.themes[1].table, layout)
    amounts = actuals_parts(plan.themes[1].table, layout)
    rows = CarryOverRows.of_table(plan.themes[1].table, layout)
    limits = layout[MonitoringBlock.THRESHOLDS]
    filled: dict[tuple[str, str], Any] = {
        ("Realisatie", amounts.cell("Realisatie", 0, 0)): 120_000,
        ("Realisatie", parts.cell("Toelichting", 0, 0)): "vacature tot in september",
        ("Meenemen", rows.cell("Beginstand", 0, 0)): 2_500,
        ("Uitgangspunten", address(limits.at(0, 1))): Decimal("0.05"),
        ("Uitgangspunten", address(limits.at(1, 1))): 10_000,
    }
    changed, target = tmp_path / "changed.xlsx", tmp_path / "b.xlsx"
    write_cells(published, filled, changed)
    regenerate(changed, target)
    after = values(target)
    for place, value in filled.items():
        assert comparable(after[place]) == comparable(value if isinstance(value, str) else float(value))
    assert after["Realisatie", parts.cell("Signaal", 0, 0)] == "onderbesteding"
    assert after["Realisatie", parts.cell("Meegenomen naar het volgende jaar", 0, 0)] == 2_500 + 28_400
    (reason,) = read_begroting(target).plan.reasons.items()
    ref = Ref("Thema 2", "Tijd voor docenten voor professionalisering", 2019)
    assert reason == (ref, "vacature tot in september")


def test_what_a_controller_fills_in_is_none_of_ours(layout: Layout) -> None:
    """Neither regenerating nor a macro writes where input belongs: both write what is owned."""
    sheets = begroting_of(layout, reconcile_plan(layout.plan, layout.places())).sheets
    inputs = 0
    for sheet in sheets:
        if sheet.name in {"Realisatie", "Meenemen"}:
            places = {place for place, cell in sheet.cells.items() if cell.style in {INPUT, INPUT_TEXT}}
            assert not places & owned(sheet).keys()
            inputs += len(places)
    assert inputs == 12 * 6 + 15 * 6 + 12, "actuals, reasons, opening balances"


def test_regenerating_a_monitored_begroting_changes_no_cell(workbook: Path, tmp_path: Path) -> None:
    regenerate(workbook, tmp_path / "again.xlsx")
    assert values(tmp_path / "again.xlsx") == values(workbook)


def test_a_begroting_from_before_is_read_and_regenerated_without(
    published_plan: Plan, tmp_path: Path
) -> None:
    whole = standard_layout(published_plan)
    tables = [theme.table.name for theme in published_plan.themes]
    ours = [*monitoring_blocks(tables, keyed_themes(published_plan)), master_block(SheetName.CARRY_OVER)]
    older = Layout(published_plan, {name: block for name, block in whole.blocks.items() if name not in ours})
    found = reconcile_plan(published_plan, older.places())
    path = tmp_path / "older.xlsx"
    path.write_bytes(workbook_bytes(begroting_of(older, found), older))
    assert "Meenemen" not in load_workbook(path).sheetnames
    assert read_begroting(path).plan == published_plan
    regenerate(path, tmp_path / "again.xlsx")
    assert values(tmp_path / "again.xlsx") == values(path)


Damage = Callable[[Workbook], object]


def put(sheet: str, cell: str, value: Any) -> Damage:
    return lambda book: book[sheet].__setitem__(cell, value)


@pytest.mark.parametrize(("value", "reason"), [("n.v.t.", Reason.TEXT), ("#N/A", Reason.ERROR)])
def test_text_in_actuals_is_told_and_refused_by_regenerate(
    workbook: Path, layout: Layout, tmp_path: Path, value: str, reason: Reason
) -> None:
    cell = actuals_parts(layout.plan.themes[1].table, layout).cell("Realisatie", 1, 1)
    path = damaged(workbook, tmp_path, put("Realisatie", cell, value))
    read = read_begroting(path)
    assert read.plan.actuals[Ref("Thema 2", "Didactische leergangen", 2020)] == Unreadable(value, reason)
    assert [f"Realisatie!{cell}" in str(misfit) for misfit in read.misfits] == [True]
    refused(path)


def test_text_for_an_opening_balance_is_told_and_refused_by_regenerate(
    workbook: Path, plan: Plan, layout: Layout, tmp_path: Path
) -> None:
    cell = CarryOverRows.of_table(plan.themes[1].table, layout).cell("Beginstand", 1, 0)
    path = damaged(workbook, tmp_path, put("Meenemen", cell, "pm"))
    assert [f"Meenemen!{cell}" in str(misfit) for misfit in read_begroting(path).misfits] == [True]
    refused(path)


@pytest.mark.parametrize(
    ("cell", "value", "fault"),
    [
        ("B57", "vijf", "B57: hier hoort een getal, maar er staat 'vijf'"),
        ("B58", "tien mille", "B58: hier hoort een getal, maar er staat 'tien mille'"),
        ("B57", -0.05, "B57: een drempel van -5 kan niet."),
        ("B58", -1, "B58: een drempel van -1 kan niet."),
    ],
)
def test_a_threshold_that_is_text_or_below_zero_is_told(
    workbook: Path, tmp_path: Path, cell: str, value: object, fault: str
) -> None:
    path = damaged(workbook, tmp_path, put("Uitgangspunten", cell, value))
    with pytest.raises(WorkbookError) as caught:
        read_begroting(path)
    assert f"Uitgangspunten!{fault}" in str(caught.value)
    refused(path)


def test_rows_that_were_added_inside_are_told(workbook: Path, layout: Layout, tmp_path: Path) -> None:
    def grow(book: Workbook) -> None:
        name = book.defined_names["Hoka_meenemen_Thema_2"]
        last = CarryOverRows.of_table(layout.plan.themes[1].table, layout).block
        bottom = last.top + last.height - 1
        name.value = name.value.replace(f"${bottom}", f"${bottom + 1}")

    with pytest.raises(WorkbookError, match="Meenemen!"):
        read_begroting(damaged(workbook, tmp_path, grow))


def damaged(workbook: Path, folder: Path, damage: Damage) -> Path:
    book = load_workbook(workbook, data_only=True)
    damage(book)
    book.save(folder / "damaged.xlsx")
    return folder / "damaged.xlsx"


def refused(path: Path) -> None:
    before = path.read_bytes()
    with pytest.raises(WorkbookError):
        regenerate(path)
    assert path.read_bytes() == before


@needs_office
def test_the_live_checks_tell_a_formula_that_was_written_over(recomputed_plan: Plan, tmp_path: Path) -> None:
    plan = monitored(recomputed_plan)
    rows = CarryOverRows.of_themes(standard_layout(plan))
    source, changed = tmp_path / "b.xlsx", tmp_path / "changed.xlsx"
    build_workbook(plan, source)
    assert values(source)["Meenemen", "B2"] == "sluit aan"
    write_cells(source, {("Meenemen", rows.cell("Eindstand", 1, 1)): 1}, changed)
    after = values(convert(without_stored_values(changed, tmp_path / "bare.xlsx"), "xlsx", tmp_path))
    assert after["Toelichting", "B2"] == "sluit niet aan: blad Meenemen"
    verdict = rows.block.at(rows.foot(1), 3)
    assert after["Meenemen", address(verdict)] == "verschil"


@needs_office
@pytest.mark.parametrize("state", ["published_plan", "recomputed_plan"])
def test_libreoffice_gets_the_stored_value_in_every_formula_cell(
    state: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    build_workbook(monitored(request.getfixturevalue(state)), tmp_path / "b.xlsx")
    bare = without_stored_values(tmp_path / "b.xlsx", tmp_path / "bare.xlsx")
    stored, again = values(tmp_path / "b.xlsx"), values(convert(bare, "xlsx", tmp_path))
    every = formulas(tmp_path / "b.xlsx")
    assert sum(sheet in {"Meenemen", "Realisatie"} for sheet, _ in every) > 900
    assert {
        cell: (stored[cell], again.get(cell))
        for cell in every
        if comparable(stored[cell]) != comparable(again.get(cell))
    } == {}


@needs_office
def test_carried_over_differences_and_empty_budgets_recalculate_too(
    published_plan: Plan, tmp_path: Path
) -> None:
    """Every year is spent as budgeted, so that only what does not add up is carried over.

    One line has no budget at all; of one total the later years cannot be read.
    """
    theme = published_plan.themes[2]
    nothing = replace(theme.table.lines[0], figures=(Printed(0, "0.1"),) * 6)
    total = replace(theme.table.total, figures=(*theme.table.total.figures[:2], *(MISSING,) * 4))
    table = replace(theme.table, lines=(nothing, *theme.table.lines[1:]), total=total)
    plan = replace(
        published_plan,
        themes=(*published_plan.themes[:2], replace(theme, table=table)),
        thresholds=Thresholds(),
    )
    spent = {
        Ref(entry.table.name, line.label, year): figure
        for entry in published_plan.themes
        for line in entry.table.lines
        for year, figure in zip(plan.years, line.figures, strict=True)
    }
    build_workbook(replace(plan, actuals=spent), tmp_path / "b.xlsx")
    bare = without_stored_values(tmp_path / "b.xlsx", tmp_path / "bare.xlsx")
    stored, again = values(tmp_path / "b.xlsx"), values(convert(bare, "xlsx", tmp_path))
    every = {cell for cell in formulas(tmp_path / "b.xlsx") if cell[0] in {"Realisatie", "Meenemen"}}
    assert [cell for cell in every if comparable(stored[cell]) != comparable(again.get(cell))] == []
    rows = CarryOverRows.of_table(plan.themes[1].table, standard_layout(plan))
    said = [stored["Meenemen", address(rows.block.at(rows.foot(1), 2 + year))] for year in range(6)]
    assert said == ["sluit aan"] * 3 + ["verschil"] * 3
    parts = follow_up_parts(table, standard_layout(plan))
    assert stored["Realisatie", parts.cell("Signaal", 0, 0)] == "overbesteding"
