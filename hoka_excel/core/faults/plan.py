"""What is wrong with a plan before any figure is checked: every fault at once."""

from collections.abc import Iterator, Sequence

from hoka_excel.core.faults.grant import grant_faults
from hoka_excel.core.faults.scenarios import scenario_faults
from hoka_excel.core.faults.students import student_faults
from hoka_excel.core.faults.subjects import Fault, Subject, Whereabouts, repeated, told, unknown_year
from hoka_excel.core.messages import Message
from hoka_excel.core.plan import AllocationKey, BalancingLine, KeyShare, Plan, Ref, Table, Theme, Unit
from hoka_excel.core.scenarios import assuming


def faults_of(plan: Plan, where: Whereabouts) -> list[Message]:
    """List every fault of `plan`; an empty list means it can be checked and recomputed."""
    return told([*_rules(plan), *_scenarios(plan, where)], where)


def _rules(plan: Plan) -> list[Fault]:
    return [
        *_years(plan),
        *_rate(plan),
        *_weights(plan),
        *_tables(plan),
        *_integral(plan),
        *(fault for index, theme in enumerate(plan.themes) for fault in _division(index, theme)),
        *_references(plan),
        *_monitoring(plan),
        *grant_faults(plan),
        *_binding(plan),
        *student_faults(plan),
    ]


def table_subjects(plan: Plan) -> list[tuple[Subject, Table]]:
    """List every table with the path to it."""
    themes = [(("thema", index, "tabel"), theme.table) for index, theme in enumerate(plan.themes)]
    return [*themes, (("integraal", "eur"), plan.euros), (("integraal", "fte"), plan.ftes)]


def _years(plan: Plan) -> Iterator[Fault]:
    if not plan.years:
        yield ("jaren",), "plan.no_years", {}
    for year in repeated(plan.years):
        yield ("jaren",), "plan.repeated_year", {"year": year}
    if plan.grant is not None and len(plan.grant) != len(plan.years):
        yield ("toegekend",), "plan.row_length", {"found": len(plan.grant), "wanted": len(plan.years)}


def _binding(plan: Plan) -> Iterator[Fault]:
    if plan.binding_until is not None:
        yield from unknown_year(plan.binding_until, plan.years, "taakstellend_tot")


def _rate(plan: Plan) -> Iterator[Fault]:
    if plan.rate.printed.interval.low <= 0:
        yield ("tarief", "gedrukt"), "plan.rate_not_positive", {"rate": plan.rate.printed.value}
    if plan.rate.working <= 0:
        yield ("tarief", "rekentarief"), "plan.rate_not_positive", {"rate": plan.rate.working}


def _weights(plan: Plan) -> Iterator[Fault]:
    if not plan.themes:
        yield ("thema",), "plan.no_themes", {}
        return
    for index, theme in enumerate(plan.themes):
        if theme.weight < 0:
            yield ("thema", index, "aandeel"), "plan.negative_weight", {"weight": theme.weight}
    if all(theme.weight == 0 for theme in plan.themes):
        yield ("thema",), "plan.zero_weights", {}
    for number in repeated([theme.number for theme in plan.themes]):
        yield ("thema",), "plan.repeated_theme", {"number": number}


def _tables(plan: Plan) -> Iterator[Fault]:
    for name in repeated([table.name for table in plan.tables]):
        yield ("thema",), "plan.repeated_table", {"name": name}
    for subject, table in table_subjects(plan):
        if table.resolution <= 0:
            yield (*subject, "stap"), "plan.step_not_positive", {"step": table.resolution}
        if not table.lines:
            yield (*subject, "regels"), "plan.no_lines", {}
        for label in repeated([line.label for line in table.rows]):
            yield (*subject, "regels", label), "plan.repeated_label", {"label": label}
        for line in table.rows:
            if len(line.figures) != len(plan.years):
                yield (
                    (*subject, "regels", line.label),
                    "plan.row_length",
                    {"found": len(line.figures), "wanted": len(plan.years)},
                )


