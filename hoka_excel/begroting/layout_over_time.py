"""The rectangles of a begroting for what changes over its years; each is there only when its plan has any.

Here stand their names, their rows and their sizes; `layout` puts them on the sheets.
"""

from enum import StrEnum

from hoka_excel.core.checks import AVAILABLE
from hoka_excel.core.plan import AllocationKey, Plan, Theme

Shape = tuple[str, int, int]
"""The defined name of a rectangle, its height and its width."""

SCENARIOS = "Scenario's"
"""The sheet that shows the scenarios side by side."""


class TimeBlock(StrEnum):
    """The defined names that do not depend on the themes."""

    BINDING = "Hoka_taakstellend"
    INDEXATION = "Hoka_indexatie"
    REVISIONS = "Hoka_bijstellingen"
    AVAILABLE = "Hoka_beschikbaar"
    SCENARIOS = "Hoka_scenarios"
    SCENARIO_SHEET = "Hoka_scenarioblad"


GRANT_BLOCKS = (TimeBlock.INDEXATION, TimeBlock.REVISIONS, TimeBlock.AVAILABLE)
BINDING_ROWS = ("Taakstellend tot en met", "Jaar", "Status")
INDEXATION_ROWS = ("Prijspeil", "Indexatie", "Percentage", "Doorgifte", "Factor sinds het prijspeil")
REVISION_COLUMNS = ("Reden", "Datum", "Jaar", "Bedrag")
AVAILABLE_ROWS = (
    "EUR",
    "Toegekend",
    "Indexatie",
    "Bijstellingen",
    AVAILABLE,
    "Begroting integraal",
    "Integraal min beschikbaar",
)
STUDENT_ROWS = ("Bron", "Instelling (leeg: die van het plan)", "Peildatum")
STUDENT_PARTS = ("Studenten", "Aandeel naar studenten", "Min het aandeel van de sleutel")
"""What stands below those rows: the counts of the lines and their total, and what follows from them."""
PROGRAMME_COLUMNS = ("Regel", "Opleidingscode")
SETTING_COLUMNS = ("Scenario", "Wat", "Tabel", "Regel", "Jaar", "Waarde")
_SPARE_ROWS = 4
"""How many empty rows a controller finds below a list."""


def students_block(number: int) -> str:
    """Name the rectangle of the students that a theme is divided by."""
    return f"Hoka_studenten_{number}"


def programmes_block(number: int) -> str:
    """Name the rectangle of the programmes whose students count for a theme."""
    return f"Hoka_opleidingen_{number}"


def grant_shapes(plan: Plan) -> list[Shape]:
    """Size what stands below the grant: binding years, indexation, revisions, and what is available."""
    years = len(plan.years) + 1
    revisions = 1 + len(plan.changes.revisions) + _SPARE_ROWS
    binding = [(TimeBlock.BINDING, len(BINDING_ROWS), years)] if plan.binding_until is not None else []
    changes = [
        (TimeBlock.INDEXATION, len(INDEXATION_ROWS), years),
        (TimeBlock.REVISIONS, revisions, len(REVISION_COLUMNS)),
        (TimeBlock.AVAILABLE, len(AVAILABLE_ROWS), years),
    ]
    return [*binding, *(changes if plan.changes else [])]


def student_shapes(plan: Plan, theme: Theme) -> list[Shape]:
    """Size what stands below the key of a theme that is divided by students."""
    match theme.division:
        case AllocationKey(students=students) if students is not None:
            programmes = 1 + len(students.programmes) + _SPARE_ROWS
            return [
                (students_block(theme.number), student_height(len(theme.table.lines)), len(plan.years) + 1),
                (programmes_block(theme.number), programmes, len(PROGRAMME_COLUMNS)),
            ]
        case _:
            return []


def student_height(lines: int) -> int:
    """Count the rows of the students of a theme, given its lines; each part has a header and a total."""
    return len(STUDENT_ROWS) + len(STUDENT_PARTS) * (1 + lines + 1)


def scenario_shapes(plan: Plan) -> list[Shape]:
    """Size the list of what the scenarios set otherwise."""
    if not plan.scenarios:
        return []
    rows = sum(max(1, len(scenario.settings)) for scenario in plan.scenarios)
    return [(TimeBlock.SCENARIOS, 1 + rows + _SPARE_ROWS, len(SETTING_COLUMNS))]
