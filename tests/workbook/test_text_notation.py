"""How text files write numbers: by column where a column tells, by file where it does not."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from pathlib import Path

import pytest

from hoka_excel.core.verdicts import Verdict
from hoka_excel.tables.footings import check_grid
from hoka_excel.workbook.any_file import read_grids
from hoka_excel.workbook.text_notation import notation_of

AMOUNTS = (Decimal("1234.50"), Decimal("22000.25"), Decimal("3100.00"))
NOTATIONS: Mapping[str, Callable[[Decimal], str]] = {
    "Nederlands": lambda amount: f"{amount:,}".translate(str.maketrans(",.", ".,")),
    "English": lambda amount: f"{amount:,}",
    "spatie": lambda amount: f"{amount:,}".translate(str.maketrans(",.", " ,")),
    "vaste spatie": lambda amount: f"{amount:,}".translate(str.maketrans(",.", "\u00a0,")),
    "smalle spatie": lambda amount: f"{amount:,}".translate(str.maketrans(",.", "\u202f,")),
    "niets": str,
    "komma": lambda amount: str(amount).replace(".", ","),
    "€": lambda amount: "€ " + f"{amount:,}".translate(str.maketrans(",.", ".,")),
}


def totals(path: Path, *columns: list[str]) -> dict[str, Verdict]:
    lines = [["Post", *(column[0] for column in columns)]]
    labels = [*"abcdefg"[: len(columns[0]) - 2], "Totaal"]
    lines += [
        [label, *cells] for label, *cells in zip(labels, *(column[1:] for column in columns), strict=True)
    ]
    path.write_text("\n".join(";".join(line) for line in lines), encoding="utf-8")
    return {finding.period: finding.verdict for finding in check_grid(read_grids(path)[0])}


def test_every_column_is_read_in_its_own_notation(tmp_path: Path) -> None:
    columns = [
        [name, *map(write, AMOUNTS), write(sum(AMOUNTS, Decimal(0)))] for name, write in NOTATIONS.items()
    ]
    found = totals(tmp_path / "t.csv", *columns)
    assert found == dict.fromkeys(NOTATIONS, Verdict.EXACT)


@pytest.mark.parametrize("other", [[], ["komma", "0,5", "0,25", "0,75"], ["point", "0.5", "0.25", "0.75"]])
@pytest.mark.parametrize("sign", [".", ","])
def test_a_column_that_does_not_tell_is_read_all_the_same(
    tmp_path: Path, other: list[str], sign: str
) -> None:
    unclear = [text.replace(".", sign) for text in ("unclear", "1.234", "2.000", "3.234")]
    found = totals(tmp_path / "t.csv", *filter(None, [unclear, other]))
    assert found["unclear"] is Verdict.EXACT


def test_what_does_not_add_up_in_a_column_that_does_not_tell_is_found(tmp_path: Path) -> None:
    unclear = ["unclear", "1.234", "22.000", "7.100", "31.334"]
    clear = ["clear", "12,50", "7,25", "1,00", "20,75"]
    assert totals(tmp_path / "t.csv", unclear, clear)["unclear"] is Verdict.MISMATCH


@pytest.mark.parametrize(
    ("rows", "notation"),
    [
        ([["1.234"], ["2.000"]], "Point Comma"),
        ([["1,234"], ["2,000"]], "Comma Point"),
        ([["1.234", "0.5"]], "Comma Point"),
        ([["1.234", "€ 0,50"]], "Point Comma"),
        ([["1.234", "1.234.567"]], "Point Comma"),
        ([["1.234", "0,5"], ["2.000", "12.5"]], None),
        ([["1.234", "1,234"]], None),
        ([["a", "12", "12,5%"], ["b", "v1.2"]], None),
        ([], None),
    ],
)
def test_columns_that_tell_settle_the_others(rows: list[list[str]], notation: str | None) -> None:
    assert notation_of(rows) == notation
