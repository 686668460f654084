"""Posting bookings to the lines of a plan: no cent is lost."""

import tracemalloc
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hoka_excel.begroting.plan_file.reading import read_plan
from hoka_excel.core.bookings.code_patterns import pattern_of, takes
from hoka_excel.core.bookings.ledger import EURO, Booking, Claims, LedgerRule, PlanLine, clashes
from hoka_excel.core.bookings.posted_actuals import posted_actuals
from hoka_excel.core.bookings.posting import Gap, Tally, posting, tally_of
from hoka_excel.core.errors import LedgerError
from hoka_excel.core.plan import Plan, Ref
from tests.conftest import PLAN_FILE

PLAN = read_plan(PLAN_FILE)
BMW = PlanLine("Thema 1", "BMW")
COURSES = PlanLine("Thema 2", "Didactische leergangen")
COACHES = PlanLine("Thema 3", "Dedicated coaches/psychologen")


def booking(amount: str, account: str = "4000", year: int = 2020, **other: str) -> Booking:
    codes = {"cost_centre": "", "project": "", "currency": EURO, "converted_from": "", "place": "b.csv:2"}
    day = date(year, 5, 1)
    values = {**codes, "document": "F1", "description": "inkoop", **other}
    return Booking(year=year, day=day, account=account, amount=Decimal(amount), **values)


def rule(line: PlanLine | None, account: str = "", cost_centre: str = "", project: str = "") -> LedgerRule:
    return LedgerRule(line, *map(pattern_of, (cost_centre, project, account)))


RULES = [rule(BMW, "40*"), rule(COURSES, "4100-4199"), rule(None, "1*")]


def test_bookings_are_added_up_per_line_and_year_and_credit_notes_are_taken_off(published_plan: Plan) -> None:
    bookings = [booking("100.25"), booking("50.50"), booking("-30.00"), booking("7", "4150", 2021)]
    found = posting(bookings, RULES, published_plan)
    assert found.posted == {
        Ref(*BMW, 2020): Tally(Decimal("120.75"), 3),
        Ref(*COURSES, 2021): Tally(Decimal(7), 1),
    }
    assert found.is_complete


def test_what_no_rule_takes_is_told_per_codes_and_year_the_largest_first(published_plan: Plan) -> None:
    bookings = [
        booking("10", "4800", cost_centre="K1"),
        booking("5", "4800", cost_centre="K1"),
        booking("-90", "4800", cost_centre="K2", project="P"),
    ]
    found = posting(bookings, RULES, published_plan)
    assert [(*entry.codes, entry.gap, *entry.tally) for entry in found.unposted] == [
        ("K2", "P", "4800", 2020, Gap.NO_RULE, Decimal(-90), 1),
        ("K1", "", "4800", 2020, Gap.NO_RULE, Decimal(15), 2),
    ]
    assert not found.is_complete


def test_what_two_rules_claim_for_different_lines_goes_to_none_of_them(published_plan: Plan) -> None:
    rules = [*RULES, rule(COACHES, "4010-4019"), rule(BMW, cost_centre="K9")]
    bookings = [booking("80", "4015"), booking("20", "4000", cost_centre="K9")]
    found = posting(bookings, rules, published_plan)
    (entry,) = found.unposted
    assert (entry.gap, entry.rules, entry.tally.amount) == (Gap.TWO_LINES, (1, 4), Decimal(80))
    assert found.posted == {Ref(*BMW, 2020): Tally(Decimal(20), 1)}, "two rules for one line agree"


def test_rules_that_can_claim_one_booking_are_known_before_any_is_read() -> None:
    rules = [*RULES, rule(COACHES, "4010-4019"), rule(BMW, "4*", cost_centre="K9"), rule(None, "2*", "K9")]
    assert list(clashes(rules)) == [(1, 4), (2, 5), (4, 5)]


@given(st.lists(st.tuples(*[st.sampled_from(["", "K1", "4015", "41"])] * 3), max_size=9))
def test_a_booking_falls_under_the_rules_that_take_all_its_codes(
    bookings: list[tuple[str, str, str]],
) -> None:
    rules = [*RULES, rule(BMW, "4*", "K1"), rule(BMW, cost_centre="K*", project="4000-4999"), rule(None)]
    claims = Claims(rules)
    for codes in bookings:
        taking = [n for n, entry in enumerate(rules, 1) if all(map(takes, entry.patterns, codes))]
        assert claims.on(*codes) == taking


def test_years_outside_the_plan_are_told_and_not_posted(published_plan: Plan) -> None:
    found = posting([booking("10", year=2018), booking("4", "1300", 2018)], RULES, published_plan)
    (entry,) = found.unposted
    assert (entry.gap, entry.codes.year, entry.tally) == (Gap.OTHER_YEAR, 2018, Tally(Decimal(10), 1))
    assert found.aside == {3: Tally(Decimal(4), 1)}, "what has nothing to do with the plan has no year"


