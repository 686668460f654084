"""The plan file: a plan as TOML that a controller can read and compare line by line.

Its keys are Dutch, its figures stand as the source prints them. Every fault in a file is listed at once, with
the path to it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from hoka_excel.begroting.plan_file.file_faults import FileFaults
from hoka_excel.begroting.plan_file.grant import changes_of
from hoka_excel.begroting.plan_file.monitoring import monitoring_of
from hoka_excel.begroting.plan_file.scenarios import scenarios_of
from hoka_excel.begroting.plan_file.schema import (
    AllocationKeyKeys,
    BalancingLineKeys,
    GivenLinesKeys,
    PlanFile,
    TableKeys,
    ThemeKeys,
    validated,
)
from hoka_excel.begroting.plan_file.students import students_of
from hoka_excel.begroting.plan_file.toml import keys_in
from hoka_excel.core.errors import FigureError, PlanError
from hoka_excel.core.faults.plan import faults_of
from hoka_excel.core.figures import Figure, Printed, Reason, Unreadable, parse_figures
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
)


def read_plan(path: str | Path) -> Plan:
    """Read a plan file.

    Raises:
        PlanError: the file cannot be read, or the plan has faults; all of them are listed.
    """
    path = Path(path)
    return plan_of(keys_in(path), path.name)


def plan_of(data: Mapping[str, object], source: str) -> Plan:
    """Make a plan of the keys of a plan file.

    Args:
        data: as tomllib reads them, floats as `Decimal`.
        source: what to call the file in faults.

    Raises:
        PlanError: the plan has faults; all of them are listed.
    """
    faults = FileFaults(source)
    plan = _Reader(faults).plan(validated(data, source))
    if found := [*faults.found, *faults_of(plan, faults.where)]:
        raise PlanError.of(found)
    return plan


class _Reader:
    """Turns the keys of a file into a plan; notes every text that is no figure."""

    def __init__(self, faults: FileFaults) -> None:
        self._note = faults.note

    def plan(self, file: PlanFile) -> Plan:
        themes = tuple(self._theme(index, keys) for index, keys in enumerate(file.thema))
        monitored = monitoring_of(file, [theme.table for theme in themes], self._figures, self._note)
        return Plan(
            **file.head._asdict(),
            state=file.toestand,
            years=tuple(file.jaren),
            grant=None if file.toegekend is None else tuple(self._figures(file.toegekend, "toegekend")),
            rate=FteRate(
                self._number(file.tarief.gedrukt, "tarief", "gedrukt"),
                self._number(file.tarief.rekentarief, "tarief", "rekentarief").value,
                file.tarief.afgeleid,
            ),
            themes=themes,
            euros=self._by_theme(self._table(file.integraal.eur, "integraal", "eur"), file),
            ftes=self._by_theme(self._table(file.integraal.fte, "integraal", "fte"), file),
            **monitored._asdict(),
            locked=tuple(Ref(keys.tabel, keys.regel, keys.jaar) for keys in file.vast),
            explanations=tuple(
                Explanation(Ref(keys.tabel, keys.regel, keys.jaar), keys.tekst) for keys in file.toelichting
            ),
            changes=changes_of(file.prijspeil, file.indexatie, file.bijstelling, self._number),
            binding_until=file.taakstellend_tot,
            scenarios=scenarios_of(file.scenario, file.jaren, self._number, self._figures),
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
        students = students_of(keys.studenten, self._figures, *subject, "studenten")
        return AllocationKey(keys.sleutel, keys.afgeleid, tuple(shares), students)

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
