"""What changes over the years as keys of a plan file; the reverse of `plan_file_over_time`."""

from collections.abc import Callable, Sequence
from decimal import Decimal

import tomlkit
from tomlkit.items import AoT
from tomlkit.items import Table as Keys

from hoka_excel.begroting.figure_texts import clear_text, euro_text
from hoka_excel.core.grant import Indexation, Revision
from hoka_excel.core.levers import Lever, Scenario, Setting
from hoka_excel.core.students import StudentCounts


def indexation_keys(indexation: Indexation) -> Keys:
    """Write an indexation."""
    keys = tomlkit.table()
    keys["jaar"] = indexation.year
    keys["procent"] = clear_text(indexation.percent)
    keys["doorgifte"] = clear_text(indexation.passed_on)
    return keys


def revision_keys(revision: Revision) -> Keys:
    """Write a revision."""
    keys = tomlkit.table()
    keys["datum"] = revision.day
    keys["reden"] = revision.reason
    keys["jaar"] = revision.year
    keys["bedrag"] = euro_text(revision.amount)
    return keys


def student_keys(students: StudentCounts) -> Keys:
    """Write the students of a theme."""
    keys = tomlkit.table()
    days = list(students.reference_days)
    keys["peildatum"] = days[0] if len(days) == 1 else days
    keys["bron"] = students.source
    if students.institution:
        keys["instelling"] = students.institution
    if students.lines:
        keys["aantallen"] = {entry.line: count_row(entry.counts) for entry in students.lines}
    if students.programmes:
        keys["opleidingen"] = {programme.code: programme.line for programme in students.programmes}
    return keys


def count_row(counts: Sequence[Decimal | None]) -> list[int | str]:
    """Write counts: whole ones as numbers, others as text, an unknown one as no text."""
    return [
        "" if count is None else int(count) if count == count.to_integral_value() else clear_text(count)
        for count in counts
    ]


def scenario_keys(scenario: Scenario, years: Sequence[int]) -> Keys:
    """Write a scenario of a plan with these years."""
    found: dict[Lever, list[Setting]] = {lever: [] for lever in Lever}
    for setting in scenario.settings:
        found[setting.lever].append(setting)
    keys = tomlkit.table()
    keys["naam"] = scenario.name
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
    indexed = _indexed([*found[Lever.INDEXATION], *found[Lever.PASSED_ON]])
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


def _indexed(settings: Sequence[Setting]) -> AoT:
    words = {Lever.INDEXATION: "procent", Lever.PASSED_ON: "doorgifte"}
    entries: dict[int | None, Keys] = {}
    for setting in sorted(settings, key=lambda setting: setting.year or 0):
        entry = entries.setdefault(setting.year, tomlkit.table())
        entry["jaar"] = setting.year
        entry[words[setting.lever]] = clear_text(setting.value)
    many = tomlkit.aot()
    for entry in entries.values():
        many.append(entry)
    return many
