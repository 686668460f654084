"""The plan of UU Geneeskunde, imported from its text and from what LibreOffice makes of that text."""

import tomllib
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from hoka_excel.begroting.plan_file.reading import plan_of
from hoka_excel.begroting.plan_file.writing import plan_text
from hoka_excel.core.plan import AllocationKey, Plan, Unit
from hoka_excel.documents.document import Document
from hoka_excel.documents.importing import ImportedPlan, import_plan
from hoka_excel.documents.reading import read_document
from tests.documents.made_documents import PLAN_TEXT, needs_seeds, saved_as
from tests.office import needs_office

pytestmark = needs_seeds


@pytest.fixture(scope="module")
def imported() -> ImportedPlan:
    return import_plan(read_document(PLAN_TEXT))


def test_all_138_figures_are_those_of_the_plan_none_invented_none_lost(
    imported: ImportedPlan, published_plan: Plan
) -> None:
    figures = dict(imported.plan.figures())

    assert len(figures) == 138
    assert figures == dict(published_plan.figures())


def test_every_figure_is_kept_as_printed(imported: ImportedPlan) -> None:
    second = imported.plan.themes[1].table

    assert [figure.text for figure in second.total.figures] == [
        "€ 297.739",
        "€ 297.739",
        "€ 303.738",
        "379.015",
        "€ 400.295",
        "€ 452.096",
    ]


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Document:
    return read_document(saved_as(PLAN_TEXT, "pdf", tmp_path_factory.mktemp("printed")))


@needs_office
def test_a_pdf_of_the_same_text_gives_the_same_138_figures(printed: Document, published_plan: Plan) -> None:
    assert dict(import_plan(printed).plan.figures()) == dict(published_plan.figures())


@needs_office
def test_a_word_document_of_the_same_text_gives_the_same_138_figures(
    published_plan: Plan, tmp_path: Path
) -> None:
    made = saved_as(PLAN_TEXT, "docx", tmp_path)

    assert dict(import_plan(read_document(made)).plan.figures()) == dict(published_plan.figures())


@needs_office
def test_a_table_cut_by_a_page_break_stays_one_table(printed: Document) -> None:
    euros, ftes = [table for table in printed.tables if table.title == "Begroting integraal"]

    assert euros.number == ftes.number
    assert euros.spot.page < ftes.spot.page


def test_the_plan_survives_its_plan_file(imported: ImportedPlan) -> None:
    keys = tomllib.loads(plan_text(imported.plan), parse_float=Decimal)

    assert plan_of(keys, "plan.toml") == imported.plan


def test_the_head_of_the_plan_is_read_off_the_first_lines(imported: ImportedPlan) -> None:
    plan = imported.plan

    assert plan.title.startswith("Facultaire plannen kwaliteitsafspraken faculteit Geneeskunde UU")
    assert (plan.institution, plan.faculty, plan.version) == ("UU", "Geneeskunde", "1.0")
    assert plan.day == date(2019, 2, 14)
    assert plan.years == (2019, 2020, 2021, 2022, 2023, 2024)


def test_the_ratio_comes_from_the_text_and_the_working_rate_from_the_figures(imported: ImportedPlan) -> None:
    plan = imported.plan

    assert [theme.weight for theme in plan.themes] == [3, 2, 1]
    assert plan.rate.printed.value == 84_000
    assert plan.rate.working == Decimal("84272.4")
    assert plan.rate.inferred


def test_the_allocation_key_has_the_fixed_amount_and_inferred_shares(imported: ImportedPlan) -> None:
    key = imported.plan.themes[0].division

    assert isinstance(key, AllocationKey)
    assert key.inferred
    assert key.name == "ingeschreven studenten"
    assert {share.line: share.fixed for share in key.shares} == {
        "GNK/SUMMA": 0,
        "KGW": 40_000,
        "BMW": 0,
        "BMS": 0,
    }


def test_lines_of_the_integral_tables_find_their_theme_with_a_score(imported: ImportedPlan) -> None:
    found = {(match.table, match.match.label): match for match in imported.matches}
    abbreviated = found["Integraal EUR", "Prof. Docenten"]

    assert found["Integraal FTE", "begeleiding stud"].match.target == 2
    assert (abbreviated.match.target, abbreviated.match.score) == (1, 95)
    assert abbreviated.agreeing == 5
    assert not any(match.match.is_doubtful for match in imported.matches)


def test_an_unlabelled_total_is_named_and_a_note_says_so(imported: ImportedPlan) -> None:
    assert imported.plan.euros.total.label == "Totaal EUR"
    assert "Integraal EUR: een regel zonder opschrift heet hier Totaal EUR." in imported.plan.notes


def test_each_table_keeps_its_own_number_format_and_unit(imported: ImportedPlan) -> None:
    first, second, third = (theme.table for theme in imported.plan.themes)

    assert [table.unit for table in (first, second, third)] == [Unit.FTE, Unit.EUR, Unit.FTE]
    assert [table.resolution for table in (first, second, third)] == [
        Decimal("0.01"),
        Decimal(1),
        Decimal("0.1"),
    ]


def test_each_figure_knows_its_page_table_row_column_and_line(imported: ImportedPlan) -> None:
    lines = PLAN_TEXT.read_text(encoding="utf-8").splitlines()

    for ref, figure in imported.plan.figures():
        origin = imported.origins[ref]
        assert origin.column == 2 + imported.plan.years.index(ref.year)
        printed = " ".join(lines[origin.spot.line - 1].split())
        assert (figure.text or "") in printed


def test_plans_that_differ_in_one_figure_do_not_compare_equal(published_plan: Plan, tmp_path: Path) -> None:
    text = PLAN_TEXT.read_text(encoding="utf-8")
    changed = tmp_path / "changed.txt"
    changed.write_text(text.replace("€ 63.241", "€ 63.242"), encoding="utf-8")
    found = dict(import_plan(read_document(changed)).plan.figures())
    published = dict(published_plan.figures())

    assert [ref.year for ref in found if found[ref] != published[ref]] == [2024]


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (lambda text: text.replace("1FTE=€84K", "fte"), "nergens staat wat een fte kost"),
        (lambda text: text.replace("Begroting integraal", "Overzicht"), "geen begroting van thema's"),
        (lambda text: text.replace("KGW 0,72 0,72", "KGW 0,72"), "'KGW' heeft minder dan 6 bedragen"),
        (lambda text: text.replace("Totaal EUR ", "Alles bijeen "), "de laatste regel is geen totaal"),
        (lambda text: text.replace("  FTE FTE FTE FTE FTE FTE", ""), "geen integrale tabel in FTE"),
    ],
)
def test_what_a_plan_needs_and_the_text_lacks_is_asked_for(
    change: Callable[[str], str], fault: str, tmp_path: Path
) -> None:
    from hoka_excel.documents.errors import DocumentError

    changed = tmp_path / "plan.txt"
    changed.write_text(change(PLAN_TEXT.read_text(encoding="utf-8")), encoding="utf-8")

    with pytest.raises(DocumentError, match=fault):
        import_plan(read_document(changed))
