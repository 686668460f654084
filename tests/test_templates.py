"""Templates (.xltx, .xltm): read like the workbooks they make, and still templates after they are written."""

from pathlib import Path
from zipfile import ZipFile

import pytest

from hoka_excel.batch.checking import CheckRequest
from hoka_excel.batch.jobs import workbooks_at
from hoka_excel.comparison import compare_files
from hoka_excel.core.errors import UsageError
from hoka_excel.report.copies import copy_beside
from hoka_excel.report.findings_copy import write_copy
from hoka_excel.sources import examine, examined, planned_in
from hoka_excel.workbook.cells import write_cells
from tests.workbook.forged_workbooks import members

TYPES = "[Content_Types].xml"
WORKBOOK, TEMPLATE = b"sheet.main+xml", b"template.main+xml"


def as_template(source: Path, target: Path) -> Path:
    """Save a workbook as a template: the same parts, of which one is said to be of another type."""
    with ZipFile(target, "w") as package:
        for name, data in members(source).items():
            package.writestr(name, data.replace(WORKBOOK, TEMPLATE) if name == TYPES else data)
    return target


@pytest.fixture(params=[".xltx", ".xltm"])
def template(request: pytest.FixtureRequest, published: Path, tmp_path: Path) -> Path:
    return as_template(published, tmp_path / f"begroting{request.param}")


def test_a_template_of_a_begroting_holds_its_plan_and_its_checks(template: Path, published: Path) -> None:
    found, expected = examined(template), examined(published)
    assert found.planned == expected.planned is not None
    assert found.outcome.reconciliation == expected.outcome.reconciliation
    assert compare_files(template, published) == ()


def test_a_template_that_is_written_stays_a_template(template: Path, tmp_path: Path) -> None:
    copy = copy_beside(template)
    outcome = examine(template)
    assert outcome.reconciliation is not None
    write_copy(template, copy, outcome.reconciliation)
    write_cells(template, {("Thema 2", "E8"): 379663})
    for path in (copy, template):
        assert TEMPLATE in members(path)[TYPES]
        assert WORKBOOK not in members(path)[TYPES]
    assert planned_in(template).plan != planned_in(copy).plan


def test_a_folder_to_check_is_searched_for_templates_and_one_to_regenerate_is_not(template: Path) -> None:
    folder = template.parent
    assert [job.source for job in CheckRequest((folder,)).jobs()] == [template]
    with pytest.raises(UsageError):
        workbooks_at(folder)
    assert [found.source for found in workbooks_at(template)] == [template]
