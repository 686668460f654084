"""Tables as universities published them: their shape, unit and number format."""

from decimal import Decimal
from html import escape
from pathlib import Path

import pytest

from hoka_excel.core.plan import Unit
from hoka_excel.core.verdicts import Verdict
from hoka_excel.documents.document import Measure, SourceTable
from hoka_excel.documents.html_page import read_html
from hoka_excel.documents.reading import read_document
from hoka_excel.documents.reconciling import reconcile_document
from tests.documents.made_documents import TABLES, needs_tables, saved_as
from tests.office import needs_office

pytestmark = needs_tables

EUROS = Measure(Unit.EUR, Decimal(1))
THOUSANDS = Measure(Unit.EUR, Decimal(1000))
MILLIONS = Measure(Unit.EUR, Decimal(1_000_000))

KNOWN = {
    "01_vu_2020_realisatie_vs_begroting": [((30, 2), EUROS, ",")],
    "03_tilburg_2021_progress_en": [((6, 4), THOUSANDS, ".")],
    "08_tilburg_2021_main_points_accounts": [((14, 4), THOUSANDS, ".")],
    "11_twente_2022_baten": [((19, 3), MILLIONS, ","), ((5, 2), MILLIONS, ",")],
}


def tables(name: str) -> tuple[SourceTable, ...]:
    return read_document(TABLES / name).tables


@pytest.mark.parametrize("kind", ["tsv", "raw.txt"])
@pytest.mark.parametrize("name", KNOWN)
def test_each_table_has_its_shape_unit_and_number_format(name: str, kind: str) -> None:
    found = [(table.shape, table.measure, table.decimal_mark) for table in tables(f"{name}.{kind}")]

    assert found == KNOWN[name]


@pytest.mark.parametrize("name", KNOWN)
def test_one_cell_per_line_gives_the_same_table_as_cells_apart_by_tabs(name: str) -> None:
    by_line, by_tab = tables(f"{name}.raw.txt"), tables(f"{name}.tsv")

    assert [table.columns for table in by_line] == [table.columns for table in by_tab]
    assert [table.grid for table in by_line] == [table.grid for table in by_tab]


def as_page(name: str, border: int) -> str:
    """Write a table as the HTML page that it was."""
    lines = (TABLES / f"{name}.tsv").read_text(encoding="utf-8").splitlines()[1:]
    first = next(index for index, line in enumerate(lines) if "\t" in line)
    above = "".join(f"<p>{escape(line)}</p>" for line in lines[:first])
    rows = "".join(
        f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in line.split(chr(9)))}</tr>"
        for line in lines[first:]
    )
    table = f"<table cellpadding=4 border={border}>{rows}</table>"
    body = f"<body><p>Uit het jaarverslag.</p>{above}{table}</body>"
    return f"<html><head><meta charset='utf-8'></head>{body}</html>"


@pytest.mark.parametrize("name", KNOWN)
def test_the_page_it_was_published_on_gives_the_same_table(name: str) -> None:
    by_page, by_tab = read_html(as_page(name, 0), "page.html").tables, tables(f"{name}.tsv")

    assert [(table.title, table.grid) for table in by_page] == [(table.title, table.grid) for table in by_tab]


@needs_office
@pytest.mark.parametrize(("name", "border"), [*((name, 0) for name in KNOWN), (next(iter(KNOWN)), 1)])
def test_that_page_printed_to_pdf_gives_the_same_table_ruled_or_not(
    name: str, border: int, tmp_path: Path
) -> None:
    html = tmp_path / "page.html"
    html.write_text(as_page(name, border), encoding="utf-8")
    by_print = read_document(saved_as(html, "pdf", tmp_path)).tables

    assert [(table.columns, table.measure) for table in by_print] == [
        (table.columns, table.measure) for table in tables(f"{name}.tsv")
    ]
    assert [rows_of(table) for table in by_print] == [rows_of(table) for table in tables(f"{name}.tsv")]


def rows_of(table: SourceTable) -> list[tuple[str, ...]]:
    return [(row.label, *(cell.text for cell in row.cells)) for row in table.rows]


def test_a_heading_inside_a_table_is_a_row_without_figures() -> None:
    [table] = tables("08_tilburg_2021_main_points_accounts.raw.txt")

    assert [row.label for row in table.rows if not row.cells] == ["Income", "Expenses"]


def test_headings_over_two_rows_are_joined() -> None:
    [table] = tables("01_vu_2020_realisatie_vs_begroting.tsv")

    assert table.columns == ("BEGROTING 2020", "REALISATIE 2020")


def test_an_empty_cell_between_two_figures_keeps_its_column() -> None:
    first, _ = tables("11_twente_2022_baten.raw.txt")
    [row] = [row for row in first.rows if row.label == "3.4.1 Contractonderwijs"]

    assert [cell.text for cell in row.cells] == ["1,0", "", "1,8"]


def test_the_only_differences_of_the_vu_are_two_opposite_roundings() -> None:
    found = reconcile_document(read_document(TABLES / "01_vu_2020_realisatie_vs_begroting.tsv"))

    assert [(f.verdict, f.judgement.difference) for f in found.findings] == [
        (Verdict.ROUNDING, Decimal(-1)),
        (Verdict.ROUNDING, Decimal(1)),
    ]
    assert "geen begroting van thema's" in str(found.notes[0])
