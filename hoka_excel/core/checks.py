"""Which relations the figures of a plan must satisfy: declared by its structure, as data.

The same records are judged one by one (`reconciliation`) and all together (`localisation`).
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from hoka_excel.core.check_kinds import Kind
from hoka_excel.core.figures import Figure, Printed
from hoka_excel.core.plan import AllocationKey, Plan, Ref, State, Table, Theme, Unit
from hoka_excel.core.relations import Rate, Ratio, Relation, Same, Share, Sum

AVAILABLE = "Beschikbaar"
"""What the amount available is called: granted, indexed and revised."""


@dataclass(frozen=True, slots=True)
class Check:
    """One relation that must hold.

    Attributes:
        kind: what it is about.
        stated: the figure that is checked.
        parts: the figures it is checked against, in order.
        relation: what must hold, over the places of the figures.
    """

    kind: Kind
    stated: Ref
    parts: tuple[Ref, ...]
    relation: Relation


def checks_of(plan: Plan) -> list[Check]:
    """List every check of a plan: by table, line and year, in the order of the appendix."""
    return [
        *(check for table in plan.tables for check in _footings(plan, table)),
        *(check for theme in plan.themes for check in _same_figures(plan, theme)),
        *_available(plan),
        *_rates(plan),
        *_ratios(plan),
        *(check for theme in plan.themes for check in _shares(plan, theme)),
    ]


def integral_line(plan: Plan, theme: Theme, unit: Unit) -> tuple[Table, str]:
    """Name the line of the integral table that holds a theme."""
    table = plan.euros if unit is Unit.EUR else plan.ftes
    return table, table.lines[plan.themes.index(theme)].label


def _footings(plan: Plan, table: Table) -> Iterator[Check]:
    for year in plan.years:
        total = Ref(table.name, table.total.label, year)
        parts = tuple(Ref(table.name, line.label, year) for line in table.lines)
        yield Check(Kind.FOOTING, total, parts, Sum(total, parts))


def _same_figures(plan: Plan, theme: Theme) -> Iterator[Check]:
    table, label = integral_line(plan, theme, theme.table.unit)
    for year in plan.years:
        own, integral = Ref(theme.table.name, theme.table.total.label, year), Ref(table.name, label, year)
        yield Check(Kind.SAME_FIGURE, own, (integral,), Same(own, integral))


def available_ref(plan: Plan, year: int) -> Ref:
    """Name what is available in a year: as a line of the integral table, though it is an assumption."""
    return Ref(plan.euros.name, AVAILABLE, year)


def available_figures(plan: Plan) -> dict[Ref, Figure]:
    """Give what the recomputed integral table must add up to, where the grant was indexed or revised."""
    step = plan.euros.resolution
    if plan.state is not State.RECOMPUTED or not plan.changes or step <= 0:
        return {}
    return {
        available_ref(plan, year): Printed(plan.changes.available(granted.value, year, step).amount, step)
        for year, granted in zip(plan.years, plan.granted, strict=True)
        if isinstance(granted, Printed)
    }


def _available(plan: Plan) -> Iterator[Check]:
    """Check that all that is available is shared out."""
    for available in available_figures(plan):
        total = Ref(plan.euros.name, plan.euros.total.label, available.year)
        yield Check(Kind.SAME_FIGURE, total, (available,), Same(total, available))


def _rates(plan: Plan) -> Iterator[Check]:
    """Check EUR against FTE: as published at the printed rate, as recomputed at the rate worked with."""
    rate = plan.rate.printed if plan.state is State.PUBLISHED else Printed(plan.rate.working, 0)
    room = _room(plan, plan.ftes)
    for in_euros, in_ftes in zip(plan.euros.rows, plan.ftes.rows, strict=True):
        for year in plan.years:
            euro, fte = Ref(plan.euros.name, in_euros.label, year), Ref(plan.ftes.name, in_ftes.label, year)
            yield Check(Kind.RATE, fte, (euro,), Rate(euro, fte, rate, room))


def _ratios(plan: Plan) -> Iterator[Check]:
    room = _room(plan, plan.euros)
    whole_weight = sum((theme.weight for theme in plan.themes), Decimal(0))
    for theme, line in zip(plan.themes, plan.euros.lines, strict=True):
        for year in plan.years:
            part = Ref(plan.euros.name, line.label, year)
            whole = Ref(plan.euros.name, plan.euros.total.label, year)
            yield Check(Kind.RATIO, part, (whole,), Ratio(part, whole, theme.weight, whole_weight, room))


def _shares(plan: Plan, theme: Theme) -> Iterator[Check]:
    """Check the lines of a theme against its key, at the rate that was worked with.

    Inferred shares were derived at the working rate; the printed one is too coarse to go with them.
    """
    if not isinstance(theme.division, AllocationKey):
        return
    key = theme.division
    in_ftes = theme.table.unit is Unit.FTE
    rate = Printed(plan.rate.working, 0) if in_ftes else None
    room = _room(plan, theme.table, roundings=2 if in_ftes else 1)
    top = sum((share.fixed for share in key.shares), Decimal(0))
    table, label = integral_line(plan, theme, Unit.EUR)
    for index, share in enumerate(key.shares):
        for position, year in enumerate(plan.years):
            part, whole = Ref(theme.table.name, share.line, year), Ref(table.name, label, year)
            relation = Share(part, whole, share.share, share.fixed, top, rate, room)
            if key.is_counted:
                counts = key.weights(position)
                counted = Printed(counts[index], 0)
                relation = replace(relation, share=counted, weights_total=sum(counts, Decimal(0)))
            yield Check(Kind.SHARE, part, (whole,), relation)


def _room(plan: Plan, table: Table, roundings: int = 1) -> Decimal:
    """Say how much further than half a step a recomputed figure may lie from its exact value.

    Recomputed tables are rounded so as to add up, each figure to the step below or above its exact value. A
    line in FTE is a part of a total that was rounded that way itself.
    """
    if plan.state is State.PUBLISHED:
        return Decimal(0)
    return table.resolution * (roundings - Decimal("0.5"))
