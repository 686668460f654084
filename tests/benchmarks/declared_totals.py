"""How well sums are found that formulas declare: `python -m tests.benchmarks.declared_totals [MOST]`.

Real workbooks say what adds up to what: their formulas. `find_sums` gets the values alone. Recall is over the
sums that SUM, SUBTOTAL and chains of plus and minus state, of two figures or more that are not nil; one told
by subtotals in place of their parts, or the other way around, counts, and is told apart. A sum that is found
is right when it holds by the formulas whatever figures are typed, and wrong when its total is calculated in
another way; where the total is a typed figure, formulas cannot say, and it is told apart.

No sheet counts for more than sixty sums, a sheet seen before not at all. The files with the most sums wrong
or missed come first; with MOST so many, and their sums by pattern.
"""

import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path

from hoka_excel.core.errors import HokaError
from hoka_excel.tables.grid import Grid, cell_name, is_number
from hoka_excel.tables.totals import find_sums
from hoka_excel.workbook.any_file import read_grids
from hoka_excel.workbook.kinds import TABLES
from tests.benchmarks.totals import MOST_COUNTED
from tests.declared_sums import Sum, stated_sums
from tests.random_figures import RandomFigures

DATA = Path(__file__).parents[3] / "shared/data/workbooks"
FEWEST_STATED = 2
_MOST_LISTED = 12
_MOST_EXAMPLES = 12


@dataclass(frozen=True)
class SheetScore:
    """What became of the sums of one sheet.

    Attributes:
        name: of the sheet.
        told: stated sums that were found.
        told_otherwise: stated sums found with subtotals for their parts, or the reverse.
        missed: stated sums that were not found.
        true: found sums that hold by the formulas, stated or not.
        wrong: found sums whose total is calculated otherwise, with the layout.
        unsure: found sums of which the total is typed, with the layout.
    """

    name: str
    told: int
    told_otherwise: int
    missed: Sequence[Sum]
    true: int
    wrong: dict[Sum, str]
    unsure: dict[Sum, str]


@dataclass
class Shares:
    """Sums of a file, or of many, no sheet counting for too many."""

    told: float = 0.0
    otherwise: float = 0.0
    missed: float = 0.0
    true: float = 0.0
    wrong: float = 0.0
    unsure: float = 0.0
    sheets: list[SheetScore] = field(default_factory=list)

    def add(self, one: SheetScore) -> None:
        """Count a sheet."""
        stated = one.told + one.told_otherwise + len(one.missed)
        found = one.true + len(one.wrong) + len(one.unsure)
        by_stated, by_found = (min(1.0, MOST_COUNTED / max(1, count)) for count in (stated, found))
        self.told += by_stated * one.told
        self.otherwise += by_stated * one.told_otherwise
        self.missed += by_stated * len(one.missed)
        self.true += by_found * one.true
        self.wrong += by_found * len(one.wrong)
        self.unsure += by_found * len(one.unsure)
        self.sheets.append(one)

    @property
    def precision(self) -> float:
        """Share of the found sums that hold, of those of which formulas can say."""
        return self.true / (self.true + self.wrong) if self.true + self.wrong else 1.0

    @property
    def recall(self) -> float:
        """Share of the stated sums that were found."""
        return (self.told + self.otherwise) / max(1e-9, self.told + self.otherwise + self.missed)


def score(grid: Grid, stated: set[Sum], figures: RandomFigures) -> SheetScore:
    """Find the sums of a sheet by its values alone and compare them with its formulas."""
    layouts: dict[Sum, str] = {}
    for one in find_sums(grid.cells, grid.number_format):
        parts = frozenset(part for part in one.parts if is_number(grid.value(*part)))
        layouts[one.total, parts] = f"{one.ground.layout.name}, {one.ground.bits:.0f} bits"
    true = {one for one in layouts if one in stated or figures.holds(grid.name, one)}
    totals = {total for total, _ in true}
    missed = [one for one in stated - layouts.keys() if one[0] not in totals]
    false = {one: layout for one, layout in layouts.items() if one not in true}
    wrong = {one: layout for one, layout in false.items() if figures.is_followed(grid.name, one[0])}
    told = len(stated & layouts.keys())
    unsure = {one: layout for one, layout in false.items() if one not in wrong}
    return SheetScore(grid.name, told, len(stated) - told - len(missed), missed, len(true), wrong, unsure)


