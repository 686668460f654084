"""Bad input in what changes over the years, and in scenarios: every fault with its path and the remedy."""

import re

import pytest

from hoka_excel.core.errors import PlanError
from tests.plans_over_time import HEAD, STUDENTS, TAIL, plan_in, text_over_time

ALL = text_over_time()


def faults(text: str) -> list[str]:
    with pytest.raises(PlanError) as caught:
        plan_in(text)
    return str(caught.value).splitlines()


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        (
            "jaar = 2022\nprocent",
            "jaar = 2031\nprocent",
            "indexatie[2].jaar: het jaar 2031 is geen jaar van het plan.",
        ),
        (
            "jaar = 2022\nprocent",
            "jaar = 2020\nprocent",
            "indexatie[2].jaar: het jaar 2020 staat niet op volgorde",
        ),
        ("prijspeil = 2019", "", "prijspeil: er is geïndexeerd, maar het prijspeil ontbreekt."),
        ("prijspeil = 2019", "prijspeil = 2020", "indexatie[1].jaar: de indexatie van 2020 verandert niets"),
        (
            'procent = "2,1"',
            'procent = "-100"',
            "indexatie[1].procent: een indexatie van -100 procent laat niets over.",
        ),
        ('procent = "2,1"', 'procent = "veel"', "indexatie[1].procent: 'veel' is geen getal."),
        ('procent = "2,1"', "procnt = 2.1", "indexatie[1].procent: deze sleutel ontbreekt."),
        (
            'doorgifte = "50"',
            'doorgifte = "101"',
            "indexatie[2].doorgifte: een doorgifte van 101 procent kan niet.",
        ),
        (
            'doorgifte = "50"',
            'doorgifte = "-1"',
            "indexatie[2].doorgifte: een doorgifte van -1 procent kan niet.",
        ),
        (
            "jaar = 2020\nbedrag",
            "jaar = 2018\nbedrag",
            "bijstelling[1].jaar: het jaar 2018 is geen jaar van het plan.",
        ),
        ('"€ 25.000"', '"€ 25.000,50"', "bijstelling[1].bedrag: 25.000,50 is geen veelvoud van 1"),
        ('"-€ 12.500"', '"-€ 9.000.000"', "bijstelling: in 2022 blijft er -7.821.430 over om te verdelen."),
        (
            TAIL,
            TAIL + TAIL[TAIL.index("[[bijst") : TAIL.index("[[scen")],
            "bijstelling[1]: de bijstelling 'Voorjaarsnota'",
        ),
        (
            "taakstellend_tot = 2021",
            "taakstellend_tot = 2018",
            "taakstellend_tot: het jaar 2018 is geen jaar",
        ),
        (
            "datum = 2020-06-15",
            'datum = "juni"',
            "bijstelling[1].datum: 'juni' kan hier niet. Verwacht wordt een datum",
        ),
    ],
)
def test_a_fault_of_the_grant_names_the_key_and_the_remedy(old: str, new: str, fault: str) -> None:
    assert old in ALL
    assert any(f"plan.toml, {fault}" in line for line in faults(ALL.replace(old, new, 1)))


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("KGW = [201, 204", "KGW = [-1, 204", "aantallen.KGW: -1 studenten in 2019 kan niet."),
        (
            "KGW = [201, 204",
            'KGW = ["", 204',
            "aantallen.KGW: het aantal studenten van 'KGW' in 2019 ontbreekt.",
        ),
        ("KGW = [201, 204", "KGW = [204", "aantallen.KGW: hier staan 5 bedragen; er zijn 6 jaren."),
        ("KGW = [201, 204", 'KGW = ["<5", 204', "aantallen: '<5' is geen bedrag."),
        ("KGW = [201", "KGX = [201", "aantallen.KGX: de regel 'KGX' staat niet in de tabel."),
        (
            "KGW = [201",
            "KGX = [201",
            "aantallen: de regel 'KGW' heeft geen studentaantallen, andere regels wel.",
        ),
        ("2018-10-01, 2019-10-01, ", "2018-10-01, ", "peildatum: hier staan 5 peildata; er zijn 6 jaren."),
        ("peildatum = [2018-10-01", 'peildatum = ["vroeger"', "peildatum[1]: 'vroeger' kan hier niet."),
        (
            '56990 = "BMW"',
            '56990 = "Tandheelkunde"',
            "\"56990\": de regel 'Tandheelkunde' staat niet in de tabel.",
        ),
    ],
)
def test_a_fault_of_the_students_names_the_key_and_the_remedy(old: str, new: str, fault: str) -> None:
    assert old in ALL
    where = "plan.toml, thema[1].verdeling.studenten."
    assert any(where in line and fault in line for line in faults(ALL.replace(old, new, 1)))


