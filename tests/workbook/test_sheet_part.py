"""A sheet taken apart as it goes by: the same, however it is cut into pieces."""

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hoka_excel.core.errors import WorkbookError
from hoka_excel.workbook import sheet_rows
from hoka_excel.workbook.markup import Splice, spliced, splicing
from hoka_excel.workbook.sheet_part import SheetPart
from tests.workbook.forged_workbooks import MAIN, worksheet

PLAIN = "".join(f'<row r="{row}"><c r="A{row}"><v>{row}</v></c></row>' for row in (2, 3, 5, 8, 9, 12, 13))
NO_NUMBERS = "<row><c/></row>" * 3 + '<row spans="1:2" r="6"><c/></row><row r = \'8\'/><row><c/></row>'
PREFIXED = PLAIN.replace("<", "<x:").replace("<x:/", "</x:")
COMMENTED = PLAIN.replace('<row r="8">', '<!-- </sheetData> <row r="7"> --><row r="8">').replace(
    "<v>9</v>", "<f><![CDATA[</row>]]></f>"
)
TAIL = '<mergeCells><mergeCell ref="A20:B21"/></mergeCells><rowBreaks/><row>3</row>'
NUMBERS = (1, 2, 3, 4, 6, 8, 9, 13, 40)


def prefixed() -> bytes:
    text = worksheet(PREFIXED, '<x:pageMargins/><row r="99"/>').replace("sheetData", "x:sheetData")
    return text.replace("<worksheet", f'<worksheet xmlns:x="{MAIN}"').encode()


SHEETS = {
    "plain": worksheet(PLAIN, TAIL).encode(),
    "without numbers": worksheet(NO_NUMBERS, TAIL).encode(),
    "commented": worksheet(COMMENTED, TAIL).encode(),
    "comment at the end": worksheet(PLAIN, "<!-- </sheetData> -->").encode(),
    "prefixed": prefixed(),
    "no rows": worksheet("", TAIL).encode(),
    "one tag": worksheet("", TAIL).replace("<sheetData></sheetData>", "<sheetData />").encode(),
}


@pytest.fixture(params=SHEETS)
def sheet(request: pytest.FixtureRequest) -> bytes:
    return SHEETS[request.param]


def cut(text: bytes, length: int) -> Iterator[bytes]:
    return (text[place : place + length] for place in range(0, len(text), length))


@pytest.fixture(params=[1, 1 << 19], ids=["a row a block", "one block"])
def _blocks(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheet_rows, "_BLOCK", request.param)


@pytest.mark.usefixtures("_blocks")
@pytest.mark.parametrize("length", [1, 7, 64, 10_000])
def test_however_it_is_cut_the_sheet_is_taken_apart_the_same(sheet: bytes, length: int) -> None:
    whole = SheetPart.of("Blad", [sheet], NUMBERS)
    assert SheetPart.of("Blad", cut(sheet, length), NUMBERS) == whole
    before, after = sheet[: whole.data.inside], sheet[whole.data.stop :]
    assert (whole.before, whole.after) == (before, after)
    assert whole.head[-1] == whole.data


@pytest.mark.usefixtures("_blocks")
def test_a_row_is_found_with_all_its_text_and_a_gap_where_it_belongs(sheet: bytes) -> None:
    part = SheetPart.of("Blad", cut(sheet, 50), NUMBERS)
    assert list(part.rows) == list(NUMBERS)
    places = [row.start for row in part.rows.values()]
    assert places == sorted(places)
    for number, row in part.rows.items():
        assert row.number == number
        if not row.is_gap:
            assert sheet[row.start : row.stop] == row.text
            assert row.text.startswith(b"<" + part.prefix.encode() + b"row")
            assert row.text.endswith((b"row>", b"/>"))


@pytest.mark.parametrize(
    ("name", "gaps"),
    [
        ("plain", {1, 4, 6, 40}),
        ("without numbers", {4, 13, 40}),
        ("commented", {1, 4, 6, 40}),
        ("prefixed", {1, 4, 6, 40}),
        ("no rows", set(NUMBERS)),
        ("one tag", set(NUMBERS)),
    ],
)
def test_only_rows_that_are_not_there_are_gaps(name: str, gaps: set[int]) -> None:
    part = SheetPart.of("Blad", [SHEETS[name]], NUMBERS)
    assert {number for number, row in part.rows.items() if row.is_gap} == gaps


@pytest.mark.usefixtures("_blocks")
@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ('r="9"', 'r="8"', "cells.rows_out_of_order"),
        ('r="13"', 'r="1048577"', "cells.rows_out_of_order"),
        ('<row r="9"', '<x:row r="9"', "cells.mixed_prefixes"),
        ("</sheetData>", "", "cells.no_rows"),
        ("</sheetData>", "</sheetData", "package.malformed"),
        ("</sheetData>", "</sheetData><sheetData><row/></sheetData>", "cells.no_rows"),
        ("<v>13</v></c></row>", "<v>13</v></c>", "cells.row_open"),
    ],
)
def test_rows_in_the_wrong_place_are_refused_also_where_none_is_wanted(old: str, new: str, code: str) -> None:
    text = SHEETS["plain"].replace(old.encode(), new.encode(), 1)
    with pytest.raises(WorkbookError) as caught:
        SheetPart.of("Blad", cut(text, 50), {13} if code == "cells.row_open" else ())
    assert caught.value.faults[0].code == code


@pytest.mark.usefixtures("_blocks")
@pytest.mark.parametrize(
    ("cell", "has_formulas", "filled"),
    [
        ("<f>A1</f>", True, []),
        ("<f/>", True, []),
        ('<f t="array" ref="B5:C9">1</f>', True, ["B5:C9"]),
        ("<f ref='B5' t = 'dataTable'/>", True, ["B5"]),
        ("<is><t>of f, array :f t='array' ref='A1:A2'</t></is>", False, []),
        ("<!-- <f t='array' ref='A1:A2'/> -->", False, []),
        ("<v>1</v>", False, []),
    ],
)
def test_formulas_are_seen_and_texts_like_them_are_not(
    cell: str, has_formulas: bool, filled: list[str]
) -> None:
    text = SHEETS["plain"].replace(b"<v>5</v>", cell.encode())
    part = SheetPart.of("Blad", cut(text, 50))
    assert (part.has_formulas, part.filled) == (has_formulas, filled)


@given(data=st.data(), text=st.binary(max_size=60))
def test_splices_in_pieces_are_those_in_the_whole(data: st.DataObject, text: bytes) -> None:
    places = sorted(data.draw(st.lists(st.integers(0, len(text)), max_size=8)))
    bounds = list(zip(places[::2], places[1::2], strict=False))
    splices = [Splice(start, stop, data.draw(st.binary(max_size=5))) for start, stop in bounds]
    expected, reached = b"", 0
    for splice in splices:
        expected += text[reached : splice.start] + splice.text
        reached = splice.stop
    expected += text[reached:]
    assert spliced(text, splices) == expected
    pieces = list(cut(text, data.draw(st.integers(1, 20)))) or [b""]
    assert b"".join(splicing(pieces, splices)) == expected
