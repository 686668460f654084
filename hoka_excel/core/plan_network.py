"""All checks of a plan at once: what cannot be right together, and the rate that the figures imply.

Sums, equal figures and EUR against FTE go in. The ratio over the themes and the allocation keys are
intentions that a plan rounds either way; each is checked by itself. As published the rate is reasoned about
with the figures; as recomputed it is the one that was worked with.
"""

from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from hoka_excel.core.check_kinds import Kind
from hoka_excel.core.checks import Check
from hoka_excel.core.findings import Conflict, Place, RateSpan
from hoka_excel.core.localisation import Localisation, locate
from hoka_excel.core.localising.conflicts import ConflictGroup
from hoka_excel.core.localising.constraints import Span
from hoka_excel.core.messages import Message
from hoka_excel.core.plan import Plan, Ref, State
from hoka_excel.core.relations import Cells, Rate, Relation
from hoka_excel.core.told_conflicts import ToldCell, conflict_of
from hoka_excel.core.verdicts import cut

SHARED_RATE = "tarief"
_CENT = Decimal("0.01")
_JOINT = (Kind.FOOTING, Kind.SAME_FIGURE, Kind.RATE)


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
        relations = [check.relation for check in checks if check.kind in _JOINT]
        found = locate(figures, relations, names=names, locked=plan.locked, time_limit=time_limit)
        return Network(_conflicts(plan, found, places), {}, (), found.notes)
    shared = locate(
        {**figures, SHARED_RATE: plan.rate.printed},
        _relations(checks, dict.fromkeys(plan.years, SHARED_RATE)),
        names=names,
        locked=plan.locked,
        time_limit=time_limit,
    )
    keys = {year: f"{SHARED_RATE} {year}" for year in plan.years}
    yearly = locate(figures, _relations(checks, keys), names=names, locked=plan.locked, time_limit=time_limit)
    over_all = _rates(shared, {"": SHARED_RATE})
    per_year = _rates(yearly, {str(year): key for year, key in keys.items()})
    return Network(
        conflicts=_conflicts(plan, shared, places),
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
            case Rate(euro, fte):
                yield Rate(euro, fte, rates[check.stated.year])
            case relation if check.kind in _JOINT:
                yield relation


def _conflicts(plan: Plan, found: Localisation, places: Mapping[Ref, Place]) -> tuple[Conflict, ...]:
    def explanation(group: ConflictGroup) -> str:
        cells = [mend.cell for repair in group.repairs for mend in repair]
        return "; ".join(entry.text for entry in plan.explanations if entry.ref in cells)

    def cell_of(key: Hashable) -> ToldCell:
        return _told_cell(plan, key, places)

    return tuple(conflict_of(group, cell_of, explanation(group)) for group in found.groups)


def _told_cell(plan: Plan, key: Hashable, places: Mapping[Ref, Place]) -> ToldCell:
    """Say where a cell of the network stands; the rate is an assumption and stands by its own name."""
    if not isinstance(key, Ref):
        rate = Place("Uitgangspunten", str(key))
        return ToldCell(rate, rate)
    table = next(table for table in plan.tables if table.name == key.table)
    line = next(line for line in table.rows if line.label == key.line)
    year = plan.years.index(key.year)
    place = places[key]
    return ToldCell(place, place, f"{key.line} {key.year}", line.figures[year], line.figures, year)


def _rates(found: Localisation, keys: Mapping[str, str]) -> tuple[RateSpan, ...]:
    spans = {period: found.rates.get(key, Span(None, None)) for period, key in keys.items()}
    return tuple(
        RateSpan(period, cut(span.low, _CENT), cut(span.high, _CENT))
        for period, span in spans.items()
        if span.low is not None and span.high is not None
    )
