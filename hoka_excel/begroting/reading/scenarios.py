"""What the scenarios of a begroting set otherwise."""

from hoka_excel.begroting.places.scenarios import IN_PERCENT, SETTING_COLUMNS, ScenarioBlock
from hoka_excel.begroting.reading.cells import Cells, in_percent
from hoka_excel.core.levers import Lever, Scenario, Setting


def scenarios_of(cells: Cells) -> tuple[Scenario, ...]:
    """Read what the scenarios set, those of one name together, in the order of their first rows."""
    if ScenarioBlock.LIST not in cells.blocks:
        return ()
    block = cells.blocks[ScenarioBlock.LIST]
    cells.expect_row(block, 0, SETTING_COLUMNS)
    found: dict[str, list[Setting]] = {}
    for row in range(1, block.height):
        name, *others = (cells.text(block, row, column) for column in range(len(SETTING_COLUMNS)))
        if any(others) or name:
            settings = found.setdefault(name, [])
            if any(others):
                settings += _setting(cells, row)
    return tuple(Scenario(name, tuple(settings)) for name, settings in found.items())


def _setting(cells: Cells, row: int) -> list[Setting]:
    """Read one setting; none when what is amiss in it was noted."""
    block = cells.blocks[ScenarioBlock.LIST]
    lever = cells.choice(block, row, 1, Lever)
    if lever is None:
        return []
    value = cells.number(block, row, 5)
    place = cells.text(block, row, 2), cells.text(block, row, 3), cells.year_if_any(block, row, 4)
    return [Setting(lever, *place, in_percent(value) if lever in IN_PERCENT else value)]
