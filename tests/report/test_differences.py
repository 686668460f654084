"""What a reader sees of differences and changes."""

import json
from decimal import Decimal
from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console

from hoka_excel.core.messages import Language
from hoka_excel.core.plan_comparison import Difference, Subject, Topic
from hoka_excel.report.differences import differences_json, print_changes, print_differences
from hoka_excel.workbook.edits import Change
from hoka_excel.workbook.sheets import Formula

FIGURE = Difference(Subject(Topic.FIGURE, "Thema 2", "Totaal", 2022), Decimal(379015), Decimal("379663.5"))
INFERRED = Difference(Subject(Topic.RATE_INFERRED), old=True, new=False)
GONE = Difference(Subject(Topic.NOTE, "1"), "[b]let op[/b]", None)


def console() -> tuple[Console, StringIO]:
    stream = StringIO()
    return Console(file=stream, width=200), stream


def lines(stream: StringIO) -> list[str]:
    return [" ".join(line.split()) for line in stream.getvalue().splitlines()]


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        (
            "nl",
            [
                "Gegeven Was Wordt Verschil",
                "Bedrag · Thema 2 · Totaal · 2022 379.015 379.663,5 +648,5",
                "Rekentarief afgeleid ja nee",
                "Opmerking · 1 [b]let op[/b] –",
                "Verschillen: 3.",
            ],
        ),
        (
            "en",
            [
                "Fact Old New Difference",
                "Figure · Thema 2 · Totaal · 2022 379,015 379,663.5 +648.5",
                "Working rate inferred yes no",
                "Note · 1 [b]let op[/b] –",
                "Differences: 3.",
            ],
        ),
    ],
)
def test_differences_are_a_table_of_old_new_and_what_was_added(
    language: Language, expected: list[str]
) -> None:
    screen, stream = console()
    print_differences(screen, [FIGURE, INFERRED, GONE], language)
    assert lines(stream) == expected


def test_no_differences_are_one_sentence() -> None:
    screen, stream = console()
    print_differences(screen, [], "nl")
    assert stream.getvalue() == "Geen verschillen.\n"


def test_differences_as_json_hold_numbers_as_strings() -> None:
    whole = json.loads(differences_json((Path("a.xlsx"), Path("b.toml")), [FIGURE, INFERRED]))
    assert whole == {
        "schema": 1,
        "files": ["a.xlsx", "b.toml"],
        "differences": [
            {
                "topic": "figure",
                "of": "Thema 2",
                "line": "Totaal",
                "year": 2022,
                "old": "379015",
                "new": "379663.5",
                "difference": "648.5",
                "binding": False,
            },
            {
                "topic": "rate_inferred",
                "of": None,
                "line": None,
                "year": None,
                "old": True,
                "new": False,
                "difference": None,
                "binding": False,
            },
        ],
    }


def test_every_topic_has_words() -> None:
    screen, stream = console()
    print_differences(screen, [Difference(Subject(topic), "a", "b") for topic in Topic], "en")
    assert len({line.removesuffix(" a b") for line in lines(stream)[1:-1]}) == len(Topic)


def test_changes_are_a_line_each_and_show_formulas_only_where_they_changed() -> None:
    screen, stream = console()
    changes = [
        Change("Thema 2", "E8", 379015, Decimal("379663.5")),
        Change("Thema 2", "E9", Formula("E5", 1), Formula("=E5", Decimal(2))),
        Change("Thema 2", "E10", 3, Formula("E5+1", 3)),
        Change("Thema 2", "E11", None, "tekst"),
    ]
    print_changes(screen, Path("b.xlsx"), changes, "nl")
    assert lines(stream) == [
        "b.xlsx: 4 cellen zouden veranderen; Aansluiting en Bevindingen worden geheel opnieuw geschreven.",
        "Thema 2!E8: 379.015 → 379.663,5",
        "Thema 2!E9: 1 → 2",
        "Thema 2!E10: 3 → 3 [=E5+1]",
        "Thema 2!E11: – → tekst",
    ]
