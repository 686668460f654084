"""What is wrong with the students of a theme: every fault with its path and the remedy."""

import re

import pytest

from tests.plans_over_time import STUDENTS, faults_in, text_over_time

ALL = text_over_time()


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
    assert any(where in line and fault in line for line in faults_in(ALL.replace(old, new, 1)))


def test_a_year_in_which_no_line_has_students_is_a_fault() -> None:
    none = re.sub(r"= \[\d+,", "= [0,", STUDENTS)
    (fault,) = faults_in(text_over_time(students=none, tail=""))
    assert (
        "studenten.aantallen: in 2019 heeft geen enkele regel studenten, dus er is niets naar rato" in fault
    )
