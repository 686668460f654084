"""What if: a plan with some assumptions set otherwise, recomputed, beside the plan itself."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import NamedTuple

from hoka_excel.core.cascade import recompute
from hoka_excel.core.errors import HokaError, PlanError
from hoka_excel.core.exact import EXACT
from hoka_excel.core.figures import Figure, Printed
from hoka_excel.core.grant import Indexation
from hoka_excel.core.levers import Lever, Scenario, Setting
from hoka_excel.core.messages import Message
from hoka_excel.core.plan import AllocationKey, KeyShare, Plan, Ref, Theme
from hoka_excel.core.students import LineCount, StudentCounts


class Outcome(NamedTuple):
    """One figure of a scenario beside that of the plan.

    Attributes:
        ref: the place of the figure.
        planned: what the plan gives, recomputed.
        figure: what the scenario gives.
    """

    ref: Ref
    planned: Decimal
    figure: Decimal

    @property
    def difference(self) -> Decimal:
        """What the scenario adds to the plan."""
        return EXACT.subtract(self.figure, self.planned)


@dataclass(frozen=True, slots=True)
class Comparison:
    """The scenarios of a plan beside it.

    Attributes:
        plan: the plan, recomputed: what the scenarios are compared with.
        scenarios: each with the plan it makes, recomputed.
    """

    plan: Plan
    scenarios: tuple[tuple[Scenario, Plan], ...]

    def outcomes(self, made: Plan) -> list[Outcome]:
        """Put every figure of a scenario's plan beside that of the plan, in the order of the tables."""
        return [
            Outcome(ref, planned.value, figure.value)
            for (ref, planned), (_, figure) in zip(self.plan.figures(), made.figures(), strict=True)
            if isinstance(planned, Printed) and isinstance(figure, Printed)
        ]


def compare_scenarios(plan: Plan) -> Comparison:
    """Recompute a plan, and once more for each of its scenarios.

    Raises:
        PlanError: a figure that the recomputation needs is missing, or a scenario asks for what no
            allocation can meet.
        AllocationError: the plan itself does.
    """
    base = recompute(plan)
    return Comparison(base, tuple((scenario, applied(plan, scenario)) for scenario in plan.scenarios))


def applied(plan: Plan, scenario: Scenario) -> Plan:
    """Recompute a plan as a scenario would have it.

    Raises:
        PlanError: the scenario cannot be carried out; says which and why.
    """
    try:
        return recompute(assuming(plan, scenario))
    except HokaError as error:
        where = Message("scenario.of", {"name": scenario.name})
        faults = [Message("plan.fault_at", {"where": where, "fault": fault}) for fault in error.faults]
        raise PlanError.of(faults) from error


def assuming(plan: Plan, scenario: Scenario) -> Plan:
    """Set the assumptions of a scenario in a plan, without recomputing it.

    Args:
        plan: the plan.
        scenario: names tables, lines and years that the plan has.
    """
    by_lever: dict[Lever, list[Setting]] = {lever: [] for lever in Lever}
    for setting in scenario.settings:
        by_lever[setting.lever].append(setting)
    rates = by_lever[Lever.RATE]
    return replace(
        plan,
        grant=_granted(plan, by_lever[Lever.GRANT]),
        changes=replace(plan.changes, indexations=_indexations(plan, by_lever)),
        rate=replace(plan.rate, working=rates[-1].value) if rates else plan.rate,
        themes=tuple(_theme(plan, theme, by_lever) for theme in plan.themes),
        scenarios=(),
    )


def _granted(plan: Plan, settings: Sequence[Setting]) -> tuple[Figure, ...] | None:
    if not settings:
        return plan.grant
    values = {setting.year: setting.value for setting in settings}
    step = plan.euros.resolution
    return tuple(
        Printed(values[year], step) if year in values else figure
        for year, figure in zip(plan.years, plan.granted, strict=True)
    )


def _indexations(plan: Plan, by_lever: Mapping[Lever, Sequence[Setting]]) -> tuple[Indexation, ...]:
    percents, parts = (
        {setting.year: setting.value for setting in by_lever[lever]}
        for lever in (Lever.INDEXATION, Lever.PASSED_ON)
    )
    found = {indexation.year: indexation for indexation in plan.changes.indexations}
    for year in plan.years:
        known = found.get(year, Indexation(year, Decimal(0)))
        if year in percents or year in parts:
            percent, passed_on = percents.get(year, known.percent), parts.get(year, known.passed_on)
            found[year] = Indexation(year, percent, passed_on)
    return tuple(found[year] for year in sorted(found))


def _theme(plan: Plan, theme: Theme, by_lever: Mapping[Lever, Sequence[Setting]]) -> Theme:
    own = {
        lever: [setting for setting in settings if setting.table == theme.table.name]
        for lever, settings in by_lever.items()
    }
    for setting in own[Lever.WEIGHT]:
        theme = replace(theme, weight=setting.value)
    if not isinstance(theme.division, AllocationKey):
        return theme
    key = theme.division
    fixed = {setting.line: setting.value for setting in own[Lever.FIXED]}
    shares = tuple(_with_fixed(share, fixed) for share in key.shares)
    students = _students(plan, key, own[Lever.STUDENTS])
    return replace(theme, division=replace(key, shares=shares, students=students))


def _with_fixed(share: KeyShare, fixed: Mapping[str, Decimal]) -> KeyShare:
    return replace(share, fixed=fixed.get(share.line, share.fixed))


def _students(plan: Plan, key: AllocationKey, settings: Sequence[Setting]) -> StudentCounts | None:
    """Set the students of some lines and years; those of the others stay as the plan counts them."""
    if not settings:
        return key.students
    known = key.students or StudentCounts((plan.day,), "")
    values = {(setting.line, setting.year): setting.value for setting in settings}
    lines = tuple(
        LineCount(
            share.line,
            tuple(
                values.get((share.line, year), before)
                for year, before in zip(
                    plan.years, known.of(share.line) or (None,) * len(plan.years), strict=True
                )
            ),
        )
        for share in key.shares
    )
    return replace(known, lines=lines)
