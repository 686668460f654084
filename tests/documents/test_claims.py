"""Sentences and what they say about figures."""

import pytest

from hoka_excel.core.figures import Printed
from hoka_excel.documents.claims import (
    Claim,
    FigureClaim,
    FixedAmountClaim,
    KeyClaim,
    RateClaim,
    RatioClaim,
    YearsClaim,
    claims_in,
    years_in,
)
from hoka_excel.documents.document import Spot, TextLine
from hoka_excel.documents.sentences import Sentence, sentences_of

AT = Spot(1, 1)


def sentences(text: str) -> list[str]:
    lines = [TextLine(line, Spot(1, number)) for number, line in enumerate(text.splitlines(), start=1)]
    return [sentence.text for sentence in sentences_of(lines)]


def claims(text: str) -> list[Claim]:
    return claims_in(Sentence(text, AT, ""))


def test_a_sentence_runs_on_over_lines_and_empty_lines() -> None:
    assert sentences("De faculteit is belangrijk en ziet\n\nze ook samen. Meer niet.") == [
        "De faculteit is belangrijk en ziet ze ook samen.",
        "Meer niet.",
    ]


def test_a_word_broken_at_the_margin_becomes_whole_and_a_shared_tail_stays() -> None:
    assert sentences("het onder-\nwijs in de bachelor- en master-\nopleiding en de in-\nen uitstroom.") == [
        "het onderwijs in de bachelor- en masteropleiding en de in- en uitstroom."
    ]


def test_an_abbreviation_does_not_end_a_sentence() -> None:
    assert sentences("Er waren ca. Tien deelnemers.") == ["Er waren ca. Tien deelnemers."]


def test_a_listed_item_knows_its_heading() -> None:
    lines = [TextLine("Coaches", Spot(1, 1)), TextLine("• 0.5 FTE in 2019", Spot(1, 2))]

    assert sentences_of(lines)[-1] == Sentence("0.5 FTE in 2019", Spot(1, 2), "Coaches")


@pytest.mark.parametrize(
    ("text", "weights"),
    [
        ("gevolgd door begeleiding in een verhouding 3:2:1.", (3, 2, 1)),
        ("in de verhouding van 50 : 30 : 20", (50, 30, 20)),
        ("in a ratio of 2:1", (2, 1)),
    ],
)
def test_a_ratio_is_read(text: str, weights: tuple[int, ...]) -> None:
    [claim] = claims(text)

    assert isinstance(claim, RatioClaim)
    assert claim.weights == weights


@pytest.mark.parametrize(
    "text", ["de verhouding tussen de drie thema's", "om 10:30 uur", "In 1 : 2 gevallen"]
)
def test_what_is_no_ratio_is_not_read_as_one(text: str) -> None:
    assert not claims(text)


@pytest.mark.parametrize(
    ("text", "rate"),
    [
        ("Totaal FTE (1FTE=€84K)", Printed(84_000, 1000)),
        ("1 fte kost € 84.000", Printed(84_000, 1)),
        ("gerekend is met € 85.500 per fte.", Printed(85_500, 1)),
    ],
)
def test_a_rate_is_read_at_its_own_resolution(text: str, rate: Printed) -> None:
    [claim] = claims(text)

    assert isinstance(claim, RateClaim)
    assert claim.rate == rate


def test_a_fixed_amount_is_not_also_an_amount() -> None:
    [claim] = claims("Voor KGW een vast bedrag toegekend van €40.000, t.l.v. de overige opleidingen.")

    assert isinstance(claim, FixedAmountClaim)
    assert claim.amount == Printed(40_000, 1)


def test_what_an_allocation_goes_by_is_read() -> None:
    [claim] = claims("De middelen te verdelen op basis van het aantal ingeschreven studenten.")

    assert isinstance(claim, KeyClaim)
    assert claim.name == "ingeschreven studenten"


def test_a_size_belongs_to_every_year_of_its_range() -> None:
    [claim] = claims("2019-2021: 0.5 FTE voor alle opleidingen")

    assert isinstance(claim, FigureClaim)
    assert (claim.figure, claim.is_fte, claim.years) == (Printed("0.5", "0.1"), True, (2019, 2020, 2021))


def test_the_covered_years_are_read() -> None:
    [claim] = claims("de middelen over de jaren 2019-2024 worden ingezet")

    assert isinstance(claim, YearsClaim)
    assert (claim.first, claim.last) == (2019, 2024)


def test_a_range_of_centuries_names_its_ends_only() -> None:
    assert years_in("tussen 1900-2024") == (1900, 2024)


@pytest.mark.parametrize("text", ["in totaal 20 studenten", "138 respondenten, waarvan ca 80", "p. 1).", ""])
def test_numbers_that_count_no_euros_or_fte_claim_nothing(text: str) -> None:
    assert not claims(text)
