"""The begroting as an .xlsm: the same sheets, with buttons, worksheet functions and macros."""

from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from importlib.resources import files
from pathlib import Path

from hoka_excel.begroting.build import workbook_bytes
from hoka_excel.begroting.content import Begroting, begroting_of
from hoka_excel.begroting.places.layout import Layout
from hoka_excel.begroting.places.names import BlockName, table_block
from hoka_excel.begroting.places.standard_layout import standard_layout
from hoka_excel.core.errors import UsageError
from hoka_excel.core.plan import Plan
from hoka_excel.core.reconciliation import reconcile_plan
from hoka_excel.excel.macros import MACROS
from hoka_excel.excel.memory import MEMORY_SHEET
from hoka_excel.excel.udf_module import NAME as UDF_MODULE_NAME
from hoka_excel.excel.udf_module import PYTHON_MODULE, udf_module
from hoka_excel.excel.vba_project import load_builder, with_macros
from hoka_excel.workbook.files import replacing
from hoka_excel.workbook.sheets import Button, Cell, Position, Sheet
from hoka_excel.workbook.styles import TEXT

CONFIGURATION_SHEET = "xlwings.conf"
CONFIGURATION: Mapping[str, str] = {
    "ADD_WORKBOOK_TO_PYTHONPATH": "False",
    "UDF MODULES": PYTHON_MODULE,
    "DEBUG UDFS": "False",
    "USE UDF SERVER": "False",
    "SHOW CONSOLE": "False",
    "SHOW_ERROR_POPUPS": "False",
}
"""xlwings' settings: no code from the workbook's own folder, no console.

Which Python to start is left to the user's own settings (`hoka addin install`): a setting that stands here
goes first, also when it is blank.
"""

_BUTTON_ROW, _FIRST_BUTTON_COLUMN = 2, 4
"""Beside the master check, which every sheet has in row 2."""


def build_macro_workbook(plan: Plan, path: str | Path) -> None:
    """Write a fresh begroting with macros to `path`; the same plan gives the same bytes.

    Raises:
        UsageError: `path` is no .xlsm, or what builds macros is not installed.
        WorkbookError: `path` cannot be written.
    """
    write_macro_workbook(Path(path), lambda vba: macro_workbook_bytes(plan, vba))


def write_macro_workbook(path: Path, made: Callable[[Mapping[str, str]], bytes]) -> None:
    """Write the workbook that `made` makes of our VBA modules.

    Raises:
        UsageError: `path` is no .xlsm, or what builds macros is not installed.
        WorkbookError: `path` cannot be written.
    """
    if path.suffix.lower() != ".xlsm":
        raise UsageError("macro.kind", where=path)
    content = made(modules())
    with replacing(path) as target:
        target.write(content)


def macro_workbook_bytes(plan: Plan, vba: Mapping[str, str]) -> bytes:
    """Make the .xlsm file of a plan with these VBA modules."""
    layout = standard_layout(plan)
    begroting = begroting_of(layout, reconcile_plan(plan, layout.places()))
    return with_macros(workbook_bytes(with_buttons(begroting, layout), layout), vba)


def with_buttons(begroting: Begroting, layout: Layout) -> Begroting:
    """Put the buttons where a controller looks for them, and add the hidden sheets of the macros."""
    plan = layout.plan
    names = [BlockName.CHECK_SHEET, BlockName.THEMES, *(table_block(table.name) for table in plan.tables)]
    carrying = {layout[name].sheet for name in names}
    return Begroting(equipped(begroting.sheets, carrying), begroting.names)


def equipped(sheets: Sequence[Sheet], carrying: AbstractSet[str]) -> tuple[Sheet, ...]:
    """Put the buttons on the sheets of these names, and add the hidden sheets of the macros."""
    buttons = tuple(
        Button(Position(_BUTTON_ROW, column), macro.caption, macro.subroutine)
        for column, macro in enumerate(MACROS, _FIRST_BUTTON_COLUMN)
    )
    shown = (replace(sheet, buttons=buttons) if sheet.name in carrying else sheet for sheet in sheets)
    return (*shown, _configuration(), _memory())


def _configuration() -> Sheet:
    cells = {
        Position(row, column): Cell(text, TEXT)
        for row, pair in enumerate(CONFIGURATION.items(), 1)
        for column, text in enumerate(pair, 1)
    }
    return Sheet(CONFIGURATION_SHEET, CONFIGURATION_SHEET, cells, widths={1: 32, 2: 40}, hidden=True)


def _memory() -> Sheet:
    return Sheet(MEMORY_SHEET, MEMORY_SHEET, {}, hidden=True)


def modules() -> dict[str, str]:
    """Gather the VBA modules: ours, and those of xlwings with their licences."""
    return {
        **own_modules(),
        "xlwings": _of_xlwings("xlwings.bas").read_bytes().decode("cp1252"),
        "Dictionary": _dictionary(),
    }


def own_modules() -> dict[str, str]:
    """Gather our own VBA modules."""
    ours = files("hoka_excel.excel").joinpath("vba")
    return {
        "HokaMacros": ours.joinpath("HokaMacros.bas").read_text(encoding="utf-8"),
        UDF_MODULE_NAME: udf_module(),
        "ThisWorkbook": ours.joinpath("ThisWorkbook.cls").read_text(encoding="utf-8"),
    }


def _of_xlwings(file: str) -> Path:
    import xlwings  # noqa: PLC0415 - only a build needs its VBA sources

    return Path(xlwings.__file__).parent / file


def _dictionary() -> str:
    """Take the class that xlwings' module uses from the workbook that xlwings ships it in."""
    head = "VERSION 1.0 CLASS\nBEGIN\n  MultiUse = -1  'True\nEND\n"
    with load_builder().ExcelFile(_of_xlwings("quickstart_standalone.xlsm")) as shipped:
        return head + str(shipped.get_module("Dictionary"))
