"""All checks of a plan at once: what cannot be right together, and the rate that the figures imply.

Sums, equal figures and EUR against FTE go in. The ratio over the themes and the allocation keys are
intentions that a plan rounds either way; each is checked by itself. A recomputed plan rounds its FTE so as
to add up, which says nothing about the rate: there the sums and equal figures go in alone.
"""

from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from hoka_excel.core.checks import Check, Kind
from hoka_excel.core.constraints import Span
from hoka_excel.core.findings import Conflict, Mend, Place, Proof, RateSpan
from hoka_excel.core.localisation import Localisation, locate
from hoka_excel.core.messages import Message
from hoka_excel.core.plan import Plan, Ref, State
from hoka_excel.core.relations import Cells, Rate, Relation
from hoka_excel.core.repairs import CellMend, ConflictGroup
from hoka_excel.core.verdicts import cut

SHARED_RATE = "tarief"
_CENT = Decimal("0.01")
_TIED = (Kind.FOOTING, Kind.SAME_FIGURE)


@dataclass(frozen=True, slots=True)
class Network:
    """What the checks of a plan say together.

    Attributes:
        conflicts: cells that cannot all be right.
        twice_rounded: per figure that must have been rounded twice, how.
        rates: the rates that go with the figures: shared, then per year.
        notes: what else to tell.
    """

    conflicts: tuple[Conflict, ...]
    twice_rounded: Mapping[Ref, Message]
    rates: tuple[RateSpan, ...]
    notes: tuple[Message, ...]


def network_of(
    plan: Plan, checks: Sequence[Check], places: Mapping[Ref, Place], time_limit: float | None = None
) -> Network:
    """Reason about all checks of a plan together.

    Args:
        plan: the figures.
        checks: what they must satisfy.
        places: where each figure stands.
        time_limit: how many seconds to search at the most; without end when None.
    """
    figures: Cells = dict(plan.figures())
    names: dict[Hashable, str] = {ref: f"{place} ({ref.line} {ref.year})" for ref, place in places.items()}
    if plan.state is State.RECOMPUTED:
        found = locate(figures, _relations(checks, {}), names=names, time_limit=time_limit)
        return Network(_conflicts(found, places), {}, (), found.notes)
    shared = locate(
        {**figures, SHARED_RATE: plan.rate.printed},
        _relations(checks, dict.fromkeys(plan.years, SHARED_RATE)),
        names=names,
        time_limit=time_limit,
    )
    keys = {year: f"{SHARED_RATE} {year}" for year in plan.years}
    yearly = locate(figures, _relations(checks, keys), names=names, time_limit=time_limit)
    over_all = _rates(shared, {"": SHARED_RATE})
    per_year = _rates(yearly, {str(year): key for year, key in keys.items()})
    return Network(
        conflicts=_conflicts(shared, places),
        twice_rounded={
            twice.cell: twice.text for twice in shared.twice_rounded if isinstance(twice.cell, Ref)
        },
        rates=(*over_all, *per_year),
        notes=(*_rate_notes(plan, over_all, per_year), *shared.notes),
    )


def _rate_notes(plan: Plan, over_all: Sequence[RateSpan], per_year: Sequence[RateSpan]) -> Iterator[Message]:
    """Say which rates the figures call for: for all years, then for each."""
    for span in over_all:
        values = {"low": span.low, "high": span.high, "printed": plan.rate.printed.value}
        yield Message("rate.all" if plan.rate.printed.unit > 1 else "rate.tight", values)
    if per_year:
        years = tuple(Message("rate.year", span._asdict()) for span in per_year)
        yield Message("rate.years", {"years": years})


def _relations(checks: Sequence[Check], rates: Mapping[int, str]) -> Iterator[Relation]:
    """Pick the relations that are reasoned about together, each year's EUR and FTE at its rate key."""
    for check in checks:
        match check.relation:
            case relation if check.kind in _TIED:
                yield relation
            case Rate(euro, fte) if check.stated.year in rates:
                yield Rate(euro, fte, rates[check.stated.year])


def _conflicts(found: Localisation, places: Mapping[Ref, Place]) -> tuple[Conflict, ...]:
    return tuple(_conflict(group, places) for group in found.groups)


def _conflict(group: ConflictGroup, places: Mapping[Ref, Place]) -> Conflict:
    """Turn a group of contradictions into a conflict, the widest contradiction first."""
    widest_first = sorted(
        group.conflicts, key=lambda found: (found.low or 0) - (found.high or 0), reverse=True
    )
    return Conflict(
        proofs=tuple(
            Proof(tuple(sorted(_place(cell, places) for cell in found.cells)), found.proof)
            for found in widest_first
        ),
        repairs=tuple(tuple(_mend(mend, places) for mend in repair) for repair in group.repairs),
    )


def _mend(mend: CellMend, places: Mapping[Ref, Place]) -> Mend:
    return Mend(_place(mend.cell, places), mend.stated, mend.low, mend.high)


def _place(cell: object, places: Mapping[Ref, Place]) -> Place:
    """Say where a cell of the network stands; the rate is an assumption and stands by its own name."""
    return places[cell] if isinstance(cell, Ref) else Place("Uitgangspunten", str(cell))


def _rates(found: Localisation, keys: Mapping[str, str]) -> tuple[RateSpan, ...]:
    spans = {period: found.rates.get(key, Span(None, None)) for period, key in keys.items()}
    return tuple(
        RateSpan(period, cut(span.low, _CENT), cut(span.high, _CENT))
        for period, span in spans.items()
        if span.low is not None and span.high is not None
    )
