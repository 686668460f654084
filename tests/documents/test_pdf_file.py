"""PDFs: their tables, and every kind that cannot be read in one clear line."""

from pathlib import Path

import pytest

from hoka_excel.documents import pdf_file
from hoka_excel.documents.document import Document, SourceTable
from hoka_excel.documents.errors import DocumentError
from hoka_excel.documents.pdf_file import read_pdf
from hoka_excel.documents.reading import read_document
from tests.documents.made_documents import IMAGE, Set, lines, page, write_pdf

ROWS = [
    "Begroting Thema 1 - Onderwijs in EUR",
    "2019 2020 2021",
    "Docenten 1.200 1.300 1.400",
    "Coaches 200 300 400",
    "Totaal EUR 1.400 1.600 1.800",
]
CELLS = [
    ("", ["2019", "2020", "2021"]),
    ("Docenten", ["1.200", "", "1.400"]),
    ("Coaches", ["200", "300", "400"]),
    ("Totaal EUR", ["1.400", "300", "1.800"]),
]
LEFT = """De faculteit kiest hier voor het
verbeteren van onderwijs en de
begeleiding van alle studenten
zodat iedereen mee kan doen
aan de opleiding die past
bij de eigen talenten en
wensen. Daarvoor is ook geld
nodig in de jaren hierna
en dat is er gelukkig ook.""".splitlines()
RIGHT = """In de rechterkolom staat iets
anders over de besteding van
de middelen. Er komt een vast
bedrag voor elke opleiding die
meedoet aan de nieuwe plannen
van de faculteit en daarna
wordt de rest verdeeld naar
rato van studenten in het jaar
ervoor. Dat is afgesproken.""".splitlines()


def in_columns(top: float = 700) -> list[Set]:
    texts = [Set("Thema 1 in EUR", 60, top + 30)]
    for row, (label, figures) in enumerate(CELLS):
        texts += [Set(label, 60, top - 14 * row)] if label else []
        texts += [Set(text, 250 + 70 * column, top - 14 * row) for column, text in enumerate(figures) if text]
    return texts


def rows_of(table: SourceTable) -> list[tuple[str, list[str]]]:
    return [(row.label, [cell.text for cell in row.cells]) for row in table.rows]


def only_table(document: Document) -> SourceTable:
    [table] = document.tables
    return table


def test_an_unruled_table_is_read_with_its_empty_cell(tmp_path: Path) -> None:
    table = only_table(read_pdf(write_pdf(tmp_path / "a.pdf", [page(in_columns())])))

    assert rows_of(table) == CELLS[1:]


def test_a_ruled_table_is_read_with_its_empty_cell(tmp_path: Path) -> None:
    across = [(55, 712 - 14 * row, 470, 712 - 14 * row) for row in range(5)]
    down = [(left, 712, left, 656) for left in (55, 240, 310, 380, 470)]
    table = only_table(read_pdf(write_pdf(tmp_path / "a.pdf", [page(in_columns(), [*across, *down])])))

    assert table.title == "Thema 1 in EUR"
    assert rows_of(table) == CELLS[1:]


def test_a_ruled_cell_may_hold_several_lines(tmp_path: Path) -> None:
    texts = [
        *(Set(text, left, 700) for text, left in (("2019", 250), ("2020", 320))),
        Set("Tijd voor", 60, 680),
        Set("docenten", 60, 668),
        *(Set(text, left, 674) for text, left in (("1.200", 250), ("1.300", 320))),
        *(Set(text, left, 650) for text, left in (("Totaal", 60), ("1.200", 250), ("1.300", 320))),
    ]
    across = [(55, height, 390, height) for height in (712, 692, 662, 640)]
    down = [(left, 712, left, 640) for left in (55, 240, 310, 390)]
    table = only_table(read_pdf(write_pdf(tmp_path / "a.pdf", [page(texts, [*across, *down])])))

    assert rows_of(table)[0] == ("Tijd voor docenten", ["1.200", "1.300"])


def test_a_table_over_two_pages_loses_their_heads_and_feet(tmp_path: Path) -> None:
    middle = [f"Post {number} 1 2 3" for number in range(1, 5)]
    first = ["Facultair plan", *ROWS[:3], *middle[:2], "Pagina 1 van 3"]
    second = ["Facultair plan", *middle[2:], *ROWS[3:], "Pagina 2 van 3"]
    third = ["Facultair plan", "Einde van het plan.", "Pagina 3 van 3"]
    table = only_table(
        read_pdf(write_pdf(tmp_path / "a.pdf", [page(lines(one)) for one in (first, second, third)]))
    )

    assert [label for label, _ in rows_of(table)] == [
        "Docenten",
        "Post 1",
        "Post 2",
        "Post 3",
        "Post 4",
        "Coaches",
        "Totaal EUR",
    ]
    assert {cell.spot.page for row in table.rows for cell in row.cells} == {1, 2}


