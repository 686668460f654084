"""How what a plan calls its tables becomes part of a defined name.

>>> slug("Thema 1 (basis)")
'Thema_1_basis'
"""

import re


def slug(name: str) -> str:
    """Write a name with letters, digits and underscores only."""
    return re.sub(r"\W+", "_", name).strip("_")
