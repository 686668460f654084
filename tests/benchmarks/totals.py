"""How well the sums of real tables are found: `python -m tests.benchmarks.totals`.

Prints precision and recall over all annotated sums, what was missed, and the time; beside them what others
reach on the paper's other split.
"""

import json
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from hoka_excel.tables.totals import find_sums

DATA = Path(__file__).parents[3] / "shared/data/aggregations/validation.jsonl"
PEERS = (
    ("AggreCol's own code, other split", 0.793, 0.668),
    ("plain rounding-interval baseline, other split", 0.915, 0.617),
)

Place = tuple[int, int]
Found = tuple[Place, frozenset[Place]]


@dataclass
class Score:
    """Right, wrong and missed sums."""

    right: int = 0
    wrong: int = 0
    missed: int = 0
    wrong_by_layout: Counter[str] = field(default_factory=Counter)
    missed_by_kind: Counter[str] = field(default_factory=Counter)

    @property
    def precision(self) -> float:
        """Share of the found sums that are annotated."""
        return self.right / max(1, self.right + self.wrong)

    @property
    def recall(self) -> float:
        """Share of the annotated sums that were found."""
        return self.right / max(1, self.right + self.missed)


def tables() -> Iterator[dict[str, Any]]:
    """Read the annotated tables one by one."""
    with DATA.open(encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def annotated(table: dict[str, Any]) -> set[Found]:
    """Give the sums people marked; empty cells among the parts are ignored."""
    cells = table["cells"]
    return {
        (
            (one["total"][0], one["total"][1]),
            frozenset((row, column) for row, column in one["parts"] if cells[row][column].strip()),
        )
        for one in table["sums"]
    }


def score(chosen: Iterable[dict[str, Any]]) -> Score:
    """Compare what is found in the tables with what people marked."""
    result = Score()
    for table in chosen:
        truth = annotated(table)
        layouts = {
            (one.total, frozenset(one.parts)): one.ground.layout.name
            for one in find_sums(table["cells"], table["number_format"])
        }
        found = set(layouts)
        result.right += len(found & truth)
        result.wrong += len(found - truth)
        result.missed += len(truth - found)
        result.wrong_by_layout.update(layouts[one] for one in found - truth)
        result.missed_by_kind.update(kind(*one) for one in truth - found)
    return result


def kind(total: Place, parts: frozenset[Place]) -> str:
    """Say where the parts lie: axis, side, gaps, how many."""
    if not parts:
        return "all parts empty"
    by_column = all(column == total[1] for _, column in parts)
    places = sorted(row if by_column else column for row, column in parts)
    own = total[0] if by_column else total[1]
    side = "after" if own > places[-1] else "before" if own < places[0] else "between"
    joined = "contiguous" if places[-1] - places[0] + 1 == len(places) else "scattered"
    size = "one part" if len(parts) == 1 else "two parts" if len(parts) == 2 else "more parts"
    return f"{'column' if by_column else 'row'}: total {side} {joined} {size}"


def main() -> int:
    """Score all tables and print the figures."""
    if not DATA.exists():
        print("shared/data/aggregations is not here")
        return 2
    start = time.perf_counter()
    result = score(tables())
    elapsed = time.perf_counter() - start
    print(f"precision {result.precision:.3f}   recall {result.recall:.3f}   {elapsed:.0f} s")
    print(f"right {result.right}   wrong {result.wrong}   missed {result.missed}")
    for name, precision, recall in PEERS:
        print(f"   {name}: {precision:.3f} / {recall:.3f}")
    print("wrong, by layout")
    for name, count in result.wrong_by_layout.most_common():
        print(f"   {count:5} {name}")
    print("missed, by kind")
    for name, count in result.missed_by_kind.most_common(12):
        print(f"   {count:5} {name}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
