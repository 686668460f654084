"""The UU Geneeskunde plan and its two begrotingen."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from hoka_excel.begroting.build import build_workbook
from hoka_excel.begroting.plan_file import read_plan
from hoka_excel.core.cascade import recompute
from hoka_excel.core.plan import Plan

PLAN_FILE = Path(__file__).parents[1] / "workbooks/uu-geneeskunde/plan.toml"


@pytest.fixture(scope="session", autouse=True)
def own_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep what batches remember away from the user's own cache."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HOKA_CACHE", str(tmp_path_factory.mktemp("cache")))
        yield


@pytest.fixture(scope="session")
def published_plan() -> Plan:
    return read_plan(PLAN_FILE)


@pytest.fixture(scope="session")
def recomputed_plan(published_plan: Plan) -> Plan:
    return recompute(published_plan)


@pytest.fixture(scope="session")
def published(published_plan: Plan, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("published") / "begroting-gepubliceerd.xlsx"
    build_workbook(published_plan, path)
    return path


@pytest.fixture(scope="session")
def recomputed(recomputed_plan: Plan, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("recomputed") / "begroting-herberekend.xlsx"
    build_workbook(recomputed_plan, path)
    return path
