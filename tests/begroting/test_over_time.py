"""What changes over the years, in plan file and workbook alike."""

import tomllib
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from hoka_excel.agenda.own_workbook import regenerate
from hoka_excel.begroting.build import build_workbook
from hoka_excel.begroting.places.standard_layout import standard_layout
from hoka_excel.begroting.plan_file.reading import plan_of
from hoka_excel.begroting.plan_file.writing import plan_text
from hoka_excel.begroting.read import read_begroting
from hoka_excel.begroting.scenario_workbook import scenario_workbook
from hoka_excel.core.cascade import recompute
from hoka_excel.core.errors import WorkbookError
from hoka_excel.core.figures import Printed
from hoka_excel.core.findings import Reconciliation
from hoka_excel.core.levers import Lever, Scenario, Setting
from hoka_excel.core.plan import AllocationKey, Plan
from hoka_excel.core.scenarios import compare_scenarios
from hoka_excel.core.verdicts import Verdict
from hoka_excel.sources import reconcile
from hoka_excel.workbook.addresses import address
from hoka_excel.workbook.cells import write_cells
from tests.begroting.test_read import edited
from tests.begroting.test_recalculation import comparable, formulas, values
from tests.office import convert, needs_office, without_stored_values
from tests.plans_over_time import plan_over_time

At = Callable[[str, int, int], tuple[str, str]]


@pytest.fixture(scope="module")
def plan() -> Plan:
    """Make a grant of which a year ends in a half euro after its indexation."""
    made = plan_over_time()
    assert made.grant is not None
    return replace(made, grant=(*made.grant[:1], Printed(893_500, 1), *made.grant[2:]))


