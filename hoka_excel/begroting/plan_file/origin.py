"""In a plan file that was imported: which document it was taken from, and where in it everything stood."""

from pydantic import Field

from hoka_excel.begroting.plan_file.keys import FileKeys


class OriginTableKeys(FileKeys):
    """Where a table stood in the document it was imported from, and its rows as printed."""

    naam: str
    nummer: int
    kolommen: list[int]
    rijen: dict[str, str]


class MatchKeys(FileKeys):
    """Which theme a line of an integral table was taken for, and how alike the words are, out of 100."""

    tabel: str
    regel: str
    thema: int
    score: int
    gelijke_jaren: int | None = None
    onzeker: bool


class ClaimKeys(FileKeys):
    """A sentence that says something of the figures, and the readings of it that were tried."""

    zin: str
    plaats: str
    tabel: str = ""
    regel: str = ""
    score: int = 0
    lezingen: list[str] = Field(default_factory=list)
    onzeker: bool


class OriginKeys(FileKeys):
    """What an import took from where."""

    document: str
    tabel: list[OriginTableKeys]
    koppeling: list[MatchKeys]
    bewering: list[ClaimKeys] = Field(default_factory=list)
