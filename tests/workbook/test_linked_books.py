"""The names of linked workbooks."""

from pathlib import Path
from zipfile import ZipFile

import pytest

from hoka_excel.workbook.any_file import read_grids
from hoka_excel.workbook.linked_books import linked_books
from tests.workbook.forged_workbooks import PACKAGE, RELATIONS, parts, worksheet

FORMULA = '<row r="1"><c r="A1"><f>[1]Blad1!A1</f><v>4</v></c></row>'


def linking(path: Path, target: str, *, with_part: bool = True) -> Path:
    texts = parts(Blad=worksheet(FORMULA, before=""))
    texts["xl/workbook.xml"] = texts["xl/workbook.xml"].replace(
        "</sheets>", '</sheets><externalReferences><externalReference r:id="e1"/></externalReferences>'
    )
    link = f'<Relationship Id="e1" Type="{RELATIONS}/externalLink" Target="externalLinks/externalLink1.xml"/>'
    relations = "xl/_rels/workbook.xml.rels"
    texts[relations] = texts[relations].replace("</Relationships>", f"{link}</Relationships>")
    if with_part:
        texts["xl/externalLinks/externalLink1.xml"] = "<externalLink/>"
        texts["xl/externalLinks/_rels/externalLink1.xml.rels"] = (
            f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="r1" '
            f'Type="{RELATIONS}/externalLinkPath" Target="{target}" TargetMode="External"/></Relationships>'
        )
    with ZipFile(path, "w") as package:
        for name, text in texts.items():
            package.writestr(name, text)
    return path


@pytest.mark.parametrize(
    "target", ["file:///C:\\map\\Begroting%202022.xlsx", "Begroting%202022.xlsx", "../a/Begroting 2022.xlsx"]
)
def test_a_number_in_a_formula_stands_for_the_file_without_its_folders(tmp_path: Path, target: str) -> None:
    path = linking(tmp_path / "b.xlsx", target)
    assert linked_books(path) == {"1": "Begroting 2022.xlsx"}
    assert read_grids(path)[0].linked == {"1": "Begroting 2022.xlsx"}


def test_a_link_that_leads_nowhere_has_no_name(tmp_path: Path) -> None:
    assert linked_books(linking(tmp_path / "b.xlsx", "", with_part=False)) == {}
