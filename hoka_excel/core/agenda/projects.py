"""A quality agenda: projects, what they cost, who pays, and what they relate to.

All of it is data: years, themes, programmes and sources are whatever the agenda says. Amounts are exact, in
EUR with at most two decimals.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from hoka_excel.core.check_kinds import Kind

CENT = Decimal("0.01")
ALL_YEARS = "totaal"
"""The period of what holds for all years together."""


class Axis(StrEnum):
    """What the amounts of a project are divided over, each time in full."""

    OWN_THEMES = "eigen thema"
    SECTOR_THEMES = "sectorthema"
    PROGRAMMES = "opleiding"


class Status(StrEnum):
    """Whether the amounts of a project were decided on, or only show what amounts look like."""

    EXAMPLE = "voorbeeld"
    DECIDED = "vastgesteld"


@dataclass(frozen=True, slots=True)
class Member:
    """A theme or programme.

    Attributes:
        name: as the source has it.
        detail: the line below the name of a theme, or the degree of a programme; may be empty.
        place: where the source names it.
        number: of a theme; a programme has none.
    """

    name: str
    detail: str
    place: str
    number: int | None = None

    @property
    def key(self) -> str:
        """What shares call it: the number of a theme, the degree and name of a programme."""
        return f"{self.detail} {self.name}".strip() if self.number is None else str(self.number)

    @property
    def label(self) -> str:
        """What tables call it."""
        return self.key if self.number is None else f"{self.number}. {self.name}"


@dataclass(frozen=True, slots=True)
class Source:
    """Where money comes from.

    Attributes:
        name: unique in the agenda.
        description: what it is.
        place: where the source document names it; empty for an example.
        is_tested: whether a project may use it only if it is eligible.
        first, last: the years of the agreement that it falls under; None where there is no end.
    """

    name: str
    description: str
    place: str
    is_tested: bool
    first: int | None = None
    last: int | None = None

    def covers(self, year: int) -> bool:
        """Say whether a year falls under the agreement."""
        return (self.first is None or year >= self.first) and (self.last is None or year <= self.last)


@dataclass(frozen=True, slots=True)
class Shares:
    """How a project is divided over the members of an axis.

    Attributes:
        parts: one per member, whole numbers; all zero when it relates to none of them.
        whole: what the parts add up to: 100 for percentages, 3 for thirds.
    """

    parts: tuple[int, ...]
    whole: int = 100

    @property
    def is_given(self) -> bool:
        """Whether the project relates to any member at all."""
        return any(self.parts)


@dataclass(frozen=True, slots=True)
class Project:
    """A project of the agenda.

    Attributes:
        number: unique in the agenda.
        name: what it is called.
        status: of its amounts.
        place: where the source speaks of it.
        aim: what it improves in the quality of education; empty when nobody has said.
        evidence: what will show that; empty when nobody has said.
        shares: one per axis, in the order of `Axis`.
        costs: one amount per year.
        financing: per source, in the order of the agenda, one amount per year.
    """

    number: int
    name: str
    status: Status
    place: str
    aim: str
    evidence: str
    shares: tuple[Shares, ...]
    costs: tuple[Decimal, ...]
    financing: tuple[tuple[Decimal, ...], ...]

    @property
    def label(self) -> str:
        """What tables and findings call it; an example is never named without saying so."""
        return marked(f"{self.number}. {self.name}", is_example=self.status is Status.EXAMPLE)

    @property
    def financed(self) -> tuple[Decimal, ...]:
        """What all sources pay together, per year."""
        return tuple(sum(amounts, Decimal(0)) for amounts in zip(*self.financing, strict=True))

    def shares_of(self, axis: Axis) -> Shares:
        """Give how it is divided over the members of an axis."""
        return self.shares[list(Axis).index(axis)]


def marked(label: str, *, is_example: bool) -> str:
    """Write behind a label that its amounts are an example.

    >>> marked("Studiesucces", is_example=True)
    'Studiesucces (voorbeeld)'
    """
    return f"{label} ({Status.EXAMPLE})" if is_example else label


class AgendaRef(NamedTuple):
    """The place of a figure: table, line, and the year or all years together."""

    table: str
    line: str
    period: str


@dataclass(frozen=True, slots=True)
class Reason:
    """Why something that does not tie is justified, in the controller's words.

    Attributes:
        kind: of the check.
        ref: the figure that is checked.
        text: the words.
    """

    kind: Kind
    ref: AgendaRef
    text: str


@dataclass(frozen=True, slots=True)
class Agenda:
    """A quality agenda.

    Attributes:
        title: what it is called.
        institution, faculty: whose it is.
        version: of the agenda.
        source: the document that themes and programmes were taken from.
        day: of the version.
        years: the calendar years, in order, one per amount of every project.
        sources: where the money comes from.
        themes, sector_themes, programmes: the members of each axis.
        projects: in order.
        reasons: why differences are justified.
        notes: what a reader must know, in sentences.
    """

    title: str
    institution: str
    faculty: str
    version: str
    source: str
    day: date
    years: tuple[int, ...]
    sources: tuple[Source, ...]
    themes: tuple[Member, ...]
    sector_themes: tuple[Member, ...]
    programmes: tuple[Member, ...]
    projects: tuple[Project, ...]
    reasons: tuple[Reason, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def has_examples(self) -> bool:
        """Whether the amounts of any project only show what amounts look like."""
        return any(project.status is Status.EXAMPLE for project in self.projects)

    def marked(self, label: str) -> str:
        """Write behind the label of a total that it holds amounts that are an example, if it does."""
        return marked(label, is_example=self.has_examples)

    @property
    def periods(self) -> tuple[str, ...]:
        """Every year, and all of them together."""
        return (*map(str, self.years), ALL_YEARS)

    def members(self, axis: Axis) -> tuple[Member, ...]:
        """Give what an axis divides over."""
        return (self.themes, self.sector_themes, self.programmes)[list(Axis).index(axis)]
