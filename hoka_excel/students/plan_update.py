"""Write counted students into a plan file in place; comments and everything else stay as they are."""

import tomllib
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path

import tomlkit
from tomlkit.exceptions import TOMLKitError

from hoka_excel.begroting.plan_file.reading import plan_of, read_plan
from hoka_excel.begroting.plan_file.students import count_row
from hoka_excel.core.errors import PlanError
from hoka_excel.core.messages import Message
from hoka_excel.core.plan import AllocationKey, Plan, Theme
from hoka_excel.core.students import StudentCounts
from hoka_excel.students.counting import counted, tallied
from hoka_excel.students.duo_file import StudentError, enrolments


@dataclass(frozen=True, slots=True)
class Update:
    """A plan file with its students counted.

    Attributes:
        text: of the plan file.
        themes: how many themes were counted.
        told: what the controller must know of the counts.
    """

    text: str
    themes: int
    told: tuple[Message, ...]


def with_students(plan_file: Path, duo_file: Path) -> Update:
    """Count the students of every theme that names programmes, from a file of DUO.

    Raises:
        PlanError: the plan file cannot be read, or has faults.
        StudentError: no theme names programmes, the file has another layout or lacks what the plan asks for,
            or the new text would not read as the plan with these counts.
        WorkbookError: the file of DUO is missing or no text.
    """
    plan = read_plan(plan_file)
    found: dict[int, StudentCounts] = {}
    told: list[Message] = []
    for index, theme in enumerate(plan.themes):
        students = _students(theme)
        if students is not None and students.programmes:
            tally = tallied(enrolments(duo_file), students.institution or plan.institution)
            found[index], messages = counted(plan, theme, tally, f"DUO, {duo_file.name}")
            told += messages
    if not found:
        raise StudentError("students.no_mapping", where=plan_file.name)
    with suppress(ValueError, TOMLKitError, PlanError):  # keys in braces or with dots may take no table
        text = _edited(plan_file.read_text(encoding="utf-8"), found)
        if plan_of(tomllib.loads(text, parse_float=Decimal), plan_file.name) == _with(plan, found):
            return Update(text, len(found), tuple(told))
    raise StudentError("students.not_kept", where=plan_file.name)


def _students(theme: Theme) -> StudentCounts | None:
    return theme.division.students if isinstance(theme.division, AllocationKey) else None


def _with(plan: Plan, found: Mapping[int, StudentCounts]) -> Plan:
    themes = tuple(
        replace(theme, division=replace(theme.division, students=found[index]))
        if index in found and isinstance(theme.division, AllocationKey)
        else theme
        for index, theme in enumerate(plan.themes)
    )
    return replace(plan, themes=themes)


def _edited(text: str, found: Mapping[int, StudentCounts]) -> str:
    document = tomlkit.parse(text)
    for index, students in found.items():
        keys = document["thema"][index]["verdeling"]["studenten"]
        keys["bron"] = students.source
        counts = keys.setdefault("aantallen", tomlkit.table())
        for entry in students.lines:
            counts[entry.line] = count_row(entry.counts)
    return tomlkit.dumps(document)
