"""Which reading of a fixed amount the figures support, and what the text adds to the reconciliation."""

from decimal import Decimal

import pytest

from hoka_excel.core.check_kinds import Kind
from hoka_excel.core.findings import Finding, Reconciliation
from hoka_excel.core.verdicts import Verdict
from hoka_excel.documents.document import Document
from hoka_excel.documents.importing import ImportedPlan, import_plan
from hoka_excel.documents.readings import Reading
from hoka_excel.documents.reconciling import reconcile_document, reconcile_import
from hoka_excel.documents.text_file import read_text
from tests.documents.made_documents import PLAN_TEXT, needs_seeds

pytestmark = needs_seeds


def changed(*changes: tuple[str, str]) -> Document:
    text = PLAN_TEXT.read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    return read_text(text, "plan.txt")


@pytest.fixture(scope="module")
def imported() -> ImportedPlan:
    return import_plan(changed())


@pytest.fixture(scope="module")
def reconciled(imported: ImportedPlan) -> Reconciliation:
    return reconcile_import(imported)


def test_only_the_top_slice_fits_the_row_of_kgw(imported: ImportedPlan) -> None:
    [fixed] = imported.fixed

    assert (fixed.receiver, fixed.readings) == ("KGW", [Reading.TOP_SLICE])


def test_each_refuted_reading_shows_two_bounds_that_cannot_both_hold(imported: ImportedPlan) -> None:
    [fixed] = imported.fixed
    _, on_top, none = fixed.own_trials

    assert "2023 vraagt een aandeel van ten minste 0,0481, 2019 van ten hoogste 0,0476" in str(on_top.message)
    assert "2019 vraagt een aandeel van ten minste 0,1337, 2024 van ten hoogste 0,1066" in str(none.message)


def test_one_line_fits_no_reading_and_that_is_a_conflict_with_its_proof(reconciled: Reconciliation) -> None:
    conflict = reconciled.conflicts[-1]
    [proof] = conflict.proofs

    assert str(proof.text).startswith("BMW: de lezing")
    assert not conflict.repairs
    assert [place.cell for place in proof.cells] == ["B4", "D4", "regel 186"]


def test_without_decision_by_the_figures_no_key_is_made() -> None:
    document = changed(("een vast bedrag toegekend van €40.000", "een vast bedrag toegekend van €100"))
    [fixed] = import_plan(document).fixed

    assert fixed.readings == []
    assert of_kind(reconcile_document(document), Kind.NETWORK)[0].verdict is Verdict.MISMATCH


def of_kind(reconciliation: Reconciliation, kind: Kind) -> list[Finding]:
    return [check for check in reconciliation.checks if check.kind is kind]


def test_the_two_errors_of_the_appendix_are_found_where_the_document_prints_them(
    reconciled: Reconciliation,
) -> None:
    wrong = [check for check in reconciled.findings if check.verdict is Verdict.MISMATCH]

    assert [(check.period, check.judgement.difference) for check in wrong] == [
        ("2022", Decimal(-648)),
        ("2024", Decimal(282)),
        ("2024", Decimal(282)),
    ]
    assert {str(check.place) for check in wrong} == {"bladzijde 1, tabel 2!E5", "bladzijde 1, tabel 2!G5"}


@pytest.mark.parametrize(
    ("kind", "line"), [(Kind.RATIO, "regel 77"), (Kind.RATE, "regel 383"), (Kind.SHARE, "regel 186")]
)
def test_every_check_of_a_ratio_rate_or_share_names_its_sentence(
    reconciled: Reconciliation, kind: Kind, line: str
) -> None:
    checks = of_kind(reconciled, kind)

    assert checks
    assert all(check.parts[-1].cell == line for check in checks)
    assert all("bladzijde 1!" + line in str(check.message.values["parts"]) for check in checks)


def test_a_size_in_the_text_is_checked_in_every_year_though_its_label_differs(
    reconciled: Reconciliation,
) -> None:
    sizes = [check for check in reconciled.checks if check.place.cell == "regel 364"]

    assert [check.label for check in sizes] == ["Dedicated coaches/psychologen"] * 6
    assert {check.verdict for check in sizes} == {Verdict.EXACT}


def test_a_size_the_table_contradicts_is_a_difference() -> None:
    found = reconcile_document(changed(("2019-2024: 0.5 FTE", "2019-2024: 0.7 FTE")))
    sizes = [check for check in found.checks if check.place.cell == "regel 364"]

    assert {check.verdict for check in sizes} == {Verdict.MISMATCH}
    assert "De tekst zegt 0,7" in str(sizes[0].message)


def test_other_years_in_the_text_are_a_difference() -> None:
    found = reconcile_document(changed(("BMS, KGW) 2019-2024", "BMS, KGW) 2019-2025")))

    assert "De tekst noemt 2025" in str(
        next(check.message for check in found.findings if check.place.cell == "regel 1")
    )


def test_a_second_rate_that_differs_is_a_difference() -> None:
    document = changed(("2019-2024: 0.5 FTE voor", "We rekenen met € 90.000 per fte voor"))
    rates = [check for check in reconcile_document(document).checks if check.label.startswith("Begroting")]

    assert [check.place.cell for check in rates] == ["regel 383", "regel 454"]
    assert {check.verdict for check in rates} == {Verdict.MISMATCH}


def test_a_second_ratio_that_differs_is_checked_in_every_year() -> None:
    document = changed(("In de bijlage vindt u een verdeling", "De verhouding is 4:2:1. In de bijlage staat"))
    ratios = [check for check in reconcile_document(document).checks if check.place.cell == "regel 91"]

    assert len(ratios) == 18
    assert {check.verdict for check in ratios} == {Verdict.MISMATCH}


def test_a_total_in_the_text_is_held_against_the_integral_table() -> None:
    document = changed(
        (
            "In de bijlage vindt u een verdeling",
            "In 2019 is er in totaal € 893.218 beschikbaar. Er is ook een",
        )
    )
    [total] = [check for check in reconcile_document(document).checks if check.place.cell == "regel 91"]

    assert (total.label, total.period, total.verdict) == ("Totaal EUR", "2019", Verdict.ROUNDING)
