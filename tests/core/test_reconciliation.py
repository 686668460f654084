"""What the published appendix contains, and what is left after recomputing it."""

from collections import Counter
from dataclasses import replace
from decimal import Decimal

import pytest

from hoka_excel.core.check_kinds import Kind
from hoka_excel.core.figures import MISSING
from hoka_excel.core.findings import Finding, Status
from hoka_excel.core.plan import Explanation, Plan, Ref
from hoka_excel.core.verdicts import Verdict
from hoka_excel.sources import reconcile

Differences = dict[int, tuple[int, str]]


def of(plan: Plan, kind: Kind, table: str) -> list[Finding]:
    start = {
        "Integraal EUR": ("Begroting integraal", range(5, 9)),
        "Integraal FTE": ("Begroting integraal", range(11, 15)),
    }
    sheet, rows = start.get(table, (table, range(1, 100)))
    return [
        check
        for check in reconcile(plan).checks
        if check.kind is kind and check.place.sheet == sheet and int(check.place.cell[1:]) in rows
    ]


def differences(findings: list[Finding]) -> dict[str, tuple[Decimal | None, Verdict]]:
    return {
        finding.period: (finding.judgement.difference, finding.verdict)
        for finding in findings
        if finding.verdict is not Verdict.EXACT
    }


def test_the_appendix_has_138_figures(published_plan: Plan) -> None:
    assert len(list(published_plan.figures())) == 138


def test_every_kind_of_check_is_made_for_every_cell_it_concerns(published_plan: Plan) -> None:
    counted = Counter(check.kind for check in reconcile(published_plan).checks)
    assert counted == {Kind.FOOTING: 30, Kind.SAME_FIGURE: 18, Kind.RATE: 24, Kind.RATIO: 18, Kind.SHARE: 24}


@pytest.mark.parametrize(
    ("kind", "table", "expected"),
    [
        (
            Kind.FOOTING,
            "Thema 2",
            {
                "2022": (Decimal(-648), Verdict.MISMATCH),
                "2023": (Decimal(1), Verdict.ROUNDING),
                "2024": (Decimal(282), Verdict.MISMATCH),
            },
        ),
        (Kind.SAME_FIGURE, "Thema 2", {"2024": (Decimal(282), Verdict.MISMATCH)}),
        (
            Kind.FOOTING,
            "Integraal EUR",
            {
                "2019": (Decimal(-1), Verdict.ROUNDING),
                "2020": (Decimal(-1), Verdict.ROUNDING),
                "2024": (Decimal(1), Verdict.ROUNDING),
            },
        ),
        (
            Kind.FOOTING,
            "Integraal FTE",
            {
                "2022": (Decimal("-0.01"), Verdict.ROUNDING),
                "2023": (Decimal("0.01"), Verdict.ROUNDING),
            },
        ),
        (Kind.FOOTING, "Thema 1", {}),
        (Kind.SAME_FIGURE, "Thema 1", {}),
        (Kind.FOOTING, "Thema 3", {}),
    ],
)
def test_the_differences_of_the_published_appendix(
    published_plan: Plan, kind: Kind, table: str, expected: dict[str, tuple[Decimal, Verdict]]
) -> None:
    assert differences(of(published_plan, kind, table)) == expected


def test_theme_3_totals_differ_from_the_integral_table_by_their_one_decimal_only(
    published_plan: Plan,
) -> None:
    found = differences(of(published_plan, Kind.SAME_FIGURE, "Thema 3"))
    assert {year: verdict for year, (_, verdict) in found.items()} == {
        **dict.fromkeys(("2019", "2020", "2023", "2024"), Verdict.ROUNDING),
        "2022": Verdict.DOUBLE_ROUNDING,
    }


def test_there_is_no_other_mismatch(published_plan: Plan) -> None:
    mismatches = [check for check in reconcile(published_plan).checks if check.verdict is Verdict.MISMATCH]
    assert [(str(check.place), check.kind) for check in mismatches] == [
        ("Thema 2!E8", Kind.FOOTING),
        ("Thema 2!G8", Kind.FOOTING),
        ("Thema 2!G8", Kind.SAME_FIGURE),
    ]


def test_the_ratio_holds_within_rounding_in_all_18_cells(published_plan: Plan) -> None:
    verdicts = {check.verdict for check in reconcile(published_plan).checks if check.kind is Kind.RATIO}
    assert verdicts == {Verdict.EXACT, Verdict.ROUNDING}


def test_every_pair_ties_at_84k_and_most_contradict_an_exact_84000(published_plan: Plan) -> None:
    def verdicts(plan: Plan) -> Counter[Verdict]:
        return Counter(check.verdict for check in reconcile(plan).checks if check.kind is Kind.RATE)

    assert verdicts(published_plan) == {Verdict.EXACT: 2, Verdict.ROUNDING: 22}
    exact = replace(published_plan.rate, printed=type(published_plan.rate.printed)(84000, 0))
    assert verdicts(replace(published_plan, rate=exact))[Verdict.MISMATCH] > 12


def test_a_mismatch_says_where_and_how_much_in_dutch_and_english(published_plan: Plan) -> None:
    finding = of(published_plan, Kind.FOOTING, "Thema 2")[3]
    assert finding.message.render() == (
        "Totaal EUR 2022 is 379.015, maar de regels tellen op tot 379.663: een verschil van -648, meer dan "
        "afronding kan verklaren (2). Kijk naar Thema 2!E8 en Thema 2!E5, Thema 2!E6, Thema 2!E7."
    )
    assert "379,015, but the lines add up to 379,663" in finding.message.render("en")


def test_an_explanation_makes_a_mismatch_explained_without_hiding_it(published_plan: Plan) -> None:
    ref = Ref("Thema 2", "Totaal EUR", 2022)
    plan = replace(published_plan, explanations=(Explanation(ref, "tikfout in de bron"),))
    finding = of(plan, Kind.FOOTING, "Thema 2")[3]
    assert (finding.verdict, finding.explanation) == (Verdict.EXPLAINED, "tikfout in de bron")
    assert finding.judgement.difference == -648


def test_a_missing_figure_makes_its_checks_untestable_and_no_others(published_plan: Plan) -> None:
    table = published_plan.themes[0].table
    first = replace(table.lines[0], figures=(MISSING, *table.lines[0].figures[1:]))
    theme = replace(published_plan.themes[0], table=replace(table, lines=(first, *table.lines[1:])))
    result = reconcile(replace(published_plan, themes=(theme, *published_plan.themes[1:])))
    untestable = [check for check in result.checks if check.verdict is Verdict.UNTESTABLE]
    assert [(check.kind, str(check.place)) for check in untestable] == [
        (Kind.FOOTING, "Thema 1!B9"),
        (Kind.SHARE, "Thema 1!B5"),
    ]
    assert "er ontbreekt een bedrag" in untestable[0].message.render()


def test_the_recomputed_plan_ties_everywhere(recomputed_plan: Plan) -> None:
    result = reconcile(recomputed_plan)
    assert result.status is Status.ROUNDING
    assert {check.verdict for check in result.checks} == {Verdict.EXACT, Verdict.ROUNDING}
    footing = {check.verdict for check in result.checks if check.kind is Kind.FOOTING}
    assert footing == {Verdict.EXACT}
