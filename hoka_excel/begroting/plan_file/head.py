"""What every plan file begins with: which kind it is of, its head, its years and its notes."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field

from hoka_excel.begroting.plan_file.keys import FileKeys
from hoka_excel.core.errors import PlanError
from hoka_excel.core.head import Head

SCHEMA = 1


class FileKind(StrEnum):
    """What the key `soort` may say; each kind has a shape of its own."""

    BEGROTING = "begroting"
    AGENDA = "kwaliteitsagenda"


def kind_of(data: Mapping[str, object], source: str) -> FileKind:
    """Say of which kind a plan file is; one that does not say holds a begroting.

    Args:
        data: the keys of the file.
        source: what to call the file in faults.

    Raises:
        PlanError: it is of a kind that there is not.
    """
    kind = data.get("soort", FileKind.BEGROTING)
    if kind not in list(FileKind):
        raise PlanError("plan.unknown_kind", where=source, kind=kind, known=", ".join(FileKind))
    return FileKind(str(kind))


class HeadKeys(FileKeys):
    """The keys of every kind."""

    schema_: Annotated[Literal[1], Field(alias="schema")]
    titel: str
    instelling: str
    faculteit: str
    versie: str
    datum: date
    bron: str
    jaren: list[int]
    opmerkingen: list[str] = Field(default_factory=list)

    @property
    def head(self) -> Head:
        """What the file is called, whose it is, and what it was taken from."""
        return Head(self.titel, self.instelling, self.faculteit, self.versie, self.datum, self.bron)


def head_keys(head: Head) -> dict[str, object]:
    """Write a head."""
    return dict(zip(("titel", "instelling", "faculteit", "versie", "datum", "bron"), head, strict=True))
