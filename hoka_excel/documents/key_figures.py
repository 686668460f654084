"""The rate per FTE and the ratio of the themes: from the running text, else inferred from the tables."""

from collections.abc import Sequence
from decimal import Decimal

from hoka_excel.core.figures import Printed
from hoka_excel.core.messages import Message
from hoka_excel.core.plan import FteRate
from hoka_excel.documents.claims import Claim, RateClaim, RatioClaim
from hoka_excel.documents.errors import DocumentError
from hoka_excel.documents.inference import inferred_rate
from hoka_excel.documents.plan_tables import Budget

_SHORTEST_NAME = 6


def rate_of(name: str, budget: Budget, claims: Sequence[Claim]) -> tuple[FteRate, list[Message]]:
    """Take the rate that the text states; the rate to compute with is the one its figures were made with.

    Returns:
        The rate, and a note when the working rate was inferred.

    Raises:
        DocumentError: the document `name` states no rate.
    """
    stated = next((claim.rate for claim in claims if isinstance(claim, RateClaim)), None)
    if stated is None:
        raise DocumentError("document.no_rate", file=name)
    pairs = [
        pair
        for in_euros, in_ftes in zip(budget.euros.table.rows, budget.ftes.table.rows, strict=True)
        for pair in zip(in_euros.figures, in_ftes.figures, strict=True)
    ]
    working = inferred_rate(pairs, stated.interval)
    if working is None or working == stated.value:
        return FteRate(stated, stated.value, inferred=False), []
    note = Message("document.inferred_rate", {"printed": stated.text or stated.value, "working": working})
    return FteRate(stated, working, inferred=True), [note]


def weights_of(
    budget: Budget, names: Sequence[str], claims: Sequence[Claim]
) -> tuple[list[Decimal], list[Message]]:
    """Take the ratio of the themes that the text states; without one the amounts themselves are the weights.

    Returns:
        A weight per theme, and a note when they were inferred.
    """
    for claim in claims:
        if isinstance(claim, RatioClaim) and (weights := weights_in(claim, names)):
            return weights, []
    sums = [
        sum((figure.value for figure in line.figures if isinstance(figure, Printed)), Decimal(0))
        for line in budget.euros.table.lines
    ]
    return sums, [Message("document.inferred_weights")]


def weights_in(claim: RatioClaim, names: Sequence[str]) -> list[Decimal] | None:
    """Give each theme its weight, in the order the sentence names them; None if they do not tally."""
    if len(claim.weights) != len(names):
        return None
    weights = dict(zip(named_order(claim.sentence.text, names), claim.weights, strict=True))
    return [Decimal(weights[index]) for index in range(len(names))]


def named_order(text: str, names: Sequence[str]) -> list[int]:
    """Order themes as a sentence names them; as they are where it does not name them all.

    >>> named_order("eerst begeleiding, dan onderwijs", ["Onderwijs", "Begeleiding studenten"])
    [1, 0]
    """
    text = text.lower()
    places = []
    for name in names:
        words = [word for word in name.lower().split() if len(word) >= _SHORTEST_NAME and word in text]
        places.append(min(map(text.find, words), default=-1))
    if -1 in places or len(set(places)) < len(places):
        return list(range(len(names)))
    return sorted(range(len(names)), key=places.__getitem__)
