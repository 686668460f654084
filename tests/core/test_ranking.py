"""The order in which findings are told."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from hoka_excel.core.check_kinds import Kind
from hoka_excel.core.findings import Finding, Place
from hoka_excel.core.messages import Message
from hoka_excel.core.ranking import ranked
from hoka_excel.core.verdicts import Judgement, Verdict


def finding(
    verdict: Verdict,
    stated: int | None = None,
    expected: int = 100,
    kind: Kind = Kind.FOOTING,
    cell: str = "A1",
) -> Finding:
    figures = () if stated is None else (Decimal(stated), Decimal(expected), Decimal(stated - expected))
    judgement, message = Judgement(verdict, *figures), Message(f"verdict.{verdict}")
    return Finding(kind, verdict, Place("Blad", cell), "Totaal", "2023", judgement, (), message)


MISMATCHES = {
    "error in a formula": finding(Verdict.MISMATCH, kind=Kind.FORMULA),
    "formula off by 1": finding(Verdict.MISMATCH, 101, kind=Kind.FORMULA),
    "off by 50": finding(Verdict.MISMATCH, 150),
    "off by 9": finding(Verdict.MISMATCH, 109),
    "off by nine times itself": finding(Verdict.MISMATCH, 1000),
}


def test_among_mismatches_what_a_formula_does_comes_first_and_then_the_largest_likely_difference() -> None:
    shuffled = list(MISMATCHES.values())[::-1]
    names = {id(one): name for name, one in MISMATCHES.items()}
    assert [names[id(one)] for one in ranked(shuffled)] == list(MISMATCHES)


@given(st.lists(st.sampled_from(list(Verdict))))
def test_verdicts_go_from_mismatch_to_exact_and_ties_keep_their_order(verdicts: list[Verdict]) -> None:
    given_order = [finding(verdict, 100, cell=f"A{row}") for row, verdict in enumerate(verdicts, 1)]
    told = ranked(given_order)
    assert sorted(told, key=id) == sorted(given_order, key=id)
    by_verdict = [
        [one for one in given_order if one.verdict is verdict]
        for verdict in (
            Verdict.MISMATCH,
            Verdict.UNTESTABLE,
            Verdict.EXPLAINED,
            Verdict.DOUBLE_ROUNDING,
            Verdict.ROUNDING,
            Verdict.EXACT,
        )
    ]
    assert told == [one for group in by_verdict for one in group]
