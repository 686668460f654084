"""In a plan file: the students that a theme is divided by."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated

from pydantic import BeforeValidator, Field
from pydantic_core import PydanticCustomError

from hoka_excel.begroting.plan_file.figure_texts import clear_text
from hoka_excel.begroting.plan_file.figures import ReadFigures
from hoka_excel.begroting.plan_file.keys import FileKeys, Row
from hoka_excel.begroting.plan_file.toml import keys_of
from hoka_excel.core.figures import value_of
from hoka_excel.core.students import LineCount, Programme, StudentCounts

if TYPE_CHECKING:
    from tomlkit.items import Table as Keys


def _days(value: object) -> object:
    if isinstance(value, date):
        return [value]
    if not isinstance(value, list):
        raise PydanticCustomError("date_type", "a day")
    return value


class StudentKeys(FileKeys):
    """The students that a theme is divided by: counts per line, a figure per year.

    Attributes:
        peildatum: the day of the count; one for all years, or one per year.
        opleidingen: the line that each programme belongs to, by its code.
    """

    peildatum: Annotated[list[date], BeforeValidator(_days)]
    bron: str
    instelling: str = ""
    aantallen: dict[str, Row] = Field(default_factory=dict)
    opleidingen: dict[str, str] = Field(default_factory=dict)


def students_of(keys: StudentKeys | None, figures: ReadFigures, *subject: str | int) -> StudentCounts | None:
    """Read the students of a theme."""
    if keys is None:
        return None
    rows = iter(figures([text for row in keys.aantallen.values() for text in row], *subject, "aantallen"))
    lines = [
        LineCount(line, tuple(value_of(next(rows)) for _ in row)) for line, row in keys.aantallen.items()
    ]
    programmes = tuple(Programme(code, line) for code, line in keys.opleidingen.items())
    return StudentCounts(tuple(keys.peildatum), keys.bron, keys.instelling, tuple(lines), programmes)


def student_keys(students: StudentCounts) -> "Keys":
    """Write the students of a theme."""
    days = list(students.reference_days)
    keys = keys_of({"peildatum": days[0] if len(days) == 1 else days, "bron": students.source})
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
