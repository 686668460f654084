"""Word documents, HTML pages and other files."""

import zipfile
from pathlib import Path

import pytest
from docx.shared import Cm

from hoka_excel.core.plan import Plan
from hoka_excel.documents.document import SourceTable
from hoka_excel.documents.errors import DocumentError
from hoka_excel.documents.html_page import read_html
from hoka_excel.documents.importing import import_plan
from hoka_excel.documents.reading import read_document
from tests.documents.made_documents import PLAN_TEXT, needs_seeds, saved_as
from tests.office import needs_office

WIDE, NARROW = Cm(5.2), Cm(1.8)
"""The columns of labels and of figures; seven-figure amounts are too wide for theirs."""


def rows_of(table: SourceTable) -> list[tuple[str, list[str]]]:
    return [(row.label, [cell.text for cell in row.cells]) for row in table.rows]


@pytest.fixture(scope="module")
def plan_in_tables(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The seed text as a Word document with real tables, the two integral blocks in one."""
    import docx

    source = read_document(PLAN_TEXT)
    made = docx.Document()
    made.sections[0].left_margin = made.sections[0].right_margin = Cm(2)
    for line in source.prose:
        made.add_paragraph(line.text.strip())
    table = None
    for block in source.tables:
        if table is None or block.spot.line != 436:
            made.add_paragraph(block.title)
            table = made.add_table(rows=0, cols=7)
            table.style = "Table Grid"
            heads = block.columns
        else:
            heads = ("FTE",) * 6
        for label, texts in [("", list(heads)), *rows_of(block)]:
            for cell, text in zip(table.add_row().cells, [label, *texts], strict=True):
                cell.text = text
        for number, column in enumerate(table.columns):
            column.width = WIDE if number == 0 else NARROW
    path = tmp_path_factory.mktemp("word") / "plan.docx"
    made.save(str(path))
    return path


@needs_seeds
def test_tables_of_word_give_the_138_figures(plan_in_tables: Path, published_plan: Plan) -> None:
    imported = import_plan(read_document(plan_in_tables))

    assert dict(imported.plan.figures()) == dict(published_plan.figures())


@needs_seeds
@needs_office
def test_ruled_tables_of_pdf_give_the_138_figures(
    plan_in_tables: Path, published_plan: Plan, tmp_path: Path
) -> None:
    imported = import_plan(read_document(saved_as(plan_in_tables, "pdf", tmp_path)))

    assert dict(imported.plan.figures()) == dict(published_plan.figures())


def test_a_merged_cell_of_word_counts_once(tmp_path: Path) -> None:
    import docx

    made = docx.Document()
    table = made.add_table(rows=3, cols=3)
    for row, texts in zip(
        table.rows, [("Begroting in EUR", "", ""), ("", "2019", "2020"), ("Reis", "7", "")], strict=True
    ):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    table.cell(0, 0).merge(table.cell(0, 2))
    table.cell(2, 1).merge(table.cell(2, 2))
    path = tmp_path / "plan.docx"
    made.save(str(path))
    [found] = read_document(path).tables

    assert (found.title, rows_of(found)) == ("Begroting in EUR", [("Reis", ["7"])])


def test_a_word_document_with_a_password_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "dicht.docx"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))

    with pytest.raises(DocumentError, match="beveiligd met een wachtwoord"):
        read_document(path)


@pytest.mark.parametrize("content", [b"PK\x03\x04 half", b"<html>"])
def test_what_is_no_word_document_inside_is_damaged(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "plan.docx"
    path.write_bytes(content)

    with pytest.raises(DocumentError, match="is beschadigd"):
        read_document(path)


def forged_word(path: Path, body: str) -> Path:
    """Write a Word document by hand."""
    types = "http://schemas.openxmlformats.org/package/2006"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    main = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr(
            "[Content_Types].xml",
            f'<Types xmlns="{types}/content-types"><Default Extension="rels" '
            'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Override PartName="/word/document.xml" ContentType="{main}"/></Types>',
        )
        package.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{types}/relationships"><Relationship Id="r1" '
            f'Type="{office}/officeDocument" Target="word/document.xml"/></Relationships>',
        )
        package.writestr("word/document.xml", body)
    return path


WORD = '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'


def test_nested_elements_in_word_are_refused(tmp_path: Path) -> None:
    deep = f"{WORD}{'<w:sdt>' * 100_000}{'</w:sdt>' * 100_000}</w:body></w:document>"

    with pytest.raises(DocumentError, match="te diep genest"):
        read_document(forged_word(tmp_path / "bom.docx", deep))


def test_a_word_document_that_grows_when_unpacked_is_refused(tmp_path: Path) -> None:
    large = f"{WORD}{' ' * (30 << 20)}</w:body></w:document>"

    with pytest.raises(DocumentError, match="meer dan 20 MB wordt niet gelezen"):
        read_document(forged_word(tmp_path / "groot.docx", large))


PAGE = """<html><head><title>x</title><style>td {}</style></head><body><h1>Jaarverslag</h1>
<h3>Bestedingen</h3><table><caption>tabel</caption>
<tr><th rowspan=2>Thema</th><th colspan=2>Bedragen x 1.000 euro</th></tr><tr><th>2021</th><th>2022</th></tr>
<tr><td>Onderwijs</td><td>1.234</td><td>56</td></tr>
<tr><td>Totaal<br>alles</td><td>1.234</td><td>56</td></tr></table><p>Einde &euro; 5</body>"""


def test_a_table_of_html_is_read_with_its_spans() -> None:
    document = read_html(PAGE, "verslag.html")
    [table] = document.tables

    assert table.title == "Bestedingen"
    assert table.columns == ("Bedragen x 1.000 euro 2021", "2022")
    assert table.measure.scale == 1000
    assert rows_of(table) == [("Onderwijs", ["1.234", "56"]), ("Totaal alles", ["1.234", "56"])]
    assert [line.text for line in document.prose] == ["Jaarverslag", "Einde € 5"]


def test_tables_nested_too_deeply_are_refused() -> None:
    with pytest.raises(DocumentError, match=r"meer dan 50 tabellen in elkaar.*HOKA_LIMIT_TABLE_DEPTH"):
        read_html("<table><tr><td>" * 10_000, "bom.html")


@pytest.mark.parametrize("span", ["999999999", "-3", "x", ""])
def test_a_senseless_span_does_no_harm(span: str) -> None:
    found = read_html(
        f"<table><tr><th>2019<th>2020</tr><tr><td colspan='{span}'>a<td>1<td>2</table>", "x.html"
    )

    assert len(found.tables) <= 1


@pytest.mark.parametrize(
    ("name", "content", "fault"),
    [
        ("plan.odt", b"x", "dit soort document kan niet worden gelezen"),
        ("plan.txt", b"a\0b", "dit is geen gewone tekst"),
        ("plan.txt", b" \n\n", "er staat geen tekst in"),
        ("plan.html", b"<html></html>", "er staat geen tekst in"),
    ],
)
def test_other_files_are_refused_in_one_line(name: str, content: bytes, fault: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(content)

    with pytest.raises(DocumentError, match=fault) as refused:
        read_document(tmp_path / name)
    assert "\n" not in str(refused.value)


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match="dit bestand bestaat niet"):
        read_document(tmp_path / "weg.pdf")
