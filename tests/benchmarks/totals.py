"""How well the sums of real tables are found: `python -m tests.benchmarks.totals`.

Prints precision and recall over all annotated sums; over two halves of the tables, so that a rule seen in one
can be confirmed on the other; for every third table in turn; when no table counts for more than sixty sums,
since a few long tables hold half of them; what was missed; beside them what others reach on the paper's other
split; and the time that tables of up to a million cells take. Which sums go wrong in which table:
`python -m tests.benchmarks.misread_totals`.
"""

import hashlib
import json
import random
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from hoka_excel.tables.totals import find_sums
from tests.growth import Growth, Point

DATA = Path(__file__).parents[3] / "shared/data/aggregations/validation.jsonl"
PEERS = (
    ("AggreCol's own code, other split", 0.793, 0.668),
    ("plain rounding-interval baseline, other split", 0.915, 0.617),
)

PARTS = 3
MOST_COUNTED = 60
ROWS = (1_000, 10_000, 100_000)
COLUMNS = 10
BLOCK = 50

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


def half_of(table: dict[str, Any]) -> int:
    """Say to which half a table belongs, 1 or 2, by nothing but its name."""
    name = f"{table['file']}|{table['sheet']}"
    return int(hashlib.sha256(name.encode()).hexdigest(), 16) % 2 + 1


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


def together(scores: Iterable[Score]) -> Score:
    """Add up the scores of tables."""
    result = Score()
    for one in scores:
        result.right += one.right
        result.wrong += one.wrong
        result.missed += one.missed
        result.wrong_by_layout.update(one.wrong_by_layout)
        result.missed_by_kind.update(one.missed_by_kind)
    return result


def evened(scores: Iterable[Score]) -> tuple[float, float]:
    """Give precision and recall when no table counts for more than so many sums."""
    right = wrong = missed = 0.0
    for one in scores:
        share = min(1.0, MOST_COUNTED / max(1, one.right + one.wrong + one.missed))
        right, wrong, missed = (
            right + share * one.right,
            wrong + share * one.wrong,
            missed + share * one.missed,
        )
    return right / (right + wrong), right / (right + missed)


def ledger(rows: int) -> list[list[object]]:
    """Make a long table of amounts with a subtotal under every block."""
    chance = random.Random(1)  # noqa: S311 - not for secrets
    cells: list[list[object]] = [["Regel", *(f"Kolom {column}" for column in range(1, COLUMNS))]]
    while len(cells) < rows:
        block = [[chance.randint(1_000, 9_999_999) for _ in range(1, COLUMNS)] for _ in range(BLOCK - 1)]
        cells += [[f"regel {number}", *amounts] for number, amounts in enumerate(block)]
        cells.append(["Subtotaal", *map(sum, zip(*block, strict=True))])
    return cells


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
    chosen = list(tables())
    scores = [score([table]) for table in chosen]
    elapsed = time.perf_counter() - start
    result = together(scores)
    print(f"precision {result.precision:.3f}   recall {result.recall:.3f}   {elapsed:.0f} s")
    print(f"right {result.right}   wrong {result.wrong}   missed {result.missed}")
    for half in (1, 2):
        held = together(one for one, table in zip(scores, chosen, strict=True) if half_of(table) == half)
        print(f"   half {half}: precision {held.precision:.3f}   recall {held.recall:.3f}")
    for part in range(PARTS):
        held = together(scores[part::PARTS])
        print(f"   third {part + 1}: precision {held.precision:.3f}   recall {held.recall:.3f}")
    print("   at most {} a table: precision {:.3f}   recall {:.3f}".format(MOST_COUNTED, *evened(scores)))
    for name, precision, recall in PEERS:
        print(f"   {name}: {precision:.3f} / {recall:.3f}")
    print("wrong, by layout")
    for name, count in result.wrong_by_layout.most_common():
        print(f"   {count:5} {name}")
    print("missed, by kind")
    for name, count in result.missed_by_kind.most_common(12):
        print(f"   {count:5} {name}")
    growth = Growth(f"find a subtotal per {BLOCK} rows", "cells", "s of CPU", "")
    for rows in ROWS:
        cells = ledger(rows)
        start = time.process_time()
        find_sums(cells)
        print(growth.row(Point(rows * COLUMNS, time.process_time() - start)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
