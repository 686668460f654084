"""The plan file: a plan as TOML that a controller can read and compare line by line.

Its keys are Dutch, its figures stand as the source prints them. Every fault in a file is listed at once, with
the path to it.
"""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import tomlkit
from tomlkit.items import AoT
from tomlkit.items import Table as Keys

from hoka_excel.begroting.plan_schema import (
    SCHEMA,
    AllocationKeyKeys,
    BalancingLineKeys,
    GivenLinesKeys,
    PlanFile,
    TableKeys,
    ThemeKeys,
    path_text,
    validated,
)
from hoka_excel.core.errors import FigureError, PlanError
from hoka_excel.core.figures import Figure, Printed, Reason, Unreadable, parse_figures
from hoka_excel.core.messages import Message, number_text
from hoka_excel.core.plan import (
    AllocationKey,
    BalancingLine,
    Division,
    Explanation,
    FteRate,
    GivenLines,
    KeyShare,
    Line,
    Plan,
    Ref,
    Table,
    Theme,
    Unit,
)
from hoka_excel.core.plan_faults import faults_of


def read_plan(path: str | Path) -> Plan:
    """Read a plan file.

    Raises:
        PlanError: the file cannot be read, or the plan has faults; all of them are listed.
    """
    path = Path(path)
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)
    except FileNotFoundError as error:
        raise PlanError("plan.missing_file", where=path) from error
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise PlanError("plan.unreadable", where=path, detail=error) from error
    return plan_of(data, path.name)


def plan_of(data: Mapping[str, object], source: str) -> Plan:
    """Make a plan of the keys of a plan file.

    Args:
        data: as tomllib reads them, floats as `Decimal`.
        source: what to call the file in faults.

    Raises:
        PlanError: the plan has faults; all of them are listed.
    """
    reader = _Reader(source)
    plan = reader.plan(validated(data, source))
    faults = [*reader.unread, *faults_of(plan, lambda subject: f"{source}, {path_text(subject)}")]
    if faults:
        raise PlanError.of(faults)
    return plan


class _Reader:
    """Turns the keys of a file into a plan; notes every text that is no figure in `unread`."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.unread: list[Message] = []

    def plan(self, file: PlanFile) -> Plan:
        return Plan(
            title=file.titel,
            institution=file.instelling,
            faculty=file.faculteit,
            version=file.versie,
            source=file.bron,
            day=file.datum,
            state=file.toestand,
            years=tuple(file.jaren),
            grant=None if file.toegekend is None else tuple(self._figures(file.toegekend, "toegekend")),
            rate=FteRate(
                self._number(file.tarief.gedrukt, "tarief", "gedrukt"),
                self._number(file.tarief.rekentarief, "tarief", "rekentarief").value,
                file.tarief.afgeleid,
            ),
            themes=tuple(self._theme(index, keys) for index, keys in enumerate(file.thema)),
            euros=self._by_theme(self._table(file.integraal.eur, "integraal", "eur"), file),
            ftes=self._by_theme(self._table(file.integraal.fte, "integraal", "fte"), file),
            actuals=self._actuals(file),
            locked=tuple(Ref(keys.tabel, keys.regel, keys.jaar) for keys in file.vast),
            explanations=tuple(
                Explanation(Ref(keys.tabel, keys.regel, keys.jaar), keys.tekst) for keys in file.toelichting
            ),
            notes=tuple(file.opmerkingen),
        )

    def _theme(self, index: int, keys: ThemeKeys) -> Theme:
        return Theme(
            number=keys.nummer,
            name=keys.naam,
            weight=self._number(keys.aandeel, "thema", index, "aandeel").value,
            table=self._table(keys.tabel, "thema", index, "tabel"),
            division=self._division(keys.verdeling, "thema", index, "verdeling"),
        )

    def _table(self, keys: TableKeys, *subject: str | int) -> Table:
        rows = [*keys.regels.items(), *keys.totaal.items()]
        cells = iter(self._figures([text for _, row in rows for text in row], *subject))
        *lines, total = [Line(label, tuple(next(cells) for _ in row)) for label, row in rows]
        step = self._number(keys.stap, *subject, "stap").value
        return Table(keys.naam, keys.titel, keys.eenheid, step, tuple(lines), total)

    def _by_theme(self, table: Table, file: PlanFile) -> Table:
        """Put the lines of an imported integral table in the order of their themes; note doubtful matches."""
        matches = [] if file.herkomst is None else file.herkomst.koppeling
        numbers = [keys.nummer for keys in file.thema]
        place: dict[str, int] = {}
        for index, match in enumerate(matches):
            if match.tabel == table.name and match.thema in numbers:
                place[match.regel] = numbers.index(match.thema)
                if match.onzeker:
                    subject = ("herkomst", "koppeling", index, "onzeker")
                    self._note("plan.doubtful_match", subject, line=match.regel, theme=match.thema)
        if not place:
            return table
        return replace(table, lines=tuple(sorted(table.lines, key=lambda line: place.get(line.label, 0))))

    def _division(
        self, keys: AllocationKeyKeys | BalancingLineKeys | GivenLinesKeys, *subject: str | int
    ) -> Division:
        match keys:
            case BalancingLineKeys():
                return BalancingLine(keys.sluitpost)
            case GivenLinesKeys():
                return GivenLines()
        fixed = {line: self._number(text, *subject, "vast", line).value for line, text in keys.vast.items()}
        keyed = {line: self._number(text, *subject, "aandelen", line) for line, text in keys.aandelen.items()}
        lines = [*keyed, *(line for line in fixed if line not in keyed)]
        shares = [
            KeyShare(line, keyed.get(line, Printed(0, 0)), fixed.get(line, Decimal(0))) for line in lines
        ]
        return AllocationKey(keys.sleutel, keys.afgeleid, tuple(shares))

    def _actuals(self, file: PlanFile) -> dict[Ref, Figure]:
        return {
            Ref(keys.tabel.naam, label, year): figure
            for index, keys in enumerate(file.thema)
            for label, row in keys.realisatie.items()
            for year, figure in zip(
                file.jaren, self._figures(row, "thema", index, "realisatie", label), strict=False
            )
            if isinstance(figure, Printed)
        }

    def _figures(self, texts: Sequence[str], *subject: str | int) -> list[Figure]:
        """Read figures that share one number format."""
        read = parse_figures(texts)
        for figure in read:
            if isinstance(figure, Unreadable) and figure.reason is Reason.TEXT:
                self._note("plan.not_a_figure", subject, text=figure.text)
        return read

    def _number(self, text: str, *subject: str | int) -> Printed:
        try:
            return Printed.parse(text)
        except FigureError as error:
            for fault in error.faults:
                self._note("plan.fault_at", subject, fault=fault)
            return Printed(1, 1)

    def _note(self, code: str, subject: tuple[str | int, ...], **values: object) -> None:
        where = f"{self.source}, {path_text(subject)}"
        self.unread.append(Message(code, {"where": where, **values}))


def write_plan(plan: Plan) -> str:
    """Write a plan as the text of a plan file: figures as printed where known, else in Dutch marks."""
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
