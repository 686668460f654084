"""LibreOffice for the tests: recalculate a workbook from scratch, print one to PDF.

Where LibreOffice is missing these tests skip, unless HOKA_REQUIRE_OFFICE is set: then they fail.
"""

import os
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest

from hoka_excel.workbook.addresses import address
from hoka_excel.workbook.sheets import Position

SOFFICE = shutil.which("soffice") or shutil.which("libreoffice")
REQUIRED = bool(os.environ.get("HOKA_REQUIRE_OFFICE"))

needs_office = pytest.mark.skipif(
    SOFFICE is None and not REQUIRED, reason="LibreOffice is not installed (apt-get install libreoffice-calc)"
)

_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse">
<value>0</value></prop></item>
<item oor:path="/org.openoffice.Setup/L10N"><prop oor:name="ooSetupSystemLocale" oor:op="fuse">
<value>{locale}</value></prop></item></oor:items>
"""


def convert(workbook: Path, kind: str, folder: Path, locale: str = "en-US") -> Path:
    """Have LibreOffice load `workbook`, recalculate every formula, and save it as `kind` in `folder`."""
    profile = folder / "profile"
    (profile / "user").mkdir(parents=True, exist_ok=True)
    (profile / "user/registrymodifications.xcu").write_text(_SETTINGS.format(locale=locale), encoding="utf-8")
    made = folder / "made"
    assert SOFFICE is not None, "LibreOffice is required here"
    subprocess.run(
        [
            SOFFICE,
            "--headless",
            f"-env:UserInstallation={profile.as_uri()}",
            "--convert-to",
            kind,
            "--outdir",
            str(made),
            str(workbook),
        ],
        check=True,
        capture_output=True,
        timeout=180,
    )
    return made / f"{workbook.stem}.{kind}"


def coloured_figures(page: Path, sheet: str, colour: str) -> set[str]:
    """List the cells with a number that LibreOffice shows in a colour (RRGGBB), from the page it exported."""
    from lxml import html

    root = html.parse(page).getroot()
    heading = next(title for title in root.iter("h1") if title.text_content().endswith(f": {sheet}"))
    table = next(heading.iter("em")).xpath("following::table[1]")[0]
    found = set()
    for row, cells in enumerate(table.iter("tr"), 1):
        column = 1
        for cell in cells.iter("td"):
            if cell.get("sdval") and cell.get("bgcolor", "").upper() == f"#{colour}":
                found.add(address(Position(row, column)))
            column += int(cell.get("colspan", "1"))
    return found


def without_stored_values(workbook: Path, target: Path) -> Path:
    """Copy a workbook without the stored result of any formula, so that only a recalculation can give it."""
    from lxml import etree

    main = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
    with zipfile.ZipFile(workbook) as source, zipfile.ZipFile(target, "w") as made:
        for member in source.namelist():
            content = source.read(member)
            if member.startswith("xl/worksheets/sheet"):
                root = etree.fromstring(content)
                for cell in root.iter(f"{main}c"):
                    value = cell.find(f"{main}v")
                    if cell.find(f"{main}f") is not None and value is not None:
                        cell.remove(value)
                content = etree.tostring(root)
            made.writestr(member, content)
    return target
