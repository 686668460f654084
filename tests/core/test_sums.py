"""Checking one total."""

import json
from decimal import Decimal
from pathlib import Path

import pytest

from hoka_excel.core.figures import MISSING, Printed
from hoka_excel.core.sums import check_sum
from hoka_excel.core.verdicts import Verdict

CASES = Path(__file__).parents[3] / "shared/data/calc11/cases.json"
CONFORMANCE = {
    "consistent": {Verdict.EXACT, Verdict.ROUNDING},
    "inconsistent": {Verdict.MISMATCH, Verdict.DOUBLE_ROUNDING},
    "blocked": {Verdict.UNTESTABLE},
}


def fact(data: dict[str, object]) -> Printed:
    decimals = data["d"]
    unit = Decimal(0) if decimals == "INF" else Decimal(1).scaleb(-int(str(decimals)))
    return Printed(str(data["v"]), unit)


@pytest.mark.skipif(not CASES.exists(), reason="the conformance cases of shared/data/calc11 are not here")
def test_every_conformance_case_gets_its_verdict() -> None:
    cases = json.loads(CASES.read_text(encoding="utf-8"))
    wrong = []
    for case in cases:
        parts = [[fact(statement) for statement in item["facts"]] for item in case["items"]]
        weights = [Decimal(str(item["w"])) for item in case["items"]]
        verdict = check_sum(parts, [fact(statement) for statement in case["total"]], weights).verdict
        if verdict not in CONFORMANCE[case["verdict"]]:
            wrong.append((case["id"], case["verdict"], verdict))
    assert wrong == []
    assert len(cases) == 1239


def euros(*amounts: int) -> list[Printed]:
    return [Printed(amount, 1) for amount in amounts]


@pytest.mark.parametrize(
    ("offset", "verdict"),
    [
        (0, Verdict.EXACT),
        (2, Verdict.ROUNDING),
        (-2, Verdict.ROUNDING),
        (3, Verdict.MISMATCH),
        (-3, Verdict.MISMATCH),
    ],
)
@pytest.mark.parametrize("scale", [1, 10**6, 10**12])
def test_three_parts_and_a_total_may_differ_by_two_units(offset: int, verdict: Verdict, scale: int) -> None:
    check = check_sum(euros(3 * scale, 2 * scale, scale), Printed(6 * scale + offset, 1))
    assert (check.verdict, check.difference, check.tolerance) == (verdict, Decimal(offset), Decimal(2))


def test_a_total_rounded_from_a_rounded_figure_is_told_apart() -> None:
    assert check_sum([Printed("2.249", "0.001")], Printed("2.3", "0.1")).verdict is Verdict.DOUBLE_ROUNDING
    assert check_sum([Printed("2.244", "0.001")], Printed("2.3", "0.1")).verdict is Verdict.MISMATCH
    assert check_sum([Printed("2.2", "0.1")], Printed("2.4", "0.1")).verdict is Verdict.MISMATCH


def test_a_missing_figure_makes_the_check_untestable_not_zero() -> None:
    check = check_sum([Printed(1, 1), MISSING], Printed(1, 1))
    assert (check.verdict, check.difference) == (Verdict.UNTESTABLE, None)


def test_a_deduction_counts_with_its_weight() -> None:
    assert check_sum(euros(100, 30), Printed(70, 1), [1, -1]).verdict is Verdict.EXACT


def test_no_parts_add_up_to_nothing() -> None:
    assert check_sum([], Printed(0, 1)).verdict is Verdict.EXACT
    assert check_sum([], Printed(1, 1)).verdict is Verdict.MISMATCH
