"""Finding sums that nobody declared."""

import random
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hoka_excel import find_sums
from hoka_excel.core.verdicts import Verdict
from hoka_excel.tables import totals
from hoka_excel.tables.figures import read_figures
from hoka_excel.tables.labels import Label, column_heading
from hoka_excel.tables.search.aggregations import Aggregation
from hoka_excel.tables.search.runs import MOST_WEIGHED
from tests.benchmarks.totals import DATA, score, tables

Cells = list[list[object]]


def by_total(
    cells: Sequence[Sequence[object]], number_format: str | None = None
) -> dict[tuple[int, int], Aggregation]:
    return {found.total: found for found in find_sums(cells, number_format)}


def parts_of(cells: Sequence[Sequence[object]]) -> dict[tuple[int, int], list[tuple[int, int]]]:
    return {total: found.parts for total, found in by_total(cells).items()}


def column(*rows: tuple[str, int | None, int | None, int | None]) -> Cells:
    cells: Cells = [["Regel", "Jaar een", "Jaar twee", "Jaar drie"]]
    cells += [[*row] for row in rows]
    return cells


def test_a_total_below_its_parts_is_found_in_every_column() -> None:
    cells = column(("a", 1201, 330, 71), ("b", 2440, 512, 96), ("Totaal", 3641, 842, 167))
    assert parts_of(cells) == {(3, c): [(1, c), (2, c)] for c in (1, 2, 3)}


def test_a_total_above_its_parts_is_found_without_a_label() -> None:
    cells = column(("x", 3641, 842, 167), ("a", 1201, 330, 71), ("b", 2440, 512, 96))
    assert parts_of(cells) == {(1, c): [(2, c), (3, c)] for c in (1, 2, 3)}


def test_a_grand_total_is_made_of_subtotals_not_of_their_parts() -> None:
    cells = column(
        ("a", 1201, 330, 71),
        ("b", 2440, 512, 96),
        ("Subtotaal", 3641, 842, 167),
        ("c", 507, 98, 33),
        ("d", 618, 245, 41),
        ("Subtotaal", 1125, 343, 74),
        ("Totaal", 4766, 1185, 241),
    )
    assert parts_of(cells)[7, 1] == [(3, 1), (6, 1)]


def test_a_total_to_the_right_and_one_below_are_both_found() -> None:
    cells: Cells = [
        ["", "p", "q", "Totaal"],
        ["a", 1201, 330, 1531],
        ["b", 2440, 512, 2952],
        ["Totaal", 3641, 842, 4483],
    ]
    found = {(one.total, tuple(one.parts)) for one in find_sums(cells)}
    assert ((3, 3), ((1, 3), (2, 3))) in found
    assert ((3, 3), ((3, 1), (3, 2))) in found


def test_a_difference_is_the_sum_of_what_was_taken_off_and_what_is_left() -> None:
    cells: Cells = [["", "Begroting", "Realisatie", "Verschil"]]
    cells += [[name, a, b, a - b] for name, a, b in (("x", 5120, 4333), ("y", 9071, 9230), ("z", 4410, 3977))]
    assert parts_of(cells)[1, 1] == [(1, 2), (1, 3)]


def test_blank_rows_inside_a_block_do_not_hide_the_sum() -> None:
    cells = column(("a", 1201, 330, 71), ("b", 2440, 512, 96), ("Totaal", 3641, 842, 167))
    cells.insert(2, ["", None, None, None])
    assert parts_of(cells)[4, 1] == [(1, 1), (3, 1)]


def test_an_of_which_row_is_no_part() -> None:
    cells = column(
        ("Lonen", 1201, 330, 71),
        ("waarvan tijdelijk", 307, 112, 19),
        ("Materieel", 2440, 512, 96),
        ("Afschrijving", 877, 431, 58),
        ("Totaal", 4518, 1273, 225),
    )
    assert parts_of(cells)[5, 1] == [(1, 1), (3, 1), (4, 1)]


