"""Dividing an amount over receivers."""

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor
from typing import Any

import pytest
from apportionment.methods import TiesException, compute
from hypothesis import assume, given
from hypothesis import strategies as st

from hoka_excel import allocate
from hoka_excel.core.allocating.traces import Cause, Step
from hoka_excel.core.allocation import Allocation, Method
from hoka_excel.core.errors import AllocationError

METHODS: list[Method] = ["largest_remainder", "webster"]
both_methods = pytest.mark.parametrize("method", METHODS)

amounts = st.integers(0, 10**7)
weights = st.lists(st.integers(0, 10**6), min_size=1, max_size=12).filter(any)
units = st.sampled_from([Decimal(1), Decimal("0.01"), Decimal(1000), Decimal("0.5")])
Limits = dict[int, Decimal]
Case = tuple[int, list[int], Limits, Limits, Limits]
"""An amount, weights, fixed amounts, minima and maxima."""


@st.composite
def limited(draw: st.DrawFn, most: int = 2000) -> Case:
    """An amount, weights, fixed amounts and limits that can be met: the limits lie around a division."""
    keys = draw(st.lists(st.integers(1, 1000), min_size=1, max_size=8))
    parts = [draw(st.integers(0, most)) for _ in keys]

    def around(low: Callable[[int], int], high: Callable[[int], int]) -> Limits:
        chosen = draw(st.sets(st.integers(0, len(keys) - 1)))
        return {i: Decimal(draw(st.integers(low(parts[i]), high(parts[i])))) for i in chosen}

    fixed = around(lambda _: 0, lambda part: part)
    minimum = around(lambda _: 0, lambda part: part)
    maximum = around(lambda part: part, lambda part: part + most)
    return sum(parts), keys, fixed, minimum, maximum


def negated(values: Limits) -> Limits:
    return {i: -value for i, value in values.items()}


def integers(allocation: Allocation) -> list[int]:
    return [int(share) for share in allocation.shares]


def has_tie(allocation: Allocation) -> bool:
    return any(step.cause is Cause.TIE for step in allocation.trace)


def test_nine_over_61_29_10_is_5_3_1() -> None:
    assert integers(allocate(9, [61, 29, 10])) == [5, 3, 1]


def test_the_fixed_amount_comes_off_first_and_the_rest_is_shared_over_all() -> None:
    shares = [Fraction(key) for key in ("0.588", "0.0515", "0.1773", "0.1834")]
    allocation = allocate(446609, ["0.588", "0.0515", "0.1773", "0.1834"], fixed={1: 40000})
    due = [Fraction(446609 - 40000) * share / sum(shares) for share in shares]
    due[1] += 40000
    assert sum(allocation.shares) == 446609
    assert all(
        abs(share - exact) < 1 for share, exact in zip(map(Fraction, allocation.shares), due, strict=True)
    )
    assert integers(allocation) == [239038, 60936, 72078, 74557]


def test_the_two_methods_differ_where_they_should() -> None:
    keys = [9061, 7179, 5259, 3319, 1182]
    assert integers(allocate(26, keys)) == [9, 7, 5, 4, 1]
    assert integers(allocate(26, keys, method="webster")) == [9, 8, 5, 3, 1]


@both_methods
@given(amount=amounts, keys=weights, unit=units)
def test_shares_add_up_exactly(method: Method, amount: int, keys: list[int], unit: Decimal) -> None:
    allocation = allocate(amount * unit, keys, unit=unit, method=method)
    assert sum(allocation.shares) == amount * unit
    assert all(share % unit == 0 for share in allocation.shares)


@given(amount=amounts, keys=weights)
def test_by_largest_remainder_no_share_is_a_full_unit_off(amount: int, keys: list[int]) -> None:
    for share, key in zip(allocate(amount, keys).shares, keys, strict=True):
        assert abs(Fraction(share) - Fraction(amount * key, sum(keys))) < 1


