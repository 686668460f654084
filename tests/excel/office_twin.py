"""LibreOffice with a begroting open on a screen of its own, to be clicked for real.

It opens the twin of the shipped workbook: the same sheets, buttons and macros, with the module of xlwings
swapped for a stand-in, since LibreOffice compiles the real one as little as any other with conditions.
"""

import importlib
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from hoka_excel.core.plan import Plan
from hoka_excel.excel.macro_workbook import macro_workbook_bytes, own_modules
from tests.excel.twin.uno_book import SYSTEM_PACKAGES, UnoBook, connected
from tests.office import REQUIRED, SOFFICE, coloured_figures

_TOOLS = ("Xvfb", "xdotool")
_MISSING = [tool for tool in _TOOLS if shutil.which(tool) is None]
_HAS_UNO = (Path(SYSTEM_PACKAGES) / "uno.py").exists()
_HERE = Path(__file__).parent / "twin"
_MACROS_ALWAYS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="MacroSecurityLevel"
 oor:op="fuse"><value>0</value></prop></item></oor:items>
"""
CANARY = """Attribute VB_Name = "Canary"
Public Sub HokaCanary()
    Worksheets(1).Range("Z1").Value = "macros run"
End Sub
"""

needs_clicks = pytest.mark.skipif(
    (SOFFICE is None or bool(_MISSING) or not _HAS_UNO) and not REQUIRED,
    reason=f"needs LibreOffice, python3-uno, Xvfb and xdotool (missing: {SOFFICE and _MISSING})",
)


def twin_modules() -> dict[str, str]:
    """Take our own modules, with the stand-in where xlwings' module would be."""
    modules = own_modules()
    functions = modules["xlwings_udfs"]
    asked = functions.replace('XLPy.CallUDF("hoka_excel.excel.udfs", ', "CallUDF(")
    modules["xlwings_udfs"] = asked.replace(", ThisWorkbook, Application.Caller)", ")")
    modules["xlwings"] = (_HERE / "xlwings.bas").read_text(encoding="utf-8")
    return {**modules, "Canary": CANARY}


class Twin:
    """A begroting open in LibreOffice."""

    def __init__(self, desktop: Any, document: Any, folder: Path, environment: dict[str, str]) -> None:
        self.document, self.folder, self._environment = document, folder, environment
        self._desktop = desktop
        self.book = UnoBook(desktop, document.URL, folder / "test.txt")

    def click(self, sheet: str, caption: str, *, until: Callable[[], bool] | None = None) -> str:
        """Click a button with the mouse and wait; give what the macro told."""
        told = self.folder / "told.txt"
        told.unlink(missing_ok=True)
        x, y = self._middle(sheet, caption)
        subprocess.run(
            ["xdotool", "mousemove", "--sync", str(x), str(y), "click", "1"],
            env=self._environment,
            check=True,
        )
        wait_until(until or told.exists, 60)
        return told.read_text(encoding="utf-8") if told.exists() else ""

    def _middle(self, sheet: str, caption: str) -> tuple[int, int]:
        controller = self.document.CurrentController
        controller.Frame.ContainerWindow.toFront()
        controller.setActiveSheet(self.document.Sheets.getByName(sheet))
        time.sleep(0.7)
        page = self.document.Sheets.getByName(sheet).DrawPage
        shapes = [page.getByIndex(index) for index in range(page.Count)]
        button = next(s for s in shapes if hasattr(s, "Control") and s.Control.Label == caption)
        seen = controller.getControl(button.Control).AccessibleContext
        at, size = seen.LocationOnScreen, seen.Size
        return at.X + size.Width // 2, at.Y + size.Height // 2

    def run(self, macro: str) -> None:
        """Run a macro by its name, without a click."""
        url = f"vnd.sun.star.script:VBAProject.{macro}?language=Basic&location=document"
        self.document.getScriptProvider().getScript(url).invoke((), (), ())

    def windows(self, title: str) -> list[str]:
        """List the windows with a title."""
        command = ["xdotool", "search", "--onlyvisible", "--name", f"^{title}$"]
        found = subprocess.run(command, env=self._environment, check=False, capture_output=True, text=True)
        return found.stdout.split()

    def press(self, key: str, window: str) -> None:
        """Press a key in a window; without a window manager it must be given the focus first."""
        command = ["xdotool", "windowfocus", "--sync", window, "key", key]
        subprocess.run(command, env=self._environment, check=True, timeout=20)

    def save_copy(self, path: Path) -> None:
        """Save what is open as an .xlsx, elsewhere."""
        self.document.storeToURL(path.as_uri(), (_property("FilterName", "Calc MS Excel 2007 XML"),))

    def figures_in(self, sheet: str, colour: str) -> set[str]:
        """List the cells with a number that show in a colour (RRGGBB), whatever gave it to them."""
        path = self.folder / "shown.html"
        self.document.storeToURL(path.as_uri(), (_property("FilterName", "HTML (StarCalc)"),))
        return coloured_figures(path, sheet, colour)

    def filter(self, sheet: str, cells: str, text: str | None) -> None:
        """Show the rows whose first cell says `text`, below a header; all of them when it is None."""
        found = self.document.Sheets.getByName(sheet).getCellRangeByName(cells)
        wanted = found.createFilterDescriptor(True)
        wanted.ContainsHeader = True
        if text is not None:
            field = importlib.import_module("uno").createUnoStruct("com.sun.star.sheet.TableFilterField")
            field.StringValue, field.IsNumeric = text, False
            field.Operator = importlib.import_module("uno").Enum("com.sun.star.sheet.FilterOperator", "EQUAL")
            wanted.setFilterFields((field,))
        found.filter(wanted)

    def open_another(self) -> Any:
        """Open an empty workbook beside the begroting, in front of it."""
        return self._desktop.loadComponentFromURL("private:factory/scalc", "_blank", 0, ())

    def screenshot(self, path: Path) -> None:
        """Take a picture of the whole screen."""
        from PIL import ImageGrab

        ImageGrab.grab(xdisplay=self._environment["DISPLAY"]).save(path)


