"""What SUM and SUBTOTAL add up: too little, too much, or text."""

import pytest

from hoka_excel.core.verdicts import Verdict
from tests.tables.made_grids import Rows, audited, codes, grid

LINES: Rows = [["Regel", 2023], ["a", 10], ["b", 20], ["c", 7], ["Totaal", 30]]


def test_a_sum_that_begins_after_its_block_does_is_a_mismatch_of_what_it_leaves_out() -> None:
    (found,) = audited(grid([*LINES[:4], ["Totaal", 27]], B5="SUM(B3:B4)"))
    assert (found.message.code, found.verdict, str(found.judgement.difference)) == (
        "audit.late",
        Verdict.MISMATCH,
        "-10",
    )
    assert str(found.message) == (
        "Blad!B5 (=SUM(B3:B4)) begint te laat: Blad!B2 telt niet mee. Breid het bereik naar voren uit."
    )


@pytest.mark.parametrize(
    ("rows", "formula"),
    [
        ([["x", 2023], ["a", 10], ["b", 20], ["Totaal", 30]], "SUM(B2:B3)"),
        ([["x", 1, 2], ["a", 10, 4], ["b", 20, 5], ["Totaal", 30, 9]], "SUM(B2:B3)"),
        ([["x", 9], ["", None], ["a", 10], ["b", 20], ["Totaal", 30]], "SUM(B3:B4)"),
        ([["p", 4], ["q", 5], ["a", 10], ["b", 20], ["Totaal", 30]], "SUM(B3:B4)"),
    ],
    ids=["a year above", "numbered columns above", "a blank row between", "a block of its own above"],
)
def test_a_sum_that_begins_where_its_block_does_is_in_order(rows: Rows, formula: str) -> None:
    assert codes(grid(rows, **{f"B{len(rows)}": formula})) == []


def test_a_sum_of_a_choice_of_lines_below_the_total_is_in_order() -> None:
    rows = [*LINES[:4], ["Totaal", 37], ["waarvan b en c", 27]]
    assert codes(grid(rows, B5="SUM(B2:B4)", B6="SUM(B3:B4)")) == []


def test_beside_a_row_a_column_of_codes_is_left_out_rightly_until_another_row_counts_it() -> None:
    rows: Rows = [[4100, 10, 20, 30], [4200, 11, 21, 32], [4300, 12, 22, 34]]
    sums = {"D1": "SUM(B1:C1)", "D2": "SUM(B2:C2)", "D3": "SUM(B3:C3)"}
    assert codes(grid(rows, **sums)) == []
    assert ("audit.late", "D2") in codes(grid(rows, **{**sums, "D1": "SUM(A1:C1)"}))


@pytest.mark.parametrize(
    ("inner", "outer", "found"),
    [
        ("SUM(A1:A2)", "SUM(A1:A3)", True),
        ("SUBTOTAL(9,A1:A2)", "SUM(A1:A3)", True),
        ("SUM(A1:A2)", "SUBTOTAL(9,A1:A3)", True),
        ("SUBTOTAL(9,A1:A2)", "SUBTOTAL(9,A1:A3)", False),
        ("SUBTOTAL(109,A1:A2)", "SUBTOTAL(9,A1:A3)", False),
        ("SUBTOTAL(1,A1:A2)", "SUM(A1:A3)", False),
        ("SUM(B1:B2)", "SUM(A1:A3)", False),
        ("SUBTOTAL(9,A1:A2)", "_xlfn.AGGREGATE(9,2,A1:A3)", False),
        ("SUBTOTAL(9,A1:A2)", "AGGREGATE(9,,A1:A3)", False),
        ("AGGREGATE(9,6,A1:A2)", "AGGREGATE(9,3,A1:A3)", False),
        ("AGGREGATE(9,6,A1:A2)", "SUBTOTAL(9,A1:A3)", False),
        ("SUBTOTAL(9,A1:A2)", "AGGREGATE(9,6,A1:A3)", True),
        ("SUM(A1:A2)", "AGGREGATE(9,3,A1:A3)", True),
        ("AGGREGATE(9,6,A1:A2)", "SUM(A1:A3)", True),
        ("AGGREGATE(14,6,A1:A2)", "SUM(A1:A3)", False),
        ("AGGREGATE(9)", "SUBTOTAL(9)", False),
    ],
)
def test_a_subtotal_inside_a_sum_counts_double_but_subtotals_pass_over_each_other(
    inner: str, outer: str, found: bool
) -> None:
    rows: Rows = [[10], [20], [30], [60]]
    assert (("audit.double", "A4") in codes(grid(rows, A3=inner, A4=outer))) is found