@both_methods
@given(data=st.data(), amount=amounts, keys=weights)
def test_the_order_of_receivers_does_not_matter_unless_they_tie(
    method: Method, data: st.DataObject, amount: int, keys: list[int]
) -> None:
    allocation = allocate(amount, keys, method=method)
    order = data.draw(st.permutations(range(len(keys))))
    permuted = allocate(amount, [keys[i] for i in order], method=method)
    assert sorted(zip(keys, allocation.shares, strict=True)) == sorted(
        zip([keys[i] for i in order], permuted.shares, strict=True)
    )
    assume(not has_tie(allocation))
    assert permuted.shares == tuple(allocation.shares[i] for i in order)


@both_methods
@given(amount=amounts, keys=weights, factor=st.integers(1, 1000), unit=units)
def test_only_proportions_matter(
    method: Method, amount: int, keys: list[int], factor: int, unit: Decimal
) -> None:
    plain = allocate(amount, keys, method=method).shares
    assert allocate(amount, [str(Decimal(key) * unit) for key in keys], method=method).shares == plain
    scaled = allocate(amount * factor * unit, keys, unit=factor * unit, method=method).shares
    assert scaled == tuple(share * factor * unit for share in plain)


@both_methods
@given(case=limited())
def test_a_credit_mirrors_a_debit(method: Method, case: Case) -> None:
    amount, keys, fixed, minimum, maximum = case
    debit = allocate(amount, keys, method=method, fixed=fixed, minimum=minimum, maximum=maximum)
    credit = allocate(
        -amount,
        keys,
        method=method,
        fixed=negated(fixed),
        minimum=negated(maximum) if amount else minimum,
        maximum=negated(minimum) if amount else maximum,
    )
    assert credit.shares == tuple(-share for share in debit.shares)
    assert [step.amount for step in credit.trace] == [-step.amount for step in debit.trace]


@both_methods
@given(case=limited())
def test_shares_stay_within_their_limits(method: Method, case: Case) -> None:
    amount, keys, fixed, minimum, maximum = case
    shares = allocate(amount, keys, method=method, fixed=fixed, minimum=minimum, maximum=maximum).shares
    assert sum(shares) == amount
    for i, share in enumerate(shares):
        assert fixed.get(i, 0) <= share
        assert minimum.get(i, 0) <= share <= maximum.get(i, amount)


@given(case=limited())
def test_receivers_off_their_limits_share_the_rest_by_weight(
    case: Case,
) -> None:
    amount, keys, fixed, minimum, maximum = case
    allocation = allocate(amount, keys, fixed=fixed, minimum=minimum, maximum=maximum)
    at_limits = {s.receiver for s in allocation.trace if s.cause in (Cause.MINIMUM, Cause.MAXIMUM)}
    free = [i for i in range(len(keys)) if i not in at_limits]
    assume(free)
    shares = [Fraction(share) for share in allocation.shares]
    rest = sum((shares[i] - Fraction(fixed.get(i, 0)) for i in free), Fraction(0))
    rate = rest / sum(keys[i] for i in free)
    for i, share in enumerate(shares):
        due = Fraction(fixed.get(i, 0)) + rate * keys[i]
        if i in free:
            assert abs(share - due) < 1
        else:
            assert share == minimum.get(i) if due <= share else share == maximum.get(i)


def test_what_a_limit_takes_or_gives_is_shared_by_the_others() -> None:
    assert integers(allocate(100, [1, 1, 2], maximum={2: 20})) == [40, 40, 20]
    assert integers(allocate(100, [1, 1, 2], minimum=[None, 40, None])) == [20, 40, 40]
    assert integers(allocate(100, [6, 3, 1], minimum={2: 20}, maximum={0: 50})) == [50, 30, 20]


def test_a_limit_holds_for_the_share_with_its_fixed_amount() -> None:
    assert integers(allocate(100, [1, 1], fixed={0: 40}, maximum={0: 50})) == [50, 50]
    assert integers(allocate(100, [1, 1], fixed={0: 40}, minimum={1: 45})) == [55, 45]


