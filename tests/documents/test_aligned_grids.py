"""Tables set in columns without rules, whatever heads them."""

from collections.abc import Sequence
from pathlib import Path

from hoka_excel.documents.document import SourceTable
from hoka_excel.documents.pdf_file import read_pdf
from tests.documents.made_documents import Set, page, write_pdf

HEADS = [("Begroting", 250), ("Realisatie", 330), ("Verschil", 410)]
ROWS = [
    ("Baten", []),
    ("Rijksbijdrage", ["1.721.385", "2.007.526", "286.141"]),
    ("Bijdragen van derden en", []),
    ("overige baten", ["610.866", "", "-610.866"]),
    ("Totaal 2020", ["2.332.251", "2.007.526", "-324.725"]),
]


def set_in_columns(rows: Sequence[tuple[str, list[str]]], top: float = 700) -> list[Set]:
    texts = []
    for number, (label, figures) in enumerate(rows):
        texts.append(Set(label, 60, top - 14 * number))
        places = zip(HEADS, figures, strict=False)
        texts += [Set(text, left, top - 14 * number) for (_, left), text in places if text]
    return texts


def tables_of(pages: Sequence[list[Set]], folder: Path) -> tuple[SourceTable, ...]:
    return read_pdf(write_pdf(folder / "a.pdf", [page(texts) for texts in pages])).tables


def wrapped_heads(top: float = 742) -> list[Set]:
    return [
        Set("Tabel 4", 60, top + 14),
        *(Set(text, left, top) for text, left in HEADS),
        *(Set("2020 (x € 1.000)", left, top - 14, 6) for _, left in HEADS),
    ]


def test_wrapped_headings_empty_cells_and_wrapped_labels_keep_to_their_columns(tmp_path: Path) -> None:
    [table] = tables_of([[*wrapped_heads(), *set_in_columns(ROWS)]], tmp_path)

    assert table.columns == tuple(f"{text} 2020 (x € 1.000)" for text, _ in HEADS)
    assert table.measure.scale == 1000
    assert [(row.label, [cell.text for cell in row.cells]) for row in table.rows] == [
        ("Baten", []),
        ("Rijksbijdrage", ["1.721.385", "2.007.526", "286.141"]),
        ("Bijdragen van derden en overige baten", ["610.866", "", "-610.866"]),
        ("Totaal 2020", ["2.332.251", "2.007.526", "-324.725"]),
    ]


def test_a_table_goes_on_over_the_page_break(tmp_path: Path) -> None:
    first = [*wrapped_heads(100), *set_in_columns(ROWS[:2], 70)]
    [table] = tables_of([first, set_in_columns(ROWS[2:])], tmp_path)

    assert [row.label for row in table.rows][-1] == "Totaal 2020"
    assert [cell.spot.page for cell in table.rows[-1].cells] == [2, 2, 2]


def test_figures_that_do_not_line_up_are_no_table(tmp_path: Path) -> None:
    texts = [
        Set(
            f"In {number} regels staan {number} {number + 1} {number + 2}",
            60 + 40 * number,
            700 - 14 * number,
        )
        for number in range(5)
    ]

    assert tables_of([texts], tmp_path) == ()
