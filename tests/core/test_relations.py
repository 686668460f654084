"""One relation judged by itself."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hoka_excel.core.figures import Printed, Reason
from hoka_excel.core.relations import Rate, Ratio, Same, Share, Sum, assess, keys_of
from hoka_excel.core.verdicts import Verdict

CELLS = {
    "euro": Printed.parse("€ 446.609"),
    "fte": Printed.parse("5,30"),
    "total": Printed.parse("€ 893.217"),
    "kgw": Printed.parse("0,72"),
    "84K": Printed.parse("84K"),
}


def test_the_printed_rate_ties_as_84k_and_contradicts_as_exactly_84000() -> None:
    assert assess(Rate("euro", "fte", Printed.parse("84K")), CELLS).verdict is Verdict.ROUNDING
    assert assess(Rate("euro", "fte", Printed(84000, 0)), CELLS).verdict is Verdict.MISMATCH


def test_a_rate_may_be_a_cell_and_an_unknown_one_cannot_be_tested_by_itself() -> None:
    assert assess(Rate("euro", "fte", "84K"), CELLS).verdict is Verdict.ROUNDING
    assert assess(Rate("euro", "fte", "unknown"), CELLS).reason is Reason.MISSING


def test_a_rate_of_zero_cannot_be_tested() -> None:
    assert assess(Rate("euro", "fte", Printed(0, 0)), CELLS).reason is Reason.NOT_POSITIVE


def test_a_half_euro_may_go_either_way() -> None:
    ratio = Ratio("euro", "total", Decimal(3), Decimal(6))
    assert assess(ratio, CELLS).verdict is Verdict.EXACT
    down = CELLS | {"euro": Printed(446608, 1)}
    assert assess(ratio, down).verdict is Verdict.ROUNDING
    off = CELLS | {"euro": Printed(446607, 1)}
    assert assess(ratio, off).verdict is Verdict.MISMATCH


def test_a_figure_rounded_so_as_to_add_up_may_lie_a_whole_step_off() -> None:
    cells = CELLS | {"total": Printed(893218, 1), "euro": Printed(446608, 1)}
    nearest, additive = (
        Ratio("euro", "total", Decimal(3), Decimal(6), Decimal(room)) for room in ("0", "0.5")
    )
    assert assess(nearest, cells).verdict is Verdict.MISMATCH
    assert assess(additive, cells).verdict is Verdict.ROUNDING
    assert assess(additive, cells | {"euro": Printed(446607, 1)}).verdict is Verdict.MISMATCH


@pytest.mark.parametrize(
    ("own", "top", "verdict"),
    [("40000", "40000", Verdict.EXACT), ("40000", "0", Verdict.MISMATCH), ("0", "0", Verdict.MISMATCH)],
    ids=["fixed amount at the expense of all", "fixed amount on top", "no fixed amount"],
)
def test_only_one_reading_of_the_fixed_amount_fits_kgw(own: str, top: str, verdict: Verdict) -> None:
    share = Share("kgw", "euro", Printed.parse("0,0515"), Decimal(own), Decimal(top), Printed("84272.4", 0))
    assert assess(share, CELLS).verdict is verdict


def test_a_relation_over_a_cell_that_is_not_there_is_untestable() -> None:
    assert assess(Same("euro", "nowhere"), CELLS).reason is Reason.MISSING


def test_a_relation_names_its_cells_with_the_checked_one_first() -> None:
    assert keys_of(Sum("t", ["a", "b"])) == ("t", "a", "b")
    assert keys_of(Rate("e", "f", "r")) == ("f", "e")


amounts = st.integers(0, 10**12)


@given(st.lists(amounts, min_size=1, max_size=8), st.integers(-50, 50))
def test_a_sum_ties_exactly_when_the_difference_is_at_most_its_tolerance(parts: list[int], off: int) -> None:
    cells = {index: Printed(part, 1) for index, part in enumerate(parts)}
    check = assess(Sum("total", range(len(parts))), cells | {"total": Printed(sum(parts) + off, 1)})
    assert check.tolerance == Decimal(len(parts) + 1) / 2
    assert (check.verdict is Verdict.MISMATCH) == (abs(off) > check.tolerance)
    assert check.difference == off