def test_foreign_currency_is_told_in_that_currency_and_never_added(published_plan: Plan) -> None:
    found = posting([booking("10"), booking("55.10", currency="USD")], RULES, published_plan)
    assert found.foreign == {"USD": Tally(Decimal("55.10"), 1)}
    assert found.posted == {Ref(*BMW, 2020): Tally(Decimal(10), 1)}
    assert not found.is_complete


def test_what_the_ledger_converted_itself_is_posted_and_told(published_plan: Plan) -> None:
    found = posting([booking("10"), booking("9.20", converted_from="USD")], RULES, published_plan)
    assert found.posted == {Ref(*BMW, 2020): Tally(Decimal("19.20"), 2)}
    assert found.converted == {"USD": Tally(Decimal("9.20"), 1)}


def test_a_repeated_booking_is_told_and_counts(published_plan: Plan) -> None:
    found = posting([booking("10"), booking("10", place="b.csv:9")], RULES, published_plan)
    assert found.posted == {Ref(*BMW, 2020): Tally(Decimal(20), 2)}
    assert [entry.place for entry in found.repeated.examples] == ["b.csv:9"]


def test_a_posting_that_loses_a_cent_or_a_booking_cannot_be_made(published_plan: Plan) -> None:
    found = posting([booking("10"), booking("3", "9")], RULES, published_plan)
    (ref,) = found.posted
    for tally in (Tally(Decimal("9.99"), 1), Tally(Decimal(10), 2)):
        with pytest.raises(LedgerError, match="er is niets geboekt"):
            replace(found, posted={ref: tally})
    with pytest.raises(LedgerError, match="er is niets geboekt"):
        replace(found, foreign={"USD": Tally(Decimal(1), 1)})


amounts = st.decimals(min_value=-(10**12), max_value=10**12, places=2, allow_nan=False, allow_infinity=False)
many = st.lists(
    st.builds(
        booking,
        amounts.map(str),
        st.sampled_from(["4000", "4015", "4150", "4800", "1300", ""]),
        st.sampled_from([2018, 2019, 2020]),
        cost_centre=st.sampled_from(["", "K1", "K9"]),
        currency=st.sampled_from([EURO, EURO, "USD"]),
    ),
    max_size=60,
)


@given(many)
def test_amounts_in_are_amounts_posted_and_amounts_told(bookings: list[Booking]) -> None:
    found = posting(bookings, [*RULES, rule(COACHES, "4010-4019"), rule(BMW, cost_centre="K9")], PLAN)
    euros = [entry.amount for entry in bookings if entry.currency == EURO]
    told = tally_of([*found.posted.values(), *found.aside.values(), *(one.tally for one in found.unposted)])
    assert told == (sum(euros), len(euros))
    foreign = [entry.amount for entry in bookings if entry.currency != EURO]
    assert tally_of(found.foreign.values()) == (sum(foreign), len(foreign))


@given(many)
def test_figures_and_what_rounding_leaves_out_make_the_amounts_again(bookings: list[Booking]) -> None:
    found = posting(bookings, [*RULES, rule(COACHES, "4800")], PLAN)
    actuals = posted_actuals(found, PLAN)
    assert sorted(actual.ref for actual in actuals) == sorted(found.posted)
    for actual in actuals:
        rate = PLAN.rate.working if actual.unit == "FTE" else Decimal(1)
        assert actual.figure.value * rate + actual.difference == actual.tally.amount
        assert abs(actual.difference) * 2 <= rate * actual.figure.unit
        assert not actual.figure.has_excess_digits


def test_fte_are_rounded_half_up_to_the_step_of_their_table(published_plan: Plan) -> None:
    plan = replace(published_plan, rate=replace(published_plan.rate, working=Decimal(80_000)))
    found = posting([booking("4000"), booking("-4000", year=2021)], [rule(COACHES, "40*")], plan)
    assert [str(actual.figure.value) for actual in posted_actuals(found, plan)] == ["0.1", "-0.1"]
    assert [actual.difference for actual in posted_actuals(found, plan)] == [-4000, 4000]


def test_memory_does_not_grow_with_the_bookings_but_for_their_fingerprints(published_plan: Plan) -> None:
    def peak(count: int) -> int:
        tracemalloc.start()
        posting((booking(f"{number}.25") for number in range(count)), RULES, published_plan)
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return most

    few, many_more = peak(2_000), peak(32_000)
    fingerprints = 8 * (1 << 16) * 3 // 2
    assert many_more - few < fingerprints + 100_000


def test_a_rule_for_a_line_that_the_plan_does_not_have_is_refused(published_plan: Plan) -> None:
    rules = [*RULES, rule(PlanLine("Thema 1", "BMX")), rule(PlanLine("Integraal EUR", "Prof. Docenten"))]
    with pytest.raises(LedgerError) as caught:
        posting([], rules, published_plan)
    assert [fault.values["rule"] for fault in caught.value.faults] == [4, 5]


def test_a_posting_of_nothing_is_complete(published_plan: Plan) -> None:
    found = posting([], RULES, published_plan)
    assert (found.read, found.total, found.is_complete) == ({}, Tally(), True)
