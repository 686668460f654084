"""The other workbooks that the formulas of an .xlsx read: by number in a formula, by name to a person."""

from pathlib import Path, PurePosixPath
from urllib.parse import unquote
from zipfile import ZipFile

from hoka_excel.workbook.admission import damage_reported
from hoka_excel.workbook.sheet_formulas import part_elements


def linked_books(path: Path) -> dict[str, str]:
    """Give the file name of each linked workbook by the number it has in formulas, such as "1" of [1]Blad1.

    Raises:
        WorkbookError: a part is malformed.
    """
    with damage_reported(path.name), ZipFile(path) as archive:
        links = _targets(archive, "xl/workbook.xml")
        numbered = (
            links.get(element.attributes.get("id", ""), "")
            for element in part_elements(archive, "xl/workbook.xml")
            if element.name == "externalReference"
        )
        named = {str(number): _book(archive, part) for number, part in enumerate(numbered, 1)}
    return {number: name for number, name in named.items() if name}


def _targets(archive: ZipFile, part: str) -> dict[str, str]:
    """Give what a part refers to, by the key of each relationship; nothing when it has none."""
    place = PurePosixPath(part)
    relations = f"{place.parent}/_rels/{place.name}.rels"
    if relations not in archive.namelist():
        return {}
    return {
        link.attributes.get("Id", ""): link.attributes.get("Target", "")
        for link in part_elements(archive, relations)
        if link.name == "Relationship"
    }


def _book(archive: ZipFile, target: str) -> str:
    """Give the name of the file behind an external link, without its folders."""
    part = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
    path = next(iter(_targets(archive, part).values()), "")
    return unquote(path).replace("\\", "/").rpartition("/")[2]
