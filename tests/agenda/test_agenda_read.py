"""Reading an agenda back, whatever a controller did to its workbook."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from hoka_excel.agenda.build import build_agenda_workbook
from hoka_excel.agenda.read import read_agenda
from hoka_excel.begroting.reading.whose_book import is_agenda, is_begroting
from hoka_excel.core.agenda.checks import ELIGIBILITY
from hoka_excel.core.agenda.projects import ALL_YEARS, Agenda, AgendaRef, Axis, Reason, Shares
from hoka_excel.core.check_kinds import Kind
from hoka_excel.core.errors import WorkbookError
from hoka_excel.core.verdicts import Verdict
from hoka_excel.sources import examine
from tests.made_agendas import agenda, project

Edit = Callable[[Workbook], object]


def edited(source: Path, target: Path, edit: Edit) -> Path:
    """Change a copy the way openpyxl can: stored results of formulas are kept as plain values."""
    book = load_workbook(source, data_only=True)
    edit(book)
    book.save(target)
    return target


def put(book: Workbook, sheet: str, cell: str, value: str | float | None) -> None:
    book[sheet][cell] = value


def test_a_built_workbook_reads_back_as_its_agenda(shipped_agenda: Agenda, agenda_workbook: Path) -> None:
    read = read_agenda(agenda_workbook)
    assert read.agenda == shipped_agenda
    assert read.misfits == ()
    assert is_agenda(agenda_workbook)


def test_fractions_reasons_and_open_ends_read_back(tmp_path: Path) -> None:
    made = project(shares=(Shares((1, 1, 1), 3), Shares((0, 0)), Shares((50, 50))), evidence="")
    reason = Reason(Kind.EVIDENCE, AgendaRef(ELIGIBILITY, made.label, ALL_YEARS), "volgt in mei")
    whole = agenda(made, project(2), reasons=(reason,), notes=("een", "twee"))
    build_agenda_workbook(whole, tmp_path / "a.xlsx")
    assert read_agenda(tmp_path / "a.xlsx").agenda == whole


def test_a_begroting_is_no_agenda_and_another_workbook_neither(published: Path, tmp_path: Path) -> None:
    assert not is_agenda(published)
    assert is_begroting(published)
    Workbook().save(tmp_path / "x.xlsx")
    with pytest.raises(WorkbookError, match="geen kwaliteitsagenda van hoka"):
        read_agenda(tmp_path / "x.xlsx")


def test_a_renamed_sheet_is_found_by_its_names(
    shipped_agenda: Agenda, agenda_workbook: Path, tmp_path: Path
) -> None:
    def rename(book: Workbook) -> None:
        book["Totalen"].title = "Overzicht"
        for defined in book.defined_names.values():
            defined.value = defined.value.replace("'Totalen'", "'Overzicht'")

    read = read_agenda(edited(agenda_workbook, tmp_path / "a.xlsx", rename))
    assert read.agenda == shipped_agenda
    assert read.layout.places()[AgendaRef("Bronnen", "Totaal (voorbeeld)", "2021")].sheet == "Overzicht"


def test_a_moved_table_is_found_by_its_name(
    shipped_agenda: Agenda, agenda_workbook: Path, tmp_path: Path
) -> None:
    def move(book: Workbook) -> None:
        book["Kwaliteitsdoelen"].move_range("A5:E16", rows=20, cols=2)
        book.defined_names["Hoka_agenda_kwaliteitsdoelen"].value = "'Kwaliteitsdoelen'!$C$25:$G$36"

    assert read_agenda(edited(agenda_workbook, tmp_path / "a.xlsx", move)).agenda == shipped_agenda


def test_a_changed_share_amount_and_aim_are_read(agenda_workbook: Path, tmp_path: Path) -> None:
    def change(book: Workbook) -> None:
        put(book, "Aandelen", "D6", 60)
        put(book, "Aandelen", "E6", 40)
        put(book, "Projecten", "D6", 12.34)
        put(book, "Kwaliteitsdoelen", "C6", None)

    entry = read_agenda(edited(agenda_workbook, tmp_path / "a.xlsx", change)).agenda.projects[0]
    assert entry.shares_of(Axis.OWN_THEMES) == Shares((60, 40, 0, 0, 0))
    assert str(entry.costs[0]) == "12.34"
    assert entry.aim == ""


def test_a_total_that_was_typed_over_is_found(agenda_workbook: Path, tmp_path: Path) -> None:
    path = edited(agenda_workbook, tmp_path / "a.xlsx", lambda book: put(book, "Totalen", "B6", 1))
    outcome = examine(path)
    assert outcome.reconciliation is not None
    found = [(finding.kind, str(finding.place)) for finding in outcome.reconciliation.findings]
    assert ("share", "Totalen!B6") in found
    assert ("footing", "Totalen!B12") in found


@pytest.mark.parametrize(("value", "word"), [("n.v.t.", "de tekst 'n.v.t.'"), ("#REF!", "de fout #REF!")])
def test_text_or_an_error_where_an_amount_belongs_is_told_and_the_rest_is_still_checked(
    agenda_workbook: Path, tmp_path: Path, value: str, word: str
) -> None:
    path = edited(agenda_workbook, tmp_path / "a.xlsx", lambda book: put(book, "Projecten", "E21", value))
    outcome = examine(path)
    assert [word in fault.render() for fault in outcome.faults] == [True]
    assert "Projecten!E21" in outcome.faults[0].render()
    assert outcome.reconciliation is not None
    assert outcome.reconciliation.counts[Verdict.MISMATCH] > 4


@pytest.mark.parametrize(
    ("edit", "line"),
    [
        (lambda b: b.remove(b["Aandelen"]), "het blad 'Aandelen' ontbreekt"),
        (
            lambda b: b.defined_names.pop("Hoka_agenda_bron_2"),
            "de gedefinieerde naam Hoka_agenda_bron_2 ontbreekt",
        ),
        (
            lambda b: setattr(b.defined_names["Hoka_agenda_kosten"], "value", "#REF!"),
            "de naam Hoka_agenda_kosten verwijst naar '#REF!'",
        ),
        (
            lambda b: setattr(b.defined_names["Hoka_agenda_kosten"], "value", "'Projecten'!$A$5:$I$16"),
            "Projecten!A20: dit blok is 13 x 9 cellen groot; er horen er 12 x 9 te zijn",
        ),
        (lambda b: b["Projecten"].merge_cells("D6:E6"), "Projecten!D6:E6: hier zijn cellen samengevoegd"),
        (lambda b: put(b, "Aandelen", "D6", 90), "Aandelen!C6: de aandelen tellen op tot 90 van 100"),
        (lambda b: put(b, "Aandelen", "D6", 99.5), "Aandelen!D6: 99,5 is geen heel getal"),
        (lambda b: put(b, "Aandelen", "D6", -100), "Aandelen!C6: een aandeel onder nul kan niet"),
        (
            lambda b: put(b, "Aandelen", "D6", "veel"),
            "Aandelen!D6: hier hoort een getal, maar er staat 'veel'",
        ),
        (lambda b: put(b, "Aandelen", "C6", None), "Aandelen!C6: een aandeel onder nul kan niet"),
        (
            lambda b: put(b, "Projecten", "B6", "geschat"),
            "Projecten!B6: 'geschat' kan hier niet. Kies uit: voorbeeld",
        ),
        (lambda b: put(b, "Projecten", "C7", 1), "Projecten!A5: '1' komt meer dan een keer voor"),
        (lambda b: put(b, "Projecten", "A6", None), "Projecten!A6: dit project heeft geen naam"),
        (lambda b: put(b, "Projecten", "E20", 2032), "Projecten!E20: hier hoort het jaar 2022"),
        (lambda b: put(b, "Projecten", "D6", 0.001), "Projecten!D6: 0,001 heeft meer dan twee decimalen"),
        (lambda b: put(b, "Uitgangspunten", "B14", "2O21"), "Uitgangspunten!B14: hier hoort een jaar"),
        (lambda b: put(b, "Uitgangspunten", "D21", "soms"), "Uitgangspunten!D21: 'soms' kan hier niet"),
        (lambda b: put(b, "Uitgangspunten", "E21", 2030), "Uitgangspunten!F21: het laatste jaar (2024)"),
        (lambda b: b["Uitgangspunten"].insert_rows(1), "hier hoort"),
    ],
)
def test_a_damaged_agenda_is_refused_with_the_place_and_the_remedy(
    agenda_workbook: Path, tmp_path: Path, edit: Edit, line: str
) -> None:
    with pytest.raises(WorkbookError) as caught:
        read_agenda(edited(agenda_workbook, tmp_path / "a.xlsx", edit))
    assert line in str(caught.value)


def test_all_faults_of_a_workbook_are_listed_at_once(agenda_workbook: Path, tmp_path: Path) -> None:
    def damage(book: Workbook) -> None:
        put(book, "Aandelen", "D6", 90)
        put(book, "Aandelen", "D9", 1)
        put(book, "Projecten", "A6", None)

    with pytest.raises(WorkbookError) as caught:
        read_agenda(edited(agenda_workbook, tmp_path / "a.xlsx", damage))
    assert len(caught.value.faults) == 3


def test_a_reason_beside_a_check_explains_it(agenda_workbook: Path, tmp_path: Path) -> None:
    def explain(book: Workbook) -> None:
        sheet = book["Aansluiting"]
        (row,) = [
            row
            for row in sheet.iter_rows(max_col=9)
            if row[7].value == "verschil" and row[0].value == "looptijd"
        ]
        row[8].value = "de minister gaf uitstel"

    outcome = examine(edited(agenda_workbook, tmp_path / "a.xlsx", explain))
    assert outcome.reconciliation is not None
    assert outcome.reconciliation.counts[Verdict.EXPLAINED] == 1
    assert outcome.reconciliation.counts[Verdict.MISMATCH] == 3


def test_the_plan_file_of_a_changed_agenda_differs_only_there(shipped_agenda: Agenda, tmp_path: Path) -> None:
    first = replace(shipped_agenda.projects[0], name="anders")
    changed = replace(shipped_agenda, projects=(first, *shipped_agenda.projects[1:]))
    build_agenda_workbook(changed, tmp_path / "a.xlsx")
    assert read_agenda(tmp_path / "a.xlsx").agenda == changed
