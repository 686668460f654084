"""The begroting as it is built."""

import zipfile
from pathlib import Path

import pytest
from openpyxl import load_workbook

from hoka_excel.begroting.build import build_workbook
from hoka_excel.core.errors import WorkbookError
from hoka_excel.core.plan import Plan
from hoka_excel.workbook.styles import STYLES

SHEETS = [
    "Toelichting",
    "Uitgangspunten",
    "Thema 1",
    "Thema 2",
    "Thema 3",
    "Begroting integraal",
    "Realisatie",
    "Meenemen",
    "Aansluiting",
    "Bevindingen",
]


def test_the_sheets_stand_in_the_order_of_the_contract(published: Path, recomputed: Path) -> None:
    for path in (published, recomputed):
        assert load_workbook(path).sheetnames == SHEETS


def test_the_same_plan_gives_the_same_bytes(published_plan: Plan, published: Path, tmp_path: Path) -> None:
    build_workbook(published_plan, tmp_path / "again.xlsx")
    assert (tmp_path / "again.xlsx").read_bytes() == published.read_bytes()


def test_every_figure_of_the_appendix_stands_as_printed(published: Path) -> None:
    sheet = load_workbook(published)["Thema 2"]
    assert [cell.value for cell in sheet[8]] == ["Totaal EUR", 297739, 297739, 303738, 379015, 400295, 452096]
    assert sheet["A1"].value == "Begroting Thema 2 - Docentprofessionalisering in EUR"
    assert [cell.value for cell in sheet[4]][1:] == [2019, 2020, 2021, 2022, 2023, 2024]


def test_recomputed_totals_are_live_sums(recomputed: Path) -> None:
    assert load_workbook(recomputed)["Thema 2"]["E8"].value == "=SUM('Thema 2'!$E$5:$E$7)"


def test_the_master_check_is_on_every_sheet(published: Path) -> None:
    book = load_workbook(published, data_only=True)
    assert {sheet["B2"].value for sheet in book} == {"sluit niet aan: 3 x verschil"}


def test_what_a_cell_is_for_shows_in_its_named_style(published: Path, recomputed: Path) -> None:
    book = load_workbook(published)
    assert set(STYLES) - set(book.style_names) <= {"Hoka Totaal", "Hoka Invoertekst"}
    assert book["Thema 1"]["B5"].style == "Hoka Gedrukt"
    assert book["Uitgangspunten"]["B21"].style == "Hoka Afgeleid"
    again = load_workbook(recomputed)
    assert again["Thema 1"]["B5"].style == "Hoka Resultaat"
    assert again["Thema 2"]["B5"].style == "Hoka Invoer"
    assert again["Thema 2"]["B6"].style == "Hoka Resultaat"
    assert again["Thema 2"]["B8"].style == "Hoka Totaal"


def test_no_two_named_styles_look_the_same() -> None:
    assert len(set(STYLES.values())) == len(STYLES)


def test_every_sheet_prints_on_a4_landscape_one_page_wide_with_page_numbers(published: Path) -> None:
    for sheet in load_workbook(published):
        setup = sheet.page_setup
        assert (setup.paperSize, setup.orientation, setup.fitToWidth or 1) == (9, "landscape", 1)
        page, footer = sheet.sheet_properties.pageSetUpPr, sheet.oddFooter
        assert page is not None
        assert page.fitToPage
        assert footer is not None
        assert "Pagina" in str(footer.right.text)


def test_the_years_stay_in_view_and_every_list_repeats_its_heading(published: Path) -> None:
    book = load_workbook(published)
    assert book["Thema 1"].freeze_panes == "B5"
    assert book["Bevindingen"].print_title_rows == "$1:$4"


def test_findings_link_to_their_cell(published: Path) -> None:
    sheet = load_workbook(published)["Bevindingen"]
    links = {cell.value for cell in sheet["C"]}
    assert """=HYPERLINK("#'Thema 2'!E8","Thema 2!E8")""" in links


def test_the_themes_are_charted_over_the_years(published: Path) -> None:
    with zipfile.ZipFile(published) as package:
        chart = package.read("xl/charts/chart1.xml").decode()
    assert chart.count("<c:ser>") == 3
    assert "'Begroting integraal'!$B$5:$G$5" in chart


def test_no_formula_holds_an_amount(published: Path, recomputed: Path) -> None:
    for path in (published, recomputed):
        for sheet in load_workbook(path):
            for row in sheet.iter_rows():
                for cell in row:
                    if cell.data_type == "f":
                        assert not {"84000", "84272", "40000"} & set(_numbers(str(cell.value))), cell


def _numbers(formula: str) -> list[str]:
    from openpyxl.formula import Tokenizer

    tokens = Tokenizer(formula).items
    return [token.value for token in tokens if token.type == token.OPERAND and token.subtype == token.NUMBER]


def test_a_folder_that_is_not_there_is_told(published_plan: Plan, tmp_path: Path) -> None:
    with pytest.raises(WorkbookError):
        build_workbook(published_plan, tmp_path / "nowhere" / "x.xlsx")
