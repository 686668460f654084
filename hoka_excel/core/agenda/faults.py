"""What is wrong with an agenda before anything is added up: every fault at once, each with its subject."""

from collections.abc import Iterator
from decimal import Decimal

from hoka_excel.core.agenda.checks import COSTS, ELIGIBILITY, FINANCING
from hoka_excel.core.agenda.projects import CENT, Agenda, Axis, Project
from hoka_excel.core.agenda.totals import SOURCES, TABLES, TOTAL, UNASSIGNED
from hoka_excel.core.exact import EXACT
from hoka_excel.core.faults.subjects import Fault, Subject, Whereabouts, repeated, told
from hoka_excel.core.messages import Message

AXIS_KEYS = {Axis.OWN_THEMES: "thema", Axis.SECTOR_THEMES: "sectorthema", Axis.PROGRAMMES: "opleiding"}
"""The key of an agenda file that lists the members of an axis."""
SHARE_KEYS = {
    Axis.OWN_THEMES: "themas",
    Axis.SECTOR_THEMES: "sectorthemas",
    Axis.PROGRAMMES: "opleidingen",
}
"""The key of a project that holds its shares in an axis."""

MOST_PARTS = 10_000
"""The finest whole that shares may add up to: fine enough for hundredths of a percent, and coarse enough for
Excel to divide a billion euros by it exactly."""

_RESERVED = {TOTAL, UNASSIGNED, SOURCES, *TABLES.values(), COSTS, FINANCING, ELIGIBILITY, ""}
"""What tables and lines are called already."""

_Row = tuple[Subject, tuple[Decimal, ...]]


def agenda_faults(agenda: Agenda, where: Whereabouts) -> list[Message]:
    """List every fault of `agenda`; an empty list means that it can be added up.

    Args:
        agenda: as it was read.
        where: says where a subject stands, in the words of its source.
    """
    found = [
        *_years(agenda),
        *_lists(agenda),
        *_sources(agenda),
        *(
            fault
            for index, project in enumerate(agenda.projects)
            for fault in _project(index, project, agenda)
        ),
    ]
    return told(found, where)


def _years(agenda: Agenda) -> Iterator[Fault]:
    if not agenda.years:
        yield ("jaren",), "plan.no_years", {}
    for year in repeated(agenda.years):
        yield ("jaren",), "plan.repeated_year", {"year": year}


def _lists(agenda: Agenda) -> Iterator[Fault]:
    """Check the names that amounts are added up by; a sheet does not tell capitals from small letters."""
    names = {AXIS_KEYS[axis]: [member.key for member in agenda.members(axis)] for axis in Axis}
    names["financiering"] = [source.name for source in agenda.sources]
    for key, labels in names.items():
        if not labels:
            yield (key,), "agenda.nothing_listed", {"key": key}
        for folded in repeated(label.casefold() for label in labels):
            label = next(label for label in labels if label.casefold() == folded)
            yield (key,), "agenda.repeated", {"label": label}
        for label in (label for label in labels if label in _RESERVED):
            yield (key,), "agenda.reserved", {"label": label}
    for number in repeated([project.number for project in agenda.projects]):
        yield ("project",), "agenda.repeated", {"label": number}
    if not agenda.projects:
        yield ("project",), "agenda.nothing_listed", {"key": "project"}


def _sources(agenda: Agenda) -> Iterator[Fault]:
    for index, source in enumerate(agenda.sources):
        if source.first is not None and source.last is not None and source.first > source.last:
            yield (
                ("financiering", index, "laatste_jaar"),
                "agenda.years_reversed",
                {"first": source.first, "last": source.last},
            )


def _project(index: int, project: Project, agenda: Agenda) -> Iterator[Fault]:
    subject: Subject = ("project", index)
    if not project.name:
        yield (*subject, "naam"), "agenda.no_name", {}
    for axis, shares in zip(Axis, project.shares, strict=True):
        own = (*subject, SHARE_KEYS[axis])
        if shares.whole <= 0 or any(part < 0 for part in shares.parts):
            yield own, "agenda.negative_share", {}
        elif shares.whole > MOST_PARTS:
            yield own, "agenda.too_many_parts", {"whole": shares.whole, "most": MOST_PARTS}
        elif shares.is_given and sum(shares.parts) != shares.whole:
            yield own, "agenda.shares_not_whole", {"found": sum(shares.parts), "wanted": shares.whole}
    rows: list[_Row] = [(("kosten",), project.costs)]
    rows += [
        (("financiering", source.name), amounts)
        for source, amounts in zip(agenda.sources, project.financing, strict=True)
    ]
    for key, amounts in rows:
        if len(amounts) != len(agenda.years):
            yield (
                (*subject, *key),
                "plan.row_length",
                {"found": len(amounts), "wanted": len(agenda.years)},
            )
        for year, amount in enumerate(amounts):
            if EXACT.remainder(amount, CENT):
                yield (*subject, *key, year), "agenda.finer_than_cents", {"amount": amount}