def scored(grids: Sequence[Grid], seen: set[str]) -> Shares | None:
    """Score the sheets of a file that state enough sums and were not seen before; None without any."""
    result, figures = Shares(), RandomFigures(grids)
    for grid in grids:
        content = repr(grid.cells)
        if content in seen or len(stated := stated_sums(grid)) < FEWEST_STATED:
            continue
        seen.add(content)
        result.add(score(grid, stated, figures))
    return result if result.sheets else None


def files_below(folder: Path) -> Iterator[tuple[str, Shares]]:
    """Score every file that states sums."""
    seen: set[str] = set()
    for path in sorted(folder.rglob("*")):
        if path.suffix.lower() in TABLES:
            try:
                found = scored(read_grids(path), seen)
            except HokaError:
                continue
            if found is not None:
                yield path.name, found


def lines(files: Sequence[tuple[str, Shares]]) -> Iterator[str]:
    """Tell precision and recall, over all sums and over files."""
    whole = Shares()
    for _, one in files:
        for sheet in one.sheets:
            whole.add(sheet)
    yield f"{len(files)} files, {len(whole.sheets)} sheets with formulas that add up"
    yield f"precision {whole.precision:.3f}   recall {whole.recall:.3f}   at most {MOST_COUNTED} a sheet"
    precision = sum(one.precision for _, one in files) / len(files)
    recall = sum(one.recall for _, one in files) / len(files)
    yield f"precision {precision:.3f}   recall {recall:.3f}   mean of files"
    sheets = whole.sheets
    told, otherwise = sum(one.told for one in sheets), sum(one.told_otherwise for one in sheets)
    yield f"stated: {told} found, {otherwise} by other parts, {sum(len(one.missed) for one in sheets)} missed"
    true, wrong, unsure = (
        sum(one.true for one in sheets),
        sum(len(one.wrong) for one in sheets),
        sum(len(one.unsure) for one in sheets),
    )
    yield f"found: {true} hold, {wrong} do not, {unsure} with a typed total"
    layouts = Counter(layout.partition(",")[0] for one in sheets for layout in one.wrong.values())
    yield f"wrong, by layout: {', '.join(f'{count} {name}' for name, count in layouts.most_common())}"


def patterns(one: SheetScore) -> Iterator[str]:
    """List what went wrong in a sheet: in how many lanes, how, an example and its layout."""
    for how, chosen in (
        ("wrong", one.wrong),
        ("missed", dict.fromkeys(one.missed, "")),
        ("typed", one.unsure),
    ):
        alike: dict[tuple[bool, int, tuple[int, ...]], list[Sum]] = {}
        for total, parts in sorted(chosen, key=lambda found: found[0]):
            by_column = all(part[1] == total[1] for part in parts)
            along = 0 if by_column else 1
            places = tuple(sorted(part[along] for part in parts))
            alike.setdefault((by_column, total[along], places), []).append((total, parts))
        for lanes in sorted(alike.values(), key=lambda lanes: -len(lanes))[:_MOST_EXAMPLES]:
            total, parts = lanes[0]
            names = " + ".join(cell_name(*part) for part in sorted(parts))
            yield f"{len(lanes):4} {how}: {one.name}!{cell_name(*total)} = {names}  {chosen[lanes[0]]}"


def main() -> int:
    """Score all files and print the figures."""
    if not DATA.exists():
        print("shared/data/workbooks is not here")
        return 2
    files = list(files_below(DATA))
    for text in lines(files):
        print(text)
    most = int(sys.argv[1]) if len(sys.argv) > 1 else 0
    for name, one in sorted(files, key=lambda pair: -(pair[1].wrong + pair[1].missed))[
        : most or _MOST_LISTED
    ]:
        print(
            f"   {name}: {one.wrong:.0f} wrong, {one.missed:.0f} missed, {one.unsure:.0f} with a typed total"
        )
        if most:
            for text in chain.from_iterable(map(patterns, one.sheets)):
                print(f"      {text}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
