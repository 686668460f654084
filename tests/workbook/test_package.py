"""The zip package: hostile and damaged files are refused in one line, untouched members keep their bytes."""

import io
import random
import struct
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

import pytest

from hoka_excel.core.errors import HokaError, WorkbookError
from hoka_excel.workbook.admission import check_package
from hoka_excel.workbook.cells import write_cells
from hoka_excel.workbook.package import Package, opened
from tests.workbook.forged_workbooks import cell_texts, forged, members, parts, raw_members, worksheet
from tests.workbook.real_workbooks import (
    needs_real_workbooks,
    openpyxl_reads,
    real_workbooks,
    set_one_figure,
)

A1 = {("Blad", "A1"): 5}


def refusal(path: Path) -> str:
    """The code with which a workbook is refused, which then is still the same file."""
    before = path.read_bytes()
    with pytest.raises(WorkbookError) as caught:
        write_cells(path, A1)
    assert path.read_bytes() == before
    assert "\n" not in str(caught.value)
    return caught.value.faults[0].code


def test_untouched_members_are_copied_as_raw_bytes(tmp_path: Path) -> None:
    book = forged(tmp_path / "b.xlsx", parts(Blad=worksheet(), Ander=worksheet()))
    before = raw_members(book)
    write_cells(book, {("Ander", "B1"): 11})
    after = raw_members(book)
    changed = {name for name in before if before[name] != after[name]}
    assert changed == {"xl/worksheets/sheet2.xml", "xl/workbook.xml"}


def test_a_large_member_is_copied_whole(tmp_path: Path) -> None:
    photo = random.Random(1).randbytes(3 << 20)  # noqa: S311 - repeatable
    book = forged(tmp_path / "b.xlsx", {**parts(), "xl/media/foto.bin": photo})
    before = raw_members(book)
    write_cells(book, A1)
    assert raw_members(book)["xl/media/foto.bin"] == before["xl/media/foto.bin"]


def test_the_same_edit_gives_the_same_bytes(tmp_path: Path) -> None:
    book = forged(tmp_path / "b.xlsx")
    write_cells(book, A1, tmp_path / "one.xlsx")
    write_cells(book, A1, tmp_path / "two.xlsx")
    assert (tmp_path / "one.xlsx").read_bytes() == (tmp_path / "two.xlsx").read_bytes()


def test_a_package_written_without_changes_is_the_same_package(tmp_path: Path) -> None:
    book, target = forged(tmp_path / "b.xlsx"), io.BytesIO()
    with opened(book) as package:
        package.write(target, {})
    assert target.getvalue() == book.read_bytes()


def test_stored_members_and_comments_survive(tmp_path: Path) -> None:
    book = tmp_path / "b.xlsx"
    with ZipFile(book, "w", ZIP_DEFLATED) as archive:
        for name, text in parts().items():
            archive.writestr(name, text, ZIP_STORED)
        archive.comment = b"van ons"
    write_cells(book, A1)
    with ZipFile(book) as archive:
        assert archive.comment == b"van ons"
        assert archive.testzip() is None


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("/etc/x", "package.unsafe_name"),
        ("../x", "package.unsafe_name"),
        ("xl/../../x", "package.unsafe_name"),
        ("xl\\..\\..\\x", "package.unsafe_name"),
        ("C:/x", "package.unsafe_name"),
        ("XL/Workbook.xml", "package.duplicate_member"),
    ],
)
def test_a_member_named_to_harm_is_refused(tmp_path: Path, name: str, code: str) -> None:
    assert refusal(forged(tmp_path / "b.xlsx", {**parts(), name: "x"})) == code


def test_a_double_member_is_refused(tmp_path: Path) -> None:
    book = forged(tmp_path / "b.xlsx")
    with pytest.warns(UserWarning, match="Duplicate"), ZipFile(book, "a") as archive:
        archive.writestr("xl/styles.xml", "x")
    assert refusal(book) == "package.duplicate_member"


