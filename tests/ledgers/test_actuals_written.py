"""Posted actuals in the plan file and in the begroting."""

import tomllib
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook

from hoka_excel.begroting.plan_file.reading import plan_of
from hoka_excel.begroting.read import read_begroting
from hoka_excel.core.bookings.posted_actuals import PostedActual
from hoka_excel.core.bookings.posting import Tally
from hoka_excel.core.errors import HokaError
from hoka_excel.core.figures import Printed
from hoka_excel.core.plan import Plan, Ref, Unit
from hoka_excel.ledgers.writing import PlanFileTarget, WorkbookTarget, plan_text_with, with_actuals
from tests.conftest import PLAN_FILE

TEXT = PLAN_FILE.read_text(encoding="utf-8")


def actual(table: str, line: str, year: int, figure: Printed) -> PostedActual:
    return PostedActual(Ref(table, line, year), Tally(), figure, Unit.EUR, Decimal(0))


ACTUALS = [
    actual("Thema 1", "BMW", 2021, Printed("0.93", "0.01")),
    actual("Thema 2", "Didactische leergangen", 2019, Printed("93024", 1)),
    actual("Thema 2", "Didactische leergangen", 2024, Printed("-12", 1)),
]


def plan_in(text: str) -> Plan:
    return plan_of(tomllib.loads(text, parse_float=Decimal), "plan.toml")


def test_the_new_text_reads_as_the_plan_with_these_actuals() -> None:
    edited = plan_text_with(TEXT, ACTUALS, "plan.toml")
    assert plan_in(edited) == with_actuals(plan_in(TEXT), ACTUALS)
    rows = [theme.get("realisatie") for theme in tomllib.loads(edited)["thema"]]
    assert rows == [
        {"BMW": ["", "", "0,93", "", "", ""]},
        {"Didactische leergangen": ["€ 93.024", "", "", "", "", "€ -12"]},
        None,
    ]


def test_every_line_of_the_old_text_stays_in_its_order() -> None:
    introduced = TEXT.replace("[[thema]]", "# hieronder een thema\n[[thema]]")
    edited = plan_text_with(introduced, ACTUALS, "plan.toml")
    rest = iter(edited.splitlines())
    assert all(line in rest for line in introduced.splitlines())
    added = [line for line in edited.splitlines() if line not in introduced.splitlines()]
    assert added == [
        "[thema.realisatie]",
        'BMW = ["", "", "0,93", "", "", ""]',
        "[thema.realisatie]",
        '"Didactische leergangen" = ["€ 93.024", "", "", "", "", "€ -12"]',
    ]
    assert edited.count("# hieronder een thema\n[[thema]]") == 3, "a comment stays above what it introduces"


def test_known_actuals_and_their_comments_stay_where_nothing_was_posted() -> None:
    known = (
        '[thema.realisatie]  # tot en met 2020\n"Didactische leergangen" = ["€ 1", "€ 2"]  # nagekeken\n\n'
    )
    at = TEXT.index("[[thema]]\nnummer = 3")
    edited = plan_text_with(TEXT[:at] + known + TEXT[at:], ACTUALS, "plan.toml")
    assert '"Didactische leergangen" = ["€ 93.024", "€ 2", "", "", "", "€ -12"]  # nagekeken' in edited
    assert "[thema.realisatie]  # tot en met 2020" in edited


def test_writing_the_same_again_changes_nothing() -> None:
    edited = plan_text_with(TEXT, ACTUALS, "plan.toml")
    assert plan_text_with(edited, ACTUALS, "plan.toml") == edited


def test_windows_line_ends_stay(tmp_path: Path) -> None:
    path, out = tmp_path / "plan.toml", tmp_path / "uit.toml"
    path.write_bytes(TEXT.replace("\n", "\r\n").encode())
    PlanFileTarget.at(path).write(ACTUALS, out)
    written = out.read_bytes().decode()
    assert written.count("\r\n") == written.count("\n")
    assert written.replace("\r\n", "\n") == plan_text_with(TEXT, ACTUALS, "plan.toml")


def test_only_the_input_cells_of_a_begroting_are_set(published: Path, tmp_path: Path) -> None:
    target = tmp_path / "b.xlsx"
    WorkbookTarget.at(published).write(ACTUALS, target)
    before, after = load_workbook(published), load_workbook(target)
    changed = {
        f"{sheet.title}!{cell.coordinate}": cell.value
        for sheet in after
        for row in sheet.iter_rows()
        for cell in row
        if cell.value != before[sheet.title][cell.coordinate].value
    }
    assert set(changed.values()) == {-12, 0.93, 93024}
    assert {place.partition("!")[0] for place in changed} == {"Realisatie"}
    assert read_begroting(target).plan == with_actuals(read_begroting(published).plan, ACTUALS)


def test_a_begroting_that_someone_has_open_is_left_alone(published: Path, tmp_path: Path) -> None:
    target = tmp_path / "b.xlsx"
    (tmp_path / "~$b.xlsx").write_bytes(b"\x05staff".ljust(165, b"\0"))
    with pytest.raises(HokaError, match="staff"):
        WorkbookTarget.at(published).write(ACTUALS, target)
    assert not target.exists()
