"""All checks of the published plan at once."""

from dataclasses import replace
from decimal import Decimal

import pytest

from hoka_excel.core.errors import NetworkError
from hoka_excel.core.figures import Printed
from hoka_excel.core.findings import Conflict, Status
from hoka_excel.core.plan import Explanation, Plan, Ref
from hoka_excel.sources import reconcile


def conflicts(plan: Plan) -> dict[str, Conflict]:
    """Give the conflicts by the first cell of their first repair."""
    return {str(conflict.repairs[0][0].place): conflict for conflict in reconcile(plan).conflicts}


def test_three_cells_of_the_published_plan_must_be_wrong(published_plan: Plan) -> None:
    found = reconcile(published_plan).conflicts
    assert len(found) == 3
    assert all(len(repair) == 1 for conflict in found for repair in conflict.repairs)


def test_the_total_of_2024_is_decided(published_plan: Plan) -> None:
    conflict = conflicts(published_plan)["Thema 2!G8"]
    assert conflict.decidable
    ((mend,),) = conflict.repairs
    assert (mend.stated, mend.low, mend.high) == (Decimal(452096), Decimal(451813), Decimal(451815))
    assert (
        conflict.outcome.render()
        == "Eén herstel lost dit op: Thema 2!G8 wordt 451.813 tot 451.815 (nu 452.096)."
    )


def test_which_line_of_2022_is_wrong_cannot_be_decided(published_plan: Plan) -> None:
    (conflict,) = (c for c in reconcile(published_plan).conflicts if not c.decidable)
    assert {str(mend.place) for (mend,) in conflict.repairs} == {"Thema 2!E5", "Thema 2!E6", "Thema 2!E7"}
    assert "Niet te bepalen welke cel fout is" in conflict.outcome.render()


def test_the_fte_total_of_2023_is_wrong_although_each_check_passes(published_plan: Plan) -> None:
    conflict = conflicts(published_plan)["Begroting integraal!F14"]
    ((mend,),) = conflict.repairs
    assert (mend.stated, mend.low, mend.high) == (Decimal("14.26"), Decimal("14.25"), Decimal("14.25"))
    assert conflict.proofs[0].text.render() == (
        "Begroting integraal!F13 (begeleiding stud 2023): 200.147 / 2,37 vraagt een tarief van ten minste "
        "84.272,21; Begroting integraal!F14 (Totaal FTE 2023): 1.200.884 / 14,26 ten hoogste 84.243,04."
    )


def test_the_figures_imply_the_rate_for_all_years_and_for_each(published_plan: Plan) -> None:
    rates = {span.period: (span.low, span.high) for span in reconcile(published_plan).rates}
    assert rates[""] == (Decimal("84272.21"), Decimal("84272.63"))
    assert set(rates) == {"", "2019", "2020", "2021", "2022", "2023", "2024"}
    assert all(low <= rates[""][0] <= rates[""][1] <= high for low, high in rates.values())


def test_the_printed_rate_is_said_to_be_rounded(published_plan: Plan) -> None:
    assert reconcile(published_plan).notes[0].render() == (
        "De bedragen vragen een tarief per fte van 84.272,21 tot 84.272,63; "
        "het gedrukte tarief 84.000 is zelf afgerond."
    )


def test_an_exact_rate_of_84000_is_called_untenable_instead_of_29_cells_wrong(published_plan: Plan) -> None:
    exact = replace(published_plan, rate=replace(published_plan.rate, printed=Printed(84000, 0)))
    result = reconcile(exact)
    assert any("onhoudbaar" in note.render() for note in result.notes)
    assert len(result.conflicts) <= 4


def test_a_plan_whose_conflicts_are_all_explained_ties(published_plan: Plan) -> None:
    refs = [
        Ref("Thema 2", "Intercollegiale uitwisseling", 2022),
        Ref("Thema 2", "Totaal EUR", 2022),
        Ref("Thema 2", "Totaal EUR", 2024),
        Ref("Integraal FTE", "Totaal FTE", 2023),
    ]
    plan = replace(published_plan, explanations=tuple(Explanation(ref, "tikfout") for ref in refs))
    assert reconcile(plan).status is Status.ROUNDING
    assert {conflict.explanation for conflict in reconcile(plan).conflicts} == {"tikfout"}
    partly = replace(plan, explanations=plan.explanations[:2])
    assert reconcile(partly).status is Status.MISMATCH


def test_figures_that_the_controller_locks_decide_the_line_of_2022(published_plan: Plan) -> None:
    lines = published_plan.themes[1].table.lines
    locked = tuple(Ref("Thema 2", line.label, 2022) for line in lines[:2])
    found = reconcile(replace(published_plan, locked=locked)).conflicts
    assert all(conflict.decidable for conflict in found)
    assert "Thema 2!E7" in {str(conflict.repairs[0][0].place) for conflict in found}


def test_locks_that_contradict_each_other_are_refused_with_the_proof(published_plan: Plan) -> None:
    table = published_plan.themes[1].table
    locked = tuple(Ref(table.name, line.label, 2022) for line in table.rows)
    with pytest.raises(NetworkError, match="staan vast maar kunnen niet alle kloppen"):
        reconcile(replace(published_plan, locked=locked))


def test_hints_stand_apart_from_proof(published_plan: Plan) -> None:
    (undecided,) = (conflict for conflict in reconcile(published_plan).conflicts if not conflict.decidable)
    (hint,) = undecided.hints
    assert hint.render() == (
        "Aanwijzing, geen bewijs, bij Thema 2!E5: 238.500 is een veelvoud van 5.300, zoals de hele regel; "
        "dat pleit ervoor dat dit bedrag klopt."
    )


def test_a_recomputed_plan_has_no_conflicts(recomputed_plan: Plan) -> None:
    result = reconcile(recomputed_plan)
    assert (result.conflicts, result.status) == ((), Status.ROUNDING)


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_proof_and_outcome_reads_in_both_languages(published_plan: Plan, language: str) -> None:
    for conflict in reconcile(published_plan).conflicts:
        texts = [conflict.outcome, *(proof.text for proof in conflict.proofs)]
        assert all("{" not in text.render("en" if language == "en" else "nl") for text in texts)