@pytest.fixture(scope="module")
def workbook(plan: Plan, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("over_time") / "begroting.xlsx"
    build_workbook(recompute(plan), path)
    return path


@pytest.fixture(scope="module")
def at(plan: Plan) -> At:
    """Find a cell of a named rectangle; rows and columns count from 0."""
    blocks = standard_layout(plan).blocks
    return lambda name, row, column: (blocks[name].sheet, address(blocks[name].at(row, column)))


def test_plan_file_and_workbook_give_the_plan_back_exactly(
    plan: Plan, workbook: Path, tmp_path: Path
) -> None:
    published = tmp_path / "b.xlsx"
    build_workbook(plan, published)
    assert read_begroting(published).plan == plan
    assert read_begroting(workbook).plan == recompute(plan)
    for made in (plan, recompute(plan)):
        assert plan_of(tomllib.loads(plan_text(made), parse_float=Decimal), "plan.toml") == made


@pytest.mark.parametrize(
    "reduced",
    [
        lambda plan: replace(plan, scenarios=()),
        lambda plan: replace(plan, binding_until=None),
        lambda plan: replace(plan, changes=replace(plan.changes, revisions=())),
        lambda plan: replace(
            plan, changes=replace(plan.changes, price_level=None, indexations=()), scenarios=()
        ),
        lambda plan: replace(plan, scenarios=(Scenario("niets anders", ()),)),
    ],
    ids=["no scenarios", "nothing binding", "no revisions", "revisions alone", "empty scenario"],
)
def test_each_of_it_may_be_absent(plan: Plan, tmp_path: Path, reduced: Callable[[Plan], Plan]) -> None:
    made = reduced(plan)
    build_workbook(made, tmp_path / "b.xlsx")
    assert read_begroting(tmp_path / "b.xlsx").plan == made
    assert plan_of(tomllib.loads(plan_text(made), parse_float=Decimal), "plan.toml") == made


def test_a_plan_without_any_of_it_has_none_of_its_names(published: Path) -> None:
    book = load_workbook(published)
    words = (
        "indexatie",
        "bijstellingen",
        "beschikbaar",
        "taakstellend",
        "scenario",
        "studenten",
        "ondertitel",
    )
    assert [name for name in book.defined_names if any(word in name for word in words)] == []
    assert "Scenario's" not in book.sheetnames


@needs_office
def test_libreoffice_gets_the_stored_value_in_every_formula_over_time(
    at: At, plan: Plan, workbook: Path, tmp_path: Path
) -> None:
    published, again = tmp_path / "published.xlsx", tmp_path / "regenerated.xlsx"
    build_workbook(plan, published)
    percentage = at("Hoka_indexatie", 2, 4)
    write_cells(workbook, {percentage: Decimal("0.0417")}, tmp_path / "changed.xlsx")
    regenerate(tmp_path / "changed.xlsx", again)
    for path in (workbook, published, again):
        folder = tmp_path / path.stem
        folder.mkdir()
        bare = without_stored_values(path, folder / "bare.xlsx")
        stored, recalculated = values(path), values(convert(bare, "xlsx", folder))
        cells = formulas(path)
        assert len(cells) > 1500
        assert {
            cell: (stored[cell], recalculated.get(cell))
            for cell in cells
            if comparable(stored[cell]) != comparable(recalculated.get(cell))
        } == {}, path.stem


def test_what_is_available_stands_as_granted_indexed_and_revised(at: At, plan: Plan, workbook: Path) -> None:
    cells = values(workbook)
    shown = [[cells[at("Hoka_beschikbaar", row, c)] for c in (1, 2, 4)] for row in range(1, 7)]
    assert shown[0] == [893_217, 893_500, 1_137_046]
    assert shown[1] == [0, 18_764, 41_524], "18,763.50 is rounded half up"
    assert shown[2] == [0, 25_000, -12_500]
    assert shown[3] == shown[4] == [893_217, 937_264, 1_166_070]
    assert shown[5] == [0, 0, 0]


def test_a_changed_indexation_shows_as_a_mismatch_until_it_is_recomputed(
    at: At, workbook: Path, tmp_path: Path
) -> None:
    changed = tmp_path / "changed.xlsx"
    write_cells(workbook, {at("Hoka_indexatie", 2, 4): Decimal("0.05")}, changed)
    assert not_shared_out(reconcile(changed)) == ["2022", "2023", "2024"]
    assert not_shared_out(regenerate(changed)) == []
    plan = read_begroting(changed).plan
    assert plan.changes.indexations[1].percent == 5
    assert plan.euros.total.figures[3] == Printed(1_137_046 + 52_901 - 12_500, 1)


def not_shared_out(found: Reconciliation) -> list[str]:
    """List the years of which the integral table does not add up to what is available."""
    return [
        check.period
        for check in found.checks
        if check.verdict is Verdict.MISMATCH and "Uitgangspunten" in {part.sheet for part in check.parts}
    ]


def test_regenerating_changes_no_cell_of_an_unchanged_begroting(workbook: Path, tmp_path: Path) -> None:
    regenerate(workbook, tmp_path / "again.xlsx")
    assert values(tmp_path / "again.xlsx") == values(workbook)
    assert load_workbook(tmp_path / "again.xlsx").sheetnames == load_workbook(workbook).sheetnames


def test_students_that_a_controller_enters_reach_the_lines(at: At, workbook: Path, tmp_path: Path) -> None:
    changed = tmp_path / "changed.xlsx"
    write_cells(workbook, {at("Hoka_studenten_1", 6, 1): 900}, changed)
    regenerate(changed)
    plan = read_begroting(changed).plan
    key = plan.themes[0].division
    assert isinstance(key, AllocationKey)
    assert key.weights(0)[2] == 900
    before, after = (
        read_begroting(path).plan.themes[0].table.lines[2].figures[:2] for path in (workbook, changed)
    )
    assert after[0] != before[0]
    assert after[1] == before[1]


def test_the_sheets_of_the_tables_say_which_years_are_binding(at: At, workbook: Path, tmp_path: Path) -> None:
    said = "Geneeskunde, Universiteit Utrecht – herberekend – taakstellend tot en met 2021, "
    said += "daarna richtinggevend"
    cells = values(workbook)
    assert [cells[sheet, "A3"] for sheet in ("Thema 1", "Begroting integraal")] == [said, said]
    changed = tmp_path / "changed.xlsx"
    write_cells(workbook, {at("Hoka_taakstellend", 0, 1): 2022}, changed)
    regenerate(changed)
    assert values(changed)["Thema 1", "A3"] == said.replace("2021", "2022")


def test_the_scenarios_stand_beside_the_plan_with_live_totals_and_differences(
    plan: Plan, workbook: Path
) -> None:
    sheet, cells = load_workbook(workbook)["Scenario's"], values(workbook)
    rows = {row[0].value: row[0].row for row in sheet.iter_rows() if row[0].value is not None}
    comparison = compare_scenarios(plan)
    for number, (scenario, made) in enumerate(comparison.scenarios, 1):
        # the last table on the sheet is the integral one in FTE
        first = rows[f"Scenario {number}: {scenario.name}"] + 1
        shown = [cells["Scenario's", f"B{first + line}"] for line in range(4)]
        assert shown == [float(str(_value(line.figures[0]))) for line in made.ftes.rows]
        gap = rows[f"Scenario {number} min het plan"] + 4
        assert str(sheet[f"B{first + 3}"].value) == f"=SUM(B{first}:B{first + 2})"
        assert str(sheet[f"B{gap}"].value).startswith(f"=B{first + 3}-B")


def _value(figure: object) -> Decimal:
    assert isinstance(figure, Printed)
    return figure.value


def test_a_scenario_that_a_controller_adds_appears_on_regenerating(
    at: At, workbook: Path, tmp_path: Path
) -> None:
    changed = tmp_path / "changed.xlsx"
    row = 1 + sum(len(scenario.settings) for scenario in read_begroting(workbook).plan.scenarios)
    cells = [at("Hoka_scenarios", row, column) for column in (0, 1, 5)]
    entered: list[str | int] = ["Duurder", "rekentarief", 95_000]
    write_cells(workbook, dict(zip(cells, entered, strict=True)), changed)
    regenerate(changed)
    found = read_begroting(changed).plan.scenarios
    assert found[-1] == Scenario("Duurder", (Setting(Lever.RATE, "", "", None, Decimal(95_000)),))
    assert "Scenario 3: Duurder" in {cell.value for cell in load_workbook(changed)["Scenario's"]["A"]}


def test_a_begroting_whose_scenarios_were_all_removed_keeps_an_empty_sheet(
    at: At, plan: Plan, workbook: Path, tmp_path: Path
) -> None:
    changed = tmp_path / "changed.xlsx"
    rows = sum(len(scenario.settings) for scenario in plan.scenarios)
    cells = {at("Hoka_scenarios", row, column): None for row in range(1, 1 + rows) for column in range(6)}
    write_cells(workbook, cells, changed)
    regenerate(changed)
    assert read_begroting(changed).plan.scenarios == ()
    assert "Scenario 1" not in str([cell.value for cell in load_workbook(changed)["Scenario's"]["A"]])


def test_the_scenarios_alone_make_a_workbook(plan: Plan, tmp_path: Path) -> None:
    (tmp_path / "s.xlsx").write_bytes(scenario_workbook(compare_scenarios(plan)))
    book = load_workbook(tmp_path / "s.xlsx")
    assert book.sheetnames == ["Scenario's"]
    assert book["Scenario's"]["A1"].value == "Scenario's naast het plan"


@pytest.mark.parametrize(
    ("name", "row", "column", "value", "line"),
    [
        ("Hoka_tabellen", 4, 2, 0, "een afronding op 0 kan niet"),
        ("Hoka_indexatie", 2, 2, "veel", "hier hoort een getal, maar er staat 'veel'"),
        ("Hoka_indexatie", 3, 2, 1.5, "een doorgifte van 150 procent kan niet"),
        ("Hoka_indexatie", 3, 2, -0.5, "een doorgifte van -50 procent kan niet"),
        ("Hoka_indexatie", 0, 1, None, "het prijspeil ontbreekt"),
        ("Hoka_indexatie", 0, 1, "ooit", "hier hoort een jaar, maar er staat 'ooit'"),
        ("Hoka_indexatie", 2, 1, 0.02, "de indexatie van 2019 verandert niets"),
        ("Hoka_bijstellingen", 1, 2, 2031, "het jaar 2031 is geen jaar van het plan"),
        ("Hoka_bijstellingen", 1, 2, None, "hier hoort een jaar, maar er staat ''"),
        ("Hoka_bijstellingen", 1, 1, "juni", "hier hoort een datum, maar er staat 'juni'"),
        ("Hoka_bijstellingen", 1, 3, None, "hier hoort een getal, maar er staat ''"),
        ("Hoka_taakstellend", 0, 1, 2031, "het jaar 2031 is geen jaar van het plan"),
        ("Hoka_taakstellend", 2, 0, "Iets anders", "hier hoort 'Status'"),
        ("Hoka_studenten_1", 4, 1, -5, "-5 studenten in 2019 kan niet"),
        ("Hoka_studenten_1", 4, 1, "<5", "hier hoort een getal, maar er staat '<5'"),
        ("Hoka_studenten_1", 4, 1, None, "het aantal studenten van 'GNK/SUMMA' in 2019 ontbreekt"),
        ("Hoka_studenten_1", 4, 0, "Elders", "de regel 'Elders' staat niet in de tabel"),
        ("Hoka_studenten_1", 2, 3, None, "hier hoort een datum, maar er staat ''"),
        ("Hoka_opleidingen_1", 2, 1, "56551", "opleidingscode 56551 staat er meer dan een keer"),
        ("Hoka_opleidingen_1", 1, 0, "Elders", "de regel 'Elders' staat niet in de tabel"),
        ("Hoka_scenarios", 1, 1, "geluk", "'geluk' kan hier niet. Kies uit: toegekend, aandeel"),
        ("Hoka_scenarios", 1, 4, 2031, "het jaar 2031 is geen jaar van het plan"),
        ("Hoka_scenarios", 4, 2, "Thema 9", "'Thema 9' is geen thema"),
        ("Hoka_scenarios", 1, 4, 2023, "'toegekend / 2023' staat er meer dan een keer"),
    ],
)
def test_a_bad_cell_is_told_with_its_place_and_the_remedy(  # noqa: PLR0913, PLR0917 - a table of cases
    at: At, workbook: Path, tmp_path: Path, name: str, row: int, column: int, value: object, line: str
) -> None:
    sheet, cell = at(name, row, column)

    def damage(book: Workbook) -> None:
        book[sheet][cell].value = value

    with pytest.raises(WorkbookError) as caught:
        read_begroting(edited(workbook, tmp_path / "b.xlsx", damage))
    (fault,) = [fault for fault in str(caught.value).splitlines() if line in fault]
    assert "Uitgangspunten!" in fault


@pytest.mark.parametrize("name", ["Hoka_bijstellingen", "Hoka_scenarioblad", "Hoka_opleidingen_1"])
def test_half_of_what_belongs_together_is_refused(workbook: Path, tmp_path: Path, name: str) -> None:
    def remove(book: Workbook) -> None:
        del book.defined_names[name]

    with pytest.raises(WorkbookError, match=f"de gedefinieerde naam {name} ontbreekt"):
        read_begroting(edited(workbook, tmp_path / "b.xlsx", remove))


def test_a_doorgifte_left_blank_is_all_of_it(at: At, workbook: Path, tmp_path: Path) -> None:
    changed = tmp_path / "changed.xlsx"
    write_cells(workbook, {at("Hoka_indexatie", 3, 4): None}, changed)
    assert read_begroting(changed).plan.changes.indexations[1].passed_on == 100


def test_a_day_may_be_a_moment_as_excel_keeps_it(at: At, workbook: Path, plan: Plan, tmp_path: Path) -> None:
    sheet, cell = at("Hoka_bijstellingen", 1, 1)

    def stamp(book: Workbook) -> None:
        book[sheet][cell].value = datetime(2020, 6, 15, 12, 30)  # noqa: DTZ001 - Excel knows no zones

    read = read_begroting(edited(workbook, tmp_path / "b.xlsx", stamp))
    assert read.plan.changes == plan.changes
