"""What is told of a published document: what it lacks, and what its figures say of its sentences."""

from pathlib import Path

import pytest

from tests.answers import answer

YEARS = "2019|2020|2021"


def table(title: str, *rows: str, years: str = YEARS) -> str:
    written = "".join(
        f"<tr>{''.join(f'<td>{text}</td>' for text in row.split('|'))}</tr>" for row in (f"|{years}", *rows)
    )
    return f"<p>{title}</p><table>{written}</table>"


PARTS = {
    "head": "<p>Plan kwaliteitsafspraken faculteit Geneeskunde</p><p>Versie 1.0 van 14-2-2019</p>",
    "ratio": "<p>Onderwijs en begeleiding staan in een verhouding 3:1.</p>",
    "rate": "<p>1 FTE = € 80K.</p>",
    "more": "",
    "teaching": table(
        "Begroting Thema 1 - Onderwijs in EUR",
        "Colleges|€ 140.000|€ 140.000|€ 140.000",
        "Practica|€ 70.000|€ 80.000|€ 70.000",
        "Toetsing|€ 30.000|€ 20.000|€ 30.000",
        "Totaal|€ 240.000|€ 240.000|€ 240.000",
    ),
    "guidance": table(
        "Begroting Thema 2 - Begeleiding in EUR",
        "Coaches|€ 60.000|€ 60.000|€ 60.000",
        "Cursus|€ 20.000|€ 20.000|€ 20.000",
        "Totaal|€ 80.000|€ 80.000|€ 80.000",
    ),
    "euros": table(
        "Begroting integraal in EUR",
        "Onderwijs|€ 240.000|€ 240.000|€ 240.000",
        "Begeleiding|€ 80.000|€ 80.000|€ 80.000",
        "Totaal|€ 320.000|€ 320.000|€ 320.000",
    ),
    "ftes": table(
        "Begroting integraal in FTE",
        "Onderwijs|3,00|3,00|3,00",
        "Begeleiding|1,00|1,00|1,00",
        "Totaal|4,00|4,00|4,00",
    ),
}


@pytest.fixture
def document(tmp_path: Path) -> Path:
    return tmp_path / "plan.html"


def written(document: Path, **parts: str) -> None:
    document.write_text("".join((PARTS | parts).values()), encoding="utf-8")


def checked(document: Path, **parts: str) -> str:
    written(document, **parts)
    told = answer("check", document, "--all")
    assert told.faults == ""
    return told.out


@pytest.mark.parametrize(
    ("part", "text", "told"),
    [
        (
            "ratio",
            "",
            "de aandelen zijn de bedragen van de integrale tabel. Verbeter aandeel in het planbestand",
        ),
        (
            "head",
            "<p>Plan</p>",
            "1 januari van het eerste jaar staat er voor in de plaats. Verbeter datum in het planbestand.",
        ),
    ],
)
def test_what_an_import_inferred_is_noted_in_the_plan_file(
    document: Path, tmp_path: Path, part: str, text: str, told: str
) -> None:
    written(document, **{part: text})
    assert answer("import", document, "-o", tmp_path / "plan.toml").code == 0
    assert told in (tmp_path / "plan.toml").read_text(encoding="utf-8")


def test_doubtful_matches_are_counted_and_ask_to_be_confirmed(document: Path, tmp_path: Path) -> None:
    written(document, euros=PARTS["euros"].replace("<td>Begeleiding", "<td>Overig"))
    told = answer("import", document, "-o", tmp_path / "plan.toml")
    assert told.out.startswith("Onzeker herkende regels: 1. Bevestig ze in het planbestand")


@pytest.mark.parametrize(
    ("part", "text", "told"),
    [
        (
            "euros",
            PARTS["euros"].replace("<tr><td>Tot", "<tr><td>Rest<td>€ 0<td>€ 0<td>€ 0</tr><tr><td>Tot"),
            "heeft 3 regels en er zijn 2 thema's met een eigen tabel. Geef een regel per thema.",
        ),
        (
            "teaching",
            PARTS["teaching"].replace(" in EUR", "").replace("€ ", ""),
            "Thema 1 - Onderwijs): er staat niet of dit euro's of fte's zijn. Zet dat in de titel.",
        ),
        (
            "guidance",
            PARTS["guidance"].replace("2021", "2022"),
            "tabel 2 (Begroting Thema 2 - Begeleiding in EUR): de jaren 2019, 2020, 2022 zijn andere",
        ),
    ],
    ids=["a line too many", "no unit", "other years"],
)
def test_tables_that_make_no_plan_are_told_with_the_remedy(
    document: Path, tmp_path: Path, part: str, text: str, told: str
) -> None:
    written(document, **{part: text})
    refused = answer("import", document, "-o", tmp_path / "plan.toml")
    assert refused.code == 2
    assert told in refused.faults
    assert not (tmp_path / "plan.toml").exists()


