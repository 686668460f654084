"""Apportion whole units over integer weights, within limits: integers only.

First the limits are settled: every receiver is due its fixed units plus its weight times one common rate,
cut off at its limits, the rate being such that the whole amount is due to someone. Then a method turns what
is due into whole units:

- largest remainder (Hamilton): everyone gets the whole units due; the units left over go one each to the
  largest remainders. Never a full unit away from what is due.
- Webster (Sainte-Laguë): everyone gets what is due rounded to the nearest unit under one common rate; more
  to allocate never means less for anyone.

Source:
    Balinski and Young, Fair Representation (1982); the limits: Bitran and Hax, Disaggregation and Resource
    Allocation Using Convex Knapsack Problems (1981).
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from heapq import heapify, heappop, heappush
from types import MappingProxyType

from hoka_excel.core.allocating.traces import Cause, Moves


@dataclass(frozen=True, slots=True)
class Claims:
    """Who may get how much of an amount, all in units and at least zero.

    Per receiver fixed <= lowest <= highest, and some units within these limits add up to the amount while
    receivers without weight stay at their lowest.

    Attributes:
        amount: the units to apportion.
        weights: one per receiver; not all zero.
        fixed: what each gets first; the rest is shared over all by weight.
        lowest: the least each may get.
        highest: the most each may get.
    """

    amount: int
    weights: Sequence[int]
    fixed: Sequence[int]
    lowest: Sequence[int]
    highest: Sequence[int]


@dataclass(frozen=True, slots=True)
class Settlement:
    """What is due once the limits are met.

    A free receiver is due fixed + weight x `rest` / `weight`; any other is due its limit.

    Attributes:
        rest: the units shared by weight over the free receivers.
        weight: the weights of the free receivers together.
        free: the receivers between their limits, in order.
        raised: the receivers set to their lowest, in the order that they hit it.
        capped: the receivers set to their highest, likewise.
    """

    rest: int
    weight: int
    free: Sequence[int]
    raised: Sequence[int]
    capped: Sequence[int]


@dataclass(frozen=True, slots=True)
class Apportionment:
    """Whole units per receiver, and the moves that explain those left over."""

    units: Sequence[int]
    moves: Sequence[Moves]


def settle(claims: Claims) -> Settlement:
    """Find what each receiver is due.

    The rest is shared by weight; the receivers that fall below their lowest are set to it, or those above
    their highest, whichever misses more units in all (both when equal); what then remains is shared again
    over the others, until nobody is out of bounds. The outcome does not depend on the order of receivers.
    """
    weights, fixed, lowest, highest = claims.weights, claims.fixed, claims.lowest, claims.highest
    free = [i for i, weight in enumerate(weights) if weight]
    raised = [i for i, weight in enumerate(weights) if not weight and lowest[i] > fixed[i]]
    capped: list[int] = []
    rest, whole = claims.amount - sum(fixed) - sum(lowest[i] - fixed[i] for i in raised), sum(weights)
    while True:
        below, above, missing, excess = [], [], 0, 0
        for i in free:
            due = weights[i] * rest
            if due < (least := (lowest[i] - fixed[i]) * whole):
                below.append(i)
                missing += least - due
            elif due > (most := (highest[i] - fixed[i]) * whole):
                above.append(i)
                excess += due - most
        if not below and not above:
            return Settlement(rest, whole, free, raised, capped)
        out = []
        if missing >= excess:
            raised += below
            rest -= sum(lowest[i] - fixed[i] for i in below)
            out += below
        if excess >= missing:
            capped += above
            rest -= sum(highest[i] - fixed[i] for i in above)
            out += above
        whole -= sum(weights[i] for i in out)
        settled = set(out)
        free = [i for i in free if i not in settled]


def largest_remainder(claims: Claims, due: Settlement) -> Apportionment:
    """Give everyone the whole units due and the units left over to the largest remainders.

    Equal remainders: the earlier receiver goes first.
    """
    units, remainders, left = _at_limits(claims, due), [], due.rest
    for i in due.free:
        whole, remainder = divmod(claims.weights[i] * due.rest, due.weight)
        units[i] = claims.fixed[i] + whole
        remainders.append(remainder)
        left -= whole
    if not left:
        return Apportionment(units, ())
    order = sorted(range(len(remainders)), key=remainders.__getitem__, reverse=True)
    first_out = remainders[order[left]]
    served = order[:left]
    receivers = [due.free[place] for place in served]
    for i in receivers:
        units[i] += 1
    values = [remainders[place] for place in served]
    tied = values.index(first_out) if values[-1] == first_out else left
    return Apportionment(units, _moves(Cause.REMAINDER, receivers, [1] * left, (values, due.weight), tied))


def webster(claims: Claims, due: Settlement) -> Apportionment:
    """Round what is due to the nearest unit, then add or take back units by the strongest or weakest claim.

    The claim to a unit beyond k is weight / (2k + 1), k counting the units above the fixed ones. Equal
    claims: the earlier receiver gets a unit first and loses one last.
    """
    weights, fixed = claims.weights, claims.fixed
    units = _at_limits(claims, due)
    for i in due.free:
        nearest_half_down = -((due.weight - 2 * weights[i] * due.rest) // (2 * due.weight))
        units[i] = fixed[i] + nearest_half_down
    gap = claims.amount - sum(units)
    if not gap:
        return Apportionment(units, ())
    step = 1 if gap > 0 else -1
    bounds = claims.highest if gap > 0 else claims.lowest
    most = 2 * (max(unit - base for unit, base in zip(units, fixed, strict=True)) + abs(gap)) + 1
    # Two unequal claims differ by 1 / most**2 or more: at this scale their whole parts differ, so that
    # integers compare as the claims do.
    scale = 2 * most.bit_length()

    def claim(i: int) -> int:
        return (weights[i] << scale) // (2 * (units[i] - fixed[i]) + step)

    queue = [
        (-step * claim(i), step * i) for i, weight in enumerate(weights) if weight and units[i] != bounds[i]
    ]
    heapify(queue)
    receivers, remainders, claims_met = [], [], []
    for _ in range(abs(gap)):
        met, place = heappop(queue)
        i = step * place
        receivers.append(i)
        claims_met.append(met)
        remainders.append(weights[i] * due.rest - (units[i] - fixed[i]) * due.weight)
        units[i] += step
        if units[i] != bounds[i]:
            heappush(queue, (-step * claim(i), place))
    tied = claims_met.index(queue[0][0]) if queue and queue[0][0] == claims_met[-1] else len(receivers)
    steps = [step] * len(receivers)
    return Apportionment(units, _moves(Cause.CLAIM, receivers, steps, (remainders, due.weight), tied))


METHODS: Mapping[str, Callable[[Claims, Settlement], Apportionment]] = MappingProxyType(
    {"largest_remainder": largest_remainder, "webster": webster}
)


def _at_limits(claims: Claims, due: Settlement) -> list[int]:
    """Start from the lowest; only the capped are known to stand elsewhere, the free are not yet filled in."""
    units = list(claims.lowest)
    for i in due.capped:
        units[i] = claims.highest[i]
    return units


def _moves(
    cause: Cause,
    receivers: Sequence[int],
    units: Sequence[int],
    remainders: tuple[Sequence[int], int],
    tied: int,
) -> tuple[Moves, Moves]:
    """Tell the moves that the tie rule decided, from `tied` on, from those before."""
    values, whole = remainders
    return (
        Moves(cause, receivers[:tied], units[:tied], values[:tied], whole),
        Moves(Cause.TIE, receivers[tied:], units[tied:], values[tied:], whole),
    )
