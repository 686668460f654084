"""What is told of figures: those that are none, those rounded twice, those too close to a bound to decide."""

from itertools import count
from pathlib import Path
from typing import Any

import pytest

from hoka_excel import HokaError, Printed, Same, Sum, allocate, allocate_table, check_sum, locate
from hoka_excel.core import localisation
from hoka_excel.core.check_kinds import Kind
from hoka_excel.core.figures import MISSING, Reason, Unreadable
from hoka_excel.core.findings import Place, Subject, finding_of
from hoka_excel.core.localising import solver
from hoka_excel.core.relations import Rate, Relation, assess
from hoka_excel.core.sums import Stated
from hoka_excel.core.verdicts import Judgement
from tests.answers import answer
from tests.conftest import PLAN_FILE

TEXT = PLAN_FILE.read_text(encoding="utf-8")


def test_a_resolution_below_zero_is_refused() -> None:
    with pytest.raises(HokaError) as refused:
        Printed("1", "-0.01")
    assert refused.value.render("nl") == (
        "Een afronding van -0,01 kan niet. Geef 0 (exact) of een bedrag boven nul."
    )


def test_a_figure_with_the_other_decimal_mark_names_the_one_asked_for() -> None:
    with pytest.raises(HokaError) as refused:
        Printed.parse("1.8", decimal_mark=",")
    assert refused.value.render("nl") == (
        "'1.8' is geen getal met ',' als decimaalteken. Pas de tekst of het decimaalteken aan."
    )


@pytest.mark.parametrize(("limit", "name"), [("minimum", "Minimum"), ("maximum", "Maximum")])
def test_a_limit_that_is_no_number_names_its_receiver(limit: str, name: str) -> None:
    limits: dict[str, Any] = {limit: [None, "NaN"]}
    with pytest.raises(HokaError) as refused:
        allocate(10, [1, 1], **limits)
    assert refused.value.render("nl") == (f"{name} 2: 'NaN' is geen eindig getal. Vul een gewoon getal in.")


@pytest.mark.parametrize(
    ("limits", "told"),
    [
        ({"minimum": [1]}, "Minima: 1 in plaats van 2. Geef er een per gewicht."),
        ({"maximum": {5: 1}}, "Maxima: ontvanger 5 bestaat niet. Tel van 0 tot en met 1."),
    ],
)
def test_limits_that_do_not_fit_the_receivers_are_told(limits: dict[str, Any], told: str) -> None:
    with pytest.raises(HokaError) as refused:
        allocate(10, [1, 1], **limits)
    assert refused.value.render("nl") == told


@pytest.mark.parametrize(
    ("rows", "columns", "weights", "told"),
    [
        ([1, "x"], [1], [[1], [1]], "Rijtotaal 2: 'x' is geen getal. Vul een getal in."),
        ([1], ["NaN"], [[1]], "Kolomtotaal 1: 'NaN' is geen eindig getal. Vul een gewoon getal in."),
        ([1], [1], [["y"]], "Rij 1, kolom 1: 'y' is geen getal. Vul een getal in."),
        (
            [1, -1],
            [1, -1],
            [[1, 1], [1, 1]],
            "Sommige totalen zijn negatief en andere positief. Verdeel bijboekingen en afboekingen apart.",
        ),
    ],
)
def test_a_table_that_cannot_be_filled_says_at_which_row_or_column(
    rows: list[Any], columns: list[Any], weights: list[list[Any]], told: str
) -> None:
    with pytest.raises(HokaError) as refused:
        allocate_table(rows, columns, weights)
    assert refused.value.render("nl") == told


REASONS: dict[Reason, tuple[Stated, str]] = {
    Reason.MISSING: (MISSING, "er ontbreekt een bedrag"),
    Reason.TEXT: (Unreadable("pm", Reason.TEXT), "er staat tekst waar een bedrag hoort"),
    Reason.ERROR: (Unreadable("#REF!", Reason.ERROR), "een cel geeft een fout"),
    Reason.AMBIGUOUS: (Unreadable("1.234", Reason.AMBIGUOUS), "een bedrag is op twee manieren te lezen"),
    Reason.EXCESS_DIGITS: (Printed("1.5", 1), "een bedrag heeft meer cijfers dan het laat zien"),
    Reason.CONTRADICTION: (
        [Printed(1, 1), Printed(3, 1)],
        "een bedrag staat er twee keer, met verschillende waarden",
    ),
}


def told(judgement: Judgement) -> str:
    subject = Subject(Place("Blad", "B4"), "Totaal", "2022")
    parts = (Place("Blad", "B2"), Place("Blad", "B3"))
    return finding_of(Kind.FOOTING, judgement, subject, parts).message.render()


