"""Reading a begroting back, whatever a controller did to it."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from hoka_excel.begroting.build import build_workbook
from hoka_excel.begroting.places.names import CHECK_COLUMNS
from hoka_excel.begroting.read import read_begroting
from hoka_excel.core.errors import WorkbookError
from hoka_excel.core.figures import Printed, Reason, Unreadable
from hoka_excel.core.findings import Status
from hoka_excel.core.plan import Explanation, Plan, Ref
from hoka_excel.core.verdicts import Verdict
from hoka_excel.sources import examine

Edit = Callable[[Workbook], object]


def edited(source: Path, target: Path, edit: Edit) -> Path:
    """Change a copy the way openpyxl can: stored results of formulas are kept as plain values."""
    book = load_workbook(source, data_only=True)
    edit(book)
    book.save(target)
    return target


def test_a_built_workbook_reads_back_as_its_plan(
    published: Path, recomputed: Path, published_plan: Plan, recomputed_plan: Plan
) -> None:
    assert read_begroting(published).plan == published_plan
    assert read_begroting(recomputed).plan == recomputed_plan


def test_a_renamed_sheet_is_found_by_its_names(published: Path, published_plan: Plan, tmp_path: Path) -> None:
    def rename(book: Workbook) -> None:
        book["Thema 2"].title = "Docenten 2"
        for defined in book.defined_names.values():
            defined.value = defined.value.replace("'Thema 2'", "'Docenten 2'")

    read = read_begroting(edited(published, tmp_path / "b.xlsx", rename))
    assert read.plan == published_plan
    assert str(read.layout.places()[Ref("Thema 2", "Totaal EUR", 2022)]) == "Docenten 2!E8"


def test_a_moved_table_is_found_by_its_name(published: Path, published_plan: Plan, tmp_path: Path) -> None:
    def move(book: Workbook) -> None:
        book["Thema 2"].move_range("A4:G8", rows=20, cols=2)
        book.defined_names["Hoka_tabel_Thema_2"].value = "'Thema 2'!$C$24:$I$28"

    read = read_begroting(edited(published, tmp_path / "b.xlsx", move))
    assert read.plan == published_plan
    assert str(read.layout.places()[Ref("Thema 2", "Totaal EUR", 2022)]) == "Thema 2!G28"


def test_an_explanation_on_the_sheet_of_checks_is_read(published: Path, tmp_path: Path) -> None:
    def explain(book: Workbook) -> None:
        sheet = book["Aansluiting"]
        row = next(
            row
            for row in sheet.iter_rows(min_row=35, max_col=len(CHECK_COLUMNS))
            if [c.value for c in row[1:4]] == ["Totaal EUR", "Thema 2", 2022]
        )
        row[-1].value = "tikfout in de bron"

    path = edited(published, tmp_path / "b.xlsx", explain)
    assert read_begroting(path).plan.explanations == (
        Explanation(Ref("Thema 2", "Totaal EUR", 2022), "tikfout in de bron"),
    )
    outcome = examine(path)
    assert outcome.reconciliation is not None
    assert outcome.reconciliation.counts[Verdict.EXPLAINED] == 1


def test_locked_figures_are_read_from_their_list(published_plan: Plan, tmp_path: Path) -> None:
    locked = (Ref("Thema 2", "Didactische leergangen", 2022), Ref("Integraal FTE", "Totaal FTE", 2023))
    plan = replace(published_plan, locked=locked)
    build_workbook(plan, tmp_path / "b.xlsx")
    assert read_begroting(tmp_path / "b.xlsx").plan == plan


def test_binary_noise_of_a_sum_is_no_digit(published: Path, tmp_path: Path) -> None:
    path = edited(published, tmp_path / "b.xlsx", lambda book: put(book, "Thema 1", "B9", 5.300000000000001))
    figure = read_begroting(path).plan.themes[0].table.total.figures[0]
    assert figure == Printed("5.3", "0.01")


def test_digits_that_a_cell_does_not_show_make_its_checks_untestable(published: Path, tmp_path: Path) -> None:
    path = edited(published, tmp_path / "b.xlsx", lambda book: put(book, "Thema 2", "B5", 148400.25))
    outcome = examine(path)
    assert outcome.reconciliation is not None
    messages = [f.message.render() for f in outcome.reconciliation.findings if f.verdict == "untestable"]
    assert len(messages) == 1
    assert "meer cijfers dan het laat zien" in messages[0]


def put(book: Workbook, sheet: str, cell: str, value: str | float | None) -> None:
    book[sheet][cell] = value


@pytest.mark.parametrize(
    ("value", "reason", "line"),
    [
        (
            "n.v.t.",
            Reason.TEXT,
            "b.xlsx, Thema 2!E5: hier hoort een bedrag, maar er staat de tekst 'n.v.t.'.",
        ),
        (
            "#REF!",
            Reason.ERROR,
            "b.xlsx, Thema 2!E5: hier hoort een bedrag, maar de cel geeft de fout #REF!.",
        ),
    ],
)
def test_text_or_an_error_where_a_figure_belongs_is_told_and_the_rest_is_still_checked(
    published: Path, tmp_path: Path, value: str, reason: Reason, line: str
) -> None:
    path = edited(published, tmp_path / "b.xlsx", lambda book: put(book, "Thema 2", "E5", value))
    read = read_begroting(path)
    assert read.plan.themes[1].table.lines[0].figures[3] == Unreadable(value, reason)
    outcome = examine(path)
    assert [fault.render().startswith(line) for fault in outcome.faults] == [True]
    assert outcome.status is Status.MISMATCH


@pytest.mark.parametrize(
    ("edit", "line"),
    [
        (lambda b: b.remove(b["Thema 2"]), "het blad 'Thema 2' ontbreekt"),
        (lambda b: b.defined_names.pop("Hoka_tarief"), "de gedefinieerde naam Hoka_tarief ontbreekt"),
        (
            lambda b: setattr(b.defined_names["Hoka_tarief"], "value", "#REF!"),
            "de naam Hoka_tarief verwijst naar '#REF!', geen blok cellen",
        ),
        (lambda b: b["Thema 2"].merge_cells("B5:C5"), "Thema 2!B5:C5: hier zijn cellen samengevoegd"),
        (lambda b: put(b, "Thema 1", "C4", None), "Thema 1!C4: hier hoort een jaar, maar er staat ''"),
        (
            lambda b: put(b, "Thema 2", "C4", 2031),
            "Thema 2!C4: hier hoort het jaar 2020, maar er staat '2031'",
        ),
        (lambda b: put(b, "Thema 2", "A6", None), "Thema 2!A6: deze regel van de tabel heeft geen opschrift"),
        (
            lambda b: put(b, "Thema 2", "A6", b["Thema 2"]["A5"].value),
            "Thema 2!A5: de regel 'Tijd voor docenten voor professionalisering' komt meer dan een keer voor",
        ),
        (lambda b: put(b, "Uitgangspunten", "C25", -3), "Uitgangspunten!C25: een gewicht van -3 kan niet"),
        (
            lambda b: b["Uitgangspunten"].move_range("C25:C27", cols=30),
            "hier hoort een getal, maar er staat ''",
        ),
        (lambda b: put(b, "Uitgangspunten", "C25", "veel"), "hier hoort een getal, maar er staat 'veel'"),
        (
            lambda b: put(b, "Uitgangspunten", "B32", -1),
            "Uitgangspunten!B32: een gewicht van -1,000 kan niet",
        ),
        (
            lambda b: put(b, "Uitgangspunten", "B11", "ooit"),
            "'ooit' kan hier niet. Kies uit: gepubliceerd, herberekend",
        ),
        (lambda b: b["Uitgangspunten"].insert_rows(1), "hier hoort"),
        (
            lambda b: put(b, "Uitgangspunten", "E25", "gok"),
            "'gok' kan hier niet. Kies uit: sleutel, sluitpost, gegeven",
        ),
    ],
)
def test_a_damaged_begroting_is_refused_with_the_place_and_the_remedy(
    published: Path, tmp_path: Path, edit: Edit, line: str
) -> None:
    path = edited(published, tmp_path / "b.xlsx", edit)
    with pytest.raises(WorkbookError) as caught:
        read_begroting(path)
    assert line in str(caught.value)


def test_weights_that_are_all_zero_are_refused(published: Path, tmp_path: Path) -> None:
    def clear(book: Workbook) -> None:
        for cell in ("C25", "C26", "C27"):
            put(book, "Uitgangspunten", cell, 0)

    with pytest.raises(WorkbookError, match="alle gewichten zijn 0"):
        read_begroting(edited(published, tmp_path / "b.xlsx", clear))


def test_all_faults_of_a_workbook_are_listed_at_once(published: Path, tmp_path: Path) -> None:
    def damage(book: Workbook) -> None:
        put(book, "Uitgangspunten", "C25", -3)
        put(book, "Uitgangspunten", "B32", -1)

    with pytest.raises(WorkbookError) as caught:
        read_begroting(edited(published, tmp_path / "b.xlsx", damage))
    assert len(caught.value.faults) == 2


def test_a_workbook_that_is_no_begroting_is_told_so(tmp_path: Path) -> None:
    Workbook().save(tmp_path / "x.xlsx")
    with pytest.raises(WorkbookError, match="geen begroting van hoka"):
        read_begroting(tmp_path / "x.xlsx")


@pytest.mark.parametrize(
    "content",
    [b"", b"no zip at all", b"PK\x03\x04 broken", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)],
    ids=["empty", "text", "truncated", "encrypted"],
)
def test_what_is_no_workbook_is_refused_in_one_line(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "x.xlsx"
    path.write_bytes(content)
    with pytest.raises(WorkbookError) as caught:
        read_begroting(path)
    assert len(str(caught.value).splitlines()) == 1


def test_a_truncated_workbook_is_refused(published: Path, tmp_path: Path) -> None:
    path = tmp_path / "x.xlsx"
    path.write_bytes(published.read_bytes()[:-2000])
    with pytest.raises(WorkbookError):
        read_begroting(path)


def test_a_word_document_with_another_name_is_refused(tmp_path: Path) -> None:
    import zipfile

    path = tmp_path / "x.xlsx"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        package.writestr("word/document.xml", "<document/>")
    with pytest.raises(WorkbookError) as caught:
        read_begroting(path)
    assert len(str(caught.value).splitlines()) == 1
