"""The six themes of the sector agreement, to at least one of which a HoKa project must relate.

>>> is_eligible("2"), is_eligible("1; 4"), is_eligible("studiesucces"), is_eligible("7, overig")
(True, True, True, False)

Source:
    Kwaliteitsagenda Erasmus MC; sectorakkoord wetenschappelijk onderwijs 2018.
"""

import re
from collections.abc import Sequence

SECTOR_THEMES = (
    "intensiever en kleinschalig onderwijs",
    "meer en betere begeleiding van studenten",
    "studiesucces",
    "onderwijsdifferentiatie",
    "passende en goede onderwijsfaciliteiten",
    "verdere professionalisering van docenten",
)
"""In the order of their numbers, from 1."""


def is_eligible(themes: object, known: Sequence[str] = SECTOR_THEMES) -> bool:
    """Say whether a project relates to a sector theme.

    That it also demonstrably improves the quality of education is judged elsewhere.

    Args:
        themes: a theme number, or numbers and names with commas or semicolons between them.
        known: the names of the sector themes, in the order of their numbers, from 1.
    """
    if isinstance(themes, bool):
        return False
    if isinstance(themes, float) and themes.is_integer():
        themes = int(themes)
    named = {part.strip().casefold() for part in re.split(r"[;,]", "" if themes is None else str(themes))}
    numbers = (str(number) for number in range(1, 1 + len(known)))
    return bool(named & {*(name.casefold() for name in known), *numbers})
