"""What is told of a formula or number that is not what its sheet needs: the cell, why, and the remedy."""

import pytest

from hoka_excel.tables.audit.stored_values import compare_values
from hoka_excel.tables.grid import Grid
from hoka_excel.tables.sheet_checks import check_grids
from tests.tables.made_grids import Rows, audited

LINES: Rows = [["", "x", "y"], ["a", 1201, 330], ["b", 2440, 512], ["Totaal", 3641, 842]]


@pytest.mark.parametrize(
    ("rows", "formulas", "told"),
    [
        (
            [[1, 2, 3, 4], [2, 4, 7, 8]],
            {(1, 0): "A1*2", (1, 1): "B1*2", (1, 3): "D1*2"},
            (
                "Blad!C2 is een ingetypt getal tussen de formules Blad!B2, Blad!D2 (zoals =B1*2). Zet de "
                "formule terug, of leg het getal uit."
            ),
        ),
        (
            [[1, 2, 3, 4], [2, 4, 9, 8]],
            {(1, 0): "A1*2", (1, 1): "B1*2", (1, 2): "C1*3", (1, 3): "D1*2"},
            (
                "Blad!C2 (=C1*3) wijkt af van de formules ernaast, Blad!B2, Blad!D2 (zoals =B1*2). Kopieer "
                "de formule, of leg de afwijking uit."
            ),
        ),
        (
            [[10], ["20"], [10]],
            {(2, 0): "SUM(A1:A2)"},
            (
                "Blad!A3 (=SUM(A1:A2)) slaat Blad!A2 over: daar staat een getal als tekst. Zet de tekst om "
                "in een getal."
            ),
        ),
        (
            [[10], [20], [30], [60]],
            {(2, 0): "SUM(A1:A2)", (3, 0): "SUM(A1:A3)"},
            (
                "Blad!A4 (=SUM(A1:A3)) telt dubbel: cellen van hetzelfde bereik zijn al opgeteld in Blad!A3. "
                "Tel de subtotalen op, of gebruik SUBTOTAAL."
            ),
        ),
        (
            [[4, None, 0]],
            {(0, 2): "A1*B1"},
            "Blad!C1 (=A1*B1) rekent met de lege cel Blad!B1. Controleer de verwijzing.",
        ),
        (
            [[4, None, 0]],
            {(0, 2): "B1"},
            "Blad!C1 (=B1) neemt de lege cel Blad!B1 over en toont 0. Controleer de verwijzing.",
        ),
        (
            [[0, 0]],
            {(0, 0): "B1+1", (0, 1): "A1"},
            "Blad!A1 hangt af van zijn eigen uitkomst, via Blad!A1, Blad!B1. Doorbreek de kring.",
        ),
    ],
    ids=["typed", "pattern", "text in a sum", "double", "blank operand", "blank reference", "circle"],
)
def test_what_an_audit_finds_is_told_in_full(
    rows: Rows, formulas: dict[tuple[int, int], str], told: str
) -> None:
    assert [str(finding.message) for finding in audited(Grid("Blad", rows, formulas))] == [told]


def test_a_total_typed_in_among_calculated_ones_says_what_it_adds_up() -> None:
    checks = check_grids([Grid("Blad", LINES, {(3, 1): "SUM(B2:B3)"})]).checks
    assert (
        "Blad!C4 is een ingetypt totaal, terwijl andere totalen op dit blad formules zijn. Zet er een "
        "formule neer die Blad!C2, Blad!C3 optelt."
    ) in [str(check.message) for check in checks]


@pytest.mark.parametrize(
    ("formula", "stored", "fresh", "told"),
    [
        ("NOW()", 1, 2, "omdat de uitkomst elke keer anders is"),
        ("[1]Blad1!A1", 1, 2, "omdat andere werkboeken niet worden geopend"),
        ("NIEUW(A1)", 1, "#NAME?", "omdat LibreOffice de functie niet kent"),
        ("B1+1", 1, 2, "omdat de formules van elkaar afhangen"),
        ("A1*2", None, 2, "omdat er geen uitkomst bij de formule is opgeslagen"),
    ],
    ids=["volatile", "external", "unknown", "circular", "no value"],
)
def test_what_was_not_compared_says_why_and_where(
    formula: str, stored: object, fresh: object, told: str
) -> None:
    before, after = (Grid("Blad", [[1, shown]], {(0, 1): formula}) for shown in (stored, fresh))
    _, note = compare_values([before], [after]).notes
    assert str(note) == f"Niet vergeleken (1), {told}: Blad!B1."
