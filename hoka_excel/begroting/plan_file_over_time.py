"""What a plan file says of the years: the keys of `schema_over_time` as parts of a plan."""

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal

from hoka_excel.begroting.plan_schema import PlanFile
from hoka_excel.begroting.schema_over_time import ScenarioKeys, StudentKeys
from hoka_excel.core.figures import Figure, Printed
from hoka_excel.core.grant import GrantChanges, Indexation, Revision
from hoka_excel.core.levers import Lever, Scenario, Setting
from hoka_excel.core.students import LineCount, Programme, StudentCounts

Subject = tuple[str | int, ...]
ReadNumber = Callable[..., Printed]
"""Reads a text that must be a number; what follows it is the path to it."""
ReadFigures = Callable[..., list[Figure]]
"""Reads texts that share one number format; an empty one is a missing figure."""


def changes_of(file: PlanFile, number: ReadNumber) -> GrantChanges:
    """Read the indexations and revisions of the grant."""
    indexations = tuple(
        Indexation(
            keys.jaar,
            _percent(keys.procent, number, "indexatie", index, "procent"),
            _percent(keys.doorgifte, number, "indexatie", index, "doorgifte"),
        )
        for index, keys in enumerate(file.indexatie)
    )
    revisions = tuple(
        Revision(keys.datum, keys.reden, keys.jaar, number(keys.bedrag, "bijstelling", index, "bedrag").value)
        for index, keys in enumerate(file.bijstelling)
    )
    return GrantChanges(file.prijspeil, indexations, revisions)


def _percent(text: str, number: ReadNumber, *subject: str | int) -> Decimal:
    """Read a percentage, with or without its sign: "2,1" and "2,1%" are the same."""
    return number(text.strip().removesuffix("%").strip(), *subject).value


def students_of(keys: StudentKeys | None, figures: ReadFigures, *subject: str | int) -> StudentCounts | None:
    """Read the students of a theme."""
    if keys is None:
        return None
    rows = iter(figures([text for row in keys.aantallen.values() for text in row], *subject, "aantallen"))
    lines = [LineCount(line, tuple(_value(next(rows)) for _ in row)) for line, row in keys.aantallen.items()]
    programmes = tuple(Programme(code, line) for code, line in keys.opleidingen.items())
    return StudentCounts(tuple(keys.peildatum), keys.bron, keys.instelling, tuple(lines), programmes)


def _value(figure: Figure) -> Decimal | None:
    return figure.value if isinstance(figure, Printed) else None


def scenarios_of(file: PlanFile, number: ReadNumber, figures: ReadFigures) -> tuple[Scenario, ...]:
    """Read the scenarios of a plan."""
    return tuple(
        Scenario(
            keys.naam,
            (
                *_yearly(keys, file.jaren, figures, "scenario", index),
                *_lasting(keys, number, "scenario", index),
                *_indexed(keys, number, "scenario", index),
            ),
        )
        for index, keys in enumerate(file.scenario)
    )


def _yearly(
    keys: ScenarioKeys, years: Sequence[int], figures: ReadFigures, *subject: str | int
) -> Iterator[Setting]:
    """Read what a scenario sets year by year."""
    for year, value in _by_year(years, figures(keys.toegekend, *subject, "toegekend")):
        yield Setting(Lever.GRANT, "", "", year, value)
    for table, rows in keys.studenten.items():
        for line, row in rows.items():
            for year, value in _by_year(years, figures(row, *subject, "studenten", table, line)):
                yield Setting(Lever.STUDENTS, table, line, year, value)


def _by_year(years: Sequence[int], row: Sequence[Figure]) -> Iterator[tuple[int, Decimal]]:
    """Go through the years that a row sets; what stands beyond the last year is set in the years after it."""
    for index, figure in enumerate(row):
        if isinstance(figure, Printed) and years:
            beyond = index - len(years) + 1
            yield years[index] if beyond <= 0 else years[-1] + beyond, figure.value


def _lasting(keys: ScenarioKeys, number: ReadNumber, *subject: str | int) -> Iterator[Setting]:
    """Read what a scenario sets for all years."""
    for table, text in keys.aandelen.items():
        yield Setting(Lever.WEIGHT, table, "", None, number(text, *subject, "aandelen", table).value)
    for table, texts in keys.vast.items():
        for line, text in texts.items():
            yield Setting(Lever.FIXED, table, line, None, number(text, *subject, "vast", table, line).value)
    if keys.rekentarief is not None:
        rate = number(keys.rekentarief, *subject, "rekentarief").value
        yield Setting(Lever.RATE, "", "", None, rate)


def _indexed(keys: ScenarioKeys, number: ReadNumber, *subject: str | int) -> Iterator[Setting]:
    for index, entry in enumerate(keys.indexatie):
        for lever, text in ((Lever.INDEXATION, entry.procent), (Lever.PASSED_ON, entry.doorgifte)):
            if text is not None:
                value = _percent(text, number, *subject, "indexatie", index)
                yield Setting(lever, "", "", entry.jaar, value)
