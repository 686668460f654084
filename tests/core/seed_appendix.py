"""The budget appendix of the published plan of UU Geneeskunde, 2019-2024, as printed: 138 figures."""

from collections.abc import Hashable
from typing import NamedTuple

from hoka_excel.core.figures import Printed
from hoka_excel.core.relations import Rate, Relation, Same, Sum

YEARS = range(2019, 2025)
TOTAL = "Totaal"

TABLES = {
    "Thema 1": {
        "GNK/SUMMA": "2,84 2,84 2,90 3,69 3,91 4,45",
        "KGW": "0,72 0,72 0,73 0,80 0,82 0,86",
        "BMW": "0,85 0,85 0,88 1,11 1,18 1,34",
        "BMS": "0,89 0,89 0,90 1,15 1,22 1,39",
        TOTAL: "5,30 5,30 5,41 6,75 7,13 8,04",
    },
    "Thema 2": {
        "Tijd voor docenten": "148400 159000 180200 238500 265000 318000",
        "Didactische leergangen": "109953 93024 78252 78695 68580 63241",
        "Intercollegiale uitwisseling": "39386 45715 45286 62468 66714 70573",
        TOTAL: "297739 297739 303738 379015 400295 452096",
    },
    "Thema 3": {
        "Inclusieve Introductie": "0.1 0.1 0.1 0.1 0.1 0.1",
        "Track persoonlijk leiderschap": "0.2 0.2 0.2 0.4 0.4 0.4",
        "Persoonlijkere begeleiding": "0.5 0.5 0.5 0.8 0.9 1.2",
        "Workshops veerkracht": "0.5 0.5 0.5 0.5 0.5 0.5",
        "Dedicated coaches": "0.5 0.5 0.5 0.5 0.5 0.5",
        TOTAL: "1.8 1.8 1.8 2.3 2.4 2.7",
    },
    "Integraal EUR": {
        "Thema 1": "446609 446609 455606 568523 600442 677721",
        "Thema 2": "297739 297739 303738 379015 400295 451814",
        "Thema 3": "148870 148870 151869 189508 200147 225907",
        TOTAL: "893217 893217 911213 1137046 1200884 1355443",
    },
    "Integraal FTE": {
        "Thema 1": "5,30 5,30 5,41 6,75 7,13 8,04",
        "Thema 2": "3,53 3,53 3,60 4,50 4,75 5,36",
        "Thema 3": "1,77 1,77 1,80 2,25 2,37 2,68",
        TOTAL: "10,60 10,60 10,81 13,49 14,26 16,08",
    },
}


class Cell(NamedTuple):
    """A figure of the appendix."""

    table: str
    line: str
    year: int


def cells() -> dict[Hashable, Printed]:
    return {
        Cell(table, line, year): Printed.parse(text)
        for table, lines in TABLES.items()
        for line, texts in lines.items()
        for year, text in zip(YEARS, texts.split(), strict=True)
    }


def sums_and_equalities() -> list[Relation]:
    sums = [
        Sum(Cell(table, TOTAL, year), [Cell(table, line, year) for line in lines if line != TOTAL])
        for table, lines in TABLES.items()
        for year in YEARS
    ]
    stated_in = {"Thema 1": "Integraal FTE", "Thema 2": "Integraal EUR", "Thema 3": "Integraal FTE"}
    same = [
        Same(Cell(theme, TOTAL, year), Cell(integral, theme, year))
        for theme, integral in stated_in.items()
        for year in YEARS
    ]
    return [*sums, *same]


def rates(rate: Printed | Hashable) -> list[Relation]:
    return [
        Rate(Cell("Integraal EUR", line, year), Cell("Integraal FTE", line, year), rate)
        for line in TABLES["Integraal EUR"]
        for year in YEARS
    ]


def name(key: Hashable) -> str:
    return f"{key.table} {key.line} {key.year}" if isinstance(key, Cell) else str(key)
