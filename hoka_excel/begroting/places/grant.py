"""Where the grant of a begroting is indexed and revised; only one whose plan changes its grant has these."""

from enum import StrEnum

from hoka_excel.begroting.places.blocks import SPARE_ROWS, Shape
from hoka_excel.core.checks import AVAILABLE
from hoka_excel.core.plan import Plan


class GrantBlock(StrEnum):
    """The defined names, in the order of the sheet; a begroting has all of them or none."""

    INDEXATION = "Hoka_indexatie"
    REVISIONS = "Hoka_bijstellingen"
    AVAILABLE = "Hoka_beschikbaar"


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


def grant_shapes(plan: Plan) -> list[Shape]:
    """Size what stands below the grant: indexation, revisions, and what is available."""
    if not plan.changes:
        return []
    years = len(plan.years) + 1
    revisions = 1 + len(plan.changes.revisions) + SPARE_ROWS
    return [
        (GrantBlock.INDEXATION, len(INDEXATION_ROWS), years),
        (GrantBlock.REVISIONS, revisions, len(REVISION_COLUMNS)),
        (GrantBlock.AVAILABLE, len(AVAILABLE_ROWS), years),
    ]