def test_a_limit_between_units_counts_as_the_nearest_unit_within_it() -> None:
    assert integers(allocate(10, [1, 1], minimum={0: "5.2"})) == [6, 4]
    assert integers(allocate(10, [1, 1], maximum={0: "4.8"})) == [4, 6]


def test_limits_of_a_credit_bound_the_share_as_a_number() -> None:
    assert integers(allocate(-100, [1, 1, 1], minimum={0: -20})) == [-20, -40, -40]
    assert integers(allocate(-100, [1, 1, 2], maximum={0: -40})) == [-40, -20, -40]


@given(amount=st.integers(0, 500), keys=weights)
def test_by_webster_a_larger_amount_never_means_a_smaller_share(amount: int, keys: list[int]) -> None:
    less = allocate(amount, keys, method="webster").shares
    more = allocate(amount + 1, keys, method="webster").shares
    assert all(low <= high for low, high in zip(less, more, strict=True))


@given(amount=amounts, keys=weights)
def test_webster_rounds_all_shares_at_one_common_rate(amount: int, keys: list[int]) -> None:
    shares = [int(share) for share in allocate(amount, keys, method="webster").shares]
    held = [(share, key) for share, key in zip(shares, keys, strict=True) if key]
    lowest_held = min((Fraction(key, 2 * share - 1) for share, key in held if share), default=None)
    highest_waiting = max(Fraction(key, 2 * share + 1) for share, key in held)
    assert lowest_held is None or lowest_held >= highest_waiting


@given(case=limited(most=40))
def test_webster_within_limits_awards_unit_by_unit_to_the_strongest_claim(case: Case) -> None:
    amount, keys, fixed, minimum, maximum = case
    base = [int(fixed.get(i, 0)) for i in range(len(keys))]
    units = [max(base[i], int(minimum.get(i, 0))) for i in range(len(keys))]
    for _ in range(amount - sum(units)):
        open_to_more = [i for i in range(len(keys)) if units[i] < maximum.get(i, amount)]
        units[max(open_to_more, key=lambda i: Fraction(keys[i], 2 * (units[i] - base[i]) + 1))] += 1
    allocation = allocate(amount, keys, method="webster", fixed=fixed, minimum=minimum, maximum=maximum)
    assert integers(allocation) == units


@both_methods
@given(amount=st.integers(1, 60), keys=st.lists(st.integers(1, 10**6), min_size=1, max_size=10))
def test_the_apportionment_package_agrees_where_nothing_ties(
    method: Method, amount: int, keys: list[int]
) -> None:
    try:
        theirs = compute(method, keys, amount, fractions=True, tiesallowed=False)
    except TiesException:
        assume(False)
    assert integers(allocate(amount, keys, method=method)) == theirs


@both_methods
def test_ties_go_to_the_earlier_receiver(method: Method) -> None:
    assert integers(allocate(2, [1, 1, 1], method=method)) == [1, 1, 0]
    assert integers(allocate(1, [0, 5, 5], method=method)) == [0, 1, 0]
    assert integers(allocate(-1, [5, 5], method=method)) == [-1, 0]
    assert [step.cause for step in allocate(1, [1, 1], method=method).trace] == [Cause.TIE]


def test_by_webster_the_later_receiver_gives_back_first() -> None:
    allocation = allocate(2, [11, 11, 11], method="webster", fixed=[0, 0, 0])
    assert integers(allocation) == [1, 1, 0]
    assert list(allocation.trace) == [Step(2, Cause.TIE, Decimal(-1), Fraction(-1, 3))]


@both_methods
def test_without_weight_a_receiver_gets_only_what_is_fixed(method: Method) -> None:
    assert integers(allocate(10, [0, 1, 2], method=method)) == [0, 3, 7]
    assert integers(allocate(10, [0, 1, 0], method=method, fixed={0: 4}, minimum={2: 1})) == [4, 5, 1]


@both_methods
def test_nothing_is_divided_into_nothing(method: Method) -> None:
    allocation = allocate(0, [3, 2, 1], method=method)
    assert [str(share) for share in allocation.shares] == ["0", "0", "0"]
    assert len(allocation.trace) == 0


