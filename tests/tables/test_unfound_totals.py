"""Totals that add up nothing that was found are told with the reason."""

import pytest

from hoka_excel.core.verdicts import Verdict
from hoka_excel.tables.grid import Grid
from hoka_excel.tables.sheet_checks import check_grids
from tests.tables.made_grids import Rows

LINES: Rows = [["", "2023"], ["a", 1201], ["b", 2440]]


def remarks(grid: Grid) -> list[str]:
    return [str(remark) for remark in check_grids([grid]).remarks]


@pytest.mark.parametrize(
    ("total", "reason"),
    [
        (999_999, "geen reeks regels eromheen komt op dit bedrag of in de buurt ervan"),
        (0, "het bedrag is nul"),
    ],
)
def test_a_labelled_total_without_a_sum_says_why(total: int, reason: str) -> None:
    (remark,) = remarks(Grid("Blad", [*LINES, ["Totaal baten", total]]))
    assert remark == f"Totaal baten: voor Blad!B4 is geen optelling gevonden (1): {reason}."


def test_totals_of_which_nothing_can_be_said_are_summed_up_in_a_note() -> None:
    unlike: Rows = [[f"Totaal {number}", 7919**number] for number in range(1, 8)]
    (note,) = check_grids([Grid("Blad", [*LINES, ["Totaal", 3641], *unlike])]).notes
    listed = "; ".join(f"Totaal {number} (Blad!B{number + 4})" for number in range(1, 6))
    assert str(note).startswith(f"Niet te toetsen: {listed}; en 2 andere. ")


@pytest.mark.parametrize("total", [0, 3641])
def test_a_total_that_ties_or_is_nil_needs_no_note(total: int) -> None:
    assert not check_grids([Grid("Blad", [*LINES, ["Totaal", total]])]).notes


def test_a_total_that_stands_alone_says_so() -> None:
    (remark,) = remarks(Grid("Blad", [["Totaal", 12]]))
    assert "geen twee andere bedragen" in remark


def test_a_total_of_which_the_formula_says_something_else_says_so() -> None:
    (remark,) = remarks(Grid("Blad", [*LINES, ["Totaal", 48_820]], {(3, 1): "B3*20+20"}))
    assert "de cel rekent met een formule" in remark


def test_every_labelled_total_is_found_or_told() -> None:
    rows: Rows = [["", "2023", "2024"], ["a", 1201, 330], ["b", 2440, 512], ["Totaal", 3641, 999_999]]
    found = check_grids([Grid("Blad", rows)])
    told = {finding.place.cell for finding in found.checks} | {
        cell for remark in found.remarks for cell in ("B4", "C4") if f"Blad!{cell}" in str(remark)
    }
    assert told == {"B4", "C4"}
    assert Verdict.EXACT in {finding.verdict for finding in found.checks}


def test_a_sheet_without_words_for_a_total_has_no_remarks() -> None:
    assert remarks(Grid("Blad", [["a", 1], ["b", 2], ["c", 99]])) == []
