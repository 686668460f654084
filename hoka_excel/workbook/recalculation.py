"""A workbook recalculated by LibreOffice: every formula worked out again, in a copy that nobody keeps.

The copy lies in a folder of its own with a profile of its own. Macros do not run, links to other workbooks
are not followed, and there is no way out to the network.
"""

import shutil
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

from hoka_excel import limits
from hoka_excel.core.errors import UsageError, WorkbookError
from hoka_excel.tables.grid import Grid
from hoka_excel.workbook.any_file import read_grids
from hoka_excel.workbook.kinds import BINARY, OPEN_DOCUMENT, OPEN_XML

KINDS = (*OPEN_XML, *BINARY, *OPEN_DOCUMENT)
"""What LibreOffice can recalculate."""
_OFFICES = ("soffice", "libreoffice")
_INSTALLED = (
    "C:/Program Files/LibreOffice/program/soffice.exe",
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
)
"""Where Windows and macOS keep it, which is not on the path."""
_SETTINGS = (
    ("org.openoffice.Office.Calc/Formula/Load", "OOXMLRecalcMode", 0),
    ("org.openoffice.Office.Calc/Formula/Load", "ODFRecalcMode", 0),
    ("org.openoffice.Office.Calc/Content/Update", "Link", 1),
    ("org.openoffice.Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("org.openoffice.Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("org.openoffice.Inet/Settings", "ooInetProxyType", 2),
    ("org.openoffice.Inet/Settings", "ooInetHTTPProxyName", "127.0.0.1"),
    ("org.openoffice.Inet/Settings", "ooInetHTTPProxyPort", 9),
    ("org.openoffice.Inet/Settings", "ooInetHTTPSProxyName", "127.0.0.1"),
    ("org.openoffice.Inet/Settings", "ooInetHTTPSProxyPort", 9),
)
"""Recalculate always; never update links; no macros; a proxy where nothing listens."""


def recalculated(path: Path) -> list[Grid]:
    """Read a workbook as it is after every formula was worked out again.

    Args:
        path: a workbook of one of the `KINDS`; it is copied and stays as it is.

    Raises:
        UsageError: LibreOffice is not installed.
        WorkbookError: it cannot open the workbook, or takes too long.
    """
    office = _office()
    with TemporaryDirectory() as name:
        folder = Path(name)
        _write_settings(folder / "profile")
        copy = folder / f"in{path.suffix.lower()}"
        shutil.copyfile(path, copy)
        # Of binary workbooks LibreOffice keeps the stored values at first, until they are of another kind.
        for number in range(2 if copy.suffix in BINARY else 1):
            copy = _converted(office, copy, folder, f"uit{number}", path.name)
        return read_grids(copy)


def _converted(office: str, source: Path, folder: Path, name: str, told: str) -> Path:
    """Have LibreOffice load a workbook and save it as .xlsx in a folder of that name."""
    command = [
        office,
        "--headless",
        "--norestore",
        f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        "--convert-to",
        "xlsx:Calc MS Excel 2007 XML",
        "--outdir",
        str(folder / name),
        str(source),
    ]
    most = limits.RECALCULATION_SECONDS
    try:
        subprocess.run(command, capture_output=True, check=True, timeout=most.current)  # noqa: S603 - ours
    except subprocess.TimeoutExpired as error:
        raise WorkbookError("recalculation.too_slow", file=told, **most.told) from error
    except (OSError, subprocess.SubprocessError) as error:
        raise WorkbookError("recalculation.failed", file=told) from error
    made = folder / name / f"{source.stem}.xlsx"
    if not made.exists():
        raise WorkbookError("recalculation.failed", file=told)
    return made


def _office() -> str:
    found = filter(None, map(shutil.which, (*_OFFICES, *_INSTALLED)))
    office = next(found, None)
    if office is None:
        raise UsageError("recalculation.no_office")
    return office


def _write_settings(profile: Path) -> None:
    items = "".join(
        f'<item oor:path="/{path}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>'
        for path, name, value in _SETTINGS
    )
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(
        '<?xml version="1.0" encoding="UTF-8"?>'
        f'<oor:items xmlns:oor="http://openoffice.org/2001/registry">{items}</oor:items>',
        encoding="utf-8",
    )