@pytest.mark.parametrize("part", ["xl/workbook.xml", "xl/worksheets/sheet1.xml", "_rels/.rels"])
def test_a_doctype_is_refused_wherever_it_stands(tmp_path: Path, part: str) -> None:
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>'
    contents = parts()
    head, brace, rest = contents[part].partition("?>")
    contents[part] = head + brace + bomb + rest if brace else bomb + head
    book = forged(tmp_path / "b.xlsx", contents)
    assert refusal(book) == "package.doctype"
    with pytest.raises(WorkbookError, match="DOCTYPE"):
        check_package(book)


def test_a_claim_of_four_gigabytes_is_refused_unread(tmp_path: Path) -> None:
    book = forged(tmp_path / "b.xlsx")
    data = bytearray(book.read_bytes())
    struct.pack_into("<I", data, data.find(b"PK\1\2") + 24, 0xFFFFFFF0)
    book.write_bytes(data)
    assert refusal(book) == "package.too_large"


def test_a_part_that_grows_a_thousandfold_is_refused(tmp_path: Path) -> None:
    book = forged(tmp_path / "b.xlsx", {**parts(), "xl/media/x.bin": b"\0" * (32 << 20)})
    assert refusal(book) == "package.too_large"


def test_too_many_members_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOKA_LIMIT_PARTS", "5")
    assert refusal(forged(tmp_path / "b.xlsx")) == "package.too_many_members"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "package.no_workbook"),
        (b"Jaar;Bedrag\n", "package.no_workbook"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504, "package.encrypted"),
        (b"PK\3\4 en verder niets", "package.damaged"),
    ],
)
def test_what_is_no_workbook_is_told_apart(tmp_path: Path, content: bytes, code: str) -> None:
    book = tmp_path / "b.xlsx"
    book.write_bytes(content)
    assert refusal(book) == code


def test_a_zip_of_something_else_is_no_workbook(tmp_path: Path) -> None:
    assert refusal(forged(tmp_path / "b.xlsx", {"mimetype": "x"})) == "package.no_workbook"


def test_a_binary_workbook_is_named_as_such(tmp_path: Path) -> None:
    contents = {name.replace("workbook.xml", "workbook.bin"): text for name, text in parts().items()}
    contents["_rels/.rels"] = contents["_rels/.rels"].replace("workbook.xml", "workbook.bin")
    assert refusal(forged(tmp_path / "b.xlsb", contents)) == "package.binary"


def test_a_link_that_climbs_out_is_refused(tmp_path: Path) -> None:
    contents = parts()
    links = contents["xl/_rels/workbook.xml.rels"]
    contents["xl/_rels/workbook.xml.rels"] = links.replace("worksheets/sheet1", "../../sheet1")
    assert refusal(forged(tmp_path / "b.xlsx", contents)) == "package.unsafe_name"


def test_links_that_lead_round_in_a_circle_do_no_harm(tmp_path: Path) -> None:
    contents = parts()
    circle = contents["_rels/.rels"].replace("officeDocument", "table").replace('"xl/', '"../worksheets/../')
    contents["xl/worksheets/_rels/sheet1.xml.rels"] = circle.replace('"table"', '"x"').replace(
        "/table", "/circle"
    )
    book = forged(tmp_path / "b.xlsx", contents)
    write_cells(book, A1)
    assert "<v>5</v>" in cell_texts(members(book)["xl/worksheets/sheet1.xml"])["A1"]


def test_a_local_header_that_contradicts_the_directory_is_refused(tmp_path: Path) -> None:
    book = forged(tmp_path / "b.xlsx")
    data = book.read_bytes()
    book.write_bytes(data.replace(b"xl/styles.xml", b"xl/stylez.xml", 1))
    assert refusal(book) == "package.damaged"


