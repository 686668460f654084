"""The named cell styles of every sheet we write: what a cell is for shows in how it looks.

The colours keep a contrast of at least 4.5 to 1 between text and fill.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType
from typing import Literal

EURO = '"€" #,##0;[Red]-"€" #,##0'
EURO_DIFFERENCE = '+"€" #,##0;[Red]-"€" #,##0;"€" 0'
EURO_CENTS = '"€" #,##0.00;[Red]-"€" #,##0.00'
PERCENT = "0.0%"
SHARE = "0.00%"
YEAR = "0"
DAY = "d mmmm yyyy"


def fte_format(unit: Decimal) -> str:
    """Show FTE with the decimals of `unit`: 0.01 as 0,00 where Excel speaks Dutch."""
    places = max(0, -int(unit.normalize().as_tuple().exponent))
    return "0." + "0" * places if places else "0"


def fte_difference_format(unit: Decimal) -> str:
    """Show a difference in FTE with its sign."""
    shown = fte_format(unit)
    return f"+{shown};[Red]-{shown};{shown}"


@dataclass(frozen=True, slots=True)
class Style:
    """How the cells of one purpose look; colours are RRGGBB, sizes points.

    Attributes:
        rules: which edges carry a thin line ("double" is a total's line below).
        locked: whether sheet protection, once switched on, keeps the cell from being typed over.
    """

    bold: bool = False
    italic: bool = False
    size: int = 10
    colour: str = "1F2933"
    fill: str | None = None
    rules: Literal["", "top", "bottom", "box", "double"] = ""
    align: Literal["", "left", "center", "right"] = ""
    wrap: bool = False
    indent: int = 0
    underline: bool = False
    locked: bool = True


@dataclass(frozen=True, slots=True)
class Look:
    """What a rule gives cells on top of their style.

    Attributes:
        colours: of text and fill; None to leave them.
        number_format: how numbers are shown; None to leave it.
    """

    colours: tuple[str, str] | None = None
    number_format: str | None = None


FONT = "Calibri"
_INK = "1B3A57"

TITLE = "Hoka Titel"
SUBTITLE = "Hoka Ondertitel"
SECTION = "Hoka Kop"
HEADER = "Hoka Kolomkop"
LABEL = "Hoka Regel"
TEXT = "Hoka Tekst"
NOTE = "Hoka Toelichting"
NUMBER = "Hoka Nummer"
INPUT = "Hoka Invoer"
INPUT_TEXT = "Hoka Invoertekst"
PRINTED = "Hoka Gedrukt"
PRINTED_TOTAL = "Hoka Gedrukt totaal"
INFERRED = "Hoka Afgeleid"
RESULT = "Hoka Resultaat"
TOTAL_LABEL = "Hoka Totaalregel"
TOTAL = "Hoka Totaal"
SUBTOTAL = "Hoka Subtotaal"
CHECK = "Hoka Controle"
VERDICT = "Hoka Oordeel"
MASTER = "Hoka Hoofdcontrole"
LINK = "Hoka Koppeling"

STYLES: Mapping[str, Style] = MappingProxyType(
    {
        TITLE: Style(bold=True, size=16, colour=_INK),
        SUBTITLE: Style(colour="52606D", italic=True),
        SECTION: Style(bold=True, size=12, colour=_INK),
        HEADER: Style(bold=True, colour="FFFFFF", fill=_INK, align="center", wrap=True),
        LABEL: Style(),
        TEXT: Style(wrap=True, indent=1),
        NOTE: Style(italic=True, colour="52606D", wrap=True),
        NUMBER: Style(bold=True, align="center"),
        INPUT: Style(colour="0B3FB5", fill="FFF8DB", rules="box", locked=False),
        INPUT_TEXT: Style(colour="0B3FB5", fill="FFF8DB", rules="box", wrap=True, indent=1, locked=False),
        PRINTED: Style(fill="FBF6E9", rules="box", locked=False),
        PRINTED_TOTAL: Style(bold=True, fill="F3EAD3", rules="double", locked=False),
        INFERRED: Style(colour="6B3FA0", fill="F3EBFA", rules="box", italic=True, locked=False),
        RESULT: Style(fill="EEF3F8", rules="box"),
        TOTAL_LABEL: Style(bold=True, rules="double"),
        TOTAL: Style(bold=True, fill="DCE6F0", rules="double"),
        SUBTOTAL: Style(bold=True, fill="DCE6F0", rules="box"),
        CHECK: Style(colour="3E4C59", fill="F5F7FA", rules="box"),
        VERDICT: Style(colour="3E4C59", fill="F5F7FA", rules="box", align="center"),
        MASTER: Style(bold=True, size=11),
        LINK: Style(colour="0B3FB5", underline=True),
    }
)
"""Every style by the name that Excel's style gallery shows; no two look the same."""

VERDICT_COLOURS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "sluit aan": ("0B5D33", "DDF3E4"),
        "sluit niet aan": ("9B1C1C", "FDE2E1"),
        "verschil": ("9B1C1C", "FDE2E1"),
        "afrondingsverschil": ("7A4B00", "FFF1D0"),
        "dubbel afgerond": ("7A4B00", "FFF1D0"),
        "niet te toetsen": ("4A4458", "E8E5EE"),
        "toegelicht": ("0B4A78", "DCEEFB"),
        "overbesteding": ("9B1C1C", "FDE2E1"),
        "onderbesteding": ("7A4B00", "FFF1D0"),
        "toelaatbaar": ("0B5D33", "DDF3E4"),
        "niet toelaatbaar": ("9B1C1C", "FDE2E1"),
        "samenhang": ("9B1C1C", "FDE2E1"),
    }
)
"""Text and fill of a cell that begins with the words of a verdict."""

WRONG = Look(colours=VERDICT_COLOURS["verschil"])
"""Of a figure that does not tie."""

WHOLE = Look(number_format="#,##0")
"""Of a whole number among numbers with any decimals."""
