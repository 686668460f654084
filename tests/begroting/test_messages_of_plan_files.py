"""What is told of a faulty plan file: the key, what is wrong with it, and how to mend it."""

from pathlib import Path

import pytest

from hoka_excel.begroting.plan_file.reading import read_plan
from tests.answers import answer
from tests.conftest import PLAN_FILE

TEXT = PLAN_FILE.read_text(encoding="utf-8")
RATE = TEXT[TEXT.index("[tarief]") : TEXT.index("[[thema]]")]
THEMES = TEXT[TEXT.index("[[thema]]") : TEXT.index("[integraal.eur]")]
LINES = TEXT[TEXT.index('"GNK/SUMMA" = ["') : TEXT.index("[thema.tabel.totaal]")]
TOTAL = TEXT[TEXT.index('"Totaal EUR"') : TEXT.index("\n\n[[thema]]\nnummer = 3")]


def faults(path: Path, text: str) -> list[str]:
    path.write_text(text, encoding="utf-8")
    code, out, told = answer("check", path)
    assert (code, out) == (2, f"{path}: niet te lezen\n")
    return [line.removeprefix("Fout: plan.toml, ") for line in told.splitlines()]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('naam = "Thema 1"', "naam = 1", "thema[1].tabel.naam: '1' kan hier niet. Verwacht wordt een tekst"),
        ('stap = "1"', "stap = true", "thema[2].tabel.stap: 'True' kan hier niet. Verwacht wordt een getal."),
        ("jaren = [", "jaren = 6 # [", "jaren: '6' kan hier niet. Verwacht wordt een lijst."),
        (
            "[tarief]",
            "tarief = 84000\n[tarieven]",
            "tarief: '84000' kan hier niet. Verwacht wordt een groep sleutels.",
        ),
        (
            "datum = 2019-02-14",
            "datum = 2019",
            "datum: '2019' kan hier niet. Verwacht wordt een datum als",
        ),
        (
            "afgeleid = true",
            'afgeleid = "ja"',
            "tarief.afgeleid: 'ja' kan hier niet. Verwacht wordt true of false.",
        ),
        (TOTAL, "", "thema[2].tabel.totaal: '{}' kan hier niet. Verwacht wordt precies één totaalregel."),
        (
            TOTAL,
            TOTAL + "\n" + TOTAL.replace("EUR", "euro"),
            "thema[2].tabel.totaal: '{'Totaal EUR': ['€ 297.739', ",
        ),
    ],
    ids=["text", "number", "list", "table", "day", "truth", "no total", "two totals"],
)
def test_a_value_of_another_type_is_told_with_what_is_wanted(
    tmp_path: Path, old: str, new: str, told: str
) -> None:
    assert old in TEXT
    assert any(line.startswith(told) for line in faults(tmp_path / "plan.toml", TEXT.replace(old, new, 1)))


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (
            "jaren = [2019, 2020, 2021, 2022, 2023, 2024]",
            "jaren = []",
            "jaren: er staan geen jaren. Vul ten minste een jaar in.",
        ),
        (RATE + THEMES, "thema = []\n" + RATE, "thema: er staan geen thema's. Vul ten minste een thema in."),
        (
            "nummer = 2",
            "nummer = 1",
            "thema: themanummer 1 komt meer dan een keer voor. Geef elk thema een eigen nummer.",
        ),
        (
            'stap = "0,1"',
            'stap = "0"',
            "thema[3].tabel.stap: een afronding op 0 kan niet. Vul een stap boven nul in, zoals 1 of 0,01.",
        ),
        (
            LINES,
            "",
            "thema[1].tabel.regels: de tabel heeft geen regels. Vul ten minste een regel in.",
        ),
        (
            'titel = "Begroting integraal"\neenheid = "EUR"',
            'titel = "Begroting integraal"\neenheid = "FTE"',
            "integraal.eur: de eenheid is FTE; hier hoort EUR. Verbeter de eenheid of verwissel de tabellen.",
        ),
        (
            TEXT[TEXT.index('"Begeleiding studenten" = [') : TEXT.index("[integraal.eur.totaal]")],
            "",
            "integraal.eur: er zijn 2 regels en 3 thema's. Geef een regel per thema, in dezelfde volgorde.",
        ),
    ],
    ids=["no years", "no themes", "a number twice", "no step", "no lines", "other unit", "a line too few"],
)
def test_a_plan_that_cannot_be_is_told_with_the_remedy(tmp_path: Path, old: str, new: str, told: str) -> None:
    assert old in TEXT
    assert told in faults(tmp_path / "plan.toml", TEXT.replace(old, new, 1))


def test_a_skeleton_asks_for_its_amounts(tmp_path: Path) -> None:
    path = tmp_path / "plan.toml"
    path.write_text(TEXT.replace('"gepubliceerd"', '"geraamte"'), encoding="utf-8")
    for command in (["check", path], ["build", path, "-o", tmp_path / "b.xlsx"]):
        told = answer(*command)
        assert told.code == 2
        assert told.faults.endswith(
            ": dit is een geraamte zonder bedragen. Vul jaren, tabellen en bedragen in en zet toestand op "
            "gepubliceerd.\n"
        )
    assert not (tmp_path / "b.xlsx").exists()


@pytest.mark.parametrize("kind", ['"begrotingen"', '"Kwaliteitsagenda"', '""', "3", '["begroting"]'])
@pytest.mark.parametrize("command", ["check", "build -o uit.xlsx", "report -o uit.html"])
def test_a_kind_that_there_is_not_is_told_with_those_that_there_are(
    tmp_path: Path, kind: str, command: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "plan.toml"
    path.write_text(f"soort = {kind}\n{TEXT}", encoding="utf-8")
    command, *out = command.split()
    told = answer(command, path, *out)
    assert told.code == 2
    written = kind if "[" not in kind else "['begroting']"
    assert told.faults == (
        f"Fout: plan.toml, soort: een plan van de soort '{written.strip(chr(34))}' is er niet. "
        "Kies uit: begroting, kwaliteitsagenda; zonder soort is het een begroting.\n"
    )
    assert answer(command, path, *out, "--lang", "en").faults.endswith(
        "Choose from: begroting, kwaliteitsagenda; without a kind it is a budget.\n"
    )


def test_a_plan_that_does_not_say_of_which_kind_it_is_is_a_begroting(tmp_path: Path) -> None:
    said = tmp_path / "plan.toml"
    said.write_text(f'soort = "begroting"\n{TEXT}', encoding="utf-8")
    assert read_plan(said) == read_plan(PLAN_FILE)


def test_a_file_that_is_no_toml_says_at_which_place(tmp_path: Path) -> None:
    path = tmp_path / "plan.toml"
    path.write_text("schema = 1\ntitel = x\n", encoding="utf-8")
    (told,) = answer("build", path, "-o", tmp_path / "b.xlsx").faults.splitlines()
    assert told.startswith(f"Fout: {path}: dit planbestand is niet te lezen (")
    assert "line 2, column" in told
    assert told.endswith("). Controleer de rechten, en of er op die plaats geldige TOML in UTF-8 staat.")
