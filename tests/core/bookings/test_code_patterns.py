"""Patterns for the codes of a ledger."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hoka_excel.core.bookings.code_patterns import Code, meet, pattern_of, takes
from hoka_excel.core.errors import LedgerError


@pytest.mark.parametrize(
    ("pattern", "taken", "left"),
    [
        ("4100", ["4100"], ["41000", "410", ""]),
        ("40*", ["40", "4012", "40AB"], ["4", "140", ""]),
        ("4000-4999", ["4000", "4500", "4999"], ["3999", "5000", "40000", "400", "4a00", ""]),
        ("P100-P199", ["p100", "P150"], ["150", "P200", "P0150", "Q150"]),
        ("kp-1-kp-9", ["KP-1", "kp-9"], ["kp-10", "kp1"]),
        ("", ["", "4100", "x"], []),
        ("=2023-2024", ["2023-2024"], ["2023", "2024"]),
        ("=40*", ["40*"], ["401"]),
        ("2023-014", ["2023-014"], ["2023"]),
        (" 0410 ", ["0410"], ["410"]),
    ],
)
def test_a_pattern_takes_its_codes_and_no_others(pattern: str, taken: list[str], left: list[str]) -> None:
    assert [code for code in (*taken, *left) if takes(pattern_of(pattern), code)] == taken


@pytest.mark.parametrize("text", ["4*1", "*40", "**"])
def test_a_star_stands_at_the_end(text: str) -> None:
    with pytest.raises(LedgerError, match="sterretje"):
        pattern_of(text)


def test_a_range_begins_with_its_lowest_code() -> None:
    with pytest.raises(LedgerError, match="eindigt voor het begint"):
        pattern_of("4999-4000")


CODES = ["".join(signs) for length in range(4) for signs in product("a12", repeat=length)]
"""All short codes of three signs, the empty one too."""

codes = st.sampled_from(CODES)
ranges = st.tuples(st.sampled_from(["", "a", "2a"]), st.integers(0, 22), st.integers(0, 22)).map(
    lambda given: f"{given[0]}{min(given[1:]):02}-{given[0]}{max(given[1:]):02}"
)
patterns = st.one_of(codes, codes.map("{}*".format), ranges)


@given(patterns, patterns)
def test_two_patterns_meet_where_some_code_is_taken_by_both(one: str, other: str) -> None:
    first, second = pattern_of(one), pattern_of(other)
    tails = [f"{number:02}" for number in range(23)]
    known = {*CODES, *(head + tail for head in ("", "a", "2a") for tail in tails)}
    exists = any(takes(first, code) and takes(second, code) for code in known)
    assert meet(first, second) == meet(second, first)
    assert meet(first, second) == exists


@given(codes)
def test_a_code_meets_a_pattern_that_takes_it(code: str) -> None:
    assert all(
        meet(Code(code), pattern_of(text)) == takes(pattern_of(text), code) for text in ("1*", "11-22", "")
    )
