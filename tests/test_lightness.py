"""Starting is light: nothing heavy loads before it is needed."""

import subprocess
import sys
from pathlib import Path

import pytest
import xlsxwriter

HEAVY = {"openpyxl", "xlwings", "pandas", "scipy", "numpy", "pydantic", "xlsxwriter", "jinja2", "matplotlib"}


def loaded_by(code: str) -> set[str]:
    command = [
        sys.executable,
        "-c",
        f"{code}\nimport sys; print(*sys.modules)",
    ]
    answer = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
    return set(answer.stdout.split("\n")[-2].split())


@pytest.mark.parametrize(
    "code",
    [
        "import hoka_excel",
        "from hoka_excel import check_sum, Printed; check_sum([Printed(1, 1)], Printed(1, 1))",
        "from hoka_excel.cli import hoka; hoka.main(['--help'], standalone_mode=False)",
        "from hoka_excel import write_cells, write_frame",
        "import hoka_excel.tables.grid, hoka_excel.workbook.addresses, hoka_excel.workbook.places",
    ],
    ids=["import", "check_sum", "help", "writing", "cell names"],
)
def test_nothing_heavy_is_loaded(code: str) -> None:
    assert loaded_by(code) & HEAVY == set()


def test_checking_figures_that_tie_loads_no_solver() -> None:
    loaded = loaded_by(
        "import hoka_excel.batch.checking\nfrom hoka_excel import reconcile; reconcile([[1], [2], [3]])"
    )
    assert loaded & {"scipy.optimize", "scipy.sparse", "pandas", "openpyxl", "xlsxwriter"} == set()


def test_a_check_of_a_plain_workbook_loads_nothing_that_writes_or_solves(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(str(tmp_path / "lijst.xlsx")) as book:
        sheet = book.add_worksheet()
        for row, amount in enumerate((1201, 2440, 3641)):
            sheet.write_number(row, 0, amount)
    loaded = loaded_by(
        f"from hoka_excel.cli import hoka; hoka.main(['check', {str(tmp_path)!r}], standalone_mode=False)"
    )
    assert {"hoka_excel.tables.search.passes", "numpy"} < loaded
    assert loaded & (HEAVY - {"numpy"}) == set()
    assert (
        loaded & {"hoka_excel.begroting.read", "hoka_excel.agenda.read", "hoka_excel.workbook.cells"} == set()
    )


def test_the_values_are_being_read_before_anything_heavy_is_loaded(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(str(tmp_path / "lijst.xlsx")) as book:
        book.add_worksheet().write_row(0, 0, [1201, 2440, 3641])
    loaded = loaded_by(
        "import subprocess, sys\n"
        "def started(*_, **__): print(*sys.modules); sys.exit()\n"
        "subprocess.Popen.__init__ = started\n"
        f"from hoka_excel.cli import hoka; hoka.main(['check', {str(tmp_path)!r}], standalone_mode=False)"
    )
    assert "hoka_excel.workbook.values_process" in loaded
    assert loaded & (HEAVY | {"hoka_excel.core.plan", "multiprocessing", "rich.progress"}) == set()


def test_every_public_name_can_be_imported() -> None:
    import hoka_excel

    assert all(getattr(hoka_excel, name) is not None for name in hoka_excel.__all__)
    with pytest.raises(AttributeError):
        _ = hoka_excel.nothing_of_the_kind
