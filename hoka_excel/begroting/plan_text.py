"""A plan as the text of a plan file: figures as printed where known, else in Dutch marks."""

from collections.abc import Sequence
from decimal import Decimal

import tomlkit
from tomlkit.items import AoT
from tomlkit.items import Table as Keys

from hoka_excel.begroting.plan_schema import SCHEMA
from hoka_excel.core.figures import Figure, Unreadable
from hoka_excel.core.messages import number_text
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
    if plan.locked:
        document.add("vast", _list_of([_figure_keys(ref) for ref in plan.locked]))
    if plan.explanations:
        document.add("toelichting", _list_of([_explanation_keys(entry) for entry in plan.explanations]))
    return tomlkit.dumps(document)


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
    if plan.notes:
        notes = tomlkit.array()
        notes.extend(plan.notes)
        head["opmerkingen"] = notes.multiline(multiline=True)
    return head


def _rate_keys(rate: FteRate) -> Keys:
    keys = tomlkit.table()
    keys["gedrukt"] = _figure_text(rate.printed, Unit.EUR)
    keys["rekentarief"] = _number_text(rate.working)
    keys["afgeleid"] = rate.inferred
    return keys


def _theme_keys(plan: Plan, theme: Theme) -> Keys:
    keys = tomlkit.table()
    keys["nummer"] = theme.number
    keys["naam"] = theme.name
    keys["aandeel"] = _number_text(theme.weight)
    keys["verdeling"] = _division_keys(theme.division)
    keys["tabel"] = _table_keys(theme.table)
    actuals = tomlkit.table()
    for line in theme.table.lines:
        row = [plan.actuals.get(Ref(theme.table.name, line.label, year)) for year in plan.years]
        if any(row):
            actuals[line.label] = ["" if f is None else _figure_text(f, theme.table.unit) for f in row]
    if actuals:
        keys["realisatie"] = actuals
    return keys


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
            keys["aandelen"] = {share.line: _number_text(share.share.value) for share in division.shares}
            fixed = {share.line: _euro_text(share.fixed) for share in division.shares if share.fixed}
            if fixed:
                keys["vast"] = fixed
    return keys


def _table_keys(table: Table) -> Keys:
    keys = tomlkit.table()
    keys["naam"] = table.name
    keys["titel"] = table.title
    keys["eenheid"] = table.unit.value
    keys["stap"] = _number_text(table.resolution)
    keys["regels"] = {line.label: [_figure_text(f, table.unit) for f in line.figures] for line in table.lines}
    keys["totaal"] = {table.total.label: [_figure_text(f, table.unit) for f in table.total.figures]}
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
    return _euro_text(figure.value) if unit is Unit.EUR else _number_text(figure.value)


def _euro_text(amount: Decimal) -> str:
    return f"€ {number_text(amount)}"


def _number_text(value: Decimal) -> str:
    """Write a number without grouping, so that it can be read in one way only."""
    return f"{value:f}".replace(".", ",")
