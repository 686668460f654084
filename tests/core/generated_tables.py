"""Two-way tables with an integral table over them, printed in whole euros, with errors put in."""

import random
from collections.abc import Hashable
from dataclasses import dataclass

from hoka_excel.core.figures import Printed
from hoka_excel.core.relations import Relation, Same, Sum

Place = tuple[int | str, int | str, int | str]
INTEGRAL, ALL = "integral", "all"


@dataclass(frozen=True)
class Size:
    """How many tables, rows and columns, and how many errors."""

    tables: int
    rows: int
    columns: int
    errors: int


SIZES = {
    154: Size(3, 5, 6, 2),
    1089: Size(10, 10, 8, 5),
    3091: Size(20, 12, 10, 8),
    8593: Size(30, 20, 12, 10),
}


@dataclass(frozen=True)
class Network:
    """Printed cells, their relations, and which cells were spoilt."""

    cells: dict[Hashable, Printed]
    relations: list[Relation]
    spoilt: frozenset[Hashable]


def generate(size: Size, seed: int) -> Network:
    rng = random.Random(seed)  # noqa: S311 - tables that repeat, no secrets
    true: dict[Place, float] = {}
    relations: list[Relation] = []
    rows, columns = [*range(size.rows)], [*range(size.columns)]

    def add(total: Place, parts: list[Place]) -> None:
        true[total] = sum(true[part] for part in parts)
        relations.append(Sum(total, parts))

    for table in range(size.tables):
        for row in rows:
            for column in columns:
                true[table, row, column] = rng.uniform(100, 99_999)
            add((table, row, ALL), [(table, row, column) for column in columns])
        for column in [*columns, ALL]:
            add((table, ALL, column), [(table, row, column) for row in rows])
        relations.append(Sum((table, ALL, ALL), [(table, ALL, column) for column in columns]))
    for column in [*columns, ALL]:
        for table in range(size.tables):
            true[INTEGRAL, table, column] = true[table, ALL, column]
            relations.append(Same((INTEGRAL, table, column), (table, ALL, column)))
        add((INTEGRAL, ALL, column), [(INTEGRAL, table, column) for table in range(size.tables)])
    printed = {place: round(value) for place, value in true.items()}
    spoilt = rng.sample(list(printed), size.errors)
    for place in spoilt:
        printed[place] = _spoil(printed[place], rng)
    cells: dict[Hashable, Printed] = {place: Printed(value, 1) for place, value in printed.items()}
    return Network(cells, relations, frozenset(spoilt))


def _spoil(value: int, rng: random.Random) -> int:
    """Swap two digits, mistype one, or add an amount."""
    digits = list(str(value))
    kind = rng.choice(["swap", "digit", "offset"])
    place = rng.randrange(len(digits) - 1)
    if kind == "swap" and digits[place] != digits[place + 1]:
        digits[place], digits[place + 1] = digits[place + 1], digits[place]
    elif kind == "digit":
        digits[place] = rng.choice([digit for digit in "123456789" if digit != digits[place]])
    else:
        return value + rng.choice([-1, 1]) * rng.randint(50, 5000)
    return int("".join(digits))
