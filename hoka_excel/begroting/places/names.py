"""What the parts of a begroting are called: its sheets, its rectangles, and the words inside them."""

from enum import StrEnum

from hoka_excel.begroting.places.checks import CheckBlocks
from hoka_excel.begroting.places.defined_names import slug


class SheetName(StrEnum):
    """The sheets that do not depend on the plan; the themes' sheets carry the names of their tables."""

    ABOUT = "Toelichting"
    ASSUMPTIONS = "Uitgangspunten"
    INTEGRAL = "Begroting integraal"
    ACTUALS = "Realisatie"
    CARRY_OVER = "Meenemen"
    CHECKS = "Aansluiting"
    FINDINGS = "Bevindingen"


NAME_PREFIX = "Hoka_"
"""How every defined name of ours begins."""

AGENDA_PREFIX = f"{NAME_PREFIX}agenda_"
"""How those of a quality agenda begin."""


class BlockName(StrEnum):
    """The defined names that do not depend on the plan."""

    GENERAL = "Hoka_algemeen"
    GRANT = "Hoka_toekenning"
    RATE = "Hoka_tarief"
    THEMES = "Hoka_themas"
    TABLES = "Hoka_tabellen"
    LOCKED = "Hoka_vaststaande_bedragen"
    PRECISION = "Hoka_rekenprecisie"
    NOTES = "Hoka_opmerkingen"
    CHECK_SHEET = "Hoka_aansluiting"
    FINDING_SHEET = "Hoka_bevindingen"
    COUNTS = "Hoka_oordelen"
    OVERVIEW = "Hoka_overzicht"
    CHECKS = "Hoka_controles"


CHECK_BLOCKS = CheckBlocks(BlockName.COUNTS, BlockName.OVERVIEW, BlockName.CHECKS)

FOOT_ROWS = ("Som van de regels", "Totaal min som", "Telcontrole")
THEME_FOOT_ROWS = (*FOOT_ROWS, "Begroting integraal", "Totaal min integraal", "Verbandscontrole")
ACTUALS_PARTS = ("Begroting", "Realisatie", "Verschil", "Voortgang")
HEAD_ROWS = ("Titel", "Instelling", "Faculteit", "Versie", "Datum", "Bron")
GENERAL_ROWS = (*HEAD_ROWS, "Toestand")
GRANT_LABEL = "Toegekend bedrag"
PRINTED_GRANT_LABEL = "Gedrukt totaal (het plan noemt geen ander bedrag)"
RATE_ROWS = ("Tarief zoals gedrukt", "Gedrukt tot op", "Rekentarief", "Rekentarief afgeleid")
THEME_COLUMNS = ("Naam", "Nummer", "Aandeel", "Tabel", "Verdeling", "Sleutel of sluitpost", "Afgeleid")
KEY_COLUMNS = ("Regel", "Aandeel", "Gedrukt tot op", "Vast bedrag")
TABLE_COLUMNS = ("Tabel", "Eenheid", "Gedrukt tot op", "Titel")
LOCKED_COLUMNS = ("Regel", "Tabel", "Jaar")
CHECK_COLUMNS = (
    "Soort",
    "Regel",
    "Tabel",
    "Jaar",
    "Gesteld",
    "Herrekend",
    "Verschil",
    "Ondergrens",
    "Bovengrens",
    "Speling",
    "Samenhang",
    "Oordeel",
    "Toelichting",
)


def table_block(name: str) -> str:
    """Name the rectangle of a table: header, lines and total."""
    return f"Hoka_tabel_{slug(name)}"


def foot_block(name: str) -> str:
    """Name the rectangle of live checks below a table."""
    return f"Hoka_controle_{slug(name)}"


def key_block(number: int) -> str:
    """Name the rectangle of the allocation key of a theme."""
    return f"Hoka_sleutel_{number}"


def actuals_block(name: str) -> str:
    """Name the rectangle of plan against actuals of a theme's table."""
    return f"Hoka_realisatie_{slug(name)}"


def master_block(sheet: str) -> str:
    """Name the cell that repeats the master check on a sheet."""
    return f"Hoka_hoofdcontrole_{slug(sheet)}"
