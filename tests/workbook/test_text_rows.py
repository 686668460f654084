"""Rows of text files, one at a time."""

from pathlib import Path

import pytest

from hoka_excel.core.errors import WorkbookError
from hoka_excel.workbook.any_file import read_grids
from hoka_excel.workbook.text_file import text_rows

TABLE = "Post;Bedrag\nCafé;1,50\nThé;2,50\n"


def written(folder: Path, data: bytes) -> Path:
    path = folder / "t.csv"
    path.write_bytes(data)
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("delimiter", [";", "\t", ",", "|"])
def test_encoding_and_delimiter_are_found(tmp_path: Path, encoding: str, delimiter: str) -> None:
    text = TABLE.replace(",", ".").replace(";", delimiter)
    rows = list(text_rows(written(tmp_path, text.encode(encoding))))
    assert rows == [(1, ["Post", "Bedrag"]), (2, ["Café", "1.50"]), (3, ["Thé", "2.50"])]


def test_rows_are_those_of_the_whole_table(tmp_path: Path) -> None:
    path = written(tmp_path, TABLE.encode())
    assert [tuple(row) for _, row in text_rows(path)] == read_grids(path)[0].cells


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (TABLE.encode("cp1252") + "Crème;3\n".encode(), "regel 4: een deel van de tekst is UTF-8"),
        (b"a;b\n\x00\x01;2\n", "geen leesbare tekst"),
        (b"\xff\xfea\x00\x00\xd8", "geen leesbare tekst"),
        (b"caf\x81;1\n", "geen leesbare tekst"),
        (b'a;b\n"open;2\n3;4\n', "niet als tabel te lezen"),
        (b'a;b\n"half" open;2\n', "t.csv:"),
        (b"a;b\n" + b"x" * (1 << 23) + b";2\n", "t.csv:1: een regel of veld is langer dan 4.194.304 tekens"),
        (b'a;b\n"' + b"x\n" * (1 << 22) + b'";2\n', "of verhoog HOKA_LIMIT_LINE_CHARACTERS"),
    ],
    ids=[
        "mixed",
        "binary",
        "broken utf-16",
        "no text",
        "open quote",
        "closed early",
        "long line",
        "long field",
    ],
)
def test_what_is_no_table_is_told(tmp_path: Path, data: bytes, told: str) -> None:
    with pytest.raises(WorkbookError, match=told):
        list(text_rows(written(tmp_path, data)))


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(WorkbookError, match="bestaat niet"):
        list(text_rows(tmp_path / "weg.csv"))
