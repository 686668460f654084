"""What a scenario asks for that its plan does not have: themes, lines and years, or the same thing twice."""

from collections import Counter
from collections.abc import Iterator

from hoka_excel.core.faults.subjects import Fault, unknown_year
from hoka_excel.core.levers import Lever, Scenario
from hoka_excel.core.plan import AllocationKey, Plan

_PER_LINE = (Lever.FIXED, Lever.STUDENTS)
_PER_THEME = (Lever.WEIGHT, *_PER_LINE)


def scenario_faults(plan: Plan, scenario: Scenario) -> Iterator[Fault]:
    """List what keeps the settings of a scenario from being set in its plan."""
    tables = [theme.table.name for theme in plan.themes]
    keyed = {
        theme.table.name: [share.line for share in theme.division.shares]
        for theme in plan.themes
        if isinstance(theme.division, AllocationKey)
    }
    for place, count in Counter(setting[:-1] for setting in scenario.settings).items():
        lever, table, line, year = place
        if count > 1:
            named = " / ".join(str(part) for part in place if part)
            yield ("scenario",), "plan.repeated_setting", {"setting": named}
        if year is not None:
            yield from unknown_year(year, plan.years, "jaren")
        known = tables if lever is Lever.WEIGHT else list(keyed)
        if lever in _PER_THEME and table not in known:
            yield ("thema",), "plan.unknown_theme", {"theme": table, "known": ", ".join(known)}
        elif lever in _PER_LINE and line not in keyed[table]:
            yield ("thema",), "plan.unknown_line", {"line": line, "known": ", ".join(keyed[table])}