@pytest.mark.parametrize("reason", REASONS)
def test_an_untestable_check_says_why_and_where_to_look(reason: Reason) -> None:
    figure, words = REASONS[reason]
    assert told(check_sum([Printed(1, 1), figure], Printed(2, 1))) == (
        f"Totaal 2022 is niet te toetsen: {words}. Kijk naar Blad!B4 en Blad!B2, Blad!B3."
    )


def test_a_rate_of_nothing_cannot_test_anything() -> None:
    cells = {"euro": Printed(100, 1), "fte": Printed(1, 1)}
    judgement = assess(Rate("euro", "fte", Printed(0, 1)), cells)
    assert "is niet te toetsen: het tarief is niet groter dan nul." in told(judgement)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        (
            {'"€ 109.953"': '"€ 109.740"', '"Totaal EUR" = ["€ 297.739"': '"Totaal EUR" = ["€ 297K"'},
            "Totaal EUR 2019 is 297.000; de regels tellen op tot 297.526. Het totaal is twee keer afgerond.",
        ),
        (
            {
                '"Kleinschalig Onderwijs" = ["€ 446.609"': '"Kleinschalig Onderwijs" = ["€ 447.125"',
                '"Kleinschalig Onderwijs" = ["5,30"': '"Kleinschalig Onderwijs" = ["5,36"',
            },
            "geeft bij het tarief 5,32. Dat klopt alleen als er twee keer is afgerond.",
        ),
        (
            {'aandeel = "3"': 'aandeel = "446609,77"', 'aandeel = "2"': 'aandeel = "297738"'}
            | {'aandeel = "1"': 'aandeel = "148869,23"'},
            "Onderwijs 2019 is 446.609; de verhouding geeft 446.610. Dat klopt alleen als er twee keer is",
        ),
    ],
    ids=["footing", "rate", "ratio"],
)
def test_a_figure_that_only_fits_when_rounded_twice_says_so(
    tmp_path: Path, changes: dict[str, str], words: str
) -> None:
    text = TEXT
    for old, new in changes.items():
        assert old in text
        text = text.replace(old, new, 1)
    path = tmp_path / "plan.toml"
    path.write_text(text, encoding="utf-8")
    assert words in answer("check", path, "--all").out


@pytest.mark.parametrize(
    "kind", [Kind.FOOTING, Kind.SAME_FIGURE, Kind.RATE, Kind.RATIO, Kind.SHARE], ids=lambda kind: kind.value
)
def test_every_check_of_figures_has_words_for_one_rounded_twice(kind: Kind) -> None:
    judgement = check_sum([Printed("2.249", "0.001")], Printed("2.3", "0.1"))
    subject = Subject(Place("Thema 1", "B6"), "KGW", "2019")
    message = finding_of(kind, judgement, subject, (Place("Uitgangspunten", "B20"),)).message
    assert message.code == f"finding.{kind}.double_rounding"
    assert message.render().startswith("KGW 2019 is 2,3")
    assert "2,249. " in message.render()
    assert message.render().endswith("twee keer is afgerond.") or kind is Kind.FOOTING


def test_figures_too_close_to_the_bound_are_left_undecided() -> None:
    near = Printed("1.500000001", 0)
    cells = {"total": Printed(1, 1), "near": near, "a": Printed(0, 1000), "b": Printed(0, 1000)}
    found = locate(cells, [Sum("total", ["a", "b"]), Sum("near", ["a", "b"])])
    assert not found.proven
    (note,) = found.notes
    assert note.render() == (
        "Niet bewezen minimaal: de bedragen liggen te dicht bij de grens voor een sluitend bewijs. "
        "Controleer ze bij de bron."
    )


def test_out_of_time_after_the_proof_the_values_are_left_open(monkeypatch: pytest.MonkeyPatch) -> None:
    cells = {"total": Printed(9, 1), "a": Printed(3, 1), "b": Printed(4, 1), "again": Printed(7, 1)}
    relations: list[Relation] = [Sum("total", ["a", "b"]), Same("total", "again")]
    seconds = count(1)
    monkeypatch.setattr(localisation, "monotonic", lambda: 0)
    monkeypatch.setattr(solver, "monotonic", lambda: next(seconds))
    assert locate(cells, relations, time_limit=1e9).proven
    needed = next(seconds)
    seconds = count(1)
    found = locate(cells, relations, time_limit=needed - 1)
    assert (found.repairs, found.proven) == ([frozenset({"total"})], True)
    (note,) = found.notes
    assert note.render() == (
        "De kleinste herstellingen zijn bewezen, maar welke bedragen ze herstellen is niet binnen "
        f"{needed - 1} s berekend. Geef meer tijd."
    )
