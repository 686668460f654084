"""Every limit on what comes from outside: how much, how many, how deep, how long.

A limit is set by an environment variable, `HOKA_LIMIT_` and its name, which is read whenever the limit is
needed. The check itself stands where something is read, and tells the variable when it refuses. What Excel
allows is no limit of ours: see `workbook/excel_bounds.py`.

>>> CELLS.variable, CELLS.default
('HOKA_LIMIT_CELLS', 20000000)
"""

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from decimal import Decimal
from difflib import get_close_matches
from enum import StrEnum
from types import MappingProxyType

from hoka_excel.core.errors import UsageError
from hoka_excel.core.messages import Message

PREFIX = "HOKA_LIMIT_"
"""What the variable of every limit begins with."""


class Unit(StrEnum):
    """What a limit counts."""

    BOOKINGS = "bookings"
    CELLS = "cells"
    CHARACTERS = "characters"
    COLUMNS = "columns"
    LEVELS = "levels"
    LINES = "lines"
    MEGABYTES = "megabytes"
    """Of 2**20 bytes."""
    PAGES = "pages"
    PARTS = "parts"
    REPORTS = "reports"
    SECONDS = "seconds"
    TIMES = "times"
    WORDS = "words"

    @property
    def word(self) -> Message:
        """What a user calls it."""
        return Message(f"limit.unit.{self.value}")


@dataclass(frozen=True, slots=True)
class Limit:
    """A limit.

    Attributes:
        name: its name, which ends in MB or SECONDS where it counts those.
        default: what it is as long as nobody sets it.
        unit: what it counts.
        least, most: what it can be set to.
    """

    name: str
    default: int
    unit: Unit
    least: int = 1
    most: int = 1_000_000_000

    @property
    def variable(self) -> str:
        """The environment variable that sets it."""
        return PREFIX + self.name

    @property
    def bounds(self) -> Message:
        """What it bounds."""
        return Message(f"limit.bounds.{self.name.lower()}")

    @property
    def current(self) -> int:
        """What it is now, in its unit.

        Raises:
            UsageError: its variable holds no number, or one that it cannot be.
        """
        text = _HANDED_OVER.get().get(self.variable) or os.environ.get(self.variable, "")
        if not text.strip():
            return self.default
        try:
            number = int(text)
        except ValueError:
            raise self._refused(text) from None
        if not self.least <= number <= self.most:
            raise self._refused(text)
        return number

    @property
    def in_bytes(self) -> int:
        """What it is now, in bytes, where it counts megabytes."""
        return self.current << 20

    @property
    def told(self) -> Mapping[str, object]:
        """The values by which a message tells what was too much, and how to raise the limit."""
        return {
            "limit": Decimal(self.current),
            "unit": self.unit.word,
            "bounds": self.bounds,
            "variable": self.variable,
        }

    def _refused(self, text: str) -> UsageError:
        numbers = {"least": self.least, "most": self.most, "default": self.default}
        return UsageError(
            "limit.not_allowed",
            variable=self.variable,
            text=text,
            unit=self.unit.word,
            **{name: Decimal(number) for name, number in numbers.items()},
        )


_HANDED_OVER: ContextVar[Mapping[str, str]] = ContextVar("limits", default=MappingProxyType({}))


def settings() -> Mapping[str, str]:
    """List the variables of limits that are set, with their texts."""
    own = {name: text for name, text in os.environ.items() if name.startswith(PREFIX) and text.strip()}
    return {**own, **_HANDED_OVER.get()}


@contextmanager
def handed_over(told: Mapping[str, str]) -> Iterator[None]:
    """Go by what another process has set, as its `settings` tell, before what is set here."""
    before = _HANDED_OVER.set(told)
    try:
        yield
    finally:
        _HANDED_OVER.reset(before)


def check_settings() -> None:
    """Refuse variables that set no limit, or set one to what it cannot be.

    Raises:
        UsageError: there are some; all of them are told.
    """
    known = {limit.variable: limit for limit in LIMITS}
    faults: list[Message] = []
    for variable in sorted(settings()):
        if variable not in known:
            near = ", ".join(get_close_matches(variable, known, cutoff=0))
            faults.append(Message("limit.unknown", {"variable": variable, "near": near}))
            continue
        try:
            _ = known[variable].current
        except UsageError as error:
            faults += error.faults
    if faults:
        raise UsageError.of(faults)


