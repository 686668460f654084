"""The shape of a plan file: which keys it holds, of which type, and how a misfit is told.

>>> path_text(("thema", 0, "tabel", "regels", "GNK/SUMMA", 2))
'thema[1].tabel.regels."GNK/SUMMA"[3]'
"""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, Strict, ValidationError
from pydantic_core import ErrorDetails, PydanticCustomError

from hoka_excel.core.errors import PlanError
from hoka_excel.core.messages import Message, number_text
from hoka_excel.core.plan import State, Unit
from hoka_excel.core.plan_faults import Subject

SCHEMA = 1
SKELETON = "geraamte"
"""The state of a file that names themes and programmes but holds no amounts yet."""


def _figure_text(value: object) -> str:
    if isinstance(value, bool) or not isinstance(value, str | int | Decimal):
        raise PydanticCustomError("decimal_type", "a number")
    return value if isinstance(value, str) else number_text(Decimal(value)).replace(".", "")


FigureText = Annotated[str, BeforeValidator(_figure_text)]
Row = list[FigureText]


class _Keys(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class TableKeys(_Keys):
    """A table: its lines and its one total, figures as printed."""

    naam: str
    titel: str
    eenheid: Annotated[Unit, Strict(strict=False)]
    stap: FigureText
    regels: dict[str, Row]
    totaal: Annotated[dict[str, Row], Field(min_length=1, max_length=1)]


class AllocationKeyKeys(_Keys):
    """A division by shares, after fixed amounts."""

    soort: Literal["sleutel"]
    sleutel: str
    afgeleid: bool
    aandelen: dict[str, FigureText]
    vast: dict[str, FigureText] = {}


class BalancingLineKeys(_Keys):
    """A division in which one line takes what is left."""

    soort: Literal["sluitpost"]
    sluitpost: str


class GivenLinesKeys(_Keys):
    """A division in which every line is given."""

    soort: Literal["gegeven"]


class ThemeKeys(_Keys):
    """A theme, its division, its table and what was spent."""

    nummer: int
    naam: str
    aandeel: FigureText
    verdeling: Annotated[AllocationKeyKeys | BalancingLineKeys | GivenLinesKeys, Field(discriminator="soort")]
    tabel: TableKeys
    realisatie: dict[str, Row] = {}


class RateKeys(_Keys):
    """What one FTE costs, as printed and to compute with."""

    gedrukt: FigureText
    rekentarief: FigureText
    afgeleid: bool


class IntegralKeys(_Keys):
    """The integral tables in EUR and in FTE."""

    eur: TableKeys
    fte: TableKeys


class FigureKeys(_Keys):
    """The place of one figure."""

    tabel: str
    regel: str
    jaar: int


class ExplanationKeys(FigureKeys):
    """Why the difference of one figure is justified."""

    tekst: str


class OriginTableKeys(_Keys):
    """Where a table stood in the document it was imported from, and its rows as printed."""

    naam: str
    nummer: int
    kolommen: list[int]
    rijen: dict[str, str]


class MatchKeys(_Keys):
    """Which theme a line of an integral table was taken for, and how alike the words are, out of 100."""

    tabel: str
    regel: str
    thema: int
    score: int
    gelijke_jaren: int | None = None
    onzeker: bool


class ClaimKeys(_Keys):
    """A sentence that says something of the figures, and the readings of it that were tried."""

    zin: str
    plaats: str
    tabel: str = ""
    regel: str = ""
    score: int = 0
    lezingen: list[str] = []
    onzeker: bool


class OriginKeys(_Keys):
    """What an import took from where."""

    document: str
    tabel: list[OriginTableKeys]
    koppeling: list[MatchKeys]
    bewering: list[ClaimKeys] = []


class PlanFile(_Keys):
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
    opmerkingen: list[str] = []
    tarief: RateKeys
    thema: list[ThemeKeys]
    integraal: IntegralKeys
    vast: list[FigureKeys] = []
    toelichting: list[ExplanationKeys] = []
    herkomst: OriginKeys | None = None


_DIVISIONS = ("sleutel", "sluitpost", "gegeven")
_WANTED = {
    "string_type": Message("plan.wanted_text"),
    "int_type": Message("plan.wanted_number"),
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
    if data.get("toestand") == SKELETON:
        raise PlanError("plan.skeleton", where=source)
    try:
        return PlanFile.model_validate(data)
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