def test_children_follow_their_parent_by_outline_code() -> None:
    cells: Cells = [["", "een", "twee"]]
    cells += [
        ["1 Baten", 1612, 903],
        ["1.1 Rijk", 1305, 677],
        ["1.2 Overig", 307, 226],
        ["2 Lasten", 411, 388],
    ]
    assert parts_of(cells)[1, 1] == [(2, 1), (3, 1)]


def test_a_grand_total_adds_up_the_subtotals_between_rows_of_shares() -> None:
    cells = column(
        ("a", 1201, 330, 71),
        ("b", 2440, 512, 96),
        ("Subtotaal 1", 3641, 842, 167),
        ("", 12, 31, 47),
        ("c", 507, 98, 33),
        ("d", 618, 245, 41),
        ("Subtotaal 2", 1125, 343, 74),
        ("", 88, 52, 19),
        ("Totaal", 4766, 1185, 241),
    )
    assert parts_of(cells)[9, 1] == [(3, 1), (7, 1)]


def test_a_subtotal_of_a_single_line_counts_beside_subtotals_of_more() -> None:
    cells = column(
        ("a", 1201, 330, 71),
        ("b", 2440, 512, 96),
        ("Subtotaal", 3641, 842, 167),
        ("Materieel", None, None, None),
        ("c", 507, 98, 33),
        ("Subtotaal", 507, 98, 33),
    )
    assert parts_of(cells)[6, 1] == [(5, 1)]


def test_a_total_may_be_taken_apart_twice_when_the_parts_differ() -> None:
    cells = column(
        ("Activa", 9151, 8402, 7733),
        ("vast", 6011, 5120, 4312),
        ("vlottend", 3140, 3282, 3421),
        ("Passiva", None, None, None),
        ("eigen vermogen", 2930, 2811, 2655),
        ("schuld", 6221, 5591, 5078),
    )
    found = {(one.total, tuple(one.parts)) for one in find_sums(cells)}
    assert {((1, 1), ((2, 1), (3, 1))), ((1, 1), ((5, 1), (6, 1)))} <= found


def test_what_a_subtraction_leaves_goes_on_as_a_part() -> None:
    cells = column(
        ("Baten", 9151, 8402, 7733),
        ("Lasten", 6011, 5120, 4312),
        ("Saldo", 3140, 3282, 3421),
        ("Rente", -241, -302, -118),
        ("Resultaat", 2899, 2980, 3303),
    )
    assert parts_of(cells)[1, 1] == [(2, 1), (3, 1)]
    assert parts_of(cells)[5, 1] == [(3, 1), (4, 1)]


