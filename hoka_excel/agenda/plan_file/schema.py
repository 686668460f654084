"""The shape of the plan file of a quality agenda: which keys it holds and of which type."""

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, Strict
from pydantic_core import PydanticCustomError

from hoka_excel.begroting.plan_file.head import HeadKeys
from hoka_excel.begroting.plan_file.keys import FileKeys, Row
from hoka_excel.core.agenda.projects import Status


def _share_text(value: object) -> str:
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise PydanticCustomError("decimal_type", "a number")
    return str(value)


ShareText = Annotated[str, BeforeValidator(_share_text)]
"""A whole percentage, or a fraction such as "1/3"."""


class ThemeKeys(FileKeys):
    """A theme of the faculty or of the sector agreement."""

    nummer: int
    naam: str
    ondertitel: str = ""
    plaats: str = ""


class ProgrammeKeys(FileKeys):
    """A programme."""

    naam: str
    graad: str = ""
    plaats: str = ""


class SourceKeys(FileKeys):
    """A source of money, and the years of the agreement that it falls under."""

    naam: str
    omschrijving: str = ""
    plaats: str = ""
    getoetst: bool
    eerste_jaar: int | None = None
    laatste_jaar: int | None = None


class ProjectKeys(FileKeys):
    """A project."""

    nummer: int
    naam: str
    bedragen: Annotated[Status, Strict(strict=False)]
    plaats: str = ""
    kwaliteitsdoel: str = ""
    onderbouwing: str = ""
    themas: dict[str, ShareText] = Field(default_factory=dict)
    sectorthemas: dict[str, ShareText] = Field(default_factory=dict)
    opleidingen: dict[str, ShareText] = Field(default_factory=dict)
    kosten: Row
    financiering: dict[str, Row] = Field(default_factory=dict)


class ReasonKeys(FileKeys):
    """Why something that does not tie is justified."""

    soort: str
    tabel: str
    regel: str
    periode: str
    tekst: str


class AgendaFile(HeadKeys):
    """The whole file."""

    soort: Literal["kwaliteitsagenda"]
    financiering: list[SourceKeys]
    thema: list[ThemeKeys]
    sectorthema: list[ThemeKeys]
    opleiding: list[ProgrammeKeys]
    project: list[ProjectKeys]
    toelichting: list[ReasonKeys] = Field(default_factory=list)