def wait_until(true: Callable[[], bool], seconds: float) -> None:
    """Wait for something to become true."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "nothing happened"
        time.sleep(0.1)


@contextmanager
def opened(plan: Plan, folder: Path) -> Iterator[Twin]:
    """Open the twin of a plan in an office and on a screen of their own."""
    path = folder / "begroting.xlsm"
    path.write_bytes(macro_workbook_bytes(plan, twin_modules()))
    pipe = f"hoka{os.getpid()}"
    with _screen() as display:
        environment = {
            **os.environ,
            "DISPLAY": display,
            "SAL_USE_VCLPLUGIN": "gen",
            "HOKA_TWIN_FOLDER": str(folder),
            "HOKA_TWIN_PYTHON": sys.executable,
            "HOKA_TWIN_RUNNER": str(_HERE / "runner.py"),
            "HOKA_TWIN_PIPE": pipe,
            "HOKA_TWIN_BOOK": path.as_uri(),
        }
        with _office(pipe, path, environment) as desktop:
            yield Twin(desktop, _loaded(desktop, path), folder, environment)


def _loaded(desktop: Any, path: Path) -> Any:
    """Wait for the workbook that the office opens by itself: asking it to from here may never return."""

    def found() -> Any:
        opened = [part for part in desktop.Components if getattr(part, "URL", "") == path.as_uri()]
        return opened[0] if opened and opened[0].CurrentController is not None else None

    wait_until(lambda: found() is not None, 90)
    return found()


def _property(name: str, value: object) -> Any:
    made = importlib.import_module("uno").createUnoStruct("com.sun.star.beans.PropertyValue")
    made.Name, made.Value = name, value
    return made


@contextmanager
def _screen() -> Iterator[str]:
    """Start a screen that nobody sees, on a free display."""
    reading, writing = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1600x900x24"],
        pass_fds=[writing],
        stderr=subprocess.DEVNULL,
    )
    os.close(writing)
    try:
        with os.fdopen(reading) as told:
            yield f":{told.readline().strip()}"
    finally:
        server.terminate()
        server.wait(10)


@contextmanager
def _office(pipe: str, workbook: Path, environment: dict[str, str]) -> Iterator[Any]:
    assert SOFFICE is not None, "LibreOffice is required here"
    profile = workbook.parent / "profile"
    (profile / "user").mkdir(parents=True)
    (profile / "user/registrymodifications.xcu").write_text(_MACROS_ALWAYS, encoding="utf-8")
    office = subprocess.Popen(
        [
            SOFFICE,
            f"-env:UserInstallation={profile.as_uri()}",
            "--norestore",
            "--nologo",
            "--nofirststartwizard",
            f"--accept=pipe,name={pipe};urp;StarOffice.ComponentContext",
            str(workbook),
        ],
        env=environment,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        yield _desktop(pipe)
    finally:
        if sys.platform != "win32":
            os.killpg(office.pid, signal.SIGKILL)
        office.wait(20)


def _desktop(pipe: str) -> Any:
    end = time.monotonic() + 90
    while True:
        try:
            return connected(pipe)
        except Exception:  # noqa: BLE001 - the office is still starting
            assert time.monotonic() < end, "LibreOffice does not start"
            time.sleep(0.3)