def test_every_total_of_a_long_table_is_found_however_many_it_has(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("hoka_excel.tables.search.lanes.LEAST_TRIED", 1)
    drawn, cells = random.Random(3), [["Regel", 2024, 2025]]  # noqa: S311 - repeatable
    for block in range(60):
        lines = [[drawn.randrange(100, 10**7) for _ in range(2)] for _ in range(11)]
        cells += [[f"Post {block}.{line}", *amounts] for line, amounts in enumerate(lines)]
        cells += [[f"Post {block}", *map(sum, zip(*lines, strict=True))]]
    assert len(cells) > MOST_WEIGHED
    assert sorted(by_total(cells)) == [
        (row, column) for row in range(12, len(cells), 12) for column in (1, 2)
    ]


def test_parts_scattered_over_a_wide_table_are_singled_out_by_its_many_rows() -> None:
    chance = random.Random(5)  # noqa: S311 - not for secrets
    counted = (1, 3, 4, 8)
    rows = [[chance.randint(100, 999) for _ in range(9)] for _ in range(14)]
    cells: Cells = [["", *"abcdefghi", "Totaal"]]
    cells += [[f"n{number}", *row, sum(row[at - 1] for at in counted)] for number, row in enumerate(rows)]
    assert parts_of(cells)[1, 10] == [(1, at) for at in counted]


def test_last_year_and_the_change_make_this_year() -> None:
    cells: Cells = [["", "2024", "aantal", "2023", "Verschil"]]
    values = ((512, 33, 498, 14), (731, 41, 702, 29), (388, 12, 391, -3), (905, 54, 880, 25))
    cells += [[name, *row] for name, row in zip("abcd", values, strict=True)]
    assert parts_of(cells)[1, 1] == [(1, 3), (1, 4)]


def test_nil_totals_between_rows_that_tie_are_sums_too() -> None:
    cells: Cells = [["", "p", "q", "Totaal"], ["a", 1201, 330, 1531], ["", None, None, None], ["b", 0, 0, 0]]
    cells += [["", None, None, None], ["c", 2440, 512, 2952], ["d", 871, 77, 948]]
    assert parts_of(cells)[3, 3] == [(3, 1), (3, 2)]


def test_a_total_of_withheld_figures_cannot_be_tested_but_is_a_total() -> None:
    cells: Cells = [["", "p", "q", "Totaal"], ["a", 1201, 330, 1531], ["b", "x", "x", 612]]
    cells += [["c", 2440, 512, 2952], ["d", 871, 77, 948]]
    assert by_total(cells)[2, 3].verdict is Verdict.UNTESTABLE


def test_codes_before_a_label_do_not_make_it_another_label() -> None:
    assert Label("01-3007 - Subtotal, funding").stem == Label("11-3017 - Subtotal, funding").stem
    assert Label("2023").stem == "2023"
    assert Label("01-3007 - Subtotal").is_plain_total
    assert Label("Verschil").is_difference
    assert not Label("Verschil %").is_difference


def test_a_column_is_headed_by_its_words_or_its_year_never_by_a_line_inside() -> None:
    headed = read_figures([["", "Bedrag", 2023], ["a", 1201, 330], ["b", 2440, 512]])
    assert [column_heading(headed, at) for at in (1, 2)] == ["Bedrag", "2023"]
    assert column_heading(read_figures([["a", 1201], ["b", 2440], ["", 3641]]), 1) == ""


def test_small_numbers_that_happen_to_add_up_are_no_sum() -> None:
    cells: Cells = [["", "score"], ["a", 2], ["b", 3], ["c", 5], ["d", 4]]
    assert find_sums(cells) == []


def test_years_and_blanks_give_no_sum() -> None:
    assert find_sums([["", 2019, 2020, 2021], ["a", None, None, None], ["b", 0, 0, 0]]) == []
    assert find_sums([]) == []
    assert find_sums([[None]]) == []


def test_a_labelled_total_that_does_not_fit_is_reported_beside_columns_that_do() -> None:
    cells = column(("a", 1201, 330, 71), ("b", 2440, 512, 96), ("Totaal", 3641, 942, 167))
    found = by_total(cells)[3, 2]
    assert (found.verdict, found.judgement.difference) == (Verdict.MISMATCH, Decimal(100))
    assert (found.ground.fitting, found.ground.failing) == (2, 1)


def test_a_labelled_total_that_fits_in_no_column_is_reported_too() -> None:
    cells = column(("a", 1201, 330, 71), ("b", 2440, 512, 96), ("Totaal", 4641, 1042, 191))
    found = by_total(cells)
    assert {one.verdict for one in found.values()} == {Verdict.MISMATCH}
    assert found[3, 1].judgement.difference == Decimal(1000)


def test_a_percentage_under_a_total_label_is_no_misfit() -> None:
    cells: Cells = [
        ["", "bedrag", "voortgang"],
        ["a", 1201, "90%"],
        ["b", 2440, "112%"],
        ["Totaal", 3641, "103%"],
    ]
    assert parts_of(cells) == {(3, 1): [(1, 1), (2, 1)]}


def test_resolution_is_that_of_the_line() -> None:
    cells = [["a", "1201.0", "330"], ["b", "2440.0", "512"], ["t", "3642.0", "842"], ["c", "7.0", "9"]]
    assert by_total(cells, "None Point")[2, 0 + 1].verdict is Verdict.ROUNDING


@pytest.mark.parametrize(
    ("texts", "number_format"),
    [
        (["1.201.330", "2.440.512", "3.641.842"], None),
        (["1,201,330", "2,440,512", "3,641,842"], "Comma Point"),
        (["1 201 330", "2 440 512", "3 641 842"], "Space Comma"),
        (["€ 1.201.330", "€ 2.440.512", "€ 3.641.842"], None),
        (["$1,201,330", "$2,440,512", "$3,641,842"], "Comma Point"),
    ],
)
def test_numbers_are_read_as_they_are_written(texts: list[str], number_format: str | None) -> None:
    cells = [["", "bedrag"], *([name, text] for name, text in zip("abT", texts, strict=True))]
    assert by_total(cells, number_format)[3, 1].verdict is Verdict.EXACT


@given(st.lists(st.lists(st.integers(-3, 9), min_size=5, max_size=5), min_size=3, max_size=9))
def test_what_is_found_in_both_directions_side_by_side_is_what_is_found_in_turn(
    rows: list[list[int]],
) -> None:
    cells = [["Lonen", *row, sum(row)] for row in rows]
    cells.append(["Totaal", *map(sum, zip(*(row[1:] for row in cells), strict=True))])
    in_turn = find_sums(cells)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(totals, "_LARGE", 0)
        assert find_sums(cells) == in_turn


@settings(max_examples=30, deadline=None)
@given(st.integers(2, 8), st.integers(2, 5), st.integers(0, 10**6))
def test_every_total_of_a_random_table_is_found_and_exact(lines: int, years: int, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - not for secrets
    body = [[chance.randint(10_000, 99_999_999) for _ in range(years)] for _ in range(lines)]
    cells: Cells = [["", *(f"jaar {year}" for year in "abcde"[:years])]]
    cells += [[f"regel {number}", *row] for number, row in enumerate(body)]
    cells.append(["Totaal", *(sum(row[year] for row in body) for year in range(years))])
    found = by_total(cells)
    for year in range(1, years + 1):
        total = found[lines + 1, year]
        assert total.verdict is Verdict.EXACT
        assert total.parts == [(row, year) for row in range(1, lines + 1)]
        assert total.judgement.tolerance == Decimal(lines + 1) / 2


@pytest.mark.skipif(not DATA.exists(), reason="shared/data/aggregations is not here")
def test_precision_and_recall_on_a_sample_of_real_tables_stay_up() -> None:
    sample = score(table for number, table in enumerate(tables()) if number % 6 == 1)
    assert sample.precision >= 0.95
    assert sample.recall >= 0.9


@pytest.mark.skipif(
    not (Path(__file__).parents[3] / "shared/data/hoka-tables").exists(),
    reason="shared/data/hoka-tables is not here",
)
def test_published_hoka_tables_show_the_differences_that_are_known_and_no_others() -> None:
    from hoka_excel.tables.footings import check_grid
    from hoka_excel.workbook.any_file import read_grids

    found = {}
    for path in sorted((Path(__file__).parents[3] / "shared/data/hoka-tables").glob("*.tsv")):
        findings = [finding for grid in read_grids(path) for finding in check_grid(grid)]
        assert len(findings) > 8
        found[path.name[:2]] = {
            (str(finding.judgement.stated), str(finding.judgement.difference))
            for finding in findings
            if finding.verdict is not Verdict.EXACT
        }
        assert {finding.verdict for finding in findings} <= {Verdict.EXACT, Verdict.ROUNDING}
    assert found["01"] == {("1113746", "-1"), ("7393708", "1")}
    assert found["03"] == set()
    assert found["11"] == {("432.3", "0.1")}


@pytest.mark.parametrize(
    "words",
    [
        "Totaal",
        "Subtotaal",
        "sub totaal",
        "Sub-totals",
        "Jaartotaal 2024",
        "1. Totale lasten",
        "Totalen",
        "GRAND TOTAL",
    ],
)
def test_words_that_name_nothing_but_a_total(words: str) -> None:
    assert Label(words).is_plain_total
    assert Label(words).is_total


@pytest.mark.parametrize("words", ["Exploitatieresultaat", "Eindsaldo", "Netto baten", "Net result"])
def test_words_that_may_name_a_total(words: str) -> None:
    assert Label(words).is_total
    assert not Label(words).is_plain_total


@pytest.mark.parametrize("words", ["Totaliteit", "Resultaatgericht werken", "Lasten"])
def test_words_that_name_no_total(words: str) -> None:
    assert not Label(words).is_total
