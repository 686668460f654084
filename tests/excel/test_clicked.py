"""The buttons really clicked, and the functions really calculated, in LibreOffice on a screen of its own.

One office serves all tests of this module. Each leaves the begroting as it found it.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from hoka_excel.begroting.read import read_begroting
from hoka_excel.begroting.sheets.master_check import master_text
from hoka_excel.begroting.words import word
from hoka_excel.core.cascade import recompute
from hoka_excel.core.figures import Printed
from hoka_excel.core.findings import Reconciliation
from hoka_excel.core.plan import Plan
from hoka_excel.core.reconciliation import reconcile_plan
from tests.excel.office_twin import Twin, needs_clicks, opened, wait_until

pytestmark = needs_clicks
RED = "FDE2E1"


@pytest.fixture(scope="module")
def twin(published_plan: Plan, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Twin]:
    with opened(published_plan, tmp_path_factory.mktemp("twin")) as office:
        yield office


def cell(twin: Twin, sheet: str, name: str) -> Any:
    return twin.document.Sheets.getByName(sheet).getCellRangeByName(name)


def contents(twin: Twin) -> dict[str, Any]:
    """Take every formula and note of every sheet a controller sees."""
    return {
        sheet.name: (sheet.used_range.formula, {note.place: note.text for note in sheet.notes})
        for sheet in twin.book.sheets
        if sheet.visible
    }


def reconciliation(twin: Twin, path: Path) -> Reconciliation:
    """Save what is open, and have the library check the file."""
    twin.save_copy(path)
    read = read_begroting(path)
    return reconcile_plan(read.plan, read.layout.places())


def listed(twin: Twin) -> list[tuple[str, str]]:
    """Read the verdict and the cell of every row of the sheet Bevindingen."""
    rows = twin.document.Sheets.getByName("Bevindingen").getCellRangeByName("A1:C200").getDataArray()
    verdicts = {"verschil", "afrondingsverschil", "dubbel afgerond", "niet te toetsen", "toegelicht"}
    return [(verdict, place) for verdict, _, place in rows if verdict in verdicts and "!" in place]


def test_macros_run_at_all(twin: Twin) -> None:
    twin.run("Canary.HokaCanary")
    canary = cell(twin, "Toelichting", "Z1")
    assert canary.String == "macros run"
    canary.String = ""


def test_a_click_on_aansluiten_checks_marks_and_can_be_taken_back(twin: Twin, tmp_path: Path) -> None:
    other = twin.open_another()
    before = contents(twin)
    cell(twin, "Thema 1", "C5").Value = 1.5
    typed = contents(twin)
    told = twin.click("Thema 2", "Aansluiten")
    expected = reconciliation(twin, tmp_path / "saved.xlsx")
    wrong = sum(count for verdict, count in expected.counts.items() if verdict in ("mismatch", "untestable"))
    assert wrong > 3
    assert told.startswith(f"{wrong} van de 114 controles sluiten niet aan.")
    findings = [(word(finding.verdict), str(finding.place)) for finding in expected.findings]
    assert sorted(listed(twin)) == sorted(findings)
    assert cell(twin, "Thema 2", "B2").String == master_text(expected)
    wrong_cells: dict[str, set[str]] = {}
    for finding in expected.findings:
        if finding.verdict in ("mismatch", "untestable"):
            wrong_cells.setdefault(finding.place.sheet, set()).add(finding.place.cell)
    noted = {
        sheet.name: {line.partition(":")[0] for line in note.text.splitlines()[1:]}
        for sheet in twin.book.sheets
        for note in sheet.notes
    }
    assert noted == wrong_cells
    assert {name: twin.figures_in(name, RED) for name in wrong_cells} == wrong_cells
    assert other.Sheets.getByIndex(0).getCellRangeByName("A1:C9").getDataArray()[0][0] == ""
    other.close(True)
    twin.click("Aansluiting", "Ongedaan maken")
    assert contents(twin) == typed
    cell(twin, "Thema 1", "C5").setFormula(str(before["Thema 1"][0][4][2]))


def test_a_click_on_herberekenen_divides_anew_also_in_hidden_and_filtered_rows(
    twin: Twin, published_plan: Plan
) -> None:
    state = next(
        cell(twin, "Uitgangspunten", f"B{row}")
        for row in range(1, 20)
        if cell(twin, "Uitgangspunten", f"A{row}").String == "Toestand"
    )
    before = contents(twin)
    state.String = "herberekend"
    cell(twin, "Thema 1", "A5:A6").Rows.IsVisible = False
    twin.filter("Thema 2", "A4:G8", "Didactische leergangen")
    assert not cell(twin, "Thema 2", "A8").Rows.IsVisible
    told = twin.click("Uitgangspunten", "Herberekenen")
    assert told.startswith("De bedragen zijn opnieuw verdeeld volgens de uitgangspunten. Alle")
    for table in recompute(published_plan).tables[:3]:
        figures = [figure for line in table.rows for figure in line.figures]
        shown = cell(twin, table.name, f"B5:G{4 + len(table.rows)}").getDataArray()
        assert [Printed(str(round(value, 6)), table.resolution) for row in shown for value in row] == figures
    assert cell(twin, "Thema 3", "B2").String == "sluit aan"
    twin.click("Begroting integraal", "Ongedaan maken")
    cell(twin, "Thema 1", "A5:A6").Rows.IsVisible = True
    twin.filter("Thema 2", "A4:G8", None)
    state.String = "gepubliceerd"
    assert contents(twin) == before


def test_worksheet_functions_are_cell_formulas(twin: Twin) -> None:
    scratch = {name: cell(twin, "Toelichting", name) for name in ("H5", "H6", "H7", "H9:J9")}
    scratch["H5"].Formula = "=HOKA_VERSCHIL('Thema 2'.E5:E7;'Thema 2'.E8)"
    scratch["H6"].Formula = "=HOKA_FTE(148400;84272.4)"
    scratch["H7"].Formula = "=SUM(HOKA_FTE(1;0);1)"
    scratch["H9:J9"].setArrayFormula("=HOKA_VERDEEL(9;{61;29;10})")
    assert scratch["H5"].Value == -648
    assert scratch["H6"].Value == 1.76
    assert scratch["H7"].getError() != 0
    assert scratch["H9:J9"].getDataArray() == ((5.0, 3.0, 1.0),)
    for cells in scratch.values():
        cells.clearContents(1 | 2 | 4 | 16)


def test_without_python_the_macro_says_how_to_install_it(twin: Twin) -> None:
    (twin.folder / "python-is-missing").touch()
    before = contents(twin)
    twin.click("Thema 2", "Aansluiten", until=lambda: bool(twin.windows("HoKa")))
    twin.press("Return", twin.windows("HoKa")[0])
    wait_until(lambda: not twin.windows("HoKa"), 20)
    (twin.folder / "python-is-missing").unlink()
    assert contents(twin) == before