_LONGEST = 1_000_000
"""In seconds; Windows cannot wait much longer."""

# Workbooks
PARTS = Limit("PARTS", 20_000, Unit.PARTS)
PART_MB = Limit("PART_MB", 1_024, Unit.MEGABYTES, most=4_095)
PACKAGE_MB = Limit("PACKAGE_MB", 4_096, Unit.MEGABYTES, most=4_096)
"""Beyond 4 GiB the places in a zip file would need 64 bits."""
GROWTH = Limit("GROWTH", 1_000, Unit.TIMES)
GROWTH_FROM_MB = Limit("GROWTH_FROM_MB", 1, Unit.MEGABYTES, least=0)
BLOCK_CELLS = Limit("BLOCK_CELLS", 100_000_000, Unit.CELLS)
CELLS = Limit("CELLS", 20_000_000, Unit.CELLS)
SHEET_HEAD_MB = Limit("SHEET_HEAD_MB", 16, Unit.MEGABYTES)
PROVEN_MB = Limit("PROVEN_MB", 16, Unit.MEGABYTES, least=0)
"""Some half a million cells: proving more would cost more than copying the whole file."""
READING_MB = Limit("READING_MB", 2_048, Unit.MEGABYTES, least=256)
"""With less, the process does not even start."""
READING_SECONDS = Limit("READING_SECONDS", 300, Unit.SECONDS, most=_LONGEST)
RECALCULATION_SECONDS = Limit("RECALCULATION_SECONDS", 180, Unit.SECONDS, most=_LONGEST)

# Text files with columns
TEXT_MB = Limit("TEXT_MB", 256, Unit.MEGABYTES)
LINE_CHARACTERS = Limit("LINE_CHARACTERS", 1 << 22, Unit.CHARACTERS, least=1 << 16)
"""At the least as much as is looked at to tell the sign between the columns."""

# Published documents
DOCUMENT_MB = Limit("DOCUMENT_MB", 100, Unit.MEGABYTES)
DOCUMENT_TEXT_MB = Limit("DOCUMENT_TEXT_MB", 10, Unit.MEGABYTES)
DOCUMENT_SECONDS = Limit("DOCUMENT_SECONDS", 120, Unit.SECONDS, most=_LONGEST)
PAGES = Limit("PAGES", 500, Unit.PAGES)
PAGE_WORDS = Limit("PAGE_WORDS", 20_000, Unit.WORDS)
PAGE_LINES = Limit("PAGE_LINES", 4_000, Unit.LINES)
WORD_MB = Limit("WORD_MB", 200, Unit.MEGABYTES)
WORD_TEXT_MB = Limit("WORD_TEXT_MB", 20, Unit.MEGABYTES)
TABLE_DEPTH = Limit("TABLE_DEPTH", 50, Unit.LEVELS)
TABLE_COLUMNS = Limit("TABLE_COLUMNS", 200, Unit.COLUMNS)

# Ledgers
AUDIT_CHARACTERS = Limit("AUDIT_CHARACTERS", 1 << 16, Unit.CHARACTERS)
AUDIT_DEPTH = Limit("AUDIT_DEPTH", 64, Unit.LEVELS)
AUDIT_TAG_MB = Limit("AUDIT_TAG_MB", 4, Unit.MEGABYTES)

BOOKINGS = Limit("BOOKINGS", 1 << 23, Unit.BOOKINGS)
"""Their fingerprints take 128 MB."""

# The add-in
REQUEST_MB = Limit("REQUEST_MB", 20, Unit.MEGABYTES)
REQUEST_SECONDS = Limit("REQUEST_SECONDS", 30, Unit.SECONDS, most=_LONGEST)
REPORTS = Limit("REPORTS", 50, Unit.REPORTS)
INSTALLATION_SECONDS = Limit("INSTALLATION_SECONDS", 300, Unit.SECONDS, most=_LONGEST)

# Batches, and pages for print
FILE_SECONDS = Limit("FILE_SECONDS", 600, Unit.SECONDS, most=_LONGEST)
CLUSTER_SECONDS = Limit("CLUSTER_SECONDS", 10, Unit.SECONDS, most=_LONGEST)
PRINTING_SECONDS = Limit("PRINTING_SECONDS", 120, Unit.SECONDS, most=_LONGEST)

LIMITS = tuple(stated for stated in tuple(globals().values()) if isinstance(stated, Limit))
"""All of them, in this order."""
