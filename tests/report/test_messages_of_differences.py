"""What `hoka diff` calls each fact that two plans or agendas state differently."""

from pathlib import Path

import pytest

from tests.answers import answer
from tests.conftest import PLAN_FILE
from tests.plans_over_time import text_over_time

AGENDA = PLAN_FILE.parents[1] / "erasmus-mc/plan.toml"
TITLE = [
    "Titel van tabel · Thema 3",
    "Begroting Thema 3 - Begeleiding studenten in FTE",
    "Thema 3 - Begeleiding studenten in FTE",
]


@pytest.fixture(autouse=True)
def wide_console(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "300")


def facts(tmp_path: Path, text: str, old: str, new: str) -> list[list[str]]:
    """Compare a text with the one in which `old` is `new`; give each row as its fact and what it says."""
    assert old in text
    files = tmp_path / "oud.toml", tmp_path / "nieuw.toml"
    for file, content in zip(files, (text, text.replace(old, new, 1)), strict=True):
        file.write_text(content, encoding="utf-8")
    told = answer("diff", *files)
    assert (told.code, told.faults) == (1, "")
    _, *rows, count = told.out.splitlines()
    assert count == f"Verschillen: {len(rows)}."
    return [[cell.strip() for cell in row.split("  ") if cell.strip()] for row in rows]


@pytest.mark.parametrize(
    ("old", "new", "fact"),
    [
        ("prijspeil = 2019", "prijspeil = 2018", ["Prijspeil", "2019", "2018"]),
        (
            'procent = "2,1"',
            'procent = "2,2"',
            ["Indexatie in procent · 2020 · taakstellend", "2,1", "2,2", "+0,1"],
        ),
        ('doorgifte = "50"', 'doorgifte = "60"', ["Doorgifte in procent · 2022", "50", "60", "+10"]),
        (
            'bron = "voorbeeld: verzonnen aantallen"',
            'bron = "telling"',
            ["Bron van de studentaantallen · 1", "voorbeeld: verzonnen aantallen", "telling"],
        ),
        (
            'bron = "voorbeeld',
            'instelling = "UU"\nbron = "voorbeeld',
            ["Instelling van de studenten · 1", "–", "UU"],
        ),
        ("2018-10-01", "2017-10-01", ["Peildatum · 1 · 2019 · taakstellend", "2018-10-01", "2017-10-01"]),
        (
            'rekentarief = "90000"',
            'rekentarief = "95000"',
            ["Scenario stelt · Minder geld, meer BMW · rekentarief", "90.000", "95.000", "+5.000"],
        ),
        ('gedrukt = "84K"', 'gedrukt = "85K"', ["Tarief zoals gedrukt", "84.000", "85.000", "+1.000"]),
        ('gedrukt = "84K"', 'gedrukt = "€ 84.000"', ["Tarief gedrukt tot op", "1.000", "1", "-999"]),
        ('aandeel = "3"', 'aandeel = "4"', ["Aandeel van thema · 1", "3", "4", "+1"]),
        ('naam = "Thema 3"', 'naam = "Thema III"', ["Tabel van thema · 3", "Thema 3", "Thema III"]),
        ('naam = "Thema 3"', 'naam = "Thema III"', ["Eenheid van tabel · Thema III", "–", "FTE"]),
        (
            'soort = "gegeven"',
            'soort = "sluitpost"\nsluitpost = "Workshops veerkracht"',
            ["Verdeling van thema · 3", "gegeven", "sluitpost"],
        ),
        (
            'sluitpost = "Didactische leergangen"',
            'sluitpost = "Intercollegiale uitwisseling"',
            ["Sleutel of sluitpost van thema · 2", "Didactische leergangen", "Intercollegiale uitwisseling"],
        ),
        (
            'studenten"\nafgeleid = true',
            'studenten"\nafgeleid = false',
            ["Sleutel afgeleid, thema · 1", "ja", "nee"],
        ),
        (
            'KGW = "0,0515"',
            'KGW = "0,052"',
            ["Verdeelsleutel, thema · 1 · KGW", "0,0515", "0,052", "+0,0005"],
        ),
        (
            'KGW = "0,0515"',
            'KGW = "0,052"',
            ["Sleutel gedrukt tot op, thema · 1 · KGW", "0,0001", "0,001", "+0,0009"],
        ),
        (
            'KGW = "€ 40.000"',
            'KGW = "€ 41.000"',
            ["Vast bedrag, thema · 1 · KGW", "40.000", "41.000", "+1.000"],
        ),
        ('stap = "1"', 'stap = "10"', ["Tabel gedrukt tot op · Thema 2", "1", "10", "+9"]),
        ('titel = "Begroting Thema 3', 'titel = "Thema 3', TITLE),
        (
            "[[scenario]]",
            "[signalering]\nprocent = 5\nbedrag = 1000\n[[scenario]]",
            ["Signaleren vanaf, in procenten", "–", "5"],
        ),
        (
            "[[scenario]]",
            "[signalering]\nprocent = 5\nbedrag = 1000\n[[scenario]]",
            ["Signaleren vanaf, in euro", "–", "1.000"],
        ),
        (
            "[[scenario]]",
            '[[vast]]\ntabel = "Thema 2"\nregel = "Totaal EUR"\njaar = 2022\n[[scenario]]',
            ["Vaststaand bedrag · Thema 2 · Totaal EUR · 2022", "–", "ja"],
        ),
    ],
)
def test_a_fact_of_a_plan_is_named_with_what_it_was_and_becomes(
    tmp_path: Path, old: str, new: str, fact: list[str]
) -> None:
    assert fact in facts(tmp_path, text_over_time(), old, new)


@pytest.mark.parametrize(
    ("old", "new", "fact"),
    [
        ("eerste_jaar = 2019", "eerste_jaar = 2020", ["Eerste jaar · HoKa-middelen", "2019", "2020"]),
        ("laatste_jaar = 2024", "laatste_jaar = 2025", ["Laatste jaar · HoKa-middelen", "2024", "2025"]),
        ("getoetst = true", "getoetst = false", ["Bron getoetst · HoKa-middelen", "ja", "–"]),
        (
            'bedragen = "voorbeeld"',
            'bedragen = "vastgesteld"',
            ["Status van de bedragen · 1", "voorbeeld", "vastgesteld"],
        ),
        (
            '"€ 240.000", "€ 240.000"',
            '"€ 240.001", "€ 240.000"',
            ["Kosten van project · 1 · 2021", "240.000", "240.001", "+1"],
        ),
        (
            "{ 3 = 60, 6 = 40 }",
            "{ 3 = 50, 6 = 50 }",
            ["Aandeel van project · 1 · 3. studiesucces", "60%", "50%"],
        ),
        (
            "oordeel over toetsing in de studentevaluatie, voor en na; volgende visitatie.",
            "volgende visitatie.",
            [
                "Onderbouwing · 1",
                "Voorbeeld: oordeel over toetsing in de studentevaluatie, voor en na; volgende visitatie.",
                "Voorbeeld: volgende visitatie.",
            ],
        ),
    ],
)
def test_a_fact_of_an_agenda_is_named_with_what_it_was_and_becomes(
    tmp_path: Path, old: str, new: str, fact: list[str]
) -> None:
    assert fact in facts(tmp_path, AGENDA.read_text(encoding="utf-8"), old, new)