def test_a_year_in_which_no_line_has_students_is_a_fault() -> None:
    none = re.sub(r"= \[\d+,", "= [0,", STUDENTS)
    (fault,) = faults(text_over_time(students=none, tail=""))
    assert (
        "studenten.aantallen: in 2019 heeft geen enkele regel studenten, dus er is niets naar rato" in fault
    )


def test_a_recomputed_plan_with_changes_needs_the_grant_as_it_was_given() -> None:
    text = text_over_time(head=HEAD[HEAD.index("prijspeil") :])
    text = text.replace('toestand = "gepubliceerd"', 'toestand = "herberekend"')
    assert any("toegekend: een herberekend plan met indexatie" in line for line in faults(text))


def test_a_line_cannot_be_called_what_is_available() -> None:
    text = ALL.replace('[integraal.eur.totaal]\n"Totaal EUR"', '[integraal.eur.totaal]\n"Beschikbaar"')
    assert any("'Beschikbaar' heet het bedrag na indexatie" in line for line in faults(text))


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        (
            '"Thema 1" = "4"',
            '"Thema 9" = "4"',
            "'Thema 9' is geen thema waarvoor dit kan. Kies uit: Thema 1, Thema 2, Thema 3.",
        ),
        ('"Thema 1" = "4"', '"Thema 1" = "-4"', "een gewicht van -4 kan niet. Vul nul of meer in."),
        ('vast."Thema 1"', 'vast."Thema 2"', "'Thema 2' is geen thema waarvoor dit kan. Kies uit: Thema 1."),
        ('KGW = "€ 60.000"', 'Elders = "€ 60.000"', "de regel 'Elders' staat niet in de tabel."),
        ('BMW = ["", ', 'BMX = ["", ', "de regel 'BMX' staat niet in de tabel."),
        ("800, 800, 800, 800]", "800, 800, 800, -8]", "-8 studenten in 2024 kan niet."),
        ("800, 800, 800, 800]", "800, 800, 800, 800, 800]", "het jaar 2025 is geen jaar van het plan."),
        ('rekentarief = "90000"', 'rekentarief = "0"', "een tarief van 0 kan niet."),
        ('doorgifte = "100"\n[[', 'doorgifte = "120"\n[[', "een doorgifte van 120 procent kan niet."),
        ("jaar = 2023\nprocent", "jaar = 2019\nprocent", "de indexatie van 2019 verandert niets"),
    ],
)
def test_a_scenario_that_its_plan_cannot_carry_is_told_by_its_name(old: str, new: str, fault: str) -> None:
    assert old in ALL
    lines = faults(ALL.replace(old, new, 1))
    assert any(line.startswith("Scenario '") and fault in line for line in lines), lines


def test_two_scenarios_cannot_have_one_name() -> None:
    text = ALL.replace('naam = "Volle indexatie"', 'naam = "Minder geld, meer BMW"')
    (fault,) = faults(text)
    assert "plan.toml, scenario: er zijn twee scenario's met de naam 'Minder geld, meer BMW'." in fault


def test_students_of_a_scenario_alone_must_be_complete() -> None:
    lines = faults(text_over_time(students=""))
    assert any("het aantal studenten van 'KGW' in 2019 ontbreekt" in line for line in lines)
