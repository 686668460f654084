"""What is told of a block of cells that does not have the rows that its theme asks for."""

from pathlib import Path

import pytest
from openpyxl import load_workbook

from hoka_excel import HokaError, reconcile


def test_a_row_more_in_one_block_of_a_theme_asks_for_it_in_every_part(
    published: Path, tmp_path: Path
) -> None:
    book = load_workbook(published)
    name = book.defined_names["Hoka_realisatie_Thema_2"]
    assert name.attr_text == "'Realisatie'!$A$51:$G$70"
    name.attr_text = "'Realisatie'!$A$51:$G$71"
    path = tmp_path / "b.xlsx"
    book.save(path)
    with pytest.raises(HokaError) as refused:
        reconcile(path)
    assert refused.value.render("nl") == (
        "b.xlsx, Realisatie!A51: dit blok telt 21 rijen; bij de regels van dit thema horen er 20. "
        "Voeg de nieuwe regel ook hier in elk onderdeel toe."
    )
