"""Rebuild the workbooks we ship, and compare every part of them with those in the tree.

`python -m tests.shipped_workbooks` compares; with `--write` it writes them.
"""

import sys
import tempfile
from pathlib import Path
from zipfile import ZipFile

from hoka_excel.agenda.plan_file.reading import is_agenda_file, read_agenda_file
from hoka_excel.begroting.plan_file.reading import read_plan
from hoka_excel.core.cascade import recompute
from hoka_excel.excel.agenda_workbook import build_agenda_macro_workbook
from hoka_excel.excel.macro_workbook import build_macro_workbook

WORKBOOKS = Path(__file__).parents[1] / "workbooks"


def build(folder: Path) -> list[Path]:
    """Build every shipped workbook below `folder`; give their paths below it."""
    made = []
    for plan_file in sorted(WORKBOOKS.glob("*/plan.toml")):
        place = folder / plan_file.parent.name
        place.mkdir(parents=True, exist_ok=True)
        if is_agenda_file(plan_file):
            path = place / "kwaliteitsagenda.xlsm"
            build_agenda_macro_workbook(read_agenda_file(plan_file), path)
            made.append(path.relative_to(folder))
            continue
        plan = read_plan(plan_file)
        for name, state in (("begroting-gepubliceerd", plan), ("begroting-herberekend", recompute(plan))):
            path = place / f"{name}.xlsm"
            build_macro_workbook(state, path)
            made.append(path.relative_to(folder))
    return made


def differing() -> list[Path]:
    """List the shipped workbooks that are not what their plan makes of them."""
    with tempfile.TemporaryDirectory() as folder:
        return [
            path
            for path in build(Path(folder))
            if not (WORKBOOKS / path).exists() or _parts(Path(folder) / path) != _parts(WORKBOOKS / path)
        ]


def _parts(path: Path) -> dict[str, bytes]:
    with ZipFile(path) as package:
        return {name: package.read(name) for name in package.namelist()}


if __name__ == "__main__":
    if "--write" in sys.argv:
        build(WORKBOOKS)
    stale = differing()
    for path in stale:
        print(f"{path} is not what its plan makes of it: run this with --write")
    sys.exit(bool(stale))
