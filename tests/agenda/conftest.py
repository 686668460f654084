"""The shipped agenda and its workbook."""

from pathlib import Path

import pytest

from hoka_excel.agenda.build import build_agenda_workbook
from hoka_excel.agenda.plan_file.reading import read_agenda_file
from hoka_excel.core.agenda.projects import Agenda

AGENDA_FILE = Path(__file__).parents[2] / "workbooks/erasmus-mc/plan.toml"


@pytest.fixture(scope="session")
def shipped_agenda() -> Agenda:
    return read_agenda_file(AGENDA_FILE)


@pytest.fixture(scope="session")
def agenda_workbook(shipped_agenda: Agenda, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("agenda") / "kwaliteitsagenda.xlsx"
    build_agenda_workbook(shipped_agenda, path)
    return path
