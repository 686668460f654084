"""What the add-in says about a workbook without changing it."""

from typing import TYPE_CHECKING

from hoka_excel.begroting.read import begroting_in
from hoka_excel.core.findings import Reconciliation
from hoka_excel.core.plan import Plan
from hoka_excel.core.reconciliation import reconcile_plan
from hoka_excel.excel.live_book import read_live

if TYPE_CHECKING:
    from xlwings import Book


def examine_book(book: "Book") -> tuple[Plan, Reconciliation]:
    """Reconcile a running workbook.

    Raises:
        WorkbookError: it is no sound begroting.
    """
    read = begroting_in(read_live(book).source)
    return read.plan, reconcile_plan(read.plan, read.layout.places())
