"""Where the students stand that a theme is divided by; only a theme that counts them has these rectangles."""

from hoka_excel.begroting.places.blocks import SPARE_ROWS, Shape
from hoka_excel.core.plan import AllocationKey, Plan, Theme

STUDENT_ROWS = ("Bron", "Instelling (leeg: die van het plan)", "Peildatum")
STUDENT_PARTS = ("Studenten", "Aandeel naar studenten", "Min het aandeel van de sleutel")
"""What stands below those rows: the counts of the lines and their total, and what follows from them."""
PROGRAMME_COLUMNS = ("Regel", "Opleidingscode")


def students_block(number: int) -> str:
    """Name the rectangle of the students that a theme is divided by."""
    return f"Hoka_studenten_{number}"


def programmes_block(number: int) -> str:
    """Name the rectangle of the programmes whose students count for a theme."""
    return f"Hoka_opleidingen_{number}"


def student_blocks(number: int) -> tuple[str, str]:
    """List what a theme that is divided by students has."""
    return students_block(number), programmes_block(number)


def student_shapes(plan: Plan, theme: Theme) -> list[Shape]:
    """Size what stands below the key of a theme that is divided by students."""
    match theme.division:
        case AllocationKey(students=students) if students is not None:
            programmes = 1 + len(students.programmes) + SPARE_ROWS
            return [
                (students_block(theme.number), student_height(len(theme.table.lines)), len(plan.years) + 1),
                (programmes_block(theme.number), programmes, len(PROGRAMME_COLUMNS)),
            ]
        case _:
            return []


def student_height(lines: int) -> int:
    """Count the rows of the students of a theme, given its lines; each part has a header and a total."""
    return len(STUDENT_ROWS) + len(STUDENT_PARTS) * (1 + lines + 1)
