"""The shape of the plan file of a begroting: which keys it holds and of which type."""

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import Field, Strict

from hoka_excel.begroting.plan_file.grant import IndexationKeys, RevisionKeys
from hoka_excel.begroting.plan_file.head import FileKind, HeadKeys, kind_of
from hoka_excel.begroting.plan_file.keys import FigureText, FileKeys, Row
from hoka_excel.begroting.plan_file.ledgers import ExportKeys, LedgerRuleKeys
from hoka_excel.begroting.plan_file.origin import OriginKeys
from hoka_excel.begroting.plan_file.scenarios import ScenarioKeys
from hoka_excel.begroting.plan_file.shape import shaped
from hoka_excel.begroting.plan_file.students import StudentKeys
from hoka_excel.core.errors import PlanError
from hoka_excel.core.plan import State, Unit

SKELETON = "geraamte"
"""The state of a file that names themes and programmes but holds no amounts yet."""


class TableKeys(FileKeys):
    """A table: its lines and its one total, figures as printed."""

    naam: str
    titel: str
    eenheid: Annotated[Unit, Strict(strict=False)]
    stap: FigureText
    regels: dict[str, Row]
    totaal: Annotated[dict[str, Row], Field(min_length=1, max_length=1)]


class AllocationKeyKeys(FileKeys):
    """A division by shares, after fixed amounts."""

    soort: Literal["sleutel"]
    sleutel: str
    afgeleid: bool
    aandelen: dict[str, FigureText]
    vast: dict[str, FigureText] = Field(default_factory=dict)
    studenten: StudentKeys | None = None


class BalancingLineKeys(FileKeys):
    """A division in which one line takes what is left."""

    soort: Literal["sluitpost"]
    sluitpost: str


class GivenLinesKeys(FileKeys):
    """A division in which every line is given."""

    soort: Literal["gegeven"]


class ThemeKeys(FileKeys):
    """A theme, its division, its table, what was spent, brought along before that, and said of it."""

    nummer: int
    naam: str
    aandeel: FigureText
    verdeling: Annotated[AllocationKeyKeys | BalancingLineKeys | GivenLinesKeys, Field(discriminator="soort")]
    tabel: TableKeys
    realisatie: dict[str, Row] = Field(default_factory=dict)
    beginstand: dict[str, FigureText] = Field(default_factory=dict)
    afwijkingen: dict[str, list[str]] = Field(default_factory=dict)


class RateKeys(FileKeys):
    """What one FTE costs, as printed and to compute with."""

    gedrukt: FigureText
    rekentarief: FigureText
    afgeleid: bool


class ThresholdKeys(FileKeys):
    """What a deviation must pass to be signalled: in percent of the budget, and in EUR."""

    procent: FigureText = "0"
    bedrag: FigureText = "0"


class IntegralKeys(FileKeys):
    """The integral tables in EUR and in FTE."""

    eur: TableKeys
    fte: TableKeys


class FigureKeys(FileKeys):
    """The place of one figure."""

    tabel: str
    regel: str
    jaar: int


class ExplanationKeys(FigureKeys):
    """Why the difference of one figure is justified."""

    tekst: str


class PlanFile(HeadKeys):
    """The whole file."""

    soort: Literal["begroting"] = "begroting"
    toestand: Annotated[State, Strict(strict=False)]
    toegekend: Row | None = None
    prijspeil: int | None = None
    indexatie: list[IndexationKeys] = Field(default_factory=list)
    bijstelling: list[RevisionKeys] = Field(default_factory=list)
    taakstellend_tot: int | None = None
    tarief: RateKeys
    thema: list[ThemeKeys]
    integraal: IntegralKeys
    signalering: ThresholdKeys | None = None
    vast: list[FigureKeys] = Field(default_factory=list)
    toelichting: list[ExplanationKeys] = Field(default_factory=list)
    scenario: list[ScenarioKeys] = Field(default_factory=list)
    grootboek: list[LedgerRuleKeys] = Field(default_factory=list)
    grootboekexport: ExportKeys | None = None
    herkomst: OriginKeys | None = None


def validated(data: Mapping[str, object], source: str) -> PlanFile:
    """Hold the keys of a file against the shape of a plan file.

    Args:
        data: as tomllib reads them, floats as `Decimal`.
        source: what to call the file in faults.

    Raises:
        PlanError: the file is of another kind, or a skeleton without amounts; or every key that is missing,
            unknown or of another type.
    """
    if kind_of(data, source) is FileKind.AGENDA:
        raise PlanError("plan.is_agenda", where=source)
    if data.get("toestand") == SKELETON:
        raise PlanError("plan.skeleton", where=source)
    return shaped(PlanFile, data, source)
