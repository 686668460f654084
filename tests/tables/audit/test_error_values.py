"""Error values: where they begin, and who passes them on."""

from tests.tables.made_grids import Rows, audited, codes, grid


def test_an_error_is_told_where_it_begins_before_those_who_pass_it_on() -> None:
    rows: Rows = [["#DIV/0!", 5, "#DIV/0!"], ["#DIV/0!", None, 5]]
    found = audited(grid(rows, A1="SUM(A2:B2)", A2="C2/B2", C1="A1+B1"))
    assert [(f.message.code, f.place.cell, [part.cell for part in f.parts]) for f in found[:3]] == [
        ("audit.error", "A2", []),
        ("audit.error_passed_on", "A1", ["A2"]),
        ("audit.error_passed_on", "C1", ["A1"]),
    ]
    assert str(found[2].message) == (
        "Blad!C1 (=A1+B1) toont de foutwaarde #DIV/0! doordat Blad!A1 die bevat. Herstel die cel eerst."
    )


def test_an_error_is_followed_to_another_sheet() -> None:
    source, reader = grid([["#N/A"]], "Bron"), grid([["#N/A"]], "Lezer", A1="Bron!A1*2")
    assert codes(reader, source) == [("audit.error", "A1"), ("audit.error_passed_on", "A1")]


def test_a_typed_error_begins_where_it_stands() -> None:
    assert codes(grid([["#N/A", "#REF!"]], B1="#REF!+C1")) == [("audit.error", "A1"), ("audit.error", "B1")]


def test_an_error_of_another_kind_than_those_it_reads_begins_where_it_stands() -> None:
    assert codes(grid([["#N/A", "#NAME?"]], B1="WEG(A1)")) == [("audit.error", "A1"), ("audit.error", "B1")]
