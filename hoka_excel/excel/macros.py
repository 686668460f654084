"""The macros behind the buttons; each works on any `xlwings.Book`: desktop Excel, the add-in, a test's own.

A macro reads first, computes, and then writes all or nothing; it returns what to tell the controller.
"""

import re
import webbrowser
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from tempfile import gettempdir
from typing import TYPE_CHECKING

from hoka_excel.agenda.own_workbook import OwnWorkbook, own_workbook_in
from hoka_excel.core.findings import Reconciliation
from hoka_excel.core.messages import Message
from hoka_excel.core.verdicts import Verdict
from hoka_excel.excel.live_book import LiveBook, read_live
from hoka_excel.excel.report_page import page_of
from hoka_excel.excel.revision import revision_of
from hoka_excel.excel.writing import carry_out, take_back
from hoka_excel.workbook.files import replacing

if TYPE_CHECKING:
    from xlwings import Book


def aansluiten(book: "Book") -> Message:
    """Check everything, write the sheets Aansluiting and Bevindingen, and note which cells do not tie.

    Raises:
        WorkbookError: it is no sound begroting, or Excel refuses to write; nothing has changed.
    """
    live, own = _read(book)
    contents = own.standing()
    carry_out(book, live, revision_of(live, contents))
    return _told("macro.aansluiten", contents.reconciliation)


def herberekenen(book: "Book") -> Message:
    """Recompute the allocations and totals, and check everything anew.

    A begroting as published keeps its figures.

    Raises:
        WorkbookError: it is no sound begroting, a figure is none, or Excel refuses; nothing has changed.
        PlanError, AllocationError: its assumptions cannot be carried out; nothing has changed.
    """
    live, own = _read(book)
    contents = own.recomputed()
    carry_out(book, live, revision_of(live, contents))
    code = "macro.herberekenen" if contents.is_recomputed else "macro.gepubliceerd"
    return _told(code, contents.reconciliation)


def ongedaan_maken(book: "Book") -> Message:
    """Put back what the last macro wrote over.

    Raises:
        WorkbookError: sheets or rows have moved since, or Excel refuses; nothing has changed.
    """
    return Message("macro.ongedaan" if take_back(book) else "macro.niets_ongedaan")


def rapport(book: "Book", show: Callable[[str], object] | None = None) -> Message:
    """Write the report of the begroting to a page and open it; the workbook may be unsaved.

    Args:
        book: the workbook.
        show: opens the page; the web browser by default.

    Raises:
        WorkbookError: it is no sound begroting, or the page cannot be written.
    """
    _, own = _read(book)
    page = page_of(own.title, own.reconciled())
    name = re.sub(r"\W+", "-", Path(book.name).stem).strip("-") or "begroting"
    path = Path(gettempdir()) / f"{name}-rapport.html"
    with replacing(path) as target:
        target.write(page.encode())
    (show or webbrowser.open)(path.as_uri())
    return Message("macro.rapport", {"where": path})


def _read(book: "Book") -> tuple[LiveBook, OwnWorkbook]:
    live = read_live(book)
    return live, own_workbook_in(live.source)


def _told(code: str, reconciliation: Reconciliation) -> Message:
    counts = reconciliation.counts
    wrong = counts[Verdict.MISMATCH] + counts[Verdict.UNTESTABLE]
    outcome = (
        Message("macro.uitkomst.verschil", {"count": wrong, "checks": len(reconciliation.checks)})
        if wrong
        else Message("macro.uitkomst.sluit_aan", {"checks": len(reconciliation.checks)})
    )
    return Message(code, {"outcome": outcome})


@dataclass(frozen=True, slots=True)
class Macro:
    """A macro as a workbook knows it.

    Attributes:
        call: what it does.
        caption: what its button says.
    """

    call: Callable[["Book"], Message]
    caption: str

    @property
    def subroutine(self) -> str:
        """Its name in VBA."""
        return "Hoka" + self.caption.title().replace(" ", "")


MACROS = (
    Macro(aansluiten, "Aansluiten"),
    Macro(herberekenen, "Herberekenen"),
    Macro(rapport, "Rapport"),
    Macro(ongedaan_maken, "Ongedaan maken"),
)
"""Every macro, in the order of the buttons."""
