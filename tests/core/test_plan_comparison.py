"""What differs between two plans."""

from dataclasses import replace
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from hoka_excel.core.figures import MISSING, Printed, Reason, Unreadable
from hoka_excel.core.plan import Explanation, Line, Plan, Ref
from hoka_excel.core.plan_comparison import Difference, Subject, Topic, compare, facts_of

TABLE, LINE, YEAR = "Thema 2", "Didactische leergangen", 2022
PLACE = Ref(TABLE, LINE, YEAR)


def with_lines(plan: Plan, *lines: Line) -> Plan:
    """Give the second theme other lines."""
    theme = plan.themes[1]
    changed = replace(theme, table=replace(theme.table, lines=lines))
    return replace(plan, themes=(plan.themes[0], changed, *plan.themes[2:]))


def test_a_plan_does_not_differ_from_itself(published_plan: Plan, recomputed_plan: Plan) -> None:
    assert compare(published_plan, published_plan) == ()
    assert compare(recomputed_plan, recomputed_plan) == ()


def test_a_figure_that_changed_is_told_with_the_amount_added(
    published_plan: Plan, recomputed_plan: Plan
) -> None:
    found = {entry.subject: entry for entry in compare(published_plan, recomputed_plan)}
    assert found[Subject(Topic.FIGURE, *PLACE)] == Difference(
        Subject(Topic.FIGURE, *PLACE), Decimal(78695), Decimal(78047)
    )
    assert found[Subject(Topic.FIGURE, *PLACE)].amount == -648
    assert found[Subject(Topic.STATE)].amount is None


def test_both_directions_tell_the_same(published_plan: Plan, recomputed_plan: Plan) -> None:
    there, back = compare(published_plan, recomputed_plan), compare(recomputed_plan, published_plan)
    assert {(entry.subject, entry.old, entry.new) for entry in there} == {
        (entry.subject, entry.new, entry.old) for entry in back
    }


def test_a_line_that_is_left_out_or_added_is_told_year_by_year(published_plan: Plan) -> None:
    lines = published_plan.themes[1].table.lines
    shorter = with_lines(published_plan, *(line for line in lines if line.label != LINE))
    gone = compare(published_plan, shorter)
    assert [entry.subject.year for entry in gone] == list(published_plan.years)
    assert {(entry.subject.of, entry.subject.line, entry.new) for entry in gone} == {(TABLE, LINE, None)}
    assert {entry.old for entry in compare(shorter, published_plan)} == {None}


def test_the_order_of_lines_is_no_difference(published_plan: Plan) -> None:
    lines = published_plan.themes[1].table.lines
    assert compare(published_plan, with_lines(published_plan, *reversed(lines))) == ()


def test_what_cannot_be_read_is_compared_as_it_stands(published_plan: Plan) -> None:
    first, *others = published_plan.themes[1].table.lines
    blank = with_lines(published_plan, replace(first, figures=(MISSING, *first.figures[1:])), *others)
    text = Unreadable("n.v.t.", Reason.TEXT)
    written = with_lines(published_plan, replace(first, figures=(text, *first.figures[1:])), *others)
    (difference,) = compare(blank, written)
    assert (difference.old, difference.new, difference.amount) == (None, "n.v.t.", None)


def test_decimals_that_were_not_printed_are_no_difference(published_plan: Plan) -> None:
    rate = published_plan.rate
    longer = replace(rate, working=rate.working.quantize(Decimal("0.0001")))
    assert compare(published_plan, replace(published_plan, rate=longer)) == ()


def test_assumptions_explanations_actuals_and_notes_are_compared(published_plan: Plan) -> None:
    changed = replace(
        published_plan,
        grant=tuple(Printed(1, 1) for _ in published_plan.years),
        actuals={PLACE: Printed(70_000, 1)},
        explanations=(Explanation(PLACE, "bijgesteld"),),
        notes=(*published_plan.notes, "nieuw"),
    )
    found = {entry.subject: entry.new for entry in compare(published_plan, changed)}
    assert found == {
        **{Subject(Topic.GRANT, year=year): Decimal(1) for year in published_plan.years},
        Subject(Topic.ACTUAL, *PLACE): Decimal(70_000),
        Subject(Topic.EXPLANATION, *PLACE): "bijgesteld",
        Subject(Topic.NOTE, str(len(changed.notes))): "nieuw",
    }


def test_every_figure_of_a_plan_is_a_fact(published_plan: Plan) -> None:
    facts = facts_of(published_plan)
    assert {
        Subject(Topic.FIGURE, *ref): figure.value
        for ref, figure in published_plan.figures()
        if isinstance(figure, Printed)
    }.items() <= facts.items()


@given(st.decimals(-(10**9), 10**9, places=2), st.decimals(-(10**9), 10**9, places=2))
def test_old_and_the_amount_added_make_new(old: Decimal, new: Decimal) -> None:
    amount = Difference(Subject(Topic.FIGURE), old, new).amount
    assert amount is not None
    assert old + amount == new
