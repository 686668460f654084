"""The .xlsm that we build: the same bytes every time, sound to every reader, and its macros survive."""

import zipfile
from pathlib import Path

import pytest
from openpyxl import load_workbook

from hoka_excel.agenda.own_workbook import regenerate
from hoka_excel.begroting.read import read_begroting
from hoka_excel.core.errors import UsageError
from hoka_excel.core.plan import Plan
from hoka_excel.excel.functions import FUNCTIONS
from hoka_excel.excel.macro_workbook import CONFIGURATION_SHEET, build_macro_workbook, modules
from hoka_excel.excel.macros import MACROS
from hoka_excel.excel.memory import MEMORY_SHEET
from hoka_excel.workbook.cells import write_cells
from tests.office import convert, needs_office

BUTTON_SHEETS = ("Uitgangspunten", "Thema 1", "Thema 2", "Thema 3", "Begroting integraal", "Aansluiting")
VBA_PART = "xl/vbaProject.bin"


@pytest.fixture(scope="module")
def xlsm(published_plan: Plan, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("macros") / "begroting.xlsm"
    build_macro_workbook(published_plan, path)
    return path


def part(workbook: Path, name: str) -> bytes:
    with zipfile.ZipFile(workbook) as package:
        return package.read(name)


def test_two_builds_are_equal_byte_for_byte(published_plan: Plan, xlsm: Path, tmp_path: Path) -> None:
    build_macro_workbook(published_plan, tmp_path / "again.xlsm")
    assert (tmp_path / "again.xlsm").read_bytes() == xlsm.read_bytes()


def test_it_reads_back_as_the_plan(published_plan: Plan, xlsm: Path) -> None:
    assert read_begroting(xlsm).plan == published_plan


def test_olevba_extracts_every_module_as_it_was_written(xlsm: Path) -> None:
    olevba = pytest.importorskip("oletools.olevba", reason="oletools is not installed")
    extracted = olevba.VBA_Parser(str(xlsm)).extract_macros()
    found = {name.rpartition(".")[0]: code for *_, name, code in extracted}
    for name, source in modules().items():
        lines = [line.rstrip() for line in source.splitlines() if line.strip()]
        headers = ("Attribute ", "VERSION ", "BEGIN", "END", "  Multi")
        there = {line.rstrip() for line in found[name].splitlines()}
        assert [line for line in lines if line not in there and not line.startswith(headers)] == []


def test_no_module_has_a_compile_error(xlsm: Path) -> None:
    analysis = pytest.importorskip("pyvbaanalysis", reason="pyvbaanalysis is not installed")
    found = analysis.analyze_office_file(str(xlsm))
    assert set(modules()) <= set(found)
    assert [
        (name, problem.code, problem.message)
        for name, problems in found.items()
        for problem in problems
        if problem.severity.value == "error"
    ] == []


def test_upstream_licences_stay_with_their_modules() -> None:
    assert "BSD 3-clause license" in modules()["xlwings"]
    assert "MIT" in modules()["Dictionary"]


def test_every_sheet_where_a_controller_looks_has_the_four_buttons(xlsm: Path) -> None:
    with zipfile.ZipFile(xlsm) as package:
        drawings = [package.read(name).decode() for name in package.namelist() if "vmlDrawing" in name]
    assert len(drawings) == len(BUTTON_SHEETS)
    for drawing in drawings:
        assert [macro.subroutine in drawing and macro.caption in drawing for macro in MACROS] == [True] * 4


def test_every_button_runs_a_subroutine_that_is_there() -> None:
    assert [f"Public Sub {macro.subroutine}()" in modules()["HokaMacros"] for macro in MACROS] == [True] * 4


def test_every_function_can_be_called_and_is_described() -> None:
    text = modules()["xlwings_udfs"]
    for function in FUNCTIONS:
        assert f"Public Function HOKA_{function.name}(" in text
        assert f'Macro:="HOKA_{function.name}"' in text
    assert max(map(len, text.splitlines())) < 1024


def test_the_settings_and_the_memory_are_hidden(xlsm: Path) -> None:
    book = load_workbook(xlsm, keep_vba=True)
    hidden = {page.title for page in book if page.sheet_state != "visible"}
    assert hidden == {CONFIGURATION_SHEET, MEMORY_SHEET}
    settings = {row[0]: row[1] for row in book[CONFIGURATION_SHEET].iter_rows(values_only=True)}
    assert settings["UDF MODULES"] == "hoka_excel.excel.udfs"


def test_regenerating_keeps_macros_and_buttons(xlsm: Path, tmp_path: Path) -> None:
    out = tmp_path / "again.xlsm"
    regenerate(xlsm, out)
    assert part(out, VBA_PART) == part(xlsm, VBA_PART)
    with zipfile.ZipFile(xlsm) as before, zipfile.ZipFile(out) as after:
        for name in before.namelist():
            if "vmlDrawing" in name:
                assert after.read(name) == before.read(name)
        links = [after.read(name).decode() for name in after.namelist() if "worksheets/_rels" in name]
    assert sum("vmlDrawing" in text for text in links) == len(BUTTON_SHEETS)


def test_writing_a_cell_keeps_macros(xlsm: Path, tmp_path: Path) -> None:
    out = tmp_path / "written.xlsm"
    write_cells(xlsm, {("Thema 2", "G8"): 451814}, out)
    assert part(out, VBA_PART) == part(xlsm, VBA_PART)


def test_another_extension_is_refused(published_plan: Plan, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"\.xlsm"):
        build_macro_workbook(published_plan, tmp_path / "begroting.xlsx")


def test_without_the_builder_the_remedy_is_told(
    published_plan: Plan, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(__import__("sys").modules, "pyopenvba", None)
    with pytest.raises(UsageError, match=r"pip install pyopenvba==6\.5\.0"):
        build_macro_workbook(published_plan, tmp_path / "begroting.xlsm")


@needs_office
def test_libreoffice_opens_it_with_every_figure(xlsm: Path, tmp_path: Path) -> None:
    opened = load_workbook(convert(xlsm, "xlsx", tmp_path), data_only=True)
    assert opened["Thema 2"]["E8"].value == 379015
    assert set(BUTTON_SHEETS) <= set(opened.sheetnames)
