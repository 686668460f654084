"""Findings that are made when somebody looks at them, in a sequence that knows beforehand what they say.

A file of a million figures has tens of thousands of totals that tie. Whether all of it ties is told by their
verdicts; only who asks for every check reads the words of each.
"""

from bisect import bisect_right
from collections.abc import Callable, Collection, Iterator, Sequence
from itertools import accumulate
from operator import eq
from typing import TYPE_CHECKING, overload

from hoka_excel.core.verdicts import Verdict

if TYPE_CHECKING:
    from hoka_excel.core.findings import Finding


class FindingSequence(Sequence["Finding"]):
    """Findings in order. It compares, and is pickled, as the findings themselves.

    Attributes:
        verdicts: the outcome of each.
    """

    def __init__(self, verdicts: Sequence[Verdict], made: Callable[[int], "Finding"]) -> None:
        self.verdicts = verdicts
        self._made = made

    def __len__(self) -> int:
        """Count the findings."""
        return len(self.verdicts)

    @overload
    def __getitem__(self, index: int) -> "Finding": ...
    @overload
    def __getitem__(self, index: slice) -> "tuple[Finding, ...]": ...
    def __getitem__(self, index: int | slice) -> "Finding | tuple[Finding, ...]":
        """Make one finding, or some."""
        chosen = range(len(self))[index]
        return self._made(chosen) if isinstance(chosen, int) else tuple(map(self._made, chosen))

    def __iter__(self) -> "Iterator[Finding]":
        """Make the findings one by one."""
        return map(self._made, range(len(self)))

    def __eq__(self, other: object) -> bool:
        """Whether another sequence holds the same findings."""
        if not isinstance(other, Sequence):
            return NotImplemented
        return len(self) == len(other) and all(map(eq, self, other))

    def __hash__(self) -> int:
        """Hash the findings, as a tuple of them does."""
        return hash(tuple(self))

    def __reduce__(self) -> "tuple[type[tuple[Finding, ...]], tuple[tuple[Finding, ...]]]":
        """Pickle the findings: what makes them stays behind."""
        return tuple, (tuple(self),)


def verdicts_of(findings: "Sequence[Finding]") -> Sequence[Verdict]:
    """Give the verdicts of findings without making these."""
    if isinstance(findings, FindingSequence):
        return findings.verdicts
    return [finding.verdict for finding in findings]


def with_verdict(findings: "Sequence[Finding]", verdicts: Collection[Verdict]) -> FindingSequence:
    """Choose the findings that came to one of some verdicts, without making them."""
    every = verdicts_of(findings)
    chosen = [index for index, verdict in enumerate(every) if verdict in verdicts]
    return FindingSequence([every[index] for index in chosen], lambda number: findings[chosen[number]])


def joined(parts: "Sequence[Sequence[Finding]]") -> FindingSequence:
    """Put sequences of findings one after the other."""
    ends = list(accumulate(map(len, parts)))

    def made(index: int) -> "Finding":
        part = bisect_right(ends, index)
        return parts[part][index - ends[part] + len(parts[part])]

    return FindingSequence([verdict for part in parts for verdict in verdicts_of(part)], made)