def test_numbers_of_every_kind_mean_their_face_value() -> None:
    expected = (Decimal("0.20"), Decimal("0.10"))
    for amount in (Decimal("0.3"), "0.3", 0.3):
        assert allocate(amount, [0.2, "0.1"], unit=0.01).shares == expected
    assert str(allocate("0.3", [2, 1], unit="0.01").shares[0]) == "0.20"


@both_methods
@given(amount=amounts, keys=weights)
def test_the_trace_leads_from_what_is_due_to_the_shares(method: Method, amount: int, keys: list[int]) -> None:
    allocation = allocate(amount, keys, method=method)
    due = [Fraction(amount * key, sum(keys)) for key in keys]
    held = [floor(part) if method == "largest_remainder" else ceil(part - Fraction(1, 2)) for part in due]
    for step in allocation.trace:
        assert step.remainder == due[step.receiver] - held[step.receiver]
        held[step.receiver] += int(step.amount)
    assert held == integers(allocation)


@given(amount=amounts, keys=weights)
def test_units_left_over_go_to_ever_smaller_remainders(amount: int, keys: list[int]) -> None:
    allocation = allocate(amount, keys)
    remainders = [step.remainder or 0 for step in allocation.trace]
    assert remainders == sorted(remainders, reverse=True)
    served = {step.receiver for step in allocation.trace}
    waiting = [Fraction(amount * key, sum(keys)) % 1 for i, key in enumerate(keys) if i not in served]
    assert min(remainders, default=1) >= max(waiting, default=0)


@both_methods
@given(case=limited())
def test_the_trace_names_fixed_amounts_and_limits(method: Method, case: Case) -> None:
    amount, keys, fixed, minimum, maximum = case
    trace = allocate(amount, keys, method=method, fixed=fixed, minimum=minimum, maximum=maximum).trace
    given_as = {Cause.FIXED: fixed, Cause.MINIMUM: minimum, Cause.MAXIMUM: maximum}
    named = [step for step in trace if step.remainder is None]
    assert [step.amount for step in named] == [given_as[step.cause][step.receiver] for step in named]
    assert [i for i, top in fixed.items() if top] == sorted(
        step.receiver for step in named if step.cause is Cause.FIXED
    )


def test_the_trace_says_who_got_each_unit_left_over_and_why() -> None:
    trace = allocate(9, [61, 29, 10]).trace
    assert list(trace) == [
        Step(2, Cause.REMAINDER, Decimal(1), Fraction(9, 10)),
        Step(1, Cause.REMAINDER, Decimal(1), Fraction(61, 100)),
    ]
    assert trace[-1] == trace[1]
    assert trace[:1] == (trace[0],)
    with pytest.raises(IndexError):
        trace[2]


def test_each_step_is_a_sentence_in_both_languages() -> None:
    steps = [
        *allocate(11, [4, 4, 1, 1], fixed={0: 2}, minimum={2: 3}, maximum={1: 2}).trace,
        *allocate(3, [1, 1], unit=3).trace,
        *allocate(26, [9061, 7179, 5259, 3319, 1182], method="webster").trace,
        *allocate(2, [61, 29, 10]).trace,
    ]
    assert {step.cause for step in steps} == set(Cause)
    assert [step.render() for step in steps[:3]] == [
        "Ontvanger 1 krijgt eerst het vaste bedrag 2.",
        "Ontvanger 3 is op het minimum 3 gezet: naar rato zou het minder zijn.",
        "Ontvanger 2 is op het maximum 2 gezet: naar rato zou het meer zijn.",
    ]
    for step in steps:
        assert f"Ontvanger {step.receiver + 1}" in step.render("nl")
        assert f"Receiver {step.receiver + 1}" in step.render("en")


