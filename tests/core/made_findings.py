"""Findings of given verdicts, in a sequence that tells which of them were made."""

from decimal import Decimal

from hoka_excel.core.check_kinds import Kind
from hoka_excel.core.finding_sequence import FindingSequence
from hoka_excel.core.findings import Finding, Place, Subject, finding_of
from hoka_excel.core.verdicts import Judgement, Verdict


def finding(number: int, verdict: Verdict) -> Finding:
    value = Decimal(number)
    judgement = Judgement(verdict, value, value, Decimal(0), Decimal(0))
    return finding_of(Kind.FOOTING, judgement, Subject(Place("Blad", f"A{number + 1}"), "Totaal", "2023"), ())


class Made:
    """Findings, and which were made."""

    def __init__(self, outcomes: list[Verdict]) -> None:
        self.whole = [finding(number, verdict) for number, verdict in enumerate(outcomes)]
        self.asked: list[int] = []
        self.sequence = FindingSequence(outcomes, self._make)

    def _make(self, number: int) -> Finding:
        self.asked.append(number)
        return self.whole[number]
