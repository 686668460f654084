"""A plan as the text of a plan file: figures as printed where known, else in Dutch marks."""

from collections.abc import Sequence

import tomlkit
from tomlkit.items import AoT
from tomlkit.items import Table as Keys

from hoka_excel.begroting.figure_texts import clear_text, euro_text, plain_text
from hoka_excel.begroting.plan_schema import SCHEMA
from hoka_excel.begroting.plan_text_over_time import (
    indexation_keys,
    revision_keys,
    scenario_keys,
    student_keys,
)
from hoka_excel.core.figures import Figure, Printed, Unreadable
from hoka_excel.core.monitoring.thresholds import Thresholds
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


def plan_text(plan: Plan) -> str:
    """Write a plan as the text of a plan file."""
    document = tomlkit.document()
    for key, value in _head(plan).items():
        document.add(key, tomlkit.item(value))
    document.add("tarief", _rate_keys(plan.rate))
    document.add("thema", _list_of([_theme_keys(plan, theme) for theme in plan.themes]))
    integral = tomlkit.table(is_super_table=True)
    integral.add("eur", _table_keys(plan.euros))
    integral.add("fte", _table_keys(plan.ftes))
    document.add("integraal", integral)
    if plan.thresholds is not None:
        document.add("signalering", _threshold_keys(plan.thresholds))
    if plan.locked:
        document.add("vast", _list_of([_figure_keys(ref) for ref in plan.locked]))
    if plan.explanations:
        document.add("toelichting", _list_of([_explanation_keys(entry) for entry in plan.explanations]))
    for key, entries in _over_time(plan).items():
        if entries:
            document.add(key, _list_of(entries))
    return tomlkit.dumps(document)


def _over_time(plan: Plan) -> dict[str, list[Keys]]:
    return {
        "indexatie": [indexation_keys(entry) for entry in plan.changes.indexations],
        "bijstelling": [revision_keys(entry) for entry in plan.changes.revisions],
        "scenario": [scenario_keys(scenario, plan.years) for scenario in plan.scenarios],
    }


def _head(plan: Plan) -> dict[str, object]:
    head: dict[str, object] = {
        "schema": SCHEMA,
        "titel": plan.title,
        "instelling": plan.institution,
        "faculteit": plan.faculty,
        "versie": plan.version,
        "datum": plan.day,
        "bron": plan.source,
        "toestand": plan.state.value,
        "jaren": list(plan.years),
    }
    if plan.grant is not None:
        head["toegekend"] = [_figure_text(figure, Unit.EUR) for figure in plan.grant]
    if plan.changes.price_level is not None:
        head["prijspeil"] = plan.changes.price_level
    if plan.binding_until is not None:
        head["taakstellend_tot"] = plan.binding_until
    if plan.notes:
        notes = tomlkit.array()
        notes.extend(plan.notes)
        head["opmerkingen"] = notes.multiline(multiline=True)
    return head


def _rate_keys(rate: FteRate) -> Keys:
    keys = tomlkit.table()
    keys["gedrukt"] = _figure_text(rate.printed, Unit.EUR)
    keys["rekentarief"] = plain_text(rate.working)
    keys["afgeleid"] = rate.inferred
    return keys


def _theme_keys(plan: Plan, theme: Theme) -> Keys:
    keys = tomlkit.table()
    keys["nummer"] = theme.number
    keys["naam"] = theme.name
    keys["aandeel"] = plain_text(theme.weight)
    keys["verdeling"] = _division_keys(theme.division)
    keys["tabel"] = _table_keys(theme.table)
    for key, rows in _monitoring_rows(plan, theme.table).items():
        if rows:
            keys[key] = rows
    return keys


def _monitoring_rows(plan: Plan, table: Table) -> dict[str, Keys]:
    """Write what was spent on the lines of a table, what they began with, and what was said of them."""
    spent, openings, reasons = tomlkit.table(), tomlkit.table(), tomlkit.table()
    for line in table.rows:
        places = [Ref(table.name, line.label, year) for year in plan.years]
        actuals = [_known_text(plan.actuals.get(place), table.unit) for place in places]
        opening = _known_text(plan.openings.get(places[0]), table.unit)
        said = [plan.reasons.get(place, "") for place in places]
        if any(actuals):
            spent[line.label] = actuals
        if opening:
            openings[line.label] = opening
        if any(said):
            reasons[line.label] = said
    return {"realisatie": spent, "beginstand": openings, "afwijkingen": reasons}


def _division_keys(division: Division) -> Keys:
    keys = tomlkit.table()
    match division:
        case BalancingLine(line):
            keys["soort"] = "sluitpost"
            keys["sluitpost"] = line
        case GivenLines():
            keys["soort"] = "gegeven"
        case AllocationKey():
            keys["soort"] = "sleutel"
            keys["sleutel"] = division.name
            keys["afgeleid"] = division.inferred
            keys["aandelen"] = {share.line: plain_text(share.share.value) for share in division.shares}
            fixed = {share.line: euro_text(share.fixed) for share in division.shares if share.fixed}
            if fixed:
                keys["vast"] = fixed
            if division.students is not None:
                keys["studenten"] = student_keys(division.students)
    return keys


def _table_keys(table: Table) -> Keys:
    keys = tomlkit.table()
    keys["naam"] = table.name
    keys["titel"] = table.title
    keys["eenheid"] = table.unit.value
    keys["stap"] = plain_text(table.resolution)
    keys["regels"] = {line.label: [_figure_text(f, table.unit) for f in line.figures] for line in table.lines}
    keys["totaal"] = {table.total.label: [_figure_text(f, table.unit) for f in table.total.figures]}
    return keys


def _threshold_keys(thresholds: Thresholds) -> Keys:
    keys = tomlkit.table()
    keys["procent"] = clear_text(thresholds.percentage)
    keys["bedrag"] = _known_text(Printed(thresholds.amount, 0), Unit.EUR)
    return keys


def _figure_keys(ref: Ref) -> Keys:
    keys = tomlkit.table()
    keys.update({"tabel": ref.table, "regel": ref.line, "jaar": ref.year})
    return keys


def _explanation_keys(explanation: Explanation) -> Keys:
    keys = _figure_keys(explanation.ref)
    keys["tekst"] = explanation.text
    return keys


def _list_of(entries: Sequence[Keys]) -> AoT:
    many = tomlkit.aot()
    for entry in entries:
        many.append(entry)
    return many


def _figure_text(figure: Figure, unit: Unit) -> str:
    if isinstance(figure, Unreadable) or figure.text is not None:
        return figure.text or ""
    return euro_text(figure.value) if unit is Unit.EUR else plain_text(figure.value)


def _known_text(figure: Figure | None, unit: Unit) -> str:
    """Write an amount that counts as it stands, so that it can be read in one way only."""
    if not isinstance(figure, Printed):
        return "" if figure is None else figure.text
    is_money = unit is Unit.EUR and int(figure.value.as_tuple().exponent) >= -2
    return euro_text(figure.value) if is_money else clear_text(figure.value)
