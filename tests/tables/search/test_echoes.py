"""Totals of a form that a table repeats."""

from hoka_excel import find_sums
from hoka_excel.core.verdicts import Verdict

HALVES = (
    (54, 17, 60, 23, 64, 13),
    (70, 16, 62, 28, 56, 16),
    (61, 25, 48, 19, 82, 29),
    (37, 14, 71, 26, 45, 22),
)


def marks(curve: int) -> list[list[object]]:
    """Three examinations of two halves each; the second total has a bonus of a few points."""
    names = ("M1 gesloten", "M1 open", "Toets 1", "M2 gesloten", "M2 open", "Toets 2")
    cells: list[list[object]] = [["", *names, "M3 gesloten", "M3 open", "Toets 3"]]
    for number, (a, b, c, d, e, f) in enumerate(HALVES):
        cells.append([f"n{number}", a, b, a + b, c, d, c + d + curve + number, e, f, e + f])
    return cells


def test_a_total_that_is_off_is_told_where_other_copies_of_its_form_tie() -> None:
    found = {one.total: one for one in find_sums(marks(5))}
    for row in range(1, 5):
        assert found[row, 3].verdict is found[row, 9].verdict is Verdict.EXACT
        assert found[row, 6].parts == [(row, 4), (row, 5)]
        assert found[row, 6].verdict is Verdict.MISMATCH


def test_a_copy_of_a_form_that_is_about_something_else_is_left_alone() -> None:
    assert not [one for one in find_sums(marks(400)) if one.total[1] == 6]
