"""The plan file of an agenda: what it may say, and what is told when it does not fit."""

import tomllib
from copy import deepcopy
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hoka_excel.agenda.plan_file.reading import agenda_of, is_agenda_file, read_agenda_file
from hoka_excel.agenda.plan_file.writing import agenda_text
from hoka_excel.core.agenda.projects import Agenda, AgendaRef, Axis, Reason, Shares, Status
from hoka_excel.core.check_kinds import Kind
from hoka_excel.core.errors import PlanError
from tests.agenda.conftest import AGENDA_FILE
from tests.conftest import PLAN_FILE
from tests.made_agendas import agenda, project

KEYS = tomllib.loads(AGENDA_FILE.read_text(encoding="utf-8"), parse_float=Decimal)


def again(made: Agenda) -> Agenda:
    return agenda_of(tomllib.loads(agenda_text(made), parse_float=Decimal), "plan.toml")


def test_the_shipped_agenda_survives_being_written_and_read(shipped_agenda: Agenda) -> None:
    assert again(shipped_agenda) == shipped_agenda


@given(st.lists(st.integers(0, 40), min_size=3, max_size=3).filter(any))
def test_any_whole_parts_survive_being_written_and_read(parts: list[int]) -> None:
    shares = (Shares(tuple(parts), sum(parts)), Shares((100, 0)), Shares((1, 2), 3))
    made = agenda(project(shares=shares))
    assert again(made) == made


def test_reasons_and_cents_survive_being_written_and_read() -> None:
    ref = AgendaRef("Toelaatbaarheid", "1. project 1", "totaal")
    made = agenda(
        project(costs=(Decimal("0.01"), Decimal("1234567.89"), Decimal("-5.5"))),
        reasons=(Reason(Kind.EVIDENCE, ref, "volgt"),),
        notes=("Let op: één.",),
    )
    assert again(made) == made


def test_only_the_file_of_an_agenda_is_one() -> None:
    assert is_agenda_file(AGENDA_FILE)
    assert not is_agenda_file(PLAN_FILE)


def test_every_project_of_the_shipped_agenda_says_that_its_amounts_are_an_example() -> None:
    made = read_agenda_file(AGENDA_FILE)
    assert {entry.status for entry in made.projects} == {Status.EXAMPLE}
    assert "voorbeeld" in made.title
    for entry in made.projects:
        assert entry.evidence.startswith("Voorbeeld: ") or not entry.evidence
    assert [source.name for source in made.sources if source.place] == ["HoKa-middelen"]


def test_the_shipped_agenda_shows_every_theme_programme_and_sector_theme() -> None:
    made = read_agenda_file(AGENDA_FILE)
    for axis in Axis:
        used = [
            sum(entry.shares_of(axis).parts[i] for entry in made.projects)
            for i in range(len(made.members(axis)))
        ]
        assert all(used), axis
        assert all(member.place for member in made.members(axis))
    assert [len(made.members(axis)) for axis in Axis] == [5, 6, 11]


def test_percentages_and_fractions_come_to_one_whole() -> None:
    keys = deepcopy(KEYS)
    keys["project"][0]["themas"] = {"1": 50, "2": "1/3", "5": "1/6"}
    assert agenda_of(keys, "p").projects[0].shares_of(Axis.OWN_THEMES) == Shares((150, 100, 0, 0, 50), 300)


@pytest.mark.parametrize(
    ("change", "line"),
    [
        (lambda k: k.pop("titel"), "plan.toml, titel: deze sleutel ontbreekt"),
        (lambda k: k.update(bedrag=3), "plan.toml, bedrag: deze sleutel is onbekend"),
        (
            lambda k: k["project"][0].update(bedragen="geschat"),
            "project[1].bedragen: 'geschat' kan hier niet",
        ),
        (
            lambda k: k["project"][0].update(themas={"1": 60, "2": 30}),
            "project[1].themas: de aandelen tellen op tot 90 van 100",
        ),
        (
            lambda k: k["project"][0].update(themas={"1": "1/3", "2": "1/3"}),
            "project[1].themas: de aandelen tellen op tot 2 van 3",
        ),
        (lambda k: k["project"][0].update(themas={"1": "half"}), "themas.\"1\": 'half' is geen aandeel"),
        (lambda k: k["project"][0].update(themas={"1": "-5"}), "themas.\"1\": '-5' is geen aandeel"),
        (lambda k: k["project"][0].update(themas={"1": "1/0"}), "themas.\"1\": '1/0' is geen aandeel"),
        (lambda k: k["project"][0].update(themas={"1": Decimal("0.5")}), "themas.\"1\": '0,5' kan hier niet"),
        (
            lambda k: k["project"][0].update(themas={"9": 100}),
            "themas: '9' staat niet in de lijst. Kies uit: 1, 2",
        ),
        (
            lambda k: k["project"][0].update(opleidingen={"Geneeskunde": 100}),
            "opleidingen: 'Geneeskunde' staat niet in de lijst. Kies uit: bachelor Geneeskunde",
        ),
        (
            lambda k: k["project"][0]["financiering"].update(Loterij=["1"] * 5),
            "project[1].financiering: 'Loterij' staat niet in de lijst",
        ),
        (
            lambda k: k["project"][0].update(kosten=["1", "2"]),
            "project[1].kosten: hier staan 2 bedragen; er zijn 5",
        ),
        (lambda k: k["project"][0].update(kosten=["veel"] + ["1"] * 4), "kosten[1]: 'veel' is geen bedrag"),
        (
            lambda k: k["project"][0].update(kosten=["0,001"] + ["1,00"] * 4),
            "kosten[1]: 0,001 heeft meer dan twee decimalen",
        ),
        (
            lambda k: k.update(
                toelichting=[dict.fromkeys(("soort", "tabel", "regel", "periode", "tekst"), "gok")]
            ),
            "toelichting[1].soort: 'gok' staat niet in de lijst",
        ),
        (lambda k: k["project"][1].update(nummer=1), "plan.toml, project: '1' komt meer dan een keer voor"),
        (lambda k: k.update(jaren=[]), "plan.toml, jaren: er staan geen jaren"),
    ],
)
def test_what_does_not_fit_is_told_with_its_path(change: Any, line: str) -> None:
    keys = deepcopy(KEYS)
    change(keys)
    with pytest.raises(PlanError) as caught:
        agenda_of(keys, "plan.toml")
    assert line in str(caught.value)


def test_all_faults_of_a_file_are_told_at_once() -> None:
    keys = deepcopy(KEYS)
    keys["project"][0].update(themas={"1": "half"}, kosten=["veel"] * 5)
    keys["project"][1].update(sectorthemas={"8": 100})
    with pytest.raises(PlanError) as caught:
        agenda_of(keys, "plan.toml")
    assert len(caught.value.faults) == 7


@pytest.mark.parametrize("content", [b"\xff\xfe", b"titel = ", b"a = 1\na = 2"])
def test_what_is_no_plan_file_is_told_in_one_line(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "plan.toml"
    path.write_bytes(content)
    with pytest.raises(PlanError, match="niet te lezen"):
        read_agenda_file(path)
    with pytest.raises(PlanError, match="bestaat niet"):
        is_agenda_file(tmp_path / "weg.toml")
