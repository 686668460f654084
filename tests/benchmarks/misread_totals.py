"""Which sums of real tables go wrong, table by table: `python -m tests.benchmarks.misread_totals [MOST]`.

The tables with the most sums wrong or missed come first, and in each the patterns with the most: in how many
lanes, whether found wrongly or missed, which places add up to which, for a wrong one its layout and bits, and
the words beside the total.
"""

import sys
from collections import Counter
from typing import Any, NamedTuple

from hoka_excel.tables.figures import Figures, read_figures
from hoka_excel.tables.labels import column_label, row_label
from hoka_excel.tables.totals import find_sums
from tests.benchmarks.totals import DATA, Found, Place, annotated, tables

MOST_LISTED = 40
LONGEST_LABEL = 40


class Misread(NamedTuple):
    """A pattern of one table that people and program see differently; places are rows or columns."""

    how: str
    by_column: bool
    total: int
    parts: tuple[int, ...]
    ground: str


def misread(table: dict[str, Any]) -> Counter[Misread]:
    """Count in how many lanes each pattern of a table was found wrongly or missed."""
    truth = annotated(table)
    grounds = {
        (one.total, frozenset(one.parts)): f"{one.ground.layout.name}, {one.ground.bits:.0f} bits"
        for one in find_sums(table["cells"], table["number_format"])
    }
    counted = Counter(_pattern("wrong", one, grounds[one]) for one in grounds.keys() - truth)
    counted.update(_pattern("missed", one, "") for one in truth - grounds.keys())
    return counted


def _pattern(how: str, found: Found, ground: str) -> Misread:
    total, parts = found
    by_column = all(column == total[1] for _, column in parts)

    def place(spot: Place) -> int:
        return spot[0] if by_column else spot[1]

    return Misread(how, by_column, place(total), tuple(sorted(map(place, parts))), ground)


def told(places: tuple[int, ...]) -> str:
    """Write places with runs of them as ranges: (1, 2, 3, 7) is 1-3, 7."""
    runs: list[list[int]] = []
    for place in places:
        if runs and place == runs[-1][-1] + 1:
            runs[-1].append(place)
        else:
            runs.append([place])
    return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in runs)


def _words(figures: Figures, one: Misread) -> str:
    label = row_label(figures, one.total) if one.by_column else column_label(figures, one.total)
    return label.written[:LONGEST_LABEL]


def main() -> int:
    """Print the worst tables, worst first."""
    if not DATA.exists():
        print("shared/data/aggregations is not here")
        return 2
    most = int(sys.argv[1]) if len(sys.argv) > 1 else MOST_LISTED
    found = [(table, misread(table)) for table in tables()]
    worst = sorted(found, key=lambda pair: -pair[1].total())
    for table, counted in worst[:most]:
        if not counted:
            break
        print(f"{table['file']} {table['sheet']}: {counted.total()}")
        figures = read_figures(table["cells"], table["number_format"])
        for one, count in counted.most_common():
            axis = "row" if one.by_column else "column"
            print(f"   {count:4} {one.how}: {axis} {one.total} = {told(one.parts)}  {one.ground}")
            print(f"        {_words(figures, one)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
