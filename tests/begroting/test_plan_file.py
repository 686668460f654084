"""The plan file."""

import tomllib
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from hoka_excel.begroting.plan_file.reading import plan_of, read_plan
from hoka_excel.begroting.plan_file.writing import plan_text
from hoka_excel.core.errors import PlanError
from hoka_excel.core.figures import Printed, Reason, Unreadable
from hoka_excel.core.plan import Explanation, Plan, Ref
from tests.conftest import PLAN_FILE

TEXT = PLAN_FILE.read_text(encoding="utf-8")


def again(plan: Plan) -> Plan:
    return plan_of(tomllib.loads(plan_text(plan), parse_float=Decimal), "plan.toml")


def faults(text: str) -> list[str]:
    with pytest.raises(PlanError) as caught:
        plan_of(tomllib.loads(text, parse_float=Decimal), "plan.toml")
    return str(caught.value).splitlines()


def test_a_plan_written_and_read_back_is_the_same(published_plan: Plan, recomputed_plan: Plan) -> None:
    ref = Ref("Thema 2", "Totaal EUR", 2022)
    explained = replace(
        published_plan,
        locked=(Ref("Thema 2", "Didactische leergangen", 2022),),
        explanations=(Explanation(ref, "tikfout"),),
        actuals={Ref("Thema 2", "Didactische leergangen", 2020): Printed("93000", 1)},
    )
    for plan in (published_plan, recomputed_plan, explained):
        assert again(plan) == plan


def test_the_shipped_plan_is_written_exactly_as_it_stands(published_plan: Plan) -> None:
    assert tomllib.loads(plan_text(published_plan)) == tomllib.loads(TEXT)


def test_figures_keep_the_text_they_were_printed_with(published_plan: Plan) -> None:
    figure = published_plan.themes[1].table.total.figures[3]
    assert isinstance(figure, Printed)
    assert (str(figure.value), figure.text) == ("379015", "379.015")


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("titel = ", "titels = ", "plan.toml, titel: deze sleutel ontbreekt. Vul hem in."),
        ("[tarief]", "[tarief]\nkleur = 'rood'", "plan.toml, tarief.kleur: deze sleutel is onbekend."),
        (
            "nummer = 1",
            "nummer = 'een'",
            "plan.toml, thema[1].nummer: 'een' kan hier niet. Verwacht wordt een getal.",
        ),
        ('eenheid = "FTE"', 'eenheid = "uur"', "thema[1].tabel.eenheid: 'uur' kan hier niet."),
        ('soort = "sluitpost"', 'soort = "gok"', "plan.toml, thema[2].verdeling"),
        ("datum = 2019-02-14", 'datum = "gisteren"', "plan.toml, datum: 'gisteren' kan hier niet."),
        ('"€ 93.024"', '"pm"', "plan.toml, thema[2].tabel: 'pm' is geen bedrag."),
        ('aandeel = "3"', 'aandeel = "-3"', "plan.toml, thema[1].aandeel: een gewicht van -3 kan niet."),
        ('aandeel = "3"', "aandeel = nan", "plan.toml, thema[1].aandeel: 'NaN' is geen getal."),
        ('aandeel = "3"', "aandeel = inf", "plan.toml, thema[1].aandeel: 'Infinity' is geen getal."),
        (
            'KGW = "0,0515"',
            'KGX = "0,0515"',
            "thema[1].verdeling.aandelen.KGX: de regel 'KGX' staat niet in de tabel.",
        ),
        ("2023, 2024]", "2023]", "hier staan 6 bedragen; er zijn 5 jaren."),
        ("2023, 2024]", "2023, 2023]", "plan.toml, jaren: het jaar 2023 staat er meer dan een keer."),
        ("schema = 1", "schema = 2", "plan.toml, schema: '2' kan hier niet. Verwacht wordt een van: 1."),
    ],
)
def test_a_fault_names_the_key_and_the_remedy(old: str, new: str, fault: str) -> None:
    assert old in TEXT
    assert any(fault in line for line in faults(TEXT.replace(old, new, 1)))


IMPORTED = """
[herkomst]
document = "plan.pdf"
tabel = []
[[herkomst.koppeling]]
tabel = "Integraal EUR"
regel = "Prof. Docenten"
thema = 2
score = 60
onzeker = false
[[herkomst.koppeling]]
tabel = "Integraal EUR"
regel = "Kleinschalig Onderwijs"
thema = 1
score = 100
onzeker = false
[[herkomst.koppeling]]
tabel = "Integraal EUR"
regel = "Begeleiding studenten"
thema = 3
score = 100
onzeker = false
"""


def test_the_lines_of_an_imported_table_follow_the_themes_they_are_matched_with() -> None:
    def lines(text: str) -> list[str]:
        plan = plan_of(tomllib.loads(text, parse_float=Decimal), "plan.toml")
        return [line.label for line in plan.euros.lines]

    assert lines(TEXT + IMPORTED) == ["Kleinschalig Onderwijs", "Prof. Docenten", "Begeleiding studenten"]
    swapped = IMPORTED.replace("thema = 1", "thema = 9").replace("thema = 2", "thema = 1")
    swapped = swapped.replace("thema = 9", "thema = 2")
    assert lines(TEXT + swapped) == ["Prof. Docenten", "Kleinschalig Onderwijs", "Begeleiding studenten"]


def test_a_doubtful_match_asks_to_be_confirmed() -> None:
    doubtful = IMPORTED.replace("score = 60\nonzeker = false", "score = 60\nonzeker = true")
    (fault,) = faults(TEXT + doubtful)
    assert "is 'Prof. Docenten' thema 2? Verbeter het thema of bevestig het" in fault


def test_all_faults_of_a_file_are_listed_at_once() -> None:
    text = TEXT.replace("titel = ", "titels = ", 1).replace("nummer = 2", "nummer = 'twee'")
    assert len(faults(text)) == 3


def test_an_ambiguous_figure_is_kept_as_unreadable_instead_of_guessed() -> None:
    text = TEXT
    for printed in (
        '"0.1"',
        '"0.2"',
        '"0.4"',
        '"0.5"',
        '"0.8"',
        '"0.9"',
        '"1.2"',
        '"1.8"',
        '"2.3"',
        '"2.4"',
        '"2.7"',
    ):
        text = text.replace(printed, '"1.234"')
    figure = plan_of(tomllib.loads(text, parse_float=Decimal), "plan.toml").themes[2].table.total.figures[0]
    assert figure == Unreadable("1.234", Reason.AMBIGUOUS)


@pytest.mark.parametrize(
    ("content", "fault"),
    [(b"titel = 'x", "niet te lezen"), (b"\xff\xfe", "niet te lezen"), (b"a = 1\na = 2", "niet te lezen")],
    ids=["no TOML", "no UTF-8", "a key twice"],
)
def test_a_file_that_is_no_plan_is_refused_in_one_line(tmp_path: Path, content: bytes, fault: str) -> None:
    path = tmp_path / "plan.toml"
    path.write_bytes(content)
    with pytest.raises(PlanError, match=fault) as caught:
        read_plan(path)
    assert len(str(caught.value).splitlines()) == 1


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(PlanError, match="bestaat niet"):
        read_plan(tmp_path / "plan.toml")
