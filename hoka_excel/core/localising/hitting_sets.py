"""Every smallest choice of cells that takes at least one from each conflict.

>>> smallest_hitting_sets([frozenset("ab"), frozenset("bc")], {"a": 1, "b": 1, "c": 1}, 1)
([frozenset({'b'})], True)
"""

from collections import Counter
from collections.abc import Callable, Hashable, Mapping, Sequence
from fractions import Fraction
from typing import TypeVar

Cell = TypeVar("Cell", bound=Hashable)


def smallest_hitting_sets(
    conflicts: Sequence[frozenset[Cell]],
    weights: Mapping[Cell, int],
    most: int,
    limit: int = 1000,
    tick: Callable[[], object] = lambda: None,
) -> tuple[list[frozenset[Cell]], bool]:
    """List the choices of least total weight that hit every conflict.

    Branch on the conflict with the fewest cells left; a branch ends when even cells that each hit as many
    conflicts as any can, or one cell for each of the conflicts that share none, would weigh too much.

    Args:
        conflicts: the sets to hit, none of them empty.
        weights: the weight of each cell, a whole number above zero.
        most: the greatest weight looked for; the least weight, when that is known.
        limit: how many to list at the most.
        tick: called at every step; it may raise to stop the search.

    Returns:
        The choices found, lightest only, and whether they are all there are.
    """
    found: list[frozenset[Cell]] = []
    least = most
    complete = True

    def walk(open_conflicts: list[frozenset[Cell]], chosen: frozenset[Cell], weight: int) -> None:
        nonlocal least, complete
        tick()
        if not complete or weight + _at_least(open_conflicts, weights) > least:
            return
        if not open_conflicts:
            if weight < least:
                least = weight
                found.clear()
            complete = len(found) < limit
            if complete:
                found.append(chosen)
            return
        barred: set[Cell] = set()
        _, shortest = min(enumerate(open_conflicts), key=lambda numbered: len(numbered[1]))
        for cell in sorted(shortest, key=repr):
            left = [conflict - barred for conflict in open_conflicts if cell not in conflict]
            if all(left):
                walk(left, chosen | {cell}, weight + weights[cell])
            barred.add(cell)

    walk(list(dict.fromkeys(conflicts)), frozenset(), 0)
    return found, complete


def _at_least(conflicts: Sequence[frozenset[Cell]], weights: Mapping[Cell, int]) -> Fraction:
    """Say what hitting these conflicts weighs at the least."""
    if not conflicts:
        return Fraction(0)
    hits = Counter(cell for conflict in conflicts for cell in conflict)
    by_share = len(conflicts) * min(Fraction(weights[cell], count) for cell, count in hits.items())
    used: set[Cell] = set()
    apart = 0
    for conflict in sorted(conflicts, key=len):
        if used.isdisjoint(conflict):
            used |= conflict
            apart += min(weights[cell] for cell in conflict)
    return max(by_share, Fraction(apart))
