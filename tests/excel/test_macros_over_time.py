"""The macros on a begroting whose plan changes over the years."""

import pytest

from hoka_excel.begroting.places.standard_layout import standard_layout
from hoka_excel.core.cascade import recompute
from hoka_excel.core.plan import Plan
from hoka_excel.excel.macros import herberekenen, ongedaan_maken
from hoka_excel.workbook.addresses import address
from tests.excel.counted_book import counted_book
from tests.excel.test_macros import put, sheets_of, snapshot
from tests.plans_over_time import plan_over_time


@pytest.fixture(scope="module")
def plan() -> Plan:
    return recompute(plan_over_time())


@pytest.fixture(scope="module")
def workbook(plan: Plan) -> bytes:
    return sheets_of(plan)


def test_a_changed_indexation_reaches_the_tables_and_the_scenarios_and_can_be_taken_back(
    plan: Plan, workbook: bytes
) -> None:
    book, _ = counted_book(workbook)
    block = standard_layout(plan).blocks["Hoka_indexatie"]
    put(book, block.sheet, address(block.at(2, 4)), 0.05)
    before = snapshot(book)
    herberekenen(book)
    after = snapshot(book)
    changed = {sheet for sheet in before if before[sheet][0] != after[sheet][0]}
    assert {"Thema 1", "Thema 2", "Begroting integraal", "Scenario's"} <= changed
    assert "Uitgangspunten" not in changed
    ongedaan_maken(book)
    assert snapshot(book) == before


def test_recomputing_an_unchanged_begroting_changes_nothing(workbook: bytes) -> None:
    book, _ = counted_book(workbook)
    herberekenen(book)
    first = snapshot(book)
    herberekenen(book)
    assert snapshot(book) == first
