"""The shape of a plan file: which keys it holds, of which type, and how a misfit is told.

>>> path_text(("thema", 0, "tabel", "regels", "GNK/SUMMA", 2))
'thema[1].tabel.regels."GNK/SUMMA"[3]'
"""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Literal, TypeVar

from pydantic import Field, Strict, ValidationError
from pydantic_core import ErrorDetails

from hoka_excel.begroting.file_keys import FigureText, FileKeys, Row
from hoka_excel.begroting.schema_of_ledgers import ExportKeys, LedgerRuleKeys
from hoka_excel.begroting.schema_over_time import IndexationKeys, RevisionKeys, ScenarioKeys, StudentKeys
from hoka_excel.core.errors import PlanError
from hoka_excel.core.messages import Message
from hoka_excel.core.plan import State, Unit
from hoka_excel.core.plan_faults import Subject

SCHEMA = 1
AGENDA = "kwaliteitsagenda"
"""What the key `soort` says in the plan file of a quality agenda, which has a shape of its own."""
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


class PlanFile(FileKeys):
    """The whole file."""

    schema_: Annotated[Literal[1], Field(alias="schema")]
    titel: str
    instelling: str
    faculteit: str
    versie: str
    datum: date
    bron: str
    toestand: Annotated[State, Strict(strict=False)]
    jaren: list[int]
    toegekend: Row | None = None
    prijspeil: int | None = None
    indexatie: list[IndexationKeys] = Field(default_factory=list)
    bijstelling: list[RevisionKeys] = Field(default_factory=list)
    taakstellend_tot: int | None = None
    opmerkingen: list[str] = Field(default_factory=list)
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


_DIVISIONS = ("sleutel", "sluitpost", "gegeven")
_WANTED = {
    "string_type": Message("plan.wanted_text"),
    "int_type": Message("plan.wanted_number"),
    "int_parsing_size": Message("plan.wanted_number"),
    "decimal_type": Message("plan.wanted_number"),
    "list_type": Message("plan.wanted_list"),
    "dict_type": Message("plan.wanted_table"),
    "model_type": Message("plan.wanted_table"),
    "model_attributes_type": Message("plan.wanted_table"),
    "date_type": Message("plan.wanted_day"),
    "bool_type": Message("plan.wanted_truth"),
    "literal_error": Message("plan.wanted_choice", {"choices": SCHEMA}),
    "union_tag_invalid": Message("plan.wanted_choice", {"choices": ", ".join(_DIVISIONS)}),
    "union_tag_not_found": Message("plan.wanted_choice", {"choices": ", ".join(_DIVISIONS)}),
    "too_short": Message("plan.wanted_one_total"),
    "too_long": Message("plan.wanted_one_total"),
}


def validated(data: Mapping[str, object], source: str) -> PlanFile:
    """Hold the keys of a file against the shape of a plan file.

    Args:
        data: as tomllib reads them, floats as `Decimal`.
        source: what to call the file in faults.

    Raises:
        PlanError: the file is a skeleton without amounts; or every key that is missing, unknown or of
            another type.
    """
    if data.get("soort") == AGENDA:
        raise PlanError("plan.is_agenda", where=source)
    if data.get("toestand") == SKELETON:
        raise PlanError("plan.skeleton", where=source)
    return shaped(PlanFile, data, source)


Shape = TypeVar("Shape", bound=FileKeys)


def shaped(shape: type[Shape], data: Mapping[str, object], source: str) -> Shape:
    """Hold the keys of a file against a shape.

    Raises:
        PlanError: every key that is missing, unknown or of another type.
    """
    try:
        return shape.model_validate(data)
    except ValidationError as error:
        raise PlanError.of([_fault(detail, source) for detail in error.errors()]) from error


def _fault(detail: ErrorDetails, source: str) -> Message:
    subject = list(detail["loc"])
    if "verdeling" in subject and (tag := subject.index("verdeling") + 1) < len(subject):
        del subject[tag]
    where = f"{source}, {path_text(tuple(subject))}"
    match detail["type"]:
        case "missing":
            return Message("plan.missing_key", {"where": where})
        case "extra_forbidden":
            return Message("plan.unknown_key", {"where": where})
        case "enum":
            expected = str(detail.get("ctx", {}).get("expected", ""))
            choices = expected.replace(" or ", ", ")
            wanted = Message("plan.wanted_choice", {"choices": choices})
        case other:
            wanted = _WANTED[other]
    return Message("plan.wrong_type", {"where": where, "text": detail["input"], "wanted": wanted})


def path_text(subject: Subject) -> str:
    """Write a path the way TOML writes one; positions in a list count from 1."""
    text = ""
    for step in subject:
        if isinstance(step, int):
            text += f"[{step + 1}]"
        else:
            text += ("." if text else "") + (step if step.isidentifier() else f'"{step}"')
    return text
