"""Match labels that vary from table to table: each match with its score, doubtful ones marked.

>>> likeness("begeleiding stud", "Begeleiding studenten")
100
>>> best_match("Prof. Docenten", ["Begeleiding studenten", "Docentprofessionalisering"])
Match(label='Prof. Docenten', target=1, score=95, is_doubtful=False)
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

LEAST_SCORE = 75
"""Below this score a match is doubtful: of the labels seen, pairs score 81 or more, others 68 or less."""
LEAST_LEAD = 10
"""A match is doubtful too when another target comes this near."""

_WORD = re.compile(r"\w+")
_SHORTEST_PART = 4


@dataclass(frozen=True, slots=True)
class Match:
    """A label and what it was taken for.

    Attributes:
        label: as printed.
        target: the position of the label it was matched with.
        score: how alike they are, 0 to 100.
        is_doubtful: whether a person must confirm it.
    """

    label: str
    target: int
    score: int
    is_doubtful: bool


def match_labels(labels: Sequence[str], targets: Sequence[str]) -> list[Match]:
    """Match each label with a target of its own, the most alike first; ties go to the earlier label.

    Args:
        labels: as printed in one table.
        targets: as printed in another; at least as many as `labels`.
    """
    scores = [[likeness(label, target) for target in targets] for label in labels]
    pairs = sorted(
        ((row, column) for row in range(len(labels)) for column in range(len(targets))),
        key=lambda pair: -scores[pair[0]][pair[1]],
    )
    chosen: dict[int, int] = {}
    for row, column in pairs:
        if row not in chosen and column not in chosen.values():
            chosen[row] = column
    return [
        Match(label, chosen[row], scores[row][chosen[row]], _is_doubtful(scores[row], chosen[row]))
        for row, label in enumerate(labels)
    ]


def best_match(label: str, targets: Sequence[str]) -> Match | None:
    """Match one label with the most alike of `targets`; None where there are none."""
    return match_labels([label], targets)[0] if targets else None


def likeness(label: str, other: str) -> int:
    """Say how alike two labels are, 0 to 100: each word is sought among the words of the other label."""
    words, others = _WORD.findall(label.lower()), _WORD.findall(other.lower())
    if not words or not others:
        return 0
    return round((_found(words, others) + _found(others, words)) / 2)


def _found(words: Sequence[str], among: Sequence[str]) -> float:
    """Average over the letters of `words` how well each word is found among the others, 0 to 100.

    A word counts as found inside a longer one too: abbreviations ("stud") and compounds are common.
    """
    from rapidfuzz import fuzz  # noqa: PLC0415 - only an import needs it

    def best(word: str) -> float:
        return max(
            fuzz.partial_ratio(word, other)
            if min(len(word), len(other)) >= _SHORTEST_PART
            else fuzz.ratio(word, other)
            for other in among
        )

    return sum(len(word) * best(word) for word in words) / sum(map(len, words))


def _is_doubtful(scores: Sequence[int], chosen: int) -> bool:
    others = [score for column, score in enumerate(scores) if column != chosen]
    return scores[chosen] < LEAST_SCORE or any(scores[chosen] - other < LEAST_LEAD for other in others)
