"""On Uitgangspunten: what each scenario sets otherwise, one setting to a row."""

from collections.abc import Iterator

from hoka_excel.begroting.places.layout import Layout
from hoka_excel.begroting.places.scenarios import SETTING_COLUMNS, ScenarioBlock
from hoka_excel.begroting.sheets.draft import SheetDraft
from hoka_excel.core.levers import Lever, Setting
from hoka_excel.core.plan import Plan
from hoka_excel.workbook.sheets import GENERAL, Content
from hoka_excel.workbook.styles import EURO, EURO_CENTS, HEADER, SECTION, SHARE, YEAR

IN_PERCENT = (Lever.INDEXATION, Lever.PASSED_ON)
_FORMATS = {
    Lever.GRANT: EURO,
    Lever.FIXED: EURO,
    Lever.RATE: EURO_CENTS,
    **dict.fromkeys(IN_PERCENT, SHARE),
}


def value_format(lever: Lever) -> str:
    """Show a value of an assumption as what it is: euros, a percentage, or a plain number."""
    return _FORMATS.get(lever, GENERAL)


def put_settings(draft: SheetDraft, layout: Layout) -> None:
    """Set the list, if the begroting has one, with empty rows for more."""
    if ScenarioBlock.LIST not in layout.blocks:
        return
    block = layout[ScenarioBlock.LIST]
    draft.put(block.at(-1, 0), "Scenario's: wat zij anders stellen", SECTION)
    draft.row(block.at(0, 0), SETTING_COLUMNS, HEADER)
    rows = list(_rows(layout.plan))
    for offset in range(1, block.height):
        row, shown = rows[offset - 1] if offset <= len(rows) else ((None,) * len(SETTING_COLUMNS), GENERAL)
        for column, content in enumerate(row):
            formats = {SETTING_COLUMNS.index("Jaar"): YEAR, SETTING_COLUMNS.index("Waarde"): shown}
            draft.input(block.at(offset, column), content, formats.get(column, "@"))


def _rows(plan: Plan) -> Iterator[tuple[tuple[Content, ...], str]]:
    """List the settings as cells and the format of their value; a scenario without any has its name alone."""
    for scenario in plan.scenarios:
        for setting in scenario.settings:
            yield (scenario.name, *setting_cells(setting)), value_format(setting.lever)
        if not scenario.settings:
            yield (scenario.name, *(None,) * (len(SETTING_COLUMNS) - 1)), GENERAL


def setting_cells(setting: Setting) -> tuple[Content, ...]:
    """Write a setting as cells; a percentage as the fraction that a sheet keeps it as."""
    value = setting.value / 100 if setting.lever in IN_PERCENT else setting.value
    return setting.lever.value, setting.table or None, setting.line or None, setting.year, value
