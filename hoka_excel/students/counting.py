"""Count the students of a theme's lines: of the programmes that the plan says make them up."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from hoka_excel.core.messages import Message
from hoka_excel.core.plan import AllocationKey, Plan, Theme
from hoka_excel.core.students import LineCount, StudentCounts
from hoka_excel.students.duo_file import Enrolment, StudentError

_HIDDEN_RANGE = (1, 4)
"""The least and the most students that a number that is not told may stand for."""


@dataclass(frozen=True, slots=True)
class Tally:
    """What a file holds for an institution, by programme and year.

    Attributes:
        years: of the whole file.
        counts: the students that the file tells.
        hidden: how many numbers it does not tell.
    """

    years: frozenset[int]
    counts: Mapping[tuple[str, int], int]
    hidden: Mapping[tuple[str, int], int]

    def has(self, programme: str) -> bool:
        """Say whether the file knows a programme at the institution."""
        return any(code == programme for code, _ in self.counts)


def tallied(enrolments: Iterable[Enrolment], institution: str) -> Tally:
    """Add up the numbers of an institution, named as the file names it or by its code; case does not count.

    Raises:
        StudentError: the file has no such institution.
    """
    wanted = institution.casefold()
    years: set[int] = set()
    counts: Counter[tuple[str, int]] = Counter()
    hidden: Counter[tuple[str, int]] = Counter()
    others: Counter[str] = Counter()
    for entry in enrolments:
        years.add(entry.year)
        if wanted in (name.casefold() for name in entry.institution):
            place = entry.programme, entry.year
            counts[place] += entry.students or 0
            hidden[place] += entry.students is None
        else:
            others[entry.institution[0]] += 1
    if not counts:
        known = ", ".join(sorted(others)[:_NAMED])
        raise StudentError("students.no_institution", institution=institution, known=known)
    return Tally(frozenset(years), counts, +hidden)


_NAMED = 20
"""How many institutions a message names at the most."""


def counted(plan: Plan, theme: Theme, tally: Tally, source: str) -> tuple[StudentCounts, list[Message]]:
    """Count the students of a theme for every year of its plan.

    A line without programmes keeps the counts it has. Numbers that the file does not tell are left out, never
    guessed, and told.

    Args:
        plan: the plan.
        theme: with a key that names programmes.
        tally: of the institution.
        source: what to call the file.

    Returns:
        The students with their new counts, and what the controller must know of them.

    Raises:
        StudentError: a reference date that the file has no numbers of, or a line that has neither programmes
            nor counts; all of them are listed.
    """
    key = theme.division
    assert isinstance(key, AllocationKey)
    assert key.students is not None
    students = key.students
    days = [students.reference_day(position) for position in range(len(plan.years))]
    labels = [line.label for line in theme.table.lines]
    faults = [*_unknown_days(days, tally), *_uncounted(students, labels, theme)]
    if faults:
        raise StudentError.of(faults)
    codes = {label: [entry.code for entry in students.programmes if entry.line == label] for label in labels}
    lines = tuple(
        LineCount(
            label,
            tuple(
                Decimal(sum(tally.counts.get((code, day.year), 0) for code in codes[label])) for day in days
            )
            if codes[label]
            else students.of(label),
        )
        for label in labels
    )
    told = [*_absent(students, tally), *_hidden(codes, days, tally)]
    return replace(students, source=source, lines=lines), told


def _unknown_days(days: Iterable[date], tally: Tally) -> Iterator[Message]:
    known = ", ".join(map(str, sorted(tally.years)))
    for day in dict.fromkeys(days):
        if (day.month, day.day) != (10, 1):
            yield Message("students.other_day", {"day": day.isoformat()})
        elif day.year not in tally.years:
            yield Message("students.no_such_year", {"day": day.isoformat(), "known": known})


def _uncounted(students: StudentCounts, labels: Iterable[str], theme: Theme) -> Iterator[Message]:
    mapped = {programme.line for programme in students.programmes}
    for label in labels:
        if label not in mapped and not students.of(label):
            yield Message("students.no_programme", {"table": theme.table.name, "line": label})


def _absent(students: StudentCounts, tally: Tally) -> Iterator[Message]:
    for programme in students.programmes:
        if not tally.has(programme.code):
            yield Message("students.absent", {"code": programme.code, "line": programme.line})


def _hidden(codes: Mapping[str, Iterable[str]], days: Iterable[date], tally: Tally) -> Iterator[Message]:
    least, most = _HIDDEN_RANGE
    for label, own in codes.items():
        for day in dict.fromkeys(days):
            cells = sum(tally.hidden.get((code, day.year), 0) for code in own)
            if cells:
                values = {"line": label, "day": day.isoformat(), "cells": cells}
                yield Message("students.hidden", {**values, "low": least * cells, "high": most * cells})
