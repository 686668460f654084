"""The fixed amounts that the running text mentions: who gets each, and how the figures say to read it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from hoka_excel.core.figures import Printed
from hoka_excel.core.intervals import Interval
from hoka_excel.core.messages import Message
from hoka_excel.core.plan import AllocationKey, KeyShare, Plan, Theme, Unit
from hoka_excel.documents.claims import Claim, FixedAmountClaim, KeyClaim
from hoka_excel.documents.inference import inferred_share
from hoka_excel.documents.readings import Reading, Trial, try_readings

_NOTHING = Interval(Fraction(0), Fraction(0))


@dataclass(frozen=True, slots=True)
class FixedAmount:
    """A fixed amount that the text mentions.

    Attributes:
        claim: the amount and its sentence.
        theme: the position of the theme it is taken from.
        receiver: the label of the line that gets it.
        trials: every reading held against every line.
    """

    claim: FixedAmountClaim
    theme: int
    receiver: str
    trials: tuple[Trial, ...]

    @property
    def own_trials(self) -> list[Trial]:
        """The trials of the line that gets the amount."""
        return [trial for trial in self.trials if trial.line == self.receiver]

    @property
    def readings(self) -> list[Reading]:
        """The readings that the row of the receiver leaves standing."""
        return [trial.reading for trial in self.own_trials if trial.outcome.fits]


def fixed_amounts_of(plan: Plan, claims: Sequence[Claim]) -> list[FixedAmount]:
    """Find who gets each fixed amount: the one line of a theme that its sentence names."""
    return [
        FixedAmount(claim, index, named[0], tuple(try_readings(plan, theme, named[0], claim.amount.value)))
        for claim in claims
        if isinstance(claim, FixedAmountClaim)
        for index, theme in enumerate(plan.themes)
        if len(named := list(_named(theme, claim.sentence.text))) == 1
        and any(isinstance(figure, Printed) for figure in plan.euros.lines[index].figures)
    ]


def _named(theme: Theme, text: str) -> Iterator[str]:
    words = set(text.replace(",", " ").split())
    return (line.label for line in theme.table.lines if set(line.label.split()) <= words)


def with_divisions(
    plan: Plan, claims: Sequence[Claim], amounts: Sequence[FixedAmount]
) -> tuple[Plan, list[Message]]:
    """Give the themes with a fixed amount that can be read in one way only their allocation key.

    Returns:
        The plan, and a note per key: its shares were inferred.
    """
    name = next((claim.name for claim in claims if isinstance(claim, KeyClaim)), "")
    themes, notes = list(plan.themes), []
    for amount in amounts:
        theme = themes[amount.theme]
        if amount.readings != [Reading.TOP_SLICE] or not name:
            continue
        themes[amount.theme] = replace(theme, division=_inferred_key(plan, theme, name, amount))
        values = {"theme": theme.number, "key": name, "line": amount.receiver}
        notes.append(Message("document.inferred_key", {**values, "amount": amount.claim.amount.value}))
    return replace(plan, themes=tuple(themes)), notes


def _inferred_key(plan: Plan, theme: Theme, name: str, fixed: FixedAmount) -> AllocationKey:
    """Infer the share of every line at the working rate."""
    amounts = plan.euros.lines[fixed.theme].figures
    top = fixed.claim.amount.value
    rate = Fraction(plan.rate.working if theme.table.unit is Unit.FTE else 1)
    shares = []
    for line in theme.table.lines:
        own = top if line.label == fixed.receiver else Decimal(0)
        by_year = [
            figure.interval.scaled(rate)
            .shifted(-Fraction(own))
            .divided(amount.interval.shifted(-Fraction(top)))
            for figure, amount in zip(line.figures, amounts, strict=True)
            if isinstance(figure, Printed) and isinstance(amount, Printed) and amount.interval.low > top
        ]
        shares.append(KeyShare(line.label, inferred_share(by_year or [_NOTHING]), own))
    return AllocationKey(name, inferred=True, shares=tuple(shares))
