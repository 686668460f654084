"""Tables in running lines, with and without positions."""

from collections.abc import Sequence

from hoka_excel.documents.document import Fragment, SourceTable, Spot, TextLine
from hoka_excel.documents.line_tables import find_line_tables


def lines_of(text: str) -> list[TextLine]:
    return [TextLine(line, Spot(1, number)) for number, line in enumerate(text.splitlines(), start=1)]


def rows_of(table: SourceTable) -> list[tuple[str, list[str]]]:
    return [(row.label, [cell.text for cell in row.cells]) for row in table.rows]


def one_table(text: str) -> SourceTable:
    [table], _ = find_line_tables(lines_of(text))
    return table


def test_a_label_may_be_wrapped_before_its_figures() -> None:
    table = one_table(
        "Thema 2\n2019 2020\nTijd voor docenten\nvoor\n\nscholing\n\n€ 1.200 € 1.300\nTotaal 1.200 1.300"
    )

    assert rows_of(table)[0] == ("Tijd voor docenten voor scholing", ["€ 1.200", "€ 1.300"])


def test_a_label_may_end_below_its_figures() -> None:
    table = one_table(
        "Thema 2\n2019 2020\nTijd voor docenten 1.200 1.300\nen scholing\n\nReis 10 20\nTotaal 1 2"
    )

    assert [label for label, _ in rows_of(table)] == ["Tijd voor docenten en scholing", "Reis", "Totaal"]


def test_a_lone_dash_is_a_figure_of_its_own() -> None:
    table = one_table("Thema\n2019 2020 2021 2022\nReis 244 - 244 -190\nBoek - € 5 € -6 7-\nTotaal 1 2 3 4")

    assert [cells for _, cells in rows_of(table)[:2]] == [
        ["244", "-", "244", "-190"],
        ["-", "€ 5", "€ -6", "7-"],
    ]


def test_figures_may_run_on_after_an_empty_line() -> None:
    table = one_table("Thema\n2019 2020 2021\nReis € 1 € 2\n\n€ 3\nTotaal 1 2 3")

    assert rows_of(table)[0] == ("Reis", ["€ 1", "€ 2", "€ 3"])


def test_a_row_that_stays_short_is_marked_uncertain() -> None:
    table = one_table("Thema\n2019 2020 2021\nReis 1 2\nScholing 4 5 6\nTotaal 5 7 6")

    assert [row.is_certain for row in table.rows] == [False, True, True]


def test_a_number_that_belongs_to_the_label_is_no_figure() -> None:
    table = one_table("Begroting\n2019 2020\nThema 1 5,30 5,41\nTotaal 5,30 5,41")

    assert rows_of(table)[0] == ("Thema 1", ["5,30", "5,41"])


def test_a_row_without_label_ends_a_block() -> None:
    table = one_table("Begroting\n2019 2020\nReis 1 2\n 1 2\n")

    assert rows_of(table)[-1] == ("", ["1", "2"])


def test_a_line_of_units_starts_the_next_block_of_the_same_table() -> None:
    tables, _ = find_line_tables(
        lines_of("Integraal\n2019 2020\nReis € 84 € 168\n € 84 € 168\nFTE FTE\nReis 1,0 2,0\n 1,0 2,0")
    )

    assert [(table.number, table.measure.unit) for table in tables] == [(1, "EUR"), (1, "FTE")]


def test_headings_printed_again_on_the_next_page_go_on_with_the_table() -> None:
    first = [
        TextLine(text, Spot(1, n)) for n, text in enumerate(["Thema 1 in EUR", "2019 2020", "Reis 1 2"], 1)
    ]
    second = [TextLine(text, Spot(2, n)) for n, text in enumerate(["2019 2020", "Boek 3 4", "Totaal 4 6"], 1)]
    [table], _ = find_line_tables([*first, *second])

    assert [label for label, _ in rows_of(table)] == ["Reis", "Boek", "Totaal"]


def test_running_text_after_the_total_stays_text() -> None:
    text = "Thema\n2019 2020\nReis 1 2\nTotaal 1 2\nDe gelden worden ingezet in 2020.\nEr is nog 3 over 4"
    [table], prose = find_line_tables(lines_of(text))

    assert len(table.rows) == 2
    assert [line.text for line in prose] == text.splitlines()[4:]


def test_a_sentence_with_years_is_no_heading() -> None:
    tables, prose = find_line_tables(lines_of("In 2019 en 2020 wordt dit gedaan.\n2020 - 2024: later"))

    assert not tables
    assert len(prose) == 2


def placed(words: Sequence[tuple[str, float]], line: int) -> TextLine:
    fragments = tuple(Fragment(text, left, left + 5 * len(text)) for text, left in words)
    return TextLine(" ".join(text for text, _ in words), Spot(1, line), fragments)


def test_where_positions_are_known_a_figure_stands_under_its_own_column() -> None:
    [table], _ = find_line_tables(
        [
            placed([("Thema", 10), ("in", 40), ("EUR", 52)], 1),
            placed([("2019", 100), ("2020", 150), ("2021", 200)], 2),
            placed([("Reis", 10), ("12", 105), ("34", 205)], 3),
            placed([("Boek", 10), ("1", 110), ("2", 160), ("3", 210)], 4),
            placed([("Totaal", 10), ("13", 105), ("2", 160), ("37", 205)], 5),
        ]
    )

    assert rows_of(table)[0] == ("Reis", ["12", "", "34"])
    assert table.rows[0].is_certain


def test_positions_that_do_not_line_up_decide_nothing() -> None:
    [table], _ = find_line_tables(
        [
            placed([("2019", 10), ("2020", 40), ("2021", 70)], 1),
            placed([("Reis", 10), ("1", 40), ("2", 50), ("3", 60)], 2),
            placed([("Boekhouding", 10), ("1", 90), ("2", 100)], 3),
            placed([("Totaal", 10), ("2", 60), ("4", 70), ("3", 80)], 4),
        ]
    )

    assert [row.is_certain for row in table.rows] == [True, False, True]
