"""What is told of a plan file that cannot take counted students."""

from pathlib import Path

import pytest

from tests.answers import answer
from tests.conftest import PLAN_FILE
from tests.students.duo_samples import per_year, written

PROGRAMMES = '{56551 = "GNK/SUMMA", 56990 = "BMW", 60001 = "BMS", 60002 = "KGW"}'
KEY = 'sleutel = "ingeschreven studenten"\n'


@pytest.mark.parametrize(
    "students",
    [
        f'studenten = {{peildatum = 2018-10-01, bron = "DUO", opleidingen = {PROGRAMMES}}}',
        f'studenten.peildatum = 2018-10-01\nstudenten.bron = "DUO"\nstudenten.opleidingen = {PROGRAMMES}',
    ],
    ids=["in braces", "with dots"],
)
def test_a_plan_file_that_cannot_take_the_counts_stays_as_it_was(tmp_path: Path, students: str) -> None:
    plan = tmp_path / "plan.toml"
    text = PLAN_FILE.read_text(encoding="utf-8").replace(KEY, f"{KEY}{students}\n")
    plan.write_text(text, encoding="utf-8")
    refused = answer("students", written(tmp_path / "duo.csv", per_year()), "--plan", plan)
    assert refused.code == 2
    assert refused.faults == (
        "Fout: plan.toml: de aantallen zijn niet in het planbestand te zetten zonder iets anders te "
        "wijzigen. Schrijf het met [thema.verdeling.studenten] op eigen regels.\n"
    )
    assert plan.read_text(encoding="utf-8") == text
    assert not (tmp_path / "hoka-backup").exists()
