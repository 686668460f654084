"""The plan behind a file, for the pages that show it: a plan file or a begroting has one."""

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from hoka_excel.core.errors import HokaError
from hoka_excel.core.findings import Place
from hoka_excel.core.plan import Plan, Ref


class Planned(NamedTuple):
    """A plan and where each of its figures stands."""

    plan: Plan
    places: Mapping[Ref, Place]


def planned(path: Path) -> Planned | None:
    """Read the plan behind a file; None when the file holds no sound plan."""
    try:
        if path.suffix.lower() == ".toml":
            return _from_plan_file(path)
        return _from_workbook(path) if path.suffix.lower() in {".xlsx", ".xlsm"} else None
    except HokaError:
        return None


def _from_plan_file(path: Path) -> Planned:
    from hoka_excel.begroting.layout import standard_layout  # noqa: PLC0415 - with its reader
    from hoka_excel.begroting.plan_file import read_plan  # noqa: PLC0415 - pydantic loads slowly

    plan = read_plan(path)
    return Planned(plan, standard_layout(plan).places())


def _from_workbook(path: Path) -> Planned:
    from hoka_excel.begroting.read import read_begroting  # noqa: PLC0415 - openpyxl loads slowly

    read = read_begroting(path)
    return Planned(read.plan, read.layout.places())
