"""Linear equations, solved exactly near a rough solution."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from hoka_excel.core.localising.elimination import Equation, solve_near

SMALL = st.integers(-5, 5).map(Fraction)
NAMES = "abcdef"
FACTORS = st.dictionaries(st.sampled_from(NAMES), SMALL, min_size=1)
SOLUTION = st.fixed_dictionaries(dict.fromkeys(NAMES, SMALL))


def left_of(equation: Equation[str], values: dict[str, Fraction]) -> Fraction:
    factors, constant = equation
    return sum((factor * values[name] for name, factor in factors.items()), -constant)


def true_of(rows: list[dict[str, Fraction]], solution: dict[str, Fraction]) -> list[Equation[str]]:
    """Give each row the constant that makes it hold at the solution."""
    return [(row, left_of((row, Fraction(0)), solution)) for row in rows]


@given(st.lists(FACTORS), st.lists(FACTORS), SOLUTION, SOLUTION)
def test_equations_with_a_solution_are_solved_all(
    required: list[dict[str, Fraction]],
    wished: list[dict[str, Fraction]],
    solution: dict[str, Fraction],
    guess: dict[str, Fraction],
) -> None:
    needed, wanted = true_of(required, solution), true_of(wished, solution)
    found = solve_near(needed, wanted, guess)
    assert found is not None
    assert not any(left_of(equation, found) for equation in (*needed, *wanted))


@given(st.lists(FACTORS), SOLUTION)
def test_a_guess_that_solves_them_is_kept(
    rows: list[dict[str, Fraction]], guess: dict[str, Fraction]
) -> None:
    assert solve_near(true_of(rows, guess), [], guess) == guess


@given(st.lists(FACTORS, min_size=1), SOLUTION)
def test_equations_that_contradict_each_other_have_no_solution(
    rows: list[dict[str, Fraction]], solution: dict[str, Fraction]
) -> None:
    equations = true_of(rows, solution)
    factors, constant = equations[0]
    assert solve_near([*equations, (factors, constant + 1)], [], {}) is None


def test_of_wishes_that_contradict_each_other_the_first_is_granted() -> None:
    one = Fraction(1)
    found = solve_near(
        [({"x": one, "y": one}, Fraction(5))], [({"x": one}, one), ({"x": one}, Fraction(2))], {}
    )
    assert found == {"x": Fraction(1), "y": Fraction(4)}
