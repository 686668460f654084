"""What counts as evidence that one line is the sum of others."""

import random
from dataclasses import replace

import numpy as np
import pytest

from hoka_excel import find_sums
from hoka_excel.core.verdicts import Verdict
from hoka_excel.tables.figures import read_figures
from hoka_excel.tables.search.evidence import Form, fit, fit_together, sampled_bits
from hoka_excel.tables.search.lanes import lanes_along


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


def test_a_lane_with_the_proportions_of_an_earlier_one_tells_next_to_nothing() -> None:
    lanes = lanes_along(read_figures([[113, 226, 4234], [319, 638, 517], [432, 864, 4751]]), by_column=True)
    found = fit(lanes, 2, (0, 1))
    assert (found.full > 0).all()
    assert found.bits[[0, 2]].tolist() == found.full[[0, 2]].tolist()
    assert 0 < found.bits[1] < found.full[1] / 10


def table_and_patterns() -> tuple[list[list[float | None]], list[Form]]:
    chance = random.Random(5)  # noqa: S311 - not for secrets
    cells = [[chance.choice((None, 0, chance.randint(-900, 900) / 10)) for _ in range(6)] for _ in range(40)]
    cells += [[sum(row[lane] or 0 for row in cells[:20]) for lane in range(6)]]
    patterns = [(40, tuple(range(20)))]
    for size in (2, 3, 20):
        drawn = [chance.sample(range(41), size + 1) for _ in range(30)]
        patterns += [(places[0], tuple(sorted(places[1:]))) for places in drawn]
    return cells, patterns


@pytest.mark.parametrize("near", [False, True])
def test_patterns_tried_together_fare_as_they_do_one_by_one(*, near: bool) -> None:
    cells, patterns = table_and_patterns()
    together, alone = (lanes_along(read_figures(cells), by_column=True) for _ in range(2))
    fit_together(together, patterns, near=near)
    assert together.fits.keys() == {(total, parts, near) for total, parts in patterns}
    for total, parts in patterns:
        one, other = together.fits[total, parts, near], fit(alone, total, parts, near=near)
        for told, expected in zip(one, other, strict=True):
            assert np.array_equal(told, expected)


@pytest.mark.parametrize("near", [False, True])
@pytest.mark.parametrize("sample", [[0, 1, 2], [0, 2, 5]], ids=["side by side", "apart"])
def test_what_patterns_prove_in_some_lanes_is_what_they_prove_where_there_are_no_others(
    sample: list[int], *, near: bool
) -> None:
    cells, patterns = table_and_patterns()
    figures = read_figures(cells)
    lanes = lanes_along(figures, by_column=True)
    some = replace(figures, value=figures.value[:, sample], column_unit=figures.column_unit[sample])
    no_others = lanes_along(some, by_column=True)
    proved = sampled_bits(lanes, patterns, np.array(sample), near=near)
    assert proved.tolist() == pytest.approx(
        [fit(no_others, total, parts, near=near).bits.sum() for total, parts in patterns]
    )
    assert proved.max() > 0 > proved.min()