@pytest.mark.parametrize(
    ("turn", "matrix"), [(90, "0 1 -1 0 595 0"), (180, "-1 0 0 -1 595 842"), (270, "0 -1 1 0 0 842")]
)
def test_a_rotated_page_is_read_the_way_its_text_runs(turn: int, matrix: str, tmp_path: Path) -> None:
    content = f"q {matrix} cm\n{page(lines(ROWS, top=500))} Q"
    table = only_table(read_pdf(write_pdf(tmp_path / "a.pdf", [content], page_keys=f"/Rotate {turn}")))

    assert rows_of(table)[0] == ("Docenten", ["1.200", "1.300", "1.400"])


def test_two_columns_of_text_are_read_one_after_the_other(tmp_path: Path) -> None:
    content = page(
        [Set("Een titel over de hele breedte van deze bladzijde", 60, 800), *lines(LEFT), *lines(RIGHT, 320)]
    )
    prose = read_pdf(write_pdf(tmp_path / "a.pdf", [content])).prose

    assert [line.text for line in prose if line.text][1:] == [*LEFT, *RIGHT]


def test_a_scan_is_refused(tmp_path: Path) -> None:
    path = write_pdf(tmp_path / "scan.pdf", ["q 500 0 0 700 20 20 cm /I Do Q"], more=IMAGE)

    with pytest.raises(DocumentError, match=r"scan.pdf: de bladzijden zijn plaatjes zonder tekst"):
        read_document(path)


def test_a_pdf_without_anything_is_empty(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match="er staat geen tekst in"):
        read_document(write_pdf(tmp_path / "leeg.pdf", [page([])]))


def test_an_empty_file_is_empty(tmp_path: Path) -> None:
    (tmp_path / "leeg.pdf").write_bytes(b"")

    with pytest.raises(DocumentError, match="er staat geen tekst in"):
        read_document(tmp_path / "leeg.pdf")


def test_a_pdf_with_a_password_is_refused(tmp_path: Path) -> None:
    key = f"<< /Filter /Standard /V 2 /R 3 /Length 128 /P -44 /O <{'ab' * 32}> /U <{'cd' * 32}> >>"
    identity = f"[<{'00' * 16}><{'00' * 16}>]"
    path = write_pdf(
        tmp_path / "dicht.pdf",
        [page(lines(ROWS))],
        trailer_keys=f"/Encrypt 1001 0 R /ID {identity}",
        more={1001: key},
    )

    with pytest.raises(DocumentError, match="beveiligd met een wachtwoord"):
        read_document(path)


def test_a_thousand_pages_are_refused_with_the_limit(tmp_path: Path) -> None:
    path = write_pdf(tmp_path / "dik.pdf", [page(lines(ROWS))] * 1000)

    with pytest.raises(DocumentError, match="heeft 1000 bladzijden; meer dan 500 worden niet gelezen"):
        read_document(path)


def test_a_pdf_cut_off_is_damaged(tmp_path: Path) -> None:
    whole = write_pdf(tmp_path / "heel.pdf", [page(lines(ROWS))])
    (tmp_path / "half.pdf").write_bytes(whole.read_bytes()[:300])

    with pytest.raises(DocumentError, match=r"half.pdf: het document is beschadigd"):
        read_document(tmp_path / "half.pdf")


@pytest.mark.parametrize("nested", ["[" * 300_000 + "]" * 300_000, "q " * 300_000, "<< /A " * 100_000])
def test_nesting_in_the_text_of_a_page_does_no_harm(nested: str, tmp_path: Path) -> None:
    path = write_pdf(tmp_path / "diep.pdf", [f"{page(lines(ROWS))} {nested}"])

    assert rows_of(only_table(read_pdf(path)))[0] == ("Docenten", ["1.200", "1.300", "1.400"])


def forms_in_forms(depth: int, width: int) -> dict[int, str]:
    """Make forms that each draw the next one `width` times."""
    draw = "/I Do " * width
    head = "<< /Type /XObject /Subtype /Form /BBox [0 0 9 9]"
    return {
        1000 + level: f"{head} /Resources << /XObject << /I {1001 + level} 0 R >> >> "
        f"/Length {len(draw)} >>\nstream\n{draw}\nendstream"
        for level in range(depth)
    }


def test_a_bomb_of_nested_objects_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOKA_LIMIT_DOCUMENT_SECONDS", "3")
    path = write_pdf(tmp_path / "bom.pdf", ["/I Do"], more=forms_in_forms(depth=9, width=40))

    with pytest.raises(
        DocumentError, match=r"bom.pdf: (het document is beschadigd of te diep|het lezen duurt langer)"
    ):
        read_pdf(path)


def test_a_missing_package_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_file, "find_spec", lambda _: None)

    with pytest.raises(
        DocumentError, match=r'pypdfium2 nodig. Installeer het met: pip install "hoka-excel\[documents\]"'
    ):
        read_pdf(write_pdf(tmp_path / "a.pdf", [page(lines(ROWS))]))
