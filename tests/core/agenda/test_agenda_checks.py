"""What the checks of an agenda find, and how it is told."""

from decimal import Decimal
from typing import Any

import pytest

from hoka_excel.agenda.places.standard_layout import standard_layout
from hoka_excel.core.agenda.checks import ELIGIBILITY, reconcile_agenda
from hoka_excel.core.agenda.projects import ALL_YEARS, Agenda, AgendaRef, Reason, Shares, Status
from hoka_excel.core.agenda.totals import SOURCES, TOTAL, stated_by
from hoka_excel.core.check_kinds import Kind
from hoka_excel.core.figures import MISSING, Figure, Printed
from hoka_excel.core.findings import Reconciliation
from hoka_excel.core.findings import Status as Outcome
from hoka_excel.core.messages import Language
from hoka_excel.core.verdicts import Verdict
from tests.made_agendas import agenda, amounts, project


def found_in(made: Agenda, **overtyped: Figure) -> Reconciliation:
    stated: dict[AgendaRef, Figure] = {ref: Printed(amount, 0) for ref, amount in stated_by(made).items()}
    for ref in stated:
        if "/".join(ref) in overtyped:
            stated[ref] = overtyped["/".join(ref)]
    return reconcile_agenda(made, stated, standard_layout(made).places())


def test_an_agenda_in_order_ties_in_every_check() -> None:
    found = found_in(agenda(project(1), project(2)))
    assert found.status is Outcome.EXACT
    assert found.notes == ()
    assert {check.kind for check in found.checks} >= {
        Kind.SHARE,
        Kind.FOOTING,
        Kind.SAME_FIGURE,
        Kind.EVIDENCE,
    }


def test_a_total_that_was_typed_over_does_not_tie_with_its_lines_nor_with_the_sources() -> None:
    found = found_in(agenda(), **{f"Eigen thema's/{TOTAL}/2023": Printed(101, 0)})
    assert [(finding.kind, finding.judgement.difference) for finding in found.findings] == [
        (Kind.FOOTING, Decimal(1)),
        (Kind.SAME_FIGURE, Decimal(1)),
    ]


def test_a_line_that_was_typed_over_is_told_with_the_projects_it_is_made_of() -> None:
    found = found_in(agenda(), **{"Eigen thema's/1. thema 1/2023": Printed("50.01", 0)})
    (share, footing) = found.findings
    assert share.kind is Kind.SHARE
    assert str(share.place) == "Totalen!B6"
    assert [str(part) for part in share.parts] == ["Projecten!D21"]
    assert footing.kind is Kind.FOOTING


def test_a_total_that_is_missing_makes_its_checks_untestable() -> None:
    found = found_in(agenda(), **{f"{SOURCES}/{TOTAL}/2024": MISSING})
    assert {finding.verdict for finding in found.findings} == {Verdict.UNTESTABLE}
    assert len(found.findings) == 4


@pytest.mark.parametrize("language", ["nl", "en"])
def test_amounts_that_are_an_example_are_told_so_in_every_finding_and_once_for_all(
    language: Language,
) -> None:
    made = agenda(project(evidence="", status=Status.EXAMPLE), project(2))
    found = found_in(made)
    (finding,) = found.findings
    assert finding.label == "1. project 1 (voorbeeld)"
    assert "(voorbeeld)" in finding.message.render(language)
    assert [note.values["count"] for note in found.notes] == [1]
    assert all("voorbeeld" in check.label for check in found.checks if check.kind is Kind.SHARE)


@pytest.mark.parametrize(
    ("changes", "kind", "place", "allowed"),
    [
        (
            {"shares": (Shares((100, 0, 0)), Shares((0, 0)), Shares((100, 0)))},
            "sector_theme",
            "Aandelen!D10",
            0,
        ),
        ({"aim": ""}, "quality_aim", "Kwaliteitsdoelen!C6", 0),
        ({"evidence": ""}, "evidence", "Kwaliteitsdoelen!D6", 0),
        ({"financing": (amounts(50, 50, 0), amounts(50, 60, 0))}, "coverage", "Projecten!E21", 100),
        (
            {"costs": amounts(100, 100, 9), "financing": (amounts(50, 50, 9), amounts(50, 50, 0))},
            "agreement_years",
            "Projecten!F11",
            100,
        ),
    ],
)
def test_a_project_that_may_not_use_the_money_is_told_where_to_mend_it(
    changes: dict[str, Any], kind: str, place: str, allowed: int
) -> None:
    (finding,) = found_in(agenda(project(**changes))).findings
    assert (finding.kind, str(finding.place)) == (kind, place)
    assert finding.judgement.expected == allowed
    assert place in finding.message.render("nl")
    assert place in finding.message.render("en")


def test_a_reason_explains_one_test_and_no_other() -> None:
    made = project(aim="", evidence="")
    ref = AgendaRef(ELIGIBILITY, made.label, ALL_YEARS)
    found = found_in(agenda(made, reasons=(Reason(Kind.EVIDENCE, ref, "volgt in mei"),)))
    assert [(finding.kind, finding.verdict) for finding in found.findings] == [
        (Kind.QUALITY_AIM, Verdict.MISMATCH),
        (Kind.EVIDENCE, Verdict.EXPLAINED),
    ]
    assert found.findings[1].explanation == "volgt in mei"
