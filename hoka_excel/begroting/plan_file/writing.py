"""A plan as the text of a plan file: figures as printed where known, else in Dutch marks."""

from typing import TYPE_CHECKING

from hoka_excel.begroting.plan_file.figure_texts import euro_text, plain_text
from hoka_excel.begroting.plan_file.grant import indexation_keys, revision_keys
from hoka_excel.begroting.plan_file.head import SCHEMA, head_keys
from hoka_excel.begroting.plan_file.monitoring import monitoring_rows, threshold_keys
from hoka_excel.begroting.plan_file.scenarios import scenario_keys
from hoka_excel.begroting.plan_file.students import student_keys
from hoka_excel.begroting.plan_file.toml import file_text, keys_of, list_of, texts_of
from hoka_excel.core.figures import Figure, Unreadable
from hoka_excel.core.head import head_of
from hoka_excel.core.plan import (
    AllocationKey,
    BalancingLine,
    Division,
    Explanation,
    FteRate,
    GivenLines,
    Plan,
    Ref,
    Table,
    Theme,
    Unit,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tomlkit.items import Table as Keys


def plan_text(plan: Plan) -> str:
    """Write a plan as the text of a plan file."""
    parts = {
        **_values(plan),
        "tarief": _rate_keys(plan.rate),
        "thema": list_of(_theme_keys(plan, theme) for theme in plan.themes),
        "integraal": keys_of({"eur": _table_keys(plan.euros), "fte": _table_keys(plan.ftes)}),
    }
    if plan.thresholds is not None:
        parts["signalering"] = threshold_keys(plan.thresholds)
    lists: dict[str, Iterable[Keys]] = {
        "vast": map(_figure_keys, plan.locked),
        "toelichting": map(_explanation_keys, plan.explanations),
        "indexatie": map(indexation_keys, plan.changes.indexations),
        "bijstelling": map(revision_keys, plan.changes.revisions),
        "scenario": (scenario_keys(scenario, plan.years) for scenario in plan.scenarios),
    }
    parts |= {key: many for key, entries in lists.items() if (many := list_of(entries))}
    return file_text(parts)


def _values(plan: Plan) -> dict[str, object]:
    """Write what a plan file says before its first table."""
    values = {
        "schema": SCHEMA,
        **head_keys(head_of(plan)),
        "toestand": plan.state.value,
        "jaren": list(plan.years),
    }
    if plan.grant is not None:
        values["toegekend"] = [_figure_text(figure, Unit.EUR) for figure in plan.grant]
    if plan.changes.price_level is not None:
        values["prijspeil"] = plan.changes.price_level
    if plan.binding_until is not None:
        values["taakstellend_tot"] = plan.binding_until
    if plan.notes:
        values["opmerkingen"] = texts_of(plan.notes)
    return values


def _rate_keys(rate: FteRate) -> "Keys":
    return keys_of(
        {
            "gedrukt": _figure_text(rate.printed, Unit.EUR),
            "rekentarief": plain_text(rate.working),
            "afgeleid": rate.inferred,
        }
    )


def _theme_keys(plan: Plan, theme: Theme) -> "Keys":
    return keys_of(
        {
            "nummer": theme.number,
            "naam": theme.name,
            "aandeel": plain_text(theme.weight),
            "verdeling": _division_keys(theme.division),
            "tabel": _table_keys(theme.table),
            **{key: rows for key, rows in monitoring_rows(plan, theme.table).items() if rows},
        }
    )


def _division_keys(division: Division) -> "Keys":
    match division:
        case BalancingLine(line):
            return keys_of({"soort": "sluitpost", "sluitpost": line})
        case GivenLines():
            return keys_of({"soort": "gegeven"})
        case AllocationKey():
            return _key_keys(division)


def _key_keys(key: AllocationKey) -> "Keys":
    keys = keys_of({"soort": "sleutel", "sleutel": key.name, "afgeleid": key.inferred})
    keys["aandelen"] = {share.line: plain_text(share.share.value) for share in key.shares}
    fixed = {share.line: euro_text(share.fixed) for share in key.shares if share.fixed}
    if fixed:
        keys["vast"] = fixed
    if key.students is not None:
        keys["studenten"] = student_keys(key.students)
    return keys


def _table_keys(table: Table) -> "Keys":
    *lines, total = (
        (line.label, [_figure_text(figure, table.unit) for figure in line.figures]) for line in table.rows
    )
    return keys_of(
        {
            "naam": table.name,
            "titel": table.title,
            "eenheid": table.unit.value,
            "stap": plain_text(table.resolution),
            "regels": dict(lines),
            "totaal": dict([total]),
        }
    )


def _figure_keys(ref: Ref) -> "Keys":
    return keys_of({"tabel": ref.table, "regel": ref.line, "jaar": ref.year})


def _explanation_keys(explanation: Explanation) -> "Keys":
    keys = _figure_keys(explanation.ref)
    keys["tekst"] = explanation.text
    return keys


def _figure_text(figure: Figure, unit: Unit) -> str:
    if isinstance(figure, Unreadable) or figure.text is not None:
        return figure.text or ""
    return euro_text(figure.value) if unit is Unit.EUR else plain_text(figure.value)
