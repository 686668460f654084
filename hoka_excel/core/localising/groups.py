"""Sets of things that hang together.

>>> connected([["a", "b"], ["c"], ["d", "b"]])
[['a', 'b', 'd'], ['c']]
"""

from collections.abc import Hashable, Iterable
from typing import TypeVar

T = TypeVar("T", bound=Hashable)


def connected(ties: Iterable[Iterable[T]]) -> list[list[T]]:
    """Gather the things that share a tie, directly or through others.

    Args:
        ties: each tie holds the things it ties together.

    Returns:
        The groups, and the things in each, in the order of first appearance.
    """
    leader: dict[T, T] = {}

    def lead(thing: T) -> T:
        while leader[thing] != thing:
            leader[thing] = leader[leader[thing]]
            thing = leader[thing]
        return thing

    for tie in ties:
        first: T | None = None
        for thing in tie:
            leader.setdefault(thing, thing)
            if first is None:
                first = thing
            leader[lead(thing)] = lead(first)
    groups: dict[T, list[T]] = {}
    for thing in leader:
        groups.setdefault(lead(thing), []).append(thing)
    return list(groups.values())
