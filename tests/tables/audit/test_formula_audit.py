"""Auditing formulas."""

from hoka_excel.core.messages import catalogue
from hoka_excel.core.verdicts import Verdict
from hoka_excel.tables.audit.circles import circles
from hoka_excel.tables.audit.formulas import parse, relative
from hoka_excel.tables.footings import check_grid
from hoka_excel.tables.grid import Grid
from hoka_excel.tables.sheet_checks import check_grids
from tests.tables.made_grids import Rows, audited, codes, grid, taken_apart


def test_a_sum_that_stops_before_the_last_line_is_a_mismatch_of_that_line() -> None:
    found = audited(grid([[10], [20], [7], [30]], A4="SUM(A1:A2)"))
    assert [(f.message.code, f.verdict, str(f.judgement.difference)) for f in found] == [
        ("audit.short", Verdict.MISMATCH, "-7")
    ]
    assert str(found[0].message) == "Blad!A4 (=SUM(A1:A2)) telt Blad!A3 niet mee. Breid het bereik uit."


def test_a_sum_over_lines_and_their_subtotal_counts_double() -> None:
    found = audited(grid([[10], [20], [30], [60]], A3="SUM(A1:A2)", A4="SUM(A1:A3)"))
    assert [(f.message.code, f.place.cell) for f in found] == [("audit.double", "A4")]


def test_a_sum_of_subtotals_is_in_order() -> None:
    assert codes(grid([[10], [20], [30], [5], [5], [35]], A3="SUM(A1:A2)", A5="SUM(A4:A4)", A6="A3+A5")) == []


def test_a_number_typed_between_copies_of_a_formula_is_found() -> None:
    rows: Rows = [[1, 2, 3, 4], [2, 4, 7, 8]]
    assert codes(grid(rows, A2="A1*2", B2="B1*2", D2="D1*2")) == [("audit.typed", "C2")]


def test_a_formula_unlike_its_neighbours_is_found_by_its_relative_form() -> None:
    rows: Rows = [[1, 2, 3, 4], [2, 4, 9, 8]]
    assert codes(grid(rows, A2="A1*2", B2="B1*2", C2="C1*3", D2="D1*2")) == [("audit.pattern", "C2")]


def test_a_number_stored_as_text_in_a_summed_range_is_found() -> None:
    assert codes(grid([[10], ["20"], [10]], A3="SUM(A1:A2)")) == [("audit.text_in_sum", "A3")]


def test_arithmetic_with_text_and_products_with_blanks_are_found() -> None:
    assert codes(grid([["tekst", None, "#VALUE!"]], C1="A1+1")) == [
        ("audit.error", "C1"),
        ("audit.text_operand", "C1"),
    ]
    assert codes(grid([[4, None, 0]], C1="A1*B1")) == [("audit.blank_operand", "C1")]
    assert codes(grid([[4, None, 4]], C1="A1+B1")) == []


def test_a_link_to_another_file_is_found() -> None:
    assert codes(grid([[4]], A1="[1]Blad1!$A$1*2")) == [("audit.external", "A1")]


def test_a_circle_is_found_across_sheets_and_through_ranges() -> None:
    one = grid([[0], [0]], "Een", A1="SUM(Twee!A1:A5)")
    two = grid([[0], [0]], "Twee", A2="Een!A1+1")
    assert circles(taken_apart(one, two)) == [[("een", (0, 0)), ("twee", (1, 0))]]
    assert codes(one, two) == [("audit.circular", "A1")]


def test_long_chains_of_formulas_need_no_deep_stack() -> None:
    chain = Grid("Blad", [[1]] * 30_000, {(row, 0): f"A{row}+1" for row in range(1, 30_000)})
    assert circles(taken_apart(chain)) == []


def test_a_total_typed_in_among_calculated_totals_is_found() -> None:
    rows: Rows = [["", "x", "y"], ["a", 1201, 330], ["b", 2440, 512], ["Totaal", 3641, 842]]
    typed = check_grids([grid(rows, B4="SUM(B2:B3)")]).checks
    assert [f.place.cell for f in typed if f.message.code == "audit.typed_total"] == ["C4"]


def test_formulas_copied_from_each_other_have_one_relative_form() -> None:
    assert relative(parse("SUM(B$2:B4)/$A$1"), (4, 1)) == relative(parse("SUM(C$2:C4)/$A$1"), (4, 2))
    assert relative(parse("B2"), (4, 1)) != relative(parse("B2"), (5, 1))


def test_a_formula_of_8192_characters_is_read() -> None:
    formula = "+".join(f"A{row}" for row in range(1, 1400))[:8190].rstrip("+A")
    assert len(parse(formula).references) > 1000


def test_a_calculated_total_that_fits_no_sum_is_no_finding() -> None:
    rows: Rows = [["", "x", "y", "z"], ["a", 1201, 330, 71], ["b", 2440, 512, 96], ["Totaal", 3641, 999, 167]]
    assert {f.verdict for f in check_grid(grid(rows, C4="B4/3"))} == {Verdict.EXACT}
    assert Verdict.MISMATCH in {f.verdict for f in check_grid(grid(rows))}


def test_values_that_tie_as_they_are_shown_are_a_rounding_difference() -> None:
    rows: Rows = [
        ["", "x", "y"],
        ["a", 101.4, 220.25],
        ["b", 202.4, 330.5],
        ["c", 307.4, 411.25],
        ["Totaal", 610.2, 962],
    ]
    formats = {(row, column): "#,##0" for row in range(1, 5) for column in (1, 2)}
    plain = {f.place.cell: f.verdict for f in check_grid(Grid("Blad", rows))}
    shown = {f.place.cell: f.verdict for f in check_grid(Grid("Blad", rows, formats=formats))}
    assert (plain["B5"], shown["B5"]) == (Verdict.MISMATCH, Verdict.EXACT)


def test_every_audit_text_exists_in_both_languages() -> None:
    texts = {code: text for code, text in catalogue().items() if code.startswith(("audit.", "read."))}
    assert len(texts) > 12
    assert all(set(text) == {"nl", "en"} for text in texts.values())


def test_findings_name_the_row_and_the_column() -> None:
    found = check_grid(Grid("Blad", [["", "2023"], ["a", 1201], ["b", 2440], ["Totaal", 3641]]))
    assert [(f.label, f.period, f.place.cell) for f in found] == [("Totaal", "2023", "B4")]


def test_formulas_outside_the_values_and_unreadable_ones_do_no_harm() -> None:
    outside = Grid("Blad", [["a", 1]], {(8, 8): "1/0", (0, 1): "[1]!'ES #F'"})
    assert codes(outside) == [("audit.external", "B1")]
    assert codes(Grid("Blad", [["a", 1]], {(8, 8): "[1]Blad1!A1"})) == [("audit.external", "I9")]


def test_a_long_formula_is_told_on_one_line_and_cut_off() -> None:
    formula = "SUM(A1:A2)+\n" + "+".join(["A1"] * 2000)
    message = str(audited(grid([[4, None, 0]], C1=f"B1*{formula}"))[0].message)
    assert "(=B1*SUM(A1:A2)+ A1+A1" in message
    assert len(message) < 300


def test_whole_amounts_are_told_without_a_nought() -> None:
    (found,) = audited(grid([[10.0], [20.0], [7.0], [30.0]], A4="SUM(A1:A2)"))
    assert [str(one) for one in (found.judgement.stated, found.judgement.expected)] == ["30", "37"]
