"""What the add-in says about a workbook without changing it."""

from typing import TYPE_CHECKING

from hoka_excel.agenda.own_workbook import own_workbook_in
from hoka_excel.core.findings import Reconciliation
from hoka_excel.excel.live_book import read_live

if TYPE_CHECKING:
    from xlwings import Book


def examine_book(book: "Book") -> tuple[str, Reconciliation]:
    """Reconcile a running workbook.

    Returns:
        What the workbook is called, and what its checks found.

    Raises:
        WorkbookError: it is none of ours, or no sound one.
    """
    own = own_workbook_in(read_live(book).source)
    return own.title, own.reconciled()
