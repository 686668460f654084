"""Read DUO's open data on enrolled students at universities ("ingeschrevenen wo"), in each of its layouts.

The files have a row per institution, programme and more. In older ones each year has a column per sex
("2018 MAN"); in later ones a year has one column, and sex is a column of its own; in those of the data portal
a year has its own rows, with the columns STUDIEJAAR and AANTAL_INGESCHREVENEN. Every file counts on 1 October
of its years. In files published since November 2023 a number from 1 to 4 is printed as "<5".

Source: https://duo.nl/open_onderwijsdata/hoger-onderwijs/aantal-studenten/studenten-wo.jsp
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from hoka_excel.core.errors import HokaError
from hoka_excel.workbook.text_file import text_rows

PROGRAMME = "OPLEIDINGSCODE ACTUEEL"
INSTITUTION = "INSTELLINGSNAAM ACTUEEL"
_INSTITUTION_CODES = ("INSTELLINGSCODE ACTUEEL", "BRIN NUMMER ACTUEEL")
_YEAR_COLUMN = re.compile(r"(\d{4})(?: (?:MAN|VROUW|ONBEKEND))?")
_YEAR = re.compile(r"(\d{4})(?:[-/]\d{2,4})?")
_COUNT = re.compile(r"(\d+)(?:[.,]0+)?")
_YEAR_ROW, _COUNT_ROW = "STUDIEJAAR", re.compile(r"AANTAL\b.*")
_HIDDEN = re.compile(r"< ?5")
"""What stands for a number that is not told."""


class StudentError(HokaError):
    """Students that cannot be read or counted."""


class Enrolment(NamedTuple):
    """One number of a file.

    Attributes:
        institution: as named, and its code.
        programme: the code of the programme.
        year: whose 1 October it was counted on.
        students: None where the file does not tell.
    """

    institution: tuple[str, str]
    programme: str
    year: int
    students: int | None


@dataclass(frozen=True, slots=True)
class _Layout:
    """Which column holds what; columns count from 0.

    Attributes:
        programme, institution: their columns.
        code: that of the institution's code, if any.
        years: the columns with counts and their years; none when each row has its own year.
        year, count: the columns of the row's year and count in that case.
    """

    programme: int
    institution: int
    code: int | None
    years: tuple[tuple[int, int], ...]
    year: int | None = None
    count: int | None = None


def enrolments(path: Path) -> Iterator[Enrolment]:
    """Read every number of a file, in the order of its rows.

    Raises:
        StudentError: the file has another layout, or a cell that is no number of students.
        WorkbookError: the file is missing or no text.
    """
    rows = text_rows(path)
    heading = next(rows, (0, []))[1]
    layout = _layout(heading, path)
    for line, row in rows:
        if any(cell.strip() for cell in row):
            where = f"{path.name}:{line}"
            if len(row) != len(heading):
                raise StudentError("students.ragged", where=where, found=len(row), wanted=len(heading))
            yield from _numbers(row, layout, where)


def _layout(heading: Sequence[str], path: Path) -> _Layout:
    """Find the columns by their names, however these are written.

    Raises:
        StudentError: some are missing; all of them are named.
    """
    names = [" ".join(name.replace("_", " ").upper().split()) for name in heading]
    found = {name: column for column, name in reversed([*enumerate(names)])}
    years = tuple(
        (column, int(match[1]))
        for column, name in enumerate(names)
        if (match := _YEAR_COLUMN.fullmatch(name)) is not None
    )
    counts = [column for column, name in enumerate(names) if _COUNT_ROW.fullmatch(name)]
    missing = [name for name in (PROGRAMME, INSTITUTION) if name not in found]
    if not years and not (_YEAR_ROW in found and len(counts) == 1):
        missing.append("2019, 2019 MAN, STUDIEJAAR + AANTAL")
    if missing:
        raise StudentError("students.other_layout", file=path.name, missing=", ".join(missing))
    code = next((found[name] for name in _INSTITUTION_CODES if name in found), None)
    own = (None, None) if years else (found[_YEAR_ROW], counts[0])
    return _Layout(found[PROGRAMME], found[INSTITUTION], code, years, *own)


def _numbers(row: Sequence[str], layout: _Layout, where: str) -> Iterator[Enrolment]:
    code = "" if layout.code is None else row[layout.code].strip()
    institution, programme = (row[layout.institution].strip(), code), row[layout.programme].strip()
    pairs = [(year, row[column]) for column, year in layout.years]
    if layout.year is not None and layout.count is not None:
        match = _YEAR.fullmatch(row[layout.year].strip())
        if match is None:
            raise StudentError("students.no_year", where=where, text=row[layout.year])
        pairs = [(int(match[1]), row[layout.count])]
    for year, text in pairs:
        yield Enrolment(institution, programme, year, _count(text.strip(), where))


def _count(text: str, where: str) -> int | None:
    if _HIDDEN.fullmatch(text):
        return None
    match = _COUNT.fullmatch(text)
    if match is None:
        raise StudentError("students.no_count", where=where, text=text)
    return int(match[1])
