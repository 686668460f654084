"""The UU Geneeskunde plan and its two begrotingen."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from hoka_excel import limits
from hoka_excel.begroting.build import build_workbook
from hoka_excel.begroting.plan_file.reading import read_plan
from hoka_excel.core.cascade import recompute
from hoka_excel.core.plan import Plan
from tests.office import REQUIRED
from tests.triggered_messages import TriggeredMessages

settings.register_profile("campaign", max_examples=5_000)
PLAN_FILE = Path(__file__).parents[1] / "workbooks/uu-geneeskunde/plan.toml"


def pytest_configure(config: pytest.Config) -> None:
    """Ask of a whole run, where nothing may be skipped, that every message is triggered."""
    is_whole = config.args_source is config.ArgsSource.TESTPATHS and not config.getoption("keyword")
    config.pluginmanager.register(TriggeredMessages(is_binding=is_whole and REQUIRED))


@pytest.fixture(scope="session", autouse=True)
def own_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep what batches remember away from the user's own cache."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HOKA_CACHE", str(tmp_path_factory.mktemp("cache")))
        yield


@pytest.fixture(scope="session", autouse=True)
def default_limits() -> Iterator[None]:
    """Go by the limits as they are stated, whatever the user has set."""
    with pytest.MonkeyPatch.context() as patch:
        for variable in limits.settings():
            patch.delenv(variable)
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
