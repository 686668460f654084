"""Whatever a text holds, no figure is invented and none is lost on the way."""

from itertools import chain

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hoka_excel.documents.claims import claims_in
from hoka_excel.documents.sentences import sentences_of
from hoka_excel.documents.text_file import read_text

pieces = st.sampled_from(
    [
        "2019 2020 2021",
        "Reis",
        "voor",
        "€ 1.200",
        "5,30",
        "-",
        "Totaal",
        "12",
        "FTE FTE FTE",
        ".",
        "2019",
        "\t",
        "\f",
    ]
)
texts = st.lists(st.lists(pieces, max_size=6).map(" ".join), max_size=25).map("\n".join)


def squeezed(text: str) -> str:
    return "".join(text.split())


@settings(deadline=None)
@given(texts)
def test_every_cell_stands_on_its_own_line(text: str) -> None:
    pages = [page.splitlines() for page in text.removesuffix("\f").split("\f")]

    for table in read_text(text, "x.txt").tables:
        for cell in chain.from_iterable(row.cells for row in table.rows):
            assert squeezed(cell.text) in squeezed(pages[cell.spot.page - 1][cell.spot.line - 1])


@settings(deadline=None)
@given(texts.map(lambda text: text.replace("\t", " ")))
def test_every_digit_of_running_lines_ends_in_a_table_or_in_the_text(text: str) -> None:
    document = read_text(text, "x.txt")
    in_tables = [
        part
        for table in document.tables
        for part in (table.title, *table.columns, *chain.from_iterable(table.grid[1:]))
    ]
    kept = "".join([*in_tables, *(line.text for line in document.prose)])

    assert all(kept.count(digit) >= 1 for digit in "0123456789" if digit in text)


@pytest.mark.timeout(60)
@pytest.mark.parametrize("text", ["2019 " * 100_000 + "x", "plan " * 200_000, "1 " * 200_000, "(" * 500_000])
def test_one_endless_line_is_read_without_delay(text: str) -> None:
    claims = [claims_in(sentence) for sentence in sentences_of(read_text(text, "x.txt").prose)]

    assert not any(claims)


def test_a_form_feed_starts_a_page() -> None:
    document = read_text("een\ftwee\n\f", "x.txt")

    assert (document.pages, [line.spot.page for line in document.prose]) == (2, [1, 2])
