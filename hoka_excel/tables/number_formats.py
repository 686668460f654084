"""How far a number format of Excel shows a number: its last decimal, or its last thousand.

Source: ECMA-376 part 1, 18.8.31 (number formats).
"""

import re

_MOST_DECIMALS = 9
_LITERALS = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?!(?:h+|m+|s+)\])[^\]]*\]', re.IGNORECASE)
"""What is shown as it stands, or not at all: texts, signs, room, colours, currencies."""
_CONDITION = re.compile(r"\[[<>=]")
_OTHERWISE = frozenset("eghdmsy/@")
"""What only formats of dates, times, fractions, texts and powers of ten hold, and General."""
_PLACES = "0#?"
_THOUSANDS = re.compile(rf"[{_PLACES}](,+)[^{_PLACES}]*$")


def shown_decimals(number_format: str) -> int | None:
    """Read how many decimals a number format shows of a number that is not negative.

    Returns:
        The decimals of the number itself, so two more for a percentage; -3 where only thousands show, -6 for
        millions; None when the number is shown some other way, or not always the same way.

    >>> shown_decimals("#,##0.00;[Red]-#,##0.00"), shown_decimals('[$€-413] #,##0,"K"')
    (2, -3)
    >>> shown_decimals("0.0%"), shown_decimals("General")
    (3, None)
    """
    if _CONDITION.search(number_format):
        return None
    body = _LITERALS.sub("", number_format).partition(";")[0]
    if not any(place in body for place in _PLACES) or _OTHERWISE.intersection(body.lower()):
        return None
    decimals = sum(map(body.partition(".")[2].count, _PLACES))
    thousands = _THOUSANDS.search(body)
    return min(decimals + 2 * body.count("%") - 3 * (len(thousands[1]) if thousands else 0), _MOST_DECIMALS)
