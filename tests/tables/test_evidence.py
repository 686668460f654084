"""What counts as evidence that one line is the sum of others."""

import random

from hoka_excel import find_sums
from hoka_excel.core.verdicts import Verdict


def test_rounding_errors_of_many_parts_cancel_and_so_prove_nothing_when_they_do_not() -> None:
    chance = random.Random(3)  # noqa: S311 - not for secrets
    cells: list[list[object]] = [["", *(f"punt {number}" for number in range(30)), "cijfer"]]
    for number in range(12):
        marks = [chance.randint(8, 12) for _ in range(30)]
        cells.append([f"n{number}", *marks, sum(marks) + chance.choice((-14, -11, 11, 14))])
    assert not [one for one in find_sums(cells) if one.total[1] == 31]


def test_a_total_of_rounded_parts_is_found_although_it_is_off_by_one() -> None:
    cells: list[list[object]] = [["", "een", "twee", "drie"]]
    cells += [["a", 1201, 3307, 7180], ["b", 2440, 5126, 9644], ["Totaal", 3642, 8432, 16824]]
    verdicts = {one.total: one.verdict for one in find_sums(cells)}
    assert verdicts == {
        (3, 1): Verdict.ROUNDING,
        (3, 2): Verdict.ROUNDING,
        (3, 3): Verdict.EXACT,
    }