@pytest.mark.parametrize(
    ("amount", "keys", "options", "code"),
    [
        (1, [], {}, "no_receivers"),
        (1, [1, -1], {}, "negative"),
        (1, [0, 0], {}, "zero_weights"),
        (0, [0, 0], {}, "zero_weights"),
        ("nan", [1], {}, "bad_number"),
        (1, [1, float("inf")], {}, "bad_number"),
        ("tien", [1], {}, "bad_number"),
        (1, [1, None], {}, "bad_number"),
        (1, [1], {"fixed": ["nan"]}, "bad_number"),
        (1, [1], {"unit": "inf"}, "bad_number"),
        ("1.5", [1], {}, "not_whole_units"),
        (10, [1], {"unit": 3}, "not_whole_units"),
        (10, [1], {"fixed": ["0.5"]}, "not_whole_units"),
        (1, [1], {"unit": 0}, "unit_not_positive"),
        (1, [1], {"unit": -1}, "unit_not_positive"),
        (1, [1], {"method": "dhondt"}, "unknown_method"),
        (1, [1, 2], {"fixed": [1]}, "lengths_differ"),
        (1, [1, 2], {"minimum": [1, 2, 3]}, "lengths_differ"),
        (1, [1, 2], {"maximum": {2: 1}}, "unknown_receiver"),
        (1, [1, 2], {"fixed": {-1: 1}}, "unknown_receiver"),
        (10, [1, 1], {"fixed": [6, 5]}, "fixed_above_amount"),
        (-10, [1, 1], {"fixed": [-6, -5]}, "fixed_above_amount"),
        (10, [1, 1], {"fixed": [-1, 0]}, "fixed_sign"),
        (-10, [1, 1], {"fixed": [1, 0]}, "fixed_sign"),
        (10, [1, 1], {"fixed": [6, 0], "maximum": [5, None]}, "fixed_beyond_limit"),
        (10, [1, 1], {"maximum": [-1, None]}, "fixed_beyond_limit"),
        (10, [1, 1], {"minimum": [6, None], "maximum": [5, None]}, "limits_crossed"),
        (10, [1, 1], {"minimum": ["4.2", None], "maximum": ["4.8", None]}, "limits_crossed"),
        (10, [1, 1], {"minimum": [6, 5]}, "limits_above_amount"),
        (10, [1, 1], {"fixed": [6, 0], "minimum": [None, 5]}, "limits_above_amount"),
        (10, [1, 1], {"maximum": [4, 5]}, "limits_below_amount"),
        (-10, [1, 1], {"minimum": [-4, -5]}, "limits_below_amount"),
        (10, [1, 0], {"maximum": [4, None]}, "limits_below_amount"),
    ],
)
def test_what_cannot_be_divided_is_refused_with_its_reason(
    amount: Any, keys: Sequence[Any], options: Mapping[str, Any], code: str
) -> None:
    with pytest.raises(AllocationError) as refused:
        allocate(amount, keys, **options)
    assert [fault.code for fault in refused.value.faults] == [f"allocation.{code}"]
    assert "{" not in refused.value.render("nl") + refused.value.render("en")


def test_a_refusal_says_where_what_and_how_to_mend_it() -> None:
    with pytest.raises(AllocationError, match=r"Gewicht 2: 'n.v.t.' is geen getal. Vul een getal in."):
        allocate(10, [1, "n.v.t."])
    with pytest.raises(AllocationError, match=r"tellen op tot 11, maar er is 10 te verdelen. Verklein"):
        allocate(10, [1, 1], fixed=[6, 5])
    with pytest.raises(AllocationError, match=r"samen hoogstens -9 krijgen"):
        allocate(-10, [1, 1], minimum=[-4, -5])
    with pytest.raises(AllocationError, match=r"Bedrag: 1.000,50 is geen geheel aantal eenheden van 1"):
        allocate("1000.50", [1])


@both_methods
def test_a_hundred_thousand_receivers_are_divided_exactly(method: Method) -> None:
    keys = [1 + i * i % 9973 for i in range(100_000)]
    allocation = allocate("123456789.01", keys, unit="0.01", method=method)
    assert sum(allocation.shares) == Decimal("123456789.01")
    assert allocation.trace[len(allocation.trace) - 1] == allocation.trace[-1]
