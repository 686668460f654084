"""How well wrong totals are told: `python -m tests.benchmarks.made_budgets [BUDGETS]`.

Makes budgets of which every sum is known, dense and half blank, of one to six years. Prints how many of their
sums are found, how many sums are found that are none, and how many right budgets are accused. Then one total
of each is multiplied by a factor: how often that total is told, and how often a sum without it is accused.
"""

import sys
from collections import Counter
from collections.abc import Iterator
from random import Random

from hoka_excel.core.verdicts import Verdict
from hoka_excel.tables.totals import find_sums
from tests.tables.made_budgets import Budget, any_shape

_FACTORS = (0.1, 0.6, 0.99, 1.01, 1.8, 10.0)
_BLANK = (0.0, 0.5)


def measured(seeds: range, blank: float) -> tuple[Counter[str], dict[tuple[int, float], Counter[str]]]:
    """Count over all budgets, and by years and factor."""
    right: Counter[str] = Counter()
    wrong: dict[tuple[int, float], Counter[str]] = {}
    for seed in seeds:
        random = Random(seed)  # noqa: S311 - repeatable
        budget = Budget.of(any_shape(random, blank=blank), random)
        if not budget.sums:
            continue
        sums = {(one.total, frozenset(one.parts)): one.verdict for one in find_sums(budget.cells)}
        right["stated"] += len(budget.sums)
        right["found"] += len(budget.sums & sums.keys())
        right["no sums"] += sum(one not in budget.sums and len(one[1]) > 1 for one in sums)
        right["accused"] += Verdict.MISMATCH in sums.values()
        factor = random.choice(_FACTORS)
        total = budget.with_wrong_total(factor)
        told = [one for one in find_sums(budget.cells) if one.verdict is Verdict.MISMATCH]
        wrong.setdefault((budget.shape.columns, factor), Counter()).update(
            {
                "budgets": 1,
                "told": any(one.total == total for one in told),
                "accused": any(total not in (one.total, *one.parts) for one in told),
            }
        )
    return right, wrong


def lines(budgets: int) -> Iterator[str]:
    """Tell what was counted."""
    for blank in _BLANK:
        right, wrong = measured(range(budgets), blank)
        yield f"{budgets} budgets, {blank:.0%} blank: " + ", ".join(f"{right[one]} {one}" for one in right)
        yield "told / accused elsewhere, by years and factor: " + " ".join(f"{one:>12}" for one in _FACTORS)
        for years in sorted({years for years, _ in wrong}):
            shares = [wrong.get((years, factor), Counter(budgets=1)) for factor in _FACTORS]
            cells = (
                f"{one['told'] / one['budgets']:.2f} / {one['accused'] / one['budgets']:.2f}"
                for one in shares
            )
            yield f"{years:>46} " + " ".join(f"{cell:>12}" for cell in cells)


def main(budgets: int = 2_000) -> int:
    """Print what was measured."""
    for line in lines(budgets):
        print(line, flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
