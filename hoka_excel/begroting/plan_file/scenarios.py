"""In a plan file: what its scenarios set otherwise."""

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from pydantic import Field

from hoka_excel.begroting.plan_file.figure_texts import clear_text, euro_text
from hoka_excel.begroting.plan_file.figures import ReadFigures, ReadNumber, percent_in
from hoka_excel.begroting.plan_file.keys import FigureText, FileKeys, Row
from hoka_excel.begroting.plan_file.toml import keys_of, list_of
from hoka_excel.core.figures import Figure, Printed
from hoka_excel.core.levers import Lever, Scenario, Setting

if TYPE_CHECKING:
    from tomlkit.items import AoT
    from tomlkit.items import Table as Keys


class ScenarioIndexationKeys(FileKeys):
    """An indexation that a scenario sets otherwise, in full or in part."""

    jaar: int
    procent: FigureText | None = None
    doorgifte: FigureText | None = None


class ScenarioKeys(FileKeys):
    """What a scenario sets otherwise.

    Attributes:
        toegekend, studenten: a figure per year; an empty text leaves a year as it is.
        aandelen: by the name of a theme's table.
        vast, studenten: by the name of a theme's table, then by line.
    """

    naam: str
    toegekend: Row = Field(default_factory=list)
    rekentarief: FigureText | None = None
    aandelen: dict[str, FigureText] = Field(default_factory=dict)
    vast: dict[str, dict[str, FigureText]] = Field(default_factory=dict)
    studenten: dict[str, dict[str, Row]] = Field(default_factory=dict)
    indexatie: list[ScenarioIndexationKeys] = Field(default_factory=list)


def scenarios_of(
    scenarios: Sequence[ScenarioKeys], years: Sequence[int], number: ReadNumber, figures: ReadFigures
) -> tuple[Scenario, ...]:
    """Read the scenarios of a plan with these years."""
    return tuple(
        Scenario(
            keys.naam,
            (
                *_yearly(keys, years, figures, "scenario", index),
                *_lasting(keys, number, "scenario", index),
                *_indexed(keys, number, "scenario", index),
            ),
        )
        for index, keys in enumerate(scenarios)
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
                value = percent_in(text, number, *subject, "indexatie", index)
                yield Setting(lever, "", "", entry.jaar, value)


def scenario_keys(scenario: Scenario, years: Sequence[int]) -> "Keys":
    """Write a scenario of a plan with these years."""
    found: dict[Lever, list[Setting]] = {lever: [] for lever in Lever}
    for setting in scenario.settings:
        found[setting.lever].append(setting)
    keys = keys_of({"naam": scenario.name})
    if found[Lever.GRANT]:
        keys["toegekend"] = _row(found[Lever.GRANT], years, euro_text)
    for setting in found[Lever.RATE]:
        keys["rekentarief"] = clear_text(setting.value)
    if found[Lever.WEIGHT]:
        keys["aandelen"] = {setting.table: clear_text(setting.value) for setting in found[Lever.WEIGHT]}
    if found[Lever.FIXED]:
        keys["vast"] = {
            table: {setting.line: euro_text(setting.value) for setting in own}
            for table, own in _grouped(found[Lever.FIXED], "table").items()
        }
    if found[Lever.STUDENTS]:
        keys["studenten"] = {
            table: {line: _row(row, years, clear_text) for line, row in _grouped(own, "line").items()}
            for table, own in _grouped(found[Lever.STUDENTS], "table").items()
        }
    indexed = _indexed_keys([*found[Lever.INDEXATION], *found[Lever.PASSED_ON]])
    if indexed:
        keys["indexatie"] = indexed
    return keys


def _row(settings: Sequence[Setting], years: Sequence[int], write: Callable[[Decimal], str]) -> list[str]:
    texts = {setting.year: write(setting.value) for setting in settings}
    return [texts.get(year, "") for year in years]


def _grouped(settings: Sequence[Setting], field: str) -> dict[str, list[Setting]]:
    groups: dict[str, list[Setting]] = {}
    for setting in settings:
        groups.setdefault(getattr(setting, field), []).append(setting)
    return groups


def _indexed_keys(settings: Sequence[Setting]) -> "AoT":
    words = {Lever.INDEXATION: "procent", Lever.PASSED_ON: "doorgifte"}
    entries: dict[int | None, Keys] = {}
    for setting in sorted(settings, key=lambda setting: setting.year or 0):
        entry = entries.setdefault(setting.year, keys_of({}))
        entry["jaar"] = setting.year
        entry[words[setting.lever]] = clear_text(setting.value)
    return list_of(entries.values())
