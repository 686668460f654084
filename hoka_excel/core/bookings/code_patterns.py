"""Patterns for the codes of a ledger: one code, all that begin alike, all numbers of a range.

Case does not count.

>>> takes(pattern_of("40*"), "4012"), takes(pattern_of("4000-4999"), "40123"), takes(pattern_of(""), "")
(True, False, True)
>>> meet(pattern_of("40*"), pattern_of("4000-4999"))
True
"""

import re
from typing import NamedTuple

from hoka_excel.core.errors import LedgerError


class Code(NamedTuple):
    """One code."""

    text: str


class Beginning(NamedTuple):
    """Every code that begins so."""

    text: str


class Numbers(NamedTuple):
    """Every code that is `head` and a number from `low` to `high`, written in as many digits as they are."""

    head: str
    low: str
    high: str


Pattern = Code | Beginning | Numbers

ANY = Beginning("")
"""Every code, and none at all."""

_RANGE = re.compile(r"(?P<head>(?:.*\D)?)(?P<low>\d+)\s*-\s*(?P=head)(?P<high>\d+)", re.ASCII)


def pattern_of(text: str) -> Pattern:
    """Read a pattern: "4100", "40*", "4000-4999", "P100-P199", or "" for any.

    A code that looks like one of these itself is written behind an equals sign: "=2023-2024".

    Raises:
        LedgerError: a star stands elsewhere than at the end, or a range ends before it begins.
    """
    code = text.strip().casefold()
    if not code:
        return ANY
    if code.startswith("="):
        return Code(code[1:].strip())
    if "*" in code[:-1]:
        raise LedgerError("ledger.misplaced_star", text=text)
    if code.endswith("*"):
        return Beginning(code[:-1])
    span = _RANGE.fullmatch(code)
    if span is None or len(span["low"]) != len(span["high"]):
        return Code(code)
    if span["low"] > span["high"]:
        raise LedgerError("ledger.reversed_range", text=text)
    return Numbers(span["head"], span["low"], span["high"])


def takes(pattern: Pattern, code: str) -> bool:
    """Say whether a pattern takes a code."""
    code = code.casefold()
    match pattern:
        case Code(text):
            return code == text
        case Beginning(text):
            return code.startswith(text)
        case Numbers(head, low, high):
            number = code[len(head) :]
            fits = code.startswith(head) and len(number) == len(low) and _is_number(number)
            return fits and low <= number <= high


def meet(one: Pattern, other: Pattern) -> bool:
    """Say whether there is a code that both take."""
    match one, other:
        case (Code(text), pattern) | (pattern, Code(text)):
            return takes(pattern, text)
        case Beginning(text), Beginning(second):
            return text.startswith(second) or second.startswith(text)
        case (Numbers() as numbers, Beginning(text)) | (Beginning(text), Numbers() as numbers):
            return _some_begin(numbers, text)
        case Numbers(head, low, high), Numbers(second, least, most):
            return head == second and len(low) == len(least) and low <= most and least <= high
    return False


def _some_begin(numbers: Numbers, beginning: str) -> bool:
    """Say whether one of these codes begins so."""
    head, low, high = numbers
    if head.startswith(beginning):
        return True
    digits = beginning[len(head) :]
    if not beginning.startswith(head) or len(digits) > len(low) or not _is_number(digits):
        return False
    return digits.ljust(len(low), "0") <= high and low <= digits.ljust(len(low), "9")


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit()
