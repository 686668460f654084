"""Counting students into a plan file."""

from decimal import Decimal
from pathlib import Path

import pytest

from hoka_excel.begroting.plan_file.reading import read_plan
from hoka_excel.core.errors import HokaError
from hoka_excel.core.plan import AllocationKey
from hoka_excel.students.plan_update import with_students
from tests.plans_over_time import STUDENTS, text_over_time
from tests.students.duo_samples import per_year, written

UNCOUNTED = """
[thema.verdeling.studenten]  # wie telt
peildatum = [2018-10-01, 2019-10-01, 2020-10-01, 2020-10-01, 2020-10-01, 2020-10-01]
bron = "DUO"

[thema.verdeling.studenten.opleidingen]
56551 = "GNK/SUMMA"  # bachelor
66551 = "GNK/SUMMA"
56990 = "BMW"
60001 = "BMS"
60002 = "KGW"
"""


def plan_file(folder: Path, students: str) -> Path:
    path = folder / "plan.toml"
    path.write_text(text_over_time(students=students, tail=""), encoding="utf-8")
    return path


def counts(path: Path) -> dict[str, list[Decimal | None]]:
    key = read_plan(path).themes[0].division
    assert isinstance(key, AllocationKey)
    assert key.students is not None
    return {entry.line: [*entry.counts] for entry in key.students.lines}


@pytest.fixture
def duo(tmp_path: Path) -> Path:
    return written(tmp_path / "duo.csv", per_year())


def test_the_programmes_of_a_line_are_counted_on_the_reference_date_of_each_year(
    tmp_path: Path, duo: Path
) -> None:
    path = plan_file(tmp_path, UNCOUNTED)
    update = with_students(path, duo)
    path.write_text(update.text, encoding="utf-8")
    found = counts(path)
    assert found["GNK/SUMMA"] == [2300, 2310, 2296, 2296, 2296, 2296]
    assert found["BMW"] == [690, 705, 712, 712, 712, 712]
    assert found["KGW"] == [0] * 6


def test_numbers_that_are_not_told_and_programmes_that_do_not_occur_are_findings(
    tmp_path: Path, duo: Path
) -> None:
    told = [message.render() for message in with_students(plan_file(tmp_path, UNCOUNTED), duo).told]
    assert told == [
        "Opleiding 60001 (BMS) komt bij deze instelling niet voor in het bestand en telt voor 0.",
        "Opleiding 60002 (KGW) komt bij deze instelling niet voor in het bestand en telt voor 0.",
        """GNK/SUMMA, peildatum 2018-10-01: 2 aantallen staan in het bestand als <5 en zijn niet meegeteld. \
Het werkelijke aantal is 2 tot 8 hoger.""",
        """GNK/SUMMA, peildatum 2020-10-01: 1 aantallen staan in het bestand als <5 en zijn niet meegeteld. \
Het werkelijke aantal is 1 tot 4 hoger.""",
    ]


def test_everything_else_in_the_file_stays_as_it_is(tmp_path: Path, duo: Path) -> None:
    path = plan_file(tmp_path, UNCOUNTED)
    before, after = path.read_text(encoding="utf-8"), with_students(path, duo).text
    gone = set(before.splitlines()) - set(after.splitlines())
    assert gone == {'bron = "DUO"'}
    assert after.count("# wie telt") == after.count("# bachelor") == 1
    path.write_text(after, encoding="utf-8")
    assert with_students(path, duo).text == after


def test_a_line_without_programmes_keeps_the_counts_it_has(tmp_path: Path, duo: Path) -> None:
    path = plan_file(tmp_path, STUDENTS)
    path.write_text(with_students(path, duo).text, encoding="utf-8")
    found = counts(path)
    assert found["BMS"] == [712, 698, 731, 731, 731, 731]
    assert found["GNK/SUMMA"][0] == 2300


@pytest.mark.parametrize("name", ["universiteit utrecht", "21PD", "21pd"])
def test_an_institution_may_be_named_or_coded_in_any_case(tmp_path: Path, duo: Path, name: str) -> None:
    students = UNCOUNTED.replace('bron = "DUO"', f'bron = "DUO"\ninstelling = "{name}"')
    assert "[2300, 2310" in with_students(plan_file(tmp_path, students), duo).text


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ('bron = "DUO"', 'bron = "DUO"\ninstelling = "UU"', "de instelling 'UU' staat niet in het bestand."),
        ("2018-10-01, ", "2018-01-01, ", "peildatum 2018-01-01: DUO telt op 1 oktober."),
        (
            "2018-10-01, ",
            "2017-10-01, ",
            "peildatum 2017-10-01: het bestand telt dat jaar niet, wel: 2018, 2019, 2020.",
        ),
        ('60002 = "KGW"\n', "", "Thema 1: de regel 'KGW' heeft geen opleidingen en geen aantallen."),
        (UNCOUNTED[UNCOUNTED.index("56551") :], "", "geen enkel thema zegt welke opleidingen tellen."),
    ],
)
def test_what_the_file_cannot_give_is_refused_with_the_remedy(
    tmp_path: Path, duo: Path, old: str, new: str, fault: str
) -> None:
    assert old in UNCOUNTED
    with pytest.raises(HokaError) as caught:
        with_students(plan_file(tmp_path, UNCOUNTED.replace(old, new)), duo)
    assert fault in str(caught.value)
