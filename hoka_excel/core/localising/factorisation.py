"""Part a family of choices into choices that can be made independently.

>>> family = [frozenset("ax"), frozenset("ay"), frozenset("az")]
>>> [[sorted(choice) for choice in part] for part in independent_parts(family)]
[[['a']], [['x'], ['y'], ['z']]]
"""

from collections import Counter
from collections.abc import Hashable, Sequence
from itertools import combinations
from math import prod
from typing import TypeVar

from hoka_excel.core.localising.groups import connected

Cell = TypeVar("Cell", bound=Hashable)


def independent_parts(choices: Sequence[frozenset[Cell]]) -> list[list[frozenset[Cell]]]:
    """Part choices such that every combination of a choice of each part is one of them, and nothing else is.

    Args:
        choices: different sets; at least one.

    Returns:
        The parts, each with its choices in the order of first appearance; one part when no parting works.
    """
    counts = Counter(cell for choice in choices for cell in choice)
    together = Counter(pair for choice in choices for pair in combinations(sorted(choice, key=repr), 2))
    cells = sorted(counts, key=repr)
    ties = [(cell,) for cell in cells] + [
        pair
        for pair in combinations(cells, 2)
        if together[pair] * len(choices) != counts[pair[0]] * counts[pair[1]]
    ]
    parts = [
        list(dict.fromkeys(choice.intersection(block) for choice in choices)) for block in connected(ties)
    ]
    return parts if prod(map(len, parts)) == len(choices) else [list(choices)]
