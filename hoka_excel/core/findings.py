"""What a reconciliation says: findings, conflicts, and the status of a whole source.

Every reader of figures (a begroting, any workbook, a published document) ends in these records, and every
output (text, JSON, a page, the sheet Bevindingen) starts from them.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from hoka_excel.core.check_kinds import Kind
from hoka_excel.core.finding_sequence import verdicts_of, with_verdict
from hoka_excel.core.messages import Message
from hoka_excel.core.verdicts import Judgement, Verdict

if TYPE_CHECKING:
    from pandas import DataFrame


class Place(NamedTuple):
    """Where a figure stands: a sheet and a cell such as E8."""

    sheet: str
    cell: str

    def __str__(self) -> str:
        """Write the place as Excel does, without quotes."""
        return f"{self.sheet}!{self.cell}"


@dataclass(frozen=True, slots=True)
class Finding:
    """The outcome of one check.

    Attributes:
        kind: what was checked.
        verdict: the outcome; explained where the controller has justified a mismatch.
        place: of the checked figure.
        label: the row that holds it.
        period: the column that holds it, usually a year.
        judgement: the figures, their difference and its tolerance.
        parts: the places of the other figures, in order.
        message: the outcome as a sentence for a controller.
        explanation: the controller's own words, when the verdict is explained.
    """

    kind: Kind
    verdict: Verdict
    place: Place
    label: str
    period: str
    judgement: Judgement
    parts: Sequence[Place]
    message: Message
    explanation: str = ""


class Subject(NamedTuple):
    """The figure that a check is about: where it stands, and the row and column that hold it."""

    place: Place
    label: str
    period: str


@dataclass(frozen=True, slots=True)
class Listed:
    """Places as a sentence lists them, written only when the sentence is."""

    places: Sequence[Place]

    def __str__(self) -> str:
        """Write the places with commas between."""
        return ", ".join(map(str, self.places))


def finding_of(kind: Kind, judgement: Judgement, subject: Subject, parts: Sequence[Place]) -> Finding:
    """Say in words what a check found.

    Args:
        kind: what was checked.
        judgement: the outcome.
        subject: the figure that was checked.
        parts: the places of the other figures, in order.
    """
    untestable = judgement.verdict is Verdict.UNTESTABLE
    code = "finding.untestable" if untestable else f"finding.{kind}.{judgement.verdict}"
    return finding_told(code, kind, judgement, subject, parts)


def finding_told(
    code: str, kind: Kind, judgement: Judgement, subject: Subject, parts: Sequence[Place], **more: object
) -> Finding:
    """Say what a check found in a text of its own.

    Args:
        code: of the text.
        kind: what was checked.
        judgement: the outcome.
        subject: the figure that was checked.
        parts: the places of the other figures, in order.
        more: what the text holds besides the figures.
    """
    values = {
        "place": subject.place,
        "label": subject.label,
        "period": subject.period,
        "stated": judgement.stated,
        "expected": judgement.expected,
        "difference": judgement.difference,
        "tolerance": judgement.tolerance,
        "parts": Listed(parts),
        "reason": judgement.reason and Message(f"reason.{judgement.reason}"),
        **more,
    }
    return Finding(kind, judgement.verdict, *subject, judgement, parts, Message(code, values))


def explained(finding: Finding, text: str) -> Finding:
    """Turn a mismatch into an explained one where the controller gave a reason; its figures stay."""
    if not text or finding.verdict is not Verdict.MISMATCH:
        return finding
    return replace(finding, verdict=Verdict.EXPLAINED, explanation=text)


@dataclass(frozen=True, slots=True)
class Mend:
    """A cell of a repair: what it says, and the values that would mend it.

    Attributes:
        place: where it stands.
        stated: what it says.
        low, high: the least and greatest figure that would do; None where there is no end.
        label: the row and column that hold it.
    """

    place: Place
    stated: Decimal
    low: Decimal | None
    high: Decimal | None
    label: str = ""


class Proof(NamedTuple):
    """Why some cells cannot all be right: where they stand, and the bounds that cannot both hold."""

    cells: tuple[Place, ...]
    text: Message


@dataclass(frozen=True, slots=True)
class Conflict:
    """Figures that pass or fail one by one, but cannot all be right together.

    Attributes:
        proofs: each a smallest set of cells that cannot all be right, the widest gap first.
        repairs: every smallest way out; decidable when there is just one.
        hints: what points at one of them without proving it.
        explanation: the controller's own words on one of the cells to mend, if any.
    """

    proofs: tuple[Proof, ...]
    repairs: tuple[tuple[Mend, ...], ...]
    hints: tuple[Message, ...] = ()
    explanation: str = ""

    @property
    def decidable(self) -> bool:
        """Whether one repair stands alone."""
        return len(self.repairs) == 1

    @property
    def outcome(self) -> Message:
        """What to do about it: the one repair, or every repair that the figures leave open."""
        if not self.repairs:
            return Message("conflict.open")
        options = tuple(Message("conflict.repair", {"cells": _cells(repair)}) for repair in self.repairs)
        return Message("conflict.decided" if self.decidable else "conflict.undecided", {"options": options})


def _cells(repair: tuple[Mend, ...]) -> tuple[Message, ...]:
    return tuple(
        Message(
            "conflict.one_value" if mend.low == mend.high else "conflict.values",
            {"place": mend.place, "stated": mend.stated, "low": mend.low, "high": mend.high},
        )
        for mend in repair
    )


class RateSpan(NamedTuple):
    """The rates, in EUR per FTE, that go with the figures of a period; "" is all periods together."""

    period: str
    low: Decimal
    high: Decimal


class Status(StrEnum):
    """What a whole source comes to."""

    EXACT = "exact"
    ROUNDING = "rounding"
    MISMATCH = "mismatch"
    UNTESTABLE = "untestable"
    UNREADABLE = "unreadable"


_STATUS_BY_VERDICT: Sequence[tuple[Verdict, Status]] = (
    (Verdict.MISMATCH, Status.MISMATCH),
    (Verdict.UNTESTABLE, Status.UNTESTABLE),
    (Verdict.DOUBLE_ROUNDING, Status.ROUNDING),
    (Verdict.ROUNDING, Status.ROUNDING),
    (Verdict.EXPLAINED, Status.ROUNDING),
)
"""The status that each verdict brings, the weightiest first."""
_INEXACT = frozenset(Verdict) - {Verdict.EXACT}


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """The outcome of all checks of one source.

    Attributes:
        checks: every finding, exact ones too, in the order of the source.
        unlisted: how many exact ones `checks` leaves out.
        conflicts: cells that cannot all be right together.
        rates: the rates that go with the figures, where EUR stands against FTE.
        notes: what else to tell.
        remarks: what else was seen, told when every check is asked for.
    """

    checks: Sequence[Finding]
    conflicts: tuple[Conflict, ...] = ()
    rates: tuple[RateSpan, ...] = ()
    notes: tuple[Message, ...] = ()
    remarks: tuple[Message, ...] = ()
    unlisted: int = 0

    @property
    def findings(self) -> tuple[Finding, ...]:
        """The checks that are not exact."""
        return tuple(with_verdict(self.checks, _INEXACT))

    def without_exact(self) -> "Reconciliation":
        """Leave out the exact checks; they still count."""
        listed = with_verdict(self.checks, _INEXACT)
        return replace(self, checks=listed, unlisted=self.unlisted + len(self.checks) - len(listed))

    @property
    def counts(self) -> Mapping[Verdict, int]:
        """How many checks came to each verdict, zeros included."""
        found = Counter(verdicts_of(self.checks))
        found[Verdict.EXACT] += self.unlisted
        return {verdict: found[verdict] for verdict in Verdict}

    @property
    def status(self) -> Status:
        """The weightiest verdict among the checks; a conflict that nobody explained is a mismatch."""
        if not all(conflict.explanation for conflict in self.conflicts):
            return Status.MISMATCH
        counts = self.counts
        return next((status for verdict, status in _STATUS_BY_VERDICT if counts[verdict]), Status.EXACT)

    def to_frame(self) -> "DataFrame":
        """Give every check as a row of a tidy frame; see `frames.findings_frame`."""
        from hoka_excel.core.frames import findings_frame  # noqa: PLC0415 - pandas loads slowly

        return findings_frame(self)