def test_damage_in_a_part_that_is_not_touched_is_found(tmp_path: Path) -> None:
    book = forged(tmp_path / "b.xlsx", {**parts(), "xl/media/foto.bin": bytes(range(256)) * 8})
    data = bytearray(book.read_bytes())
    with ZipFile(book) as archive:
        info = archive.getinfo("xl/media/foto.bin")
    data[info.header_offset + 30 + len(info.filename) + info.compress_size // 2] ^= 0xFF
    book.write_bytes(data)
    assert refusal(book) == "package.damaged"


def test_one_far_cell_in_a_small_file_is_refused_for_other_readers(tmp_path: Path) -> None:
    rows = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    book = forged(tmp_path / "b.xlsx", parts(Blad=worksheet(rows)))
    with pytest.raises(WorkbookError) as caught:
        check_package(book)
    assert caught.value.faults[0].code == "package.far_cells"


@pytest.mark.parametrize("rows", ['<row r="1048577"/>', '<row r="1"><c r="XFE1"><v>1</v></c></row>'])
def test_a_cell_outside_the_largest_sheet_is_refused_for_other_readers(tmp_path: Path, rows: str) -> None:
    book = forged(tmp_path / "b.xlsx", parts(Blad=worksheet(rows)))
    with pytest.raises(WorkbookError) as caught:
        check_package(book)
    assert caught.value.faults[0].code == "package.outside_sheet"


def test_parts_that_are_too_large_together_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOKA_LIMIT_PACKAGE_MB", "1")
    book = forged(tmp_path / "b.xlsx", {**parts(), "xl/media/x.bin": bytes(range(256)) * 4096})
    assert refusal(book) == "package.too_large_together"


@pytest.mark.parametrize(
    ("variable", "value"),
    [("HOKA_LIMIT_PART_MB", 1), ("HOKA_LIMIT_GROWTH", 2), ("HOKA_LIMIT_BLOCK_CELLS", 3)],
)
def test_a_limit_can_be_lowered_and_the_refusal_names_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, variable: str, value: int
) -> None:
    book = forged(tmp_path / "b.xlsx", {**parts(), "xl/media/x.bin": bytes(range(256)) * 8192})
    check_package(book)
    monkeypatch.setenv(variable, str(value))
    with pytest.raises(WorkbookError, match=variable):
        check_package(book)


def test_a_long_narrow_sheet_is_not_taken_for_a_far_one(tmp_path: Path) -> None:
    rows = "".join(f'<row r="{row}"><c r="B{row}"><v>1</v></c></row>' for row in (1, 2, 1_000_000))
    check_package(forged(tmp_path / "b.xlsx", parts(Blad=worksheet(rows))))


@needs_real_workbooks
def test_every_real_workbook_passes_the_check_for_readers() -> None:
    refused = []
    for path in real_workbooks(every=4):
        try:
            check_package(path)
        except HokaError as error:
            refused.append(str(error))
    assert refused == []


def mutated(data: bytes, seed: random.Random) -> bytes:
    """Flip up to four bytes, or cut off the end."""
    if seed.random() < 0.2:
        return data[: seed.randrange(len(data))]
    changed = bytearray(data)
    for _ in range(seed.randint(1, 4)):
        changed[seed.randrange(len(changed))] ^= 1 << seed.randrange(8)
    return bytes(changed)


@needs_real_workbooks
def test_a_mutated_workbook_is_refused_or_written_right(tmp_path: Path) -> None:
    seed = random.Random(20221122)  # noqa: S311 - repeatable
    small = [path for path in real_workbooks() if path.stat().st_size < 30_000]
    refused = written = 0
    for _ in range(150):
        source = seed.choice(small)
        book, target = tmp_path / "in.xlsx", tmp_path / "out.xlsx"
        book.write_bytes(mutated(source.read_bytes(), seed))
        try:
            change = set_one_figure(book, target)
        except HokaError:
            refused += 1
        else:
            written += 1
            with target.open("rb") as stream:
                result = Package(stream, target.name)
                result.prove(result.parts)
            assert openpyxl_reads(target, change) or not openpyxl_reads(source, None)
    assert refused > 100
    assert written > 0
