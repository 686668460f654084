"""Writing cells: what changes, what stays, and what is refused."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hoka_excel import Change, HokaError, write_cells
from hoka_excel.workbook.edits import Rules, Value
from hoka_excel.workbook.markup import well_formed
from hoka_excel.workbook.sheets import Formula
from tests.workbook.forged_workbooks import (
    MAIN,
    RELATIONS,
    cell_texts,
    forged,
    members,
    parts,
    relationships,
    signed,
    worksheet,
)
from tests.workbook.real_workbooks import (
    losses,
    needs_real_workbooks,
    openpyxl_reads,
    outcomes,
    real_workbooks,
    set_one_figure,
)

PASSWORD = "HoKa"  # noqa: S105 - opens nothing but the test's own file
SHEET = "xl/worksheets/sheet1.xml"


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return forged(tmp_path / "begroting.xlsx")


def written(book: Path, value: Value, cell: str = "B1") -> str:
    """The markup of a cell after `value` was written there."""
    write_cells(book, {("Blad", cell): value})
    return cell_texts(members(book)[SHEET]).get(cell, "")


def refused(book: Path, cells: Mapping[tuple[str, str], Value]) -> HokaError:
    before = book.read_bytes()
    with pytest.raises(HokaError) as caught:
        write_cells(book, cells)
    assert book.read_bytes() == before
    assert "\n" not in str(caught.value)
    return caught.value


def with_sheet(tmp_path: Path, sheet: str, extra: Mapping[str, str] | None = None) -> Path:
    return forged(tmp_path / "begroting.xlsx", {**parts(Blad=sheet), **(extra or {})})


@pytest.mark.parametrize(
    ("value", "markup"),
    [
        (None, '<c r="B1" s="1"/>'),
        (7, '<c r="B1" s="1"><v>7</v></c>'),
        (Decimal("148400.10"), '<c r="B1" s="1"><v>148400.1</v></c>'),
        (0.1, '<c r="B1" s="1"><v>0.1</v></c>'),
        (True, '<c r="B1" s="1" t="b"><v>1</v></c>'),
        (date(2022, 11, 22), '<c r="B1" s="1"><v>44887</v></c>'),
        (datetime(2022, 11, 22, 12, 0), '<c r="B1" s="1"><v>44887.5</v></c>'),  # noqa: DTZ001 - Excel has no zones
        (
            Formula("SUM(A1:A2)", Decimal("2.5")),
            '<c r="B1" s="1"><f>SUM(A1:A2)</f><v>2.5</v></c>',
        ),
        (
            Formula('"a"&"b"', "ab"),
            '<c r="B1" s="1" t="str"><f>&quot;a&quot;&amp;&quot;b&quot;</f><v>ab</v></c>',
        ),
    ],
)
def test_a_value_is_stored_in_its_own_type_and_keeps_the_style(book: Path, value: Value, markup: str) -> None:
    assert written(book, value) == markup


@pytest.mark.parametrize(
    "text", ["=1+1", "+31", "-1", "@x", "<&>", "é€", " spatie ", "a\nb", "_x0041_", "a\rb", ""]
)
def test_a_text_is_read_back_as_the_same_text_and_never_a_formula(book: Path, text: str) -> None:
    import openpyxl
    from openpyxl.utils.escape import unescape

    write_cells(book, {("Blad", "B1"): text})
    cell = openpyxl.load_workbook(book)["Blad"]["B1"]
    assert unescape(str(cell.value or "")) == text
    assert cell.data_type != "f"
    assert write_cells(book, {("Blad", "B1"): 1}, dry_run=True)[0].old == text


def test_old_values_are_told_with_the_new(book: Path) -> None:
    changes = write_cells(book, {("Blad", "A1"): 1, ("blad", "a3"): 2, ("Blad", "B1"): 3, ("Blad", "C9"): 4})
    assert changes == [
        Change("Blad", "A1", "Bedrag", 1),
        Change("Blad", "A3", Formula("B1*2", 21), 2),
        Change("Blad", "B1", Decimal("10.5"), 3),
        Change("Blad", "C9", None, 4),
    ]


def test_a_dry_run_writes_nothing(book: Path) -> None:
    before = book.read_bytes()
    assert write_cells(book, {("Blad", "A1"): 1}, dry_run=True) == [Change("Blad", "A1", "Bedrag", 1)]
    assert book.read_bytes() == before
    assert list(book.parent.iterdir()) == [book]


def test_writing_no_cells_changes_no_part(book: Path) -> None:
    before = members(book)
    assert write_cells(book, {}) == []
    assert members(book) == before


def test_another_file_can_take_the_result(book: Path, tmp_path: Path) -> None:
    before = book.read_bytes()
    write_cells(book, {("Blad", "A1"): 1}, tmp_path / "nieuw.xlsx")
    assert book.read_bytes() == before
    assert "<v>1</v>" in cell_texts(members(tmp_path / "nieuw.xlsx")[SHEET])["A1"]


def test_a_result_under_the_name_of_another_kind_is_refused(book: Path, tmp_path: Path) -> None:
    source = book.replace(tmp_path / "boek.xlsm")
    with pytest.raises(HokaError, match=r"uit\.xlsx: .* eindigt op \.xlsm"):
        write_cells(source, {("Blad1", "A1"): 1}, tmp_path / "uit.xlsx")
    assert not (tmp_path / "uit.xlsx").exists()


def test_only_the_cell_the_dimension_and_the_spans_change(book: Path) -> None:
    before = members(book)[SHEET].decode()
    write_cells(book, {("Blad", "D1"): 1})
    expected = before.replace('"A1:B3"', '"A1:D3"').replace('"1:2"', '"1:4"')
    expected = expected.replace("<v>10.5</v></c>", '<v>10.5</v></c><c r="D1"><v>1</v></c>')
    assert members(book)[SHEET].decode() == expected


def test_cells_and_rows_land_in_order(book: Path) -> None:
    cells = ("C3", "B2", "A9", "Z1", "A2", "B3")
    write_cells(book, {("Blad", cell): 1 for cell in cells})
    assert list(cell_texts(members(book)[SHEET])) == ["A1", "B1", "Z1", "A2", "B2", "A3", "B3", "C3", "A9"]


def test_emptying_a_cell_that_is_not_there_adds_nothing(book: Path) -> None:
    before = cell_texts(members(book)[SHEET])
    write_cells(book, {("Blad", "C3"): None, ("Blad", "C8"): None})
    assert cell_texts(members(book)[SHEET]) == before


def test_overwriting_a_formula_takes_the_calculation_chain_away_and_asks_for_recalculation(
    book: Path,
) -> None:
    write_cells(book, {("Blad", "A3"): 1})
    after = members(book)
    assert "xl/calcChain.xml" not in after
    assert b"calcChain" not in after["[Content_Types].xml"] + after["xl/_rels/workbook.xml.rels"]
    assert b'<calcPr fullCalcOnLoad="1"/></workbook>' in after["xl/workbook.xml"]


def test_writing_a_value_keeps_the_chain_and_the_stored_results_of_formulas(book: Path) -> None:
    write_cells(book, {("Blad", "B1"): 1})
    after = members(book)
    assert "xl/calcChain.xml" in after
    assert cell_texts(after[SHEET])["A3"] == '<c r="A3"><f>B1*2</f><v>21</v></c>'
    assert b"fullCalcOnLoad" in after["xl/workbook.xml"]


def test_a_workbook_without_formulas_needs_no_recalculation(tmp_path: Path) -> None:
    contents = parts(Blad=worksheet('<row r="1"><c r="A1"><v>1</v></c></row>'))
    del contents["xl/calcChain.xml"]
    links = contents["xl/_rels/workbook.xml.rels"]
    contents["xl/_rels/workbook.xml.rels"] = links.replace("/calcChain", "/other")
    book = forged(tmp_path / "b.xlsx", contents)
    write_cells(book, {("Blad", "A1"): 2})
    assert members(book)["xl/workbook.xml"].decode() == contents["xl/workbook.xml"]


def test_a_new_cell_takes_the_style_of_its_row_or_else_its_column(tmp_path: Path) -> None:
    rows = '<row r="2" s="1" customFormat="1"/>'
    columns = '<cols><col min="2" max="3" style="1"/></cols>'
    book = with_sheet(tmp_path, worksheet(rows, before=columns))
    write_cells(book, {("Blad", cell): 1 for cell in ("A1", "C1", "A2")})
    cells = cell_texts(members(book)[SHEET])
    assert ["s=" in cells[cell] for cell in ("A1", "C1", "A2")] == [False, True, True]


LIKE_TAGS = ':row r="2" x="> zie:row r="2"> x:f t="array" ref="A1:C9"> :f t="array" ref="A1:C9" >'


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ("", '<row r="2"><c r="B2"><v>1</v></c></row>'),
        ('<row r="2"/>', '<row r="2"><c r="B2"><v>1</v></c></row>'),
        (
            "<row><c><v>9</v></c></row><row><c/><c/></row>",
            '<row><c><v>9</v></c></row><row><c/><c r="B2"><v>1</v></c></row>',
        ),
        (
            '<!-- <row r="2"> --><row r="1"><c r="A1"><f><![CDATA[1<row]]></f></c></row>',
            (
                '<!-- <row r="2"> --><row r="1"><c r="A1"><f><![CDATA[1<row]]></f></c></row>'
                '<row r="2"><c r="B2"><v>1</v></c></row>'
            ),
        ),
        (
            "<row r='2'><c r='A2'><v>1</v><!-- </c></row> --></c></row>",
            "<row r='2'><c r='A2'><v>1</v><!-- </c></row> --></c><c r=\"B2\"><v>1</v></c></row>",
        ),
        (
            f'<row r="1"><c r="A1" t="inlineStr"><is><t>{LIKE_TAGS}</t></is></c></row><row r="2"/>',
            (
                f'<row r="1"><c r="A1" t="inlineStr"><is><t>{LIKE_TAGS}</t></is></c></row>'
                '<row r="2"><c r="B2"><v>1</v></c></row>'
            ),
        ),
    ],
    ids=["none", "single tag", "without places", "comment before", "comment inside", "text like tags"],
)
def test_unusual_markup_is_read_for_what_it_is(tmp_path: Path, rows: str, expected: str) -> None:
    book = with_sheet(tmp_path, worksheet(rows))
    write_cells(book, {("Blad", "B2"): 1})
    assert f"<sheetData>{expected}</sheetData>" in members(book)[SHEET].decode()


def test_a_sheet_too_large_to_parse_whole_is_written_the_same(
    book: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cells: dict[tuple[str, str], Value] = {
        ("Blad", "A1"): 1,
        ("Blad", "B2"): "x",
        ("Blad", "C3"): Formula("B1*3", 31),
    }
    write_cells(book, cells, tmp_path / "heel.xlsx")
    monkeypatch.setenv("HOKA_LIMIT_PROVEN_MB", "0")
    write_cells(book, cells, tmp_path / "deel.xlsx")
    assert (tmp_path / "deel.xlsx").read_bytes() == (tmp_path / "heel.xlsx").read_bytes()


@pytest.mark.parametrize(
    "sheet",
    [
        worksheet()[:-20],
        worksheet().replace("</worksheet>", ""),
        worksheet().replace("</v>", "", 1),
        worksheet('<row r="2"/><row r="1"/>'),
        worksheet().replace("<worksheet", "<!DOCTYPE x><worksheet"),
    ],
)
def test_damage_around_the_rows_of_a_large_sheet_or_in_the_row_that_changes_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, sheet: str
) -> None:
    monkeypatch.setenv("HOKA_LIMIT_PROVEN_MB", "0")
    refused(with_sheet(tmp_path, sheet), {("Blad", "A1"): 1})


def test_an_empty_sheet_gets_its_first_row(tmp_path: Path) -> None:
    text = f'<worksheet xmlns="{MAIN}"><sheetData/></worksheet>'
    book = with_sheet(tmp_path, text)
    write_cells(book, {("Blad", "A1"): 1})
    assert b'<sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData>' in members(book)[SHEET]


def test_prefixed_and_strict_workbooks_are_written_in_their_own_way(tmp_path: Path) -> None:
    strict = "http://purl.oclc.org/ooxml/spreadsheetml/main"
    sheet = f'<x:worksheet xmlns:x="{strict}"><x:sheetData><x:row r="1"/></x:sheetData></x:worksheet>'
    contents = {
        name: text.replace(MAIN, strict).replace(
            RELATIONS, "http://purl.oclc.org/ooxml/officeDocument/relationships"
        )
        for name, text in parts(Blad=sheet).items()
    }
    book = forged(tmp_path / "b.xlsx", contents)
    write_cells(book, {("Blad", "A1"): "x"})
    markup = '<x:c r="A1" t="inlineStr"><x:is><x:t xml:space="preserve">x</x:t></x:is></x:c>'
    assert f'<x:row r="1">{markup}</x:row>' in members(book)[SHEET].decode()


@pytest.mark.parametrize("encoding", ["utf-16", "iso-8859-1"])
def test_other_encodings_are_kept_or_turned_into_utf_8(tmp_path: Path, encoding: str) -> None:
    import openpyxl

    rows = '<row r="1"><c r="A1" t="inlineStr"><is><t>é</t></is></c></row>'
    text = worksheet(rows).replace("UTF-8", encoding)
    book = forged(tmp_path / "b.xlsx", {**parts(), SHEET: text.encode(encoding)})
    write_cells(book, {("Blad", "B1"): "ë€"})
    sheet = openpyxl.load_workbook(book)["Blad"]
    assert (sheet["A1"].value, sheet["B1"].value) == ("é", "ë€")


TABLE = f'<table xmlns="{MAIN}" ref="A1:B3" displayName="Lasten"/>'
PIVOT = f'<pivotTableDefinition xmlns="{MAIN}" name="Draai"><location ref="A1:C9"/></pivotTableDefinition>'
LOCK = '<sheetProtection sheet="1"/>'


@pytest.mark.parametrize(
    ("rows", "beside", "cell", "code"),
    [
        ("", '<mergeCells><mergeCell ref="A1:B2"/></mergeCells>', "B1", "merged"),
        ("", '<mergeCells><mergeCell ref="A1:B2"/></mergeCells>', "A2", "merged"),
        ('<row r="1"><c r="A1"><f t="array" ref="A1:A5">x</f></c></row>', "", "A4", "array_formula"),
        ('<row r="1"><c r="A1"><f t="array" ref="A1:A5">x</f></c></row>', "", "A1", "array_formula"),
        ('<row r="2"><c r="B2"><f t="dataTable" ref="B2:C3"/></c></row>', "", "C3", "array_formula"),
        (
            '<row r="1"><c r="A1"><f t="shared" ref="A1:A3" si="0">1</f></c></row>',
            "",
            "A1",
            "shared_formula",
        ),
        ("", ("table", TABLE), "B1", "table_header"),
        ("", ("pivotTable", PIVOT), "C9", "pivot"),
        ("", LOCK, "C9", "locked"),
    ],
)
def test_a_cell_that_is_part_of_something_is_refused(
    tmp_path: Path, rows: str, beside: str | tuple[str, str], cell: str, code: str
) -> None:
    extra = {}
    if isinstance(beside, tuple):
        kind, extra["xl/part.xml"] = beside
        extra["xl/worksheets/_rels/sheet1.xml.rels"] = relationships(r1=(kind, "../part.xml"))
    book = with_sheet(tmp_path, worksheet(rows, beside if isinstance(beside, str) else ""), extra)
    error = refused(book, {("Blad", cell): 1})
    assert error.faults[0].code == f"cells.{code}"
    assert f"Blad!{cell}" in str(error)


@pytest.mark.parametrize(
    ("rows", "after", "cell"),
    [
        ("", '<mergeCells><mergeCell ref="A1:B2"/></mergeCells>', "A1"),
        (
            (
                '<row r="1"><c r="A1"><f t="shared" ref="A1:A2" si="0">1</f></c></row>'
                '<row r="2"><c r="A2"><f t="shared" si="0"/></c></row>'
            ),
            "",
            "A2",
        ),
        ('<row r="1"><c r="A1"><f t="array" ref="A1">x</f></c></row>', "", "A1"),
        ('<row r="1"><c r="A1" s="1"/></row>', LOCK, "A1"),
        ("", f'{LOCK}<protectedRanges><protectedRange sqref="C1 B2:B9" name="x"/></protectedRanges>', "B3"),
        ("", '<sheetProtection sheet="0"/>', "A1"),
    ],
    ids=["merge anchor", "shared member", "one-cell array", "unlocked", "open range", "protection off"],
)
def test_a_cell_beside_them_is_written(tmp_path: Path, rows: str, after: str, cell: str) -> None:
    book = with_sheet(tmp_path, worksheet(rows, after))
    assert "<v>77</v>" in written(book, 77, cell)


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ('<row r="9"><c r="A10"><v>1</v></c></row>', "cells.cell_out_of_row"),
        ('<row r="10"><c r="B10"/><c r="A10"/></row>', "cells.cell_out_of_row"),
        ('<row r="10"><c r="A10"/><c r="A10"/></row>', "cells.cell_out_of_row"),
        ('<row r="10"/><row r="10"/>', "cells.rows_out_of_order"),
        ('<row r="11"/><row r="10"/>', "cells.rows_out_of_order"),
        ('<x:row xmlns:x="' + MAIN + '" r="10"/>', "cells.mixed_prefixes"),
        ('<x:row xmlns:x="' + MAIN + '" r="10"/><row r="20"/>', "cells.mixed_prefixes"),
    ],
)
def test_rows_and_cells_that_disagree_are_refused(tmp_path: Path, rows: str, code: str) -> None:
    assert refused(with_sheet(tmp_path, worksheet(rows)), {("Blad", "A10"): 1}).faults[0].code == code


def test_many_new_cells_are_checked_for_cells_out_of_their_row_too(tmp_path: Path) -> None:
    book = with_sheet(tmp_path, worksheet('<row r="9"><c r="A10"><v>1</v></c></row>'))
    cells = {("Blad", f"A{row}"): 1 for row in range(10, 60)}
    assert refused(book, cells).faults[0].code == "cells.cell_out_of_row"


@pytest.mark.parametrize(
    "sheet",
    [
        worksheet()[:-20],
        worksheet()[:300],
        worksheet().replace("</worksheet>", ""),
        worksheet().replace("</v>", "", 1),
        worksheet("<row r='1'><c r='A1'><v>1 & 2</v></c></row>"),
        worksheet().replace("sheetData", "rijen"),
        "",
        "geen xml",
    ],
)
def test_a_sheet_that_is_cut_off_or_malformed_is_refused(tmp_path: Path, sheet: str) -> None:
    code = refused(with_sheet(tmp_path, sheet), {("Blad", "B5"): 1}).faults[0].code
    assert code in {"package.malformed", "cells.no_rows", "cells.row_open"}


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        ({("Blad", "XFE1"): 1}, "cells.no_address"),
        ({("Blad", "A1048577"): 1}, "cells.no_address"),
        ({("Blad", "A0"): 1}, "place.unknown"),
        ({("Blad", "A1:B2"): 1}, "place.not_one_cell"),
        ({("Weg", "A1"): 1}, "cells.no_sheet"),
        ({("Blad", "A1"): float("nan")}, "cells.not_finite"),
        ({("Blad", "A1"): float("inf")}, "cells.not_finite"),
        ({("Blad", "A1"): 10**400}, "cells.not_finite"),
        ({("Blad", "A1"): "x" * 32_768}, "cells.text_too_long"),
        ({("Blad", "A1"): "\ud800"}, "cells.bad_text"),
        ({("Blad", "A1"): date(1900, 1, 1)}, "cells.bad_date"),
        ({("Blad", "A1"): datetime(2022, 1, 1, tzinfo=UTC)}, "cells.bad_date"),
        ({("Blad", "A1"): Formula("", 1)}, "cells.bad_formula"),
        ({("Blad", "A1"): Formula("A2+" * 4000, 1)}, "cells.bad_formula"),
    ],
)
def test_an_impossible_request_says_what_is_wrong(
    book: Path, cells: Mapping[tuple[str, str], Value], code: str
) -> None:
    assert refused(book, cells).faults[0].code == code


def test_a_chart_sheet_is_refused(tmp_path: Path) -> None:
    contents = parts()
    links = contents["xl/_rels/workbook.xml.rels"]
    contents["xl/_rels/workbook.xml.rels"] = links.replace('/worksheet"', '/chartsheet"')
    assert (
        refused(forged(tmp_path / "b.xlsx", contents), {("Blad", "A1"): 1}).faults[0].code
        == "cells.no_worksheet"
    )


def test_a_signed_workbook_is_refused(tmp_path: Path) -> None:
    assert (
        refused(forged(tmp_path / "b.xlsx", signed(parts())), {("Blad", "A1"): 1}).faults[0].code
        == "package.signed"
    )


def test_a_signature_goes_whole_when_told_to(tmp_path: Path) -> None:
    book = forged(tmp_path / "b.xlsx", signed(parts()))
    write_cells(book, {("Blad", "A1"): 1}, rules=Rules(break_signature=True))
    assert not [name for name in members(book) if "signature" in name]
    assert b"signature" not in members(book)["_rels/.rels"]


def test_an_encrypted_workbook_stays_encrypted(tmp_path: Path) -> None:
    pytest.importorskip("msoffcrypto", reason="msoffcrypto-tool is not installed")
    from hoka_excel.workbook.encryption import encipher, has_password, unlocked

    book = tmp_path / "geheim.xlsx"
    roomy: dict[str, str | bytes] = {**parts(), "xl/media/foto.bin": Random(1).randbytes(8_000)}  # noqa: S311 - repeatable
    with forged(tmp_path / "open.xlsx", roomy).open("rb") as plain, book.open("w+b") as target:
        encipher(plain, PASSWORD, target, book.name)
    assert refused(book, {("Blad", "A1"): 1}).faults[0].code == "package.encrypted"
    with pytest.raises(HokaError, match="wachtwoord"):
        write_cells(book, {("Blad", "A1"): 1}, rules=Rules(password=PASSWORD[::-1]))
    write_cells(book, {("Blad", "A1"): 1}, rules=Rules(password=PASSWORD))
    assert has_password(book)
    with unlocked(book, PASSWORD) as package:
        assert b"<v>1</v>" in package.read(SHEET)


@needs_real_workbooks
def test_real_workbooks_lose_nothing(tmp_path: Path) -> None:
    def write(source: Path, target: Path) -> list[str]:
        change = set_one_figure(source, target)
        reads = openpyxl_reads(target, change) or not openpyxl_reads(source, None)
        return losses(source, target, change) + ([] if reads else ["openpyxl"])

    small = [path for path in real_workbooks(every=4) if path.stat().st_size < 200_000]
    found = outcomes(small, tmp_path, write)
    assert found["lost"] == []
    assert all("ondertekend" in line or "vergrendeld" in line for line in found["refused"])
    assert len(found["written"]) > len(small) * 0.9


def test_a_part_with_damaged_markup_is_refused_or_written_right(tmp_path: Path) -> None:
    seed = Random(20221122)  # noqa: S311 - repeatable
    book, refusals = tmp_path / "b.xlsx", 0
    for _ in range(300):
        contents: dict[str, str | bytes] = {**parts()}
        name = seed.choice(list(contents))
        text = bytearray(str(contents[name]).encode())
        place = seed.randrange(len(text))
        text[place : place + seed.randrange(12)] = bytes(
            seed.choices(b"<>/=\"' &;r1AzZ9", k=seed.randrange(4))
        )
        forged(book, {**contents, name: bytes(text)})
        try:
            write_cells(book, {("Blad", "A3"): 5, ("Blad", "D2"): "x"})
        except HokaError:
            refusals += 1
        else:
            for part, markup in members(book).items():
                assert part == name or list(well_formed([markup], part))
    assert 50 < refusals < 300


VALUES = (
    st.none()
    | st.booleans()
    | st.integers(-(10**300), 10**300)
    | st.decimals(-(10**300), 10**300)
    | st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\ufffe\uffff"), max_size=20)
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(cells=st.dictionaries(st.tuples(st.integers(1, 12), st.integers(1, 30)), VALUES, max_size=12))
def test_what_was_written_is_the_old_value_of_the_next_writing(
    tmp_path: Path, cells: dict[tuple[int, int], Value]
) -> None:
    from hoka_excel.workbook.addresses import address
    from hoka_excel.workbook.sheets import Position

    book = forged(tmp_path / "b.xlsx")
    edits = {("Blad", address(Position(row, column))): value for (row, column), value in cells.items()}
    write_cells(book, edits)
    found = write_cells(book, dict.fromkeys(edits, 0), dry_run=True)
    for change, (key, value) in zip(found, edits.items(), strict=True):
        assert (change.sheet, change.cell) == key
        if isinstance(value, int | Decimal) and not isinstance(value, bool):
            assert isinstance(change.old, int | Decimal)
            assert float(change.old) == float(value)
        else:
            assert change.old == value
