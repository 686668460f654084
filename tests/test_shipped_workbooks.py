"""The workbooks in the tree are what their plans make of them."""

from tests.shipped_workbooks import WORKBOOKS, differing


def test_every_shipped_workbook_is_what_its_plan_makes_of_it() -> None:
    assert differing() == []
    assert len(list(WORKBOOKS.glob("*/*.xlsm"))) == 3
