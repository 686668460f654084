"""Values stored with formulas against the same formulas recalculated."""

from dataclasses import replace

import pytest

from hoka_excel.core.messages import Message
from hoka_excel.core.verdicts import Verdict
from hoka_excel.tables.audit.stored_values import Comparison, compare_values, with_formulas
from hoka_excel.tables.figures import figures_of
from hoka_excel.tables.grid import Grid
from hoka_excel.tables.packed_cells import packed_cells
from tests.tables.made_grids import Rows, grid


def compared(stored: Rows, fresh: Rows, **formulas: str) -> Comparison:
    return compare_values([grid(stored, **formulas)], [grid(fresh, **formulas)])


def reasons(comparison: Comparison) -> list[str]:
    told = (note.values.get("reason") for note in comparison.notes)
    return [reason.code for reason in told if isinstance(reason, Message)]


def test_a_stored_value_that_differs_is_a_mismatch_with_both_values() -> None:
    (found,) = compared([[10.0, 9999.0]], [[10.0, 20.0]], B1="A1*2").findings
    assert (found.verdict, found.kind) == (Verdict.MISMATCH, "formula")
    assert (str(found.judgement.stated), str(found.judgement.expected)) == ("9999", "20")
    assert "toont 9.999, maar komt herrekend op 20." in str(found.message)


@pytest.mark.parametrize(
    ("shown", "outcome"),
    [
        (0.1 + 0.2, 0.3),
        (1e15, 1e15 + 1),
        (True, "TRUE"),
        ("Tekst", "tekst"),
        ("#N/A", "#VALUE!"),
        ("", None),
        (None, None),
    ],
)
def test_noise_of_binary_fractions_and_of_notation_is_no_difference(shown: object, outcome: object) -> None:
    assert compared([[1, shown]], [[1, outcome]], B1="A1").findings == ()


@pytest.mark.parametrize(
    ("shown", "outcome"), [(1, "#DIV/0!"), ("a", "b"), ("#REF!", 3), (5, "vijf"), (5, None)]
)
def test_text_and_errors_that_differ_are_a_mismatch_without_an_amount(shown: object, outcome: object) -> None:
    (found,) = compared([[1, shown]], [[1, outcome]], B1="A1").findings
    assert (found.verdict, found.judgement.difference) == (Verdict.MISMATCH, None)


@pytest.mark.parametrize(
    ("formula", "outcome", "reason"),
    [
        ("NOW()", 2, "left_out.volatile"),
        ("_xlfn.RANDARRAY(2)", 2, "left_out.volatile"),
        ('WEBSERVICE("http://localhost")', 2, "left_out.volatile"),
        ("[1]Blad1!A1", 2, "left_out.external"),
        ("NIEUWEFUNCTIE(A1)", "#NAME?", "left_out.unknown"),
        ("B1+1", 2, "left_out.circular"),
    ],
)
def test_what_no_recalculation_can_settle_is_left_out_and_told(
    formula: str, outcome: object, reason: str
) -> None:
    comparison = compared([[1, 1]], [[1, outcome]], B1=formula)
    assert (comparison.findings, reasons(comparison)) == ((), [reason])


def test_what_reads_a_formula_that_was_left_out_is_left_out_too() -> None:
    comparison = compared([[1, 2, 3]], [[9, 9, 9]], A1="TODAY()", B1="A1+1", C1="SUM(A1:B1)")
    assert comparison.findings == ()
    assert reasons(comparison) == ["left_out.volatile", "left_out.dependent"]
    assert str(comparison.notes[0]) == "Herberekend met LibreOffice: 0 formules vergeleken."


def test_offset_and_indirect_are_compared_unless_they_might_read_what_was_left_out() -> None:
    sure = compared([[1, 5]], [[1, 1]], B1='INDIRECT("A1")')
    assert len(sure.findings) == 1
    unsure = compared([[1, 5, 7]], [[1, 1, 8]], B1='INDIRECT("A1")', C1="RAND()")
    assert unsure.findings == ()


@pytest.mark.parametrize("formula", ["SUM(Bereik)", "SUM(Tabel1[Bedrag])", "Tabel1[[#This Row],[Bedrag]]*2"])
def test_what_reads_by_name_is_compared_unless_it_might_read_what_was_left_out(formula: str) -> None:
    sure = compared([[1, 5]], [[1, 1]], B1=formula)
    assert len(sure.findings) == 1
    unsure = compared([[1, 5, 7]], [[1, 1, 8]], B1=formula, C1="TODAY()")
    assert (unsure.findings, reasons(unsure)) == ((), ["left_out.volatile", "left_out.dependent"])


def test_formulas_without_a_stored_value_are_told_and_spoil_nothing_else() -> None:
    comparison = compared([[1, None, 3]], [[1, 2, 4]], B1="A1*2", C1="B1+2")
    assert [finding.place.cell for finding in comparison.findings] == ["C1"]
    assert reasons(comparison) == ["left_out.no_value"]


def test_a_file_that_tells_only_values_takes_the_rest_from_the_recalculated_one() -> None:
    stored = Grid("Blad", [[1, 5]], hidden=True)
    fresh = replace(grid([[1, 2]], B1="A1*2"), formats={(0, 0): "0.0"}, hidden_rows=frozenset([0]))
    (whole,) = with_formulas([stored], [fresh])
    assert whole == replace(fresh, cells=[[1, 5]], hidden=True)
    assert [found.place.cell for found in compare_values([whole], [fresh]).findings] == ["B1"]


def test_the_figures_of_a_file_that_tells_only_values_are_its_own() -> None:
    stored, fresh = (Grid("Blad", packed_cells(cells)) for cells in ([[1], [2], [4]], [[1], [2], [3]]))
    (whole,) = with_formulas([stored], [replace(fresh, formulas={(2, 0): "SUM(A1:A2)"})])
    assert figures_of(whole).value.tolist() == [[1], [2], [4]]


def test_a_sheet_that_the_recalculation_does_not_have_stays_as_it_is() -> None:
    stored = Grid("Blad", [[1, 5]])
    assert with_formulas([stored], [grid([[1]], "Ander")]) == [stored]


def test_an_error_that_a_binary_file_does_not_tell_is_taken_from_the_recalculation() -> None:
    stored = Grid("Blad", [[1, ""], [2]])
    fresh = grid([[1, "#DIV/0!"], [2, "#N/A"], [None, "#REF!"]], B1="A1/0", B2="NA()", B3="X9")
    (told,) = with_formulas([stored], [fresh])
    assert [told.value(row, 1) for row in range(3)] == ["#DIV/0!", "#N/A", "#REF!"]
    assert with_formulas([replace(stored, cells=[[1, 7]])], [fresh])[0].value(0, 1) == 7
