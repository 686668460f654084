"""How numbers are written in a plan file: in Dutch marks, so that they can be read in one way only.

>>> plain_text(Decimal("1234.5")), clear_text(Decimal("2.125")), euro_text(Decimal(148_400))
('1234,5', '2,1250', '€ 148.400')
"""

from decimal import Decimal

from hoka_excel.core.messages import number_text


def euro_text(amount: Decimal) -> str:
    """Write an amount of money, grouped by thousands."""
    return f"€ {number_text(amount)}"


def plain_text(value: Decimal) -> str:
    """Write a number without grouping."""
    return f"{value:f}".replace(".", ",")


def clear_text(value: Decimal) -> str:
    """Write a number without grouping; of three decimals the last would look like a thousand."""
    text = plain_text(value)
    return f"{text}0" if len(text.partition(",")[2]) == 3 else text
