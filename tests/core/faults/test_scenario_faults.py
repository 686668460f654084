"""What a scenario asks for that its plan does not have: told by its name, with the remedy."""

import pytest

from tests.plans_over_time import faults_in, text_over_time

ALL = text_over_time()


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
    lines = faults_in(ALL.replace(old, new, 1))
    assert any(line.startswith("Scenario '") and fault in line for line in lines), lines


def test_two_scenarios_cannot_have_one_name() -> None:
    text = ALL.replace('naam = "Volle indexatie"', 'naam = "Minder geld, meer BMW"')
    (fault,) = faults_in(text)
    assert "plan.toml, scenario: er zijn twee scenario's met de naam 'Minder geld, meer BMW'." in fault


def test_students_of_a_scenario_alone_must_be_complete() -> None:
    lines = faults_in(text_over_time(students=""))
    assert any("het aantal studenten van 'KGW' in 2019 ontbreekt" in line for line in lines)
