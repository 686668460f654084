"""Judge every check of a plan and say what each found."""

from collections.abc import Mapping
from dataclasses import replace

from hoka_excel.core.check_kinds import Kind
from hoka_excel.core.checks import Check, available_figures, checks_of
from hoka_excel.core.findings import Finding, Place, Reconciliation, Subject, explained, finding_of
from hoka_excel.core.plan import Plan, Ref
from hoka_excel.core.plan_network import Network, network_of
from hoka_excel.core.relations import Cells, assess
from hoka_excel.core.verdicts import Judgement, Verdict

Places = Mapping[Ref, Place]


def reconcile_plan(plan: Plan, places: Places, time_limit: float | None = None) -> Reconciliation:
    """Judge every check of `plan` by itself, and all of them together.

    A total that is not what is available asks to be recomputed; it says nothing of which cell is wrong, and
    stays out of the reasoning about all checks together.

    Args:
        plan: the figures and what they must satisfy.
        places: where each figure stands.
        time_limit: how many seconds to reason about all checks together at the most.
    """
    checks = checks_of(plan)
    available = available_figures(plan)
    cells: Cells = {**dict(plan.figures()), **available}
    reasons = {explanation.ref: explanation.text for explanation in plan.explanations}
    tied = [check for check in checks if available.keys().isdisjoint(check.parts)]
    network = network_of(plan, tied, places, time_limit)
    findings = []
    for check in checks:
        finding = _finding(check, assess(check.relation, cells), places)
        finding = _twice_rounded(finding, check, network)
        findings.append(explained(finding, reasons.get(check.stated, "")))
    return Reconciliation(tuple(findings), network.conflicts, network.rates, network.notes)


def _twice_rounded(finding: Finding, check: Check, network: Network) -> Finding:
    """Say of a rounding difference that it was rounded twice, where only that goes with all other figures."""
    if check.kind is not Kind.SAME_FIGURE or finding.verdict is not Verdict.ROUNDING:
        return finding
    chain = network.twice_rounded.get(check.stated)
    return finding if chain is None else replace(finding, verdict=Verdict.DOUBLE_ROUNDING, message=chain)


def _finding(check: Check, judgement: Judgement, places: Places) -> Finding:
    subject = Subject(places[check.stated], check.stated.line, str(check.stated.year))
    return finding_of(check.kind, judgement, subject, tuple(places[part] for part in check.parts))
