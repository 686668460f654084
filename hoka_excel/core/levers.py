"""What a scenario sets otherwise than the plan does: one value at a time, each with its place."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple


class Lever(StrEnum):
    """Which assumption is set, in the words of plan files and workbooks."""

    GRANT = "toegekend"
    WEIGHT = "aandeel"
    FIXED = "vast bedrag"
    STUDENTS = "studenten"
    RATE = "rekentarief"
    INDEXATION = "indexatie"
    PASSED_ON = "doorgifte"


class Setting(NamedTuple):
    """One assumption and its value in a scenario.

    Attributes:
        lever: which assumption.
        table: the name of the theme's table; "" where the assumption belongs to no theme.
        line: the label of the line; "" where it belongs to no line.
        year: None where it holds for all years.
        value: in the unit of the assumption: EUR, a weight, students, or percent.
    """

    lever: Lever
    table: str
    line: str
    year: int | None
    value: Decimal


@dataclass(frozen=True, slots=True)
class Scenario:
    """A what-if: a name and what it sets otherwise.

    Attributes:
        name: unique in the plan.
        settings: every one of them about another assumption; in the order of the levers, and then of table,
            line and year, whatever order they were given in.
    """

    name: str
    settings: tuple[Setting, ...]

    def __post_init__(self) -> None:
        """Put the settings in order, so that scenarios that set the same are the same."""
        levers = list(Lever)
        ordered = sorted(self.settings, key=lambda s: (levers.index(s.lever), s.table, s.line, s.year or 0))
        object.__setattr__(self, "settings", tuple(ordered))