def test_a_document_without_a_table_has_nothing_to_check(document: Path) -> None:
    document.write_text(PARTS["head"] + PARTS["rate"], encoding="utf-8")
    assert answer("check", document).faults == (
        "Fout: plan.html: er staan geen tabellen met bedragen in; er valt niets te toetsen. Geef het "
        "document met de bijlage Begrotingen.\n"
    )


@pytest.mark.parametrize(
    ("weights", "told"),
    [
        ("30:10", "tabel 3!B2 volgt die verhouding: 240.000."),
        (
            "2400006:799994",
            "is 240.000, de verhouding geeft 240.001. Het verschil van -1 komt door afronding.",
        ),
        (
            "2400009:799991",
            "is 240.000, de verhouding geeft 240.001. Dat klopt alleen als er twee keer is afgerond.",
        ),
    ],
)
def test_a_second_ratio_in_the_text_is_held_against_every_year(
    document: Path, weights: str, told: str
) -> None:
    found = checked(document, more=f"<p>Onderwijs en begeleiding gaan in de verhouding {weights}.</p>")
    assert told in found


def test_a_second_ratio_cannot_be_tested_on_text(document: Path) -> None:
    found = checked(
        document,
        more="<p>Onderwijs en begeleiding gaan in de verhouding 2:1.</p>",
        euros=PARTS["euros"].replace("€ 80.000", "n.v.t.", 1),
    )
    assert (
        "gaan in de verhouding 2:1.', maar dat is niet te toetsen aan Begeleiding 2019: er staat tekst waar "
        "een bedrag hoort. Kijk naar bladzijde 1!regel 5 en bladzijde 1, tabel 3!B3."
    ) in found


@pytest.mark.parametrize(
    ("figure", "told"),
    [
        (
            "n.v.t.",
            "maar dat is niet te toetsen aan Coaches 2019: er staat tekst waar een bedrag hoort.",
        ),
        (
            "€ 65.300",
            "in bladzijde 1, tabel 2!B2 is 65.300. Dat klopt alleen als er twee keer is afgerond.",
        ),
    ],
)
def test_an_amount_in_the_text_is_held_against_the_line_it_is_about(
    document: Path, figure: str, told: str
) -> None:
    found = checked(
        document,
        more="<p>Coaches</p><p>Voor coaches is in 2019 € 0,06 mln beschikbaar.</p>",
        guidance=PARTS["guidance"].replace("€ 60.000", figure, 1),
    )
    assert told in found


def test_figures_that_can_be_read_in_two_ways_cannot_be_tested(document: Path) -> None:
    found = checked(
        document,
        ftes=PARTS["ftes"].replace("1,00", "1.234").replace("3,00", "1.234").replace("4,00", "1.234"),
    )
    assert "Totaal 2019 is niet te toetsen: een bedrag is op twee manieren te lezen. Kijk naar" in found


FIXED = "<p>De regel Colleges krijgt een vast bedrag van € {amount} vooraf.</p>"


def test_amounts_that_never_change_do_not_tell_how_a_fixed_amount_is_meant(document: Path) -> None:
    found = checked(document, more=FIXED.format(amount="40.000"))
    assert "€ 40.000 vooraf.' is op meer dan één manier te lezen; de bedragen beslissen het niet." in found


def test_a_line_that_no_share_explains_is_a_conflict_without_a_repair(document: Path) -> None:
    found = checked(document, more=FIXED.format(amount="40.000"))
    assert (
        "Er is geen bedrag aan te wijzen dat dit oplost: de bedragen volgen niet wat het plan zegt. Vraag na "
        "welke van de twee klopt."
    ) in found


def test_a_fixed_amount_that_fits_in_no_way_shows_the_two_bounds(document: Path) -> None:
    teaching = PARTS["teaching"].replace("€ 140.000", "€ 120.000", 1).replace("€ 70.000", "€ 90.000", 1)
    found = checked(document, more=FIXED.format(amount="40.000"), teaching=teaching)
    assert "€ 40.000 vooraf.' past op geen enkele manier bij Colleges 2019-2021." in found
    assert (
        "Colleges: de lezing 'geen vast bedrag: bedrag x aandeel' kan niet. 2020 vraagt een aandeel van ten "
        "minste 0,5833, 2019 van ten hoogste 0,5000."
    ) in found


def test_years_that_ask_for_different_rates_refute_a_reading(document: Path) -> None:
    found = checked(
        document,
        more=FIXED.format(amount="400.000"),
        teaching=table(
            "Begroting Thema 1 - Onderwijs in FTE",
            "Colleges|10,00|14,98|19,99",
            "Practica|2,50|10,02|17,51",
            "Totaal|12,50|25,00|37,50",
        ),
        euros=table(
            "Begroting integraal in EUR",
            "Onderwijs|€ 1.000.000|€ 2.000.000|€ 3.000.000",
            "Begeleiding|€ 80.000|€ 80.000|€ 80.000",
            "Totaal|€ 1.080.000|€ 2.080.000|€ 3.080.000",
        ),
    )
    assert (
        "kan niet. 2021/2020 vraagt samen een tarief van ten minste 80.240,52, 2019/2020 van ten hoogste "
        "79.920,20."
    ) in found
