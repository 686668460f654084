"""What the parts of an agenda are called: its sheets, its rectangles, and the words inside them."""

from enum import StrEnum

from hoka_excel.begroting.places.checks import CheckBlocks
from hoka_excel.begroting.places.names import AGENDA_PREFIX
from hoka_excel.core.agenda.projects import Axis
from hoka_excel.core.agenda.totals import SOURCES, TABLES


class AgendaSheet(StrEnum):
    """The sheets, in the order of their tabs."""

    ABOUT = "Toelichting"
    ASSUMPTIONS = "Uitgangspunten"
    PROJECTS = "Projecten"
    SHARES = "Aandelen"
    AIMS = "Kwaliteitsdoelen"
    ELIGIBILITY = "Toelaatbaarheid"
    TOTALS = "Totalen"
    DIVISION = "Verdeling"
    CHECKS = "Aansluiting"
    FINDINGS = "Bevindingen"


class AgendaBlock(StrEnum):
    """The defined names of the rectangles that every agenda has."""

    GENERAL = "Hoka_agenda_algemeen"
    YEARS = "Hoka_agenda_jaren"
    SOURCES = "Hoka_agenda_bronnen"
    COSTS = "Hoka_agenda_kosten"
    FINANCING = "Hoka_agenda_financiering"
    UNCOVERED = "Hoka_agenda_nog_te_dekken"
    AIMS = "Hoka_agenda_kwaliteitsdoelen"
    ELIGIBILITY = "Hoka_agenda_toelaatbaarheid"
    OUTCOMES = "Hoka_agenda_uitkomsten"
    DIVISION = "Hoka_agenda_verdeling"
    NOTES = "Hoka_agenda_opmerkingen"
    CHECK_SHEET = "Hoka_agenda_aansluiting"
    FINDING_SHEET = "Hoka_agenda_bevindingen"
    COUNTS = "Hoka_agenda_oordelen"
    OVERVIEW = "Hoka_agenda_overzicht"
    CHECKS = "Hoka_agenda_controles"


CHECK_BLOCKS = CheckBlocks(AgendaBlock.COUNTS, AgendaBlock.OVERVIEW, AgendaBlock.CHECKS)

MEMBER_COLUMNS = ("Naam", "Ondertitel of graad", "Vindplaats", "Nummer")
SOURCE_COLUMNS = ("Naam", "Omschrijving", "Vindplaats", "Getoetst", "Eerste jaar", "Laatste jaar")
AMOUNT_COLUMNS = ("Project", "Bedragen", "Dekking")
COST_COLUMNS = ("Project", "Bedragen", "Nummer")
SHARE_COLUMNS = ("Project", "Bedragen", "Geheel")
DIVISION_COLUMNS = ("Project", "Verdeeld over", "Onderdeel")
ELIGIBILITY_COLUMNS = (
    "Project",
    "Bedragen",
    "Oordeel",
    "Reden",
    "Gevraagd",
    "Sectorthema",
    "Doel genoemd",
    "Aantoonbaar",
    "Boven 100 %",
    "Buiten looptijd",
)
AIM_COLUMNS = ("Project", "Bedragen", "Kwaliteitsdoel", "Onderbouwing", "Vindplaats")
OUTCOME_COLUMNS = ("Oordeel", "Projecten", "Gevraagd")
CHECK_COLUMNS = (
    "Soort",
    "Regel",
    "Tabel",
    "Jaar",
    "Gesteld",
    "Herrekend",
    "Verschil",
    "Oordeel",
    "Toelichting",
)
TO_DIVIDE = "te verdelen"
FOOT_ROWS = ("Volgens de bronnen", "Verschil", "Oordeel")
SOURCES_FOOT_ROWS = ("Som van de regels", "Verschil", "Oordeel")


def members_block(axis: Axis) -> str:
    """Name the list of what an axis divides over."""
    return f"{AGENDA_PREFIX}lijst_{_word(axis)}"


def shares_block(axis: Axis) -> str:
    """Name the shares of the projects in an axis."""
    return f"{AGENDA_PREFIX}aandelen_{_word(axis)}"


def source_block(number: int) -> str:
    """Name what a source pays for each project; sources count from 1."""
    return f"{AGENDA_PREFIX}bron_{number}"


def totals_block(table: str) -> str:
    """Name a table of totals."""
    return f"{AGENDA_PREFIX}totalen_{_TOTALS[table]}"


def foot_block(table: str) -> str:
    """Name the live check below a table of totals."""
    return f"{AGENDA_PREFIX}controle_{_TOTALS[table]}"


def _word(axis: Axis) -> str:
    return axis.replace(" ", "_")


_TOTALS = {**{name: _word(axis) for axis, name in TABLES.items()}, SOURCES: "bron"}
