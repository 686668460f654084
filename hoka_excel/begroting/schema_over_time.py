"""The keys of a plan file for what changes over the years: indexation, revisions, students, scenarios."""

from datetime import date
from typing import Annotated

from pydantic import BeforeValidator, Field
from pydantic_core import PydanticCustomError

from hoka_excel.begroting.file_keys import FigureText, FileKeys, Row


def _days(value: object) -> object:
    if isinstance(value, date):
        return [value]
    if not isinstance(value, list):
        raise PydanticCustomError("date_type", "a day")
    return value


class IndexationKeys(FileKeys):
    """By how much wages and prices rose from a year on, and the part of it that is passed on, in percent."""

    jaar: int
    procent: FigureText
    doorgifte: FigureText = "100"


class RevisionKeys(FileKeys):
    """An amount in EUR that was added to a year after the grant, or taken from it."""

    datum: date
    reden: str
    jaar: int
    bedrag: FigureText


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
