"""How the parts of a plan file read their figures: what they ask of whoever reads the whole."""

from collections.abc import Callable
from decimal import Decimal

from hoka_excel.core.figures import Figure, Printed

ReadNumber = Callable[..., Printed]
"""Reads a text that must be a number; what follows it is the path to it."""
ReadFigures = Callable[..., list[Figure]]
"""Reads texts that share one number format; an empty one is a missing figure; then comes the path to them."""
Note = Callable[..., None]
"""Notes a fault: its code, the path to its subject, and what fills its text."""


def percent_in(text: str, number: ReadNumber, *subject: str | int) -> Decimal:
    """Read a percentage, with or without its sign: "2,1" and "2,1%" are the same."""
    return number(text.strip().removesuffix("%").strip(), *subject).value