def test_of_a_subtotal_that_is_inside_for_a_part_only_that_part_counts_double() -> None:
    (found,) = audited(grid([[10], [20], [30], [50]], A3="SUM(A1:A2)", A4="SUM(A2:A3)"))
    assert (found.message.code, str(found.judgement.difference)) == ("audit.double", "20")


def test_a_number_stored_as_text_on_another_sheet_is_found_where_it_is_summed() -> None:
    lines = grid([["10"], [20], ["code 5a"]], "Regels")
    (found,) = audited(lines, grid([[20]], "Som", A1="SUM(Regels!A1:A3)"))
    assert (found.message.code, list(map(str, found.parts))) == ("audit.text_in_sum", ["Regels!A1"])


def test_thousands_of_sums_over_whole_columns_take_no_pass_over_the_cells_each() -> None:
    rows: Rows = [[number, 5] for number in range(20_000)]
    formulas = {f"C{row}": "SUM(A:A)+SUM(B:B)" for row in range(1, 3000)}
    assert codes(grid(rows, **formulas)) == []


def test_an_aggregate_that_stops_short_leaves_out_a_line_and_passes_over_text() -> None:
    assert codes(grid([[10], [20], [7], [30]], A4="_xlfn.AGGREGATE(9,3,A1:A2)")) == [("audit.short", "A4")]
    assert codes(grid([[10], ["20"], [10]], A3="AGGREGATE(9,3,A1:A2)")) == [("audit.text_in_sum", "A3")]


@pytest.mark.parametrize(
    "formula",
    [
        "SUM(B:B)",
        "SUM(B2:B1048576)",
        "SUM($2:$4)",
        "SUM(Tabel1[Bedrag])",
        "SUM(Tabel1[[#All],[Bedrag]])",
        "SUM(Bedragen)",
        "SUM(Jan:Mrt!B2)",
        "SUM('Jan 1:Mrt 1'!B2:B3)",
        'SUMIF(A2:A4,"a",B2:B4)',
        'SUMIFS(B:B,A:A,"<>b")',
        'SUMPRODUCT((A2:A4="a")*B2:B4)',
        "SUM(B2:B3*C2:C3)",
        "SUM(B2:B3 B3:B4)",
        "SUM((B2,B4))",
        "SUM(_xlfn.ANCHORARRAY(B2))",
        'SUM(_xlfn._xlws.FILTER(B2:B4,A2:A4="a"))',
        "_xlfn.LET(_xlpm.x,B2:B3,SUM(_xlpm.x))",
        "SUM(#REF!)",
        "SUM('Weg'!#REF!)",
        "SUM()",
    ],
)
def test_what_adds_up_by_column_name_condition_or_array_is_no_mismatch(formula: str) -> None:
    rows: Rows = [["", 2023, 1], ["a", 10, 2], ["b", 20, 3], ["c", 7, 4], ["", None, None], ["Som", 37, None]]
    assert codes(grid(rows, D6=formula)) == []


def test_a_sum_that_names_its_own_sheet_is_audited_like_one_that_does_not() -> None:
    assert codes(grid([[10], [20], [7], [30]], A4="SUM(Blad!A1:A2)")) == [("audit.short", "A4")]
    assert codes(grid([[10], [20], [30], [60]], A3="SUM(A1:A2)", A4="SUM(blad!A1:A3)")) == [
        ("audit.double", "A4")
    ]


def test_arithmetic_inside_a_sum_turns_texts_into_numbers_and_passes_over_none() -> None:
    assert codes(grid([[10], ["20"], [50]], A3="SUM(A1:A2*2)")) == []
    assert codes(grid([[10], ["20"], [10]], A3="SUM(A1,A2)")) == [("audit.text_in_sum", "A3")]


def test_a_year_typed_as_text_above_its_column_is_a_heading() -> None:
    assert codes(grid([["2024"], [10], [20]], B1="SUM(A:A)")) == []
    assert codes(grid([["2024"], ["10"], [20]], B1="SUM(A:A)")) == [("audit.text_in_sum", "B1")]
