"""What is told of a begroting whose tables are not those of its plan, and of what it carries over."""

from pathlib import Path

from hoka_excel import write_cells
from tests.answers import answer
from tests.conftest import PLAN_FILE

TEXT = PLAN_FILE.read_text(encoding="utf-8")
SPENT = """
[thema.realisatie]
"Tijd voor docenten voor professionalisering" = ["1", "1", "1", "1", "1", "1"]
"Didactische leergangen" = ["1", "1", "1", "1", "1", "1"]
"Intercollegiale uitwisseling" = ["1", "1", "1", "1", "1", "1"]
"""
NEXT_THEME = "\n[[thema]]\nnummer = 3"


def reported(tmp_path: Path, text: str) -> str:
    plan, page = tmp_path / "plan.toml", tmp_path / "verantwoording.html"
    plan.write_text(text.replace(NEXT_THEME, SPENT + NEXT_THEME), encoding="utf-8")
    assert answer("report", plan, "-o", page).faults == ""
    return page.read_text(encoding="utf-8")


def test_a_table_that_no_theme_names_is_an_integral_table_too_many(tmp_path: Path, published: Path) -> None:
    book = tmp_path / "b.xlsx"
    write_cells(published, {("Uitgangspunten", "D27"): "Thema 2"}, book)
    assert (
        "Fout: b.xlsx: naast de tabellen van de thema's horen er twee integrale tabellen te zijn, in EUR en "
        "FTE; er zijn er 3. Herstel de lijst Tabellen op het blad Uitgangspunten.\n"
    ) in answer("check", book).faults


def test_what_rounding_of_the_budget_leaves_in_the_carry_over_is_told(tmp_path: Path) -> None:
    assert (
        "Thema 2, eind 2019: het totaal neemt 297.737 mee, de regels samen 297.736; afronding van de "
        "begroting verklaart dat."
    ) in reported(tmp_path, TEXT.replace("€ 297.739", "€ 297.740", 1))


def test_a_line_without_a_budget_leaves_the_carry_over_untested(tmp_path: Path) -> None:
    assert "Thema 2, eind 2019: niet van elke regel is de begroting bekend. Vul haar aan." in reported(
        tmp_path, TEXT.replace('["€ 109.953"', '[""')
    )
