"""The six themes of the sector agreement, to at least one of which a HoKa project must relate.

>>> is_eligible("2"), is_eligible("1; 4"), is_eligible("studiesucces"), is_eligible("7, overig")
(True, True, True, False)

Source:
    Kwaliteitsagenda Erasmus MC; sectorakkoord wetenschappelijk onderwijs 2018.
"""

import re

SECTOR_THEMES = (
    "intensiever en kleinschalig onderwijs",
    "meer en betere begeleiding van studenten",
    "studiesucces",
    "onderwijsdifferentiatie",
    "passende en goede onderwijsfaciliteiten",
    "verdere professionalisering van docenten",
)
"""In the order of their numbers, from 1."""


def is_eligible(themes: object) -> bool:
    """Say whether a project relates to a sector theme.

    That it also demonstrably improves the quality of education is for people to judge.

    Args:
        themes: a theme number, or numbers and names with commas or semicolons between them.
    """
    if isinstance(themes, bool):
        return False
    if isinstance(themes, float) and themes.is_integer():
        themes = int(themes)
    named = {part.strip().casefold() for part in re.split(r"[;,]", "" if themes is None else str(themes))}
    known = {*SECTOR_THEMES, *(str(number) for number in range(1, 1 + len(SECTOR_THEMES)))}
    return bool(named & known)
