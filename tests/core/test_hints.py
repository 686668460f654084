"""What points at a figure without proving it."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hoka_excel.core.figures import MISSING, Figure, Printed
from hoka_excel.core.hints import common_multiple, hints_for, transposed
from hoka_excel.core.intervals import Interval

TIME_FOR_TEACHERS = [Printed(value, 1) for value in (148400, 159000, 180200, 238500, 265000, 318000)]


def around(value: int | str, room: int | str = 1) -> Interval:
    return Interval(Fraction(value), Fraction(value)).widened(Fraction(room))


def codes(
    stated: Printed, mended: Interval, row: list[Figure] | None = None, place: int | None = None
) -> list[str]:
    return [hint.code for hint in hints_for(stated, mended, row or (), place)]


@pytest.mark.parametrize(
    ("stated", "meant", "code"),
    [
        (Printed(452096, 1), 450296, "hint.transposed"),
        (Printed("14.26", "0.01"), "12.46", "hint.transposed"),
        (Printed(-1250, 1), 1250, "hint.sign"),
        (Printed(1250, 1), 12500, "hint.factor"),
        (Printed(1250, 1), 125000, "hint.factor"),
        (Printed(1250000, 1), 1250, "hint.factor"),
    ],
)
def test_a_common_slip_is_named(stated: Printed, meant: int | str, code: str) -> None:
    assert codes(stated, around(meant, 0)) == [code]


def test_the_error_of_2024_looks_like_no_common_slip() -> None:
    assert codes(Printed(452096, 1), around(451814)) == []


def test_a_line_of_multiples_speaks_for_a_figure_that_is_one() -> None:
    assert common_multiple(TIME_FOR_TEACHERS) == 5300
    [hint] = hints_for(TIME_FOR_TEACHERS[3], around(237852, 2), TIME_FOR_TEACHERS, 3)
    assert str(hint) == (
        "238.500 is een veelvoud van 5.300, zoals de hele regel; dat pleit ervoor dat dit bedrag klopt."
    )


def test_a_line_of_multiples_speaks_against_a_figure_that_is_none() -> None:
    row = [*TIME_FOR_TEACHERS[:3], Printed(237852, 1), *TIME_FOR_TEACHERS[4:]]
    [hint] = hints_for(Printed(237852, 1), around(238500, 5), row, 3)
    assert hint.render("en") == ("The line otherwise holds multiples of 5,300; 237,852 is none, 238,500 is.")


def test_two_figures_or_small_multiples_make_no_line_of_multiples() -> None:
    assert common_multiple(TIME_FOR_TEACHERS[:2]) is None
    assert common_multiple([Printed(value, 1) for value in (10, 20, 30)]) is None
    assert common_multiple([]) is None


def test_a_figure_that_stands_beside_itself_may_be_copied() -> None:
    row: list[Figure] = [MISSING, Printed(446609, 1), Printed(446609, 1)]
    assert codes(Printed(446609, 1), around(455606), row, 2) == ["hint.copied"]
    assert codes(Printed(446609, 1), around(446609), row, 2) == []


@given(st.integers(-(10**12), 10**12))
def test_swapping_two_digits_keeps_them_all(value: int) -> None:
    for other in transposed(Printed(value, 1)):
        assert sorted(f"{abs(other):0{len(str(abs(value)))}f}") == sorted(str(abs(value)))
        assert other != value


@given(st.integers(1, 10**9), st.integers(1, 10**9))
def test_every_hint_is_about_a_figure_that_would_mend(stated: int, meant: int) -> None:
    for hint in hints_for(Printed(stated, 1), around(meant, 3)):
        assert abs(Fraction(str(hint.values["meant"])) - meant) <= 3
