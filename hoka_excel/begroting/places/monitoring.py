"""The rectangles of a begroting in which its plan is followed; one made before they existed has none of them.

Here stand their names, their rows and their sizes; `standard_layout` puts them on the sheets.
"""

from collections.abc import Sequence
from enum import StrEnum

from hoka_excel.begroting.places.blocks import Shape
from hoka_excel.begroting.places.defined_names import slug
from hoka_excel.core.plan import AllocationKey, Plan, Theme


class MonitoringBlock(StrEnum):
    """The defined names that do not depend on the plan."""

    THRESHOLDS = "Hoka_signalering"
    CARRY_OVER = "Hoka_meenemen"
    RATIO = "Hoka_verhouding_besteed"


FOLLOW_UP_PARTS = ("Meegenomen naar het volgende jaar", "Signaal", "Toelichting")
PROPORTION_PARTS = ("Afgesproken", "Begroot", "Besteed")
CARRY_OVER_STEPS = ("Beginstand", "bij: begroting", "af: realisatie", "Eindstand")
CARRY_OVER_ENDS = ("Tot nu toe", "Oordeel")
CARRY_OVER_FEET = ("Som van de regels", "Oordeel")
CARRY_OVER_TOTAL_FEET = ("Som van de thema's", "Oordeel", "Begroting integraal", "Begroot min integraal")
THRESHOLD_ROWS = ("Signaleren boven (deel van de begroting)", "en boven (bedrag in euro)")
CARRY_OVER_WORDS = 3
"""The sheet Meenemen begins with two rows of explanation and an empty one."""


def follow_up_block(name: str) -> str:
    """Name the rectangle of what is carried over, signalled and explained of a theme's table."""
    return f"Hoka_opvolging_{slug(name)}"


def carry_over_block(name: str) -> str:
    """Name the rectangle in which the lines of a theme's table are followed over the years."""
    return f"{MonitoringBlock.CARRY_OVER}_{slug(name)}"


def split_block(number: int) -> str:
    """Name the rectangle of how the lines of a theme with a key share what is budgeted and spent."""
    return f"Hoka_verdeling_besteed_{number}"


def monitoring_blocks(tables: Sequence[str], keyed: Sequence[int]) -> list[str]:
    """List all of them, given the tables of the themes and the numbers of the themes with a key."""
    return [
        *MonitoringBlock,
        *(name(table) for table in tables for name in (follow_up_block, carry_over_block)),
        *map(split_block, keyed),
    ]


def keyed_themes(plan: Plan) -> list[int]:
    """List the numbers of the themes that are divided by a key."""
    return [theme.number for theme in plan.themes if isinstance(theme.division, AllocationKey)]


def threshold_shape() -> Shape:
    """Size the thresholds."""
    return MonitoringBlock.THRESHOLDS, len(THRESHOLD_ROWS), 2


def follow_up_shape(plan: Plan, theme: Theme) -> Shape:
    """Size what stands below plan against actuals of a theme."""
    height = len(FOLLOW_UP_PARTS) * (1 + len(theme.table.rows))
    return follow_up_block(theme.table.name), height, 1 + len(plan.years)


def proportion_shapes(plan: Plan) -> list[Shape]:
    """Size the ratio of the themes, and the split of every theme with a key."""
    lines: dict[str, int] = {MonitoringBlock.RATIO: len(plan.themes)}
    for theme in plan.themes:
        if isinstance(theme.division, AllocationKey):
            lines[split_block(theme.number)] = len(theme.table.lines)
    return [(name, len(PROPORTION_PARTS) * (1 + count), 1 + len(plan.years)) for name, count in lines.items()]


def carry_over_shapes(plan: Plan) -> list[Shape]:
    """Size the lines of every theme over the years, then the themes in EUR; a row per step."""
    tables = [(carry_over_block(theme.table.name), len(theme.table.rows)) for theme in plan.themes]
    rows = [(name, count, len(CARRY_OVER_FEET)) for name, count in tables]
    rows.append((MonitoringBlock.CARRY_OVER, 1 + len(plan.themes), len(CARRY_OVER_TOTAL_FEET)))
    width = 2 + len(plan.years) + len(CARRY_OVER_ENDS)
    return [(name, 1 + count * len(CARRY_OVER_STEPS) + feet, width) for name, count, feet in rows]
