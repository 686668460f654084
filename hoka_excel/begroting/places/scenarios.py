"""Where the scenarios of a begroting stand; only one whose plan has any has these rectangles."""

from enum import StrEnum

from hoka_excel.begroting.places.blocks import SPARE_ROWS, Shape
from hoka_excel.begroting.places.names import master_block
from hoka_excel.core.levers import Lever
from hoka_excel.core.plan import Plan

SCENARIO_SHEET = "Scenario's"
"""The sheet that shows the scenarios side by side."""


class ScenarioBlock(StrEnum):
    """The defined names: the list of what scenarios set otherwise, and the sheet that shows them."""

    LIST = "Hoka_scenarios"
    SHEET = "Hoka_scenarioblad"


SCENARIO_BLOCKS = (*ScenarioBlock, master_block(SCENARIO_SHEET))
"""What a begroting with scenarios has."""
SETTING_COLUMNS = ("Scenario", "Wat", "Tabel", "Regel", "Jaar", "Waarde")
IN_PERCENT = (Lever.INDEXATION, Lever.PASSED_ON)
"""What stands on a sheet as a fraction that is shown in percent."""


def scenario_shapes(plan: Plan) -> list[Shape]:
    """Size the list of what the scenarios set otherwise."""
    if not plan.scenarios:
        return []
    rows = sum(max(1, len(scenario.settings)) for scenario in plan.scenarios)
    return [(ScenarioBlock.LIST, 1 + rows + SPARE_ROWS, len(SETTING_COLUMNS))]