def _integral(plan: Plan) -> Iterator[Fault]:
    for key, table, unit in (("eur", plan.euros, Unit.EUR), ("fte", plan.ftes, Unit.FTE)):
        if table.unit is not unit:
            yield ("integraal", key), "plan.wrong_unit", {"found": table.unit, "wanted": unit}
        if len(table.lines) != len(plan.themes):
            yield (
                ("integraal", key),
                "plan.lines_not_themes",
                {"found": len(table.lines), "wanted": len(plan.themes)},
            )


def _division(index: int, theme: Theme) -> Iterator[Fault]:
    subject: Subject = ("thema", index, "verdeling")
    labels = [line.label for line in theme.table.lines]
    match theme.division:
        case BalancingLine(line) if line not in labels:
            yield (*subject, "sluitpost"), "plan.unknown_line", {"line": line, "known": ", ".join(labels)}
        case AllocationKey(shares=shares):
            yield from _keyed_lines(subject, [share.line for share in shares], labels)
            yield from _shares(subject, shares)


def _keyed_lines(subject: Subject, keyed: Sequence[str], labels: Sequence[str]) -> Iterator[Fault]:
    for line in repeated(keyed):
        yield (*subject, "aandelen", line), "plan.repeated_label", {"label": line}
    for line in keyed:
        if line not in labels:
            known = ", ".join(labels)
            yield (*subject, "aandelen", line), "plan.unknown_line", {"line": line, "known": known}
    for label in labels:
        if label not in keyed:
            yield (*subject, "aandelen"), "plan.line_without_share", {"line": label}


def _shares(subject: Subject, shares: Sequence[KeyShare]) -> Iterator[Fault]:
    for share in shares:
        if share.share.value < 0:
            yield (*subject, "aandelen", share.line), "plan.negative_weight", {"weight": share.share.value}
        if share.fixed < 0:
            yield (*subject, "vast", share.line), "plan.negative_weight", {"weight": share.fixed}
    if all(share.share.value == 0 for share in shares):
        yield (*subject, "aandelen"), "plan.zero_weights", {}


def _references(plan: Plan) -> Iterator[Fault]:
    known = {
        Ref(table.name, line.label, year)
        for table in plan.tables
        for line in table.rows
        for year in plan.years
    }
    for index, explanation in enumerate(plan.explanations):
        if explanation.ref not in known:
            yield (
                ("toelichting", index),
                "plan.unknown_figure",
                {"figure": " / ".join(map(str, explanation.ref))},
            )
    for index, ref in enumerate(plan.locked):
        if ref not in known:
            yield ("vast", index), "plan.unknown_figure", {"figure": " / ".join(map(str, ref))}
    for ref in plan.reasons:
        if ref not in known:
            yield ("afwijkingen",), "plan.unknown_figure", {"figure": " / ".join(map(str, ref))}


def _monitoring(plan: Plan) -> Iterator[Fault]:
    lines = {
        Ref(theme.table.name, line.label, year)
        for theme in plan.themes
        for line in theme.table.lines
        for year in plan.years
    }
    for key, refs in (("realisatie", plan.actuals), ("beginstand", plan.openings)):
        for ref in refs:
            if ref not in lines:
                yield (key,), "plan.not_a_line", {"figure": " / ".join(map(str, ref))}
    for ref in plan.openings:
        if ref in lines and ref.year != plan.years[0]:
            yield ("beginstand",), "plan.late_opening", {"figure": " / ".join(map(str, ref))}
    if plan.thresholds is not None:
        for key, threshold in (("procent", plan.thresholds.percentage), ("bedrag", plan.thresholds.amount)):
            if threshold < 0:
                yield ("signalering", key), "plan.negative_threshold", {"threshold": threshold}


def _scenarios(plan: Plan, where: Whereabouts) -> Iterator[Fault]:
    """Hold each scenario against the rules that the plan itself must satisfy."""
    for name in repeated([scenario.name for scenario in plan.scenarios]):
        yield ("scenario",), "plan.repeated_scenario", {"name": name}
    is_sound = not _rules(plan)
    for index, scenario in enumerate(plan.scenarios):
        found = list(scenario_faults(plan, scenario))
        if is_sound and not found:
            found = _rules(assuming(plan, scenario))
        subject = ("scenario", index)
        for _, code, values in found:
            fault = Message(code, {"where": where(subject), **values})
            yield subject, "plan.in_scenario", {"name": scenario.name, "fault": fault}
