"""The macros for the add-in: each takes the workbook as Excel sends it and answers with what to change.

What a macro tells the controller goes along as a call of `hokaTold` in the task pane; the report as a call of
`hokaReport` with its address.
"""

from asyncio import to_thread
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from hoka_excel.addin.examination import examine_book
from hoka_excel.addin.reports import Reports
from hoka_excel.core.errors import HokaError
from hoka_excel.core.messages import Language, Message
from hoka_excel.excel.macros import aansluiten, herberekenen, ongedaan_maken
from hoka_excel.excel.report_page import page_of

if TYPE_CHECKING:
    from xlwings import Book

REPORTS_PATH = "/hoka/rapport"
TELL, SHOW_REPORT = "hokaTold", "hokaReport"


def registered_scripts(reports: Reports) -> Mapping[str, Callable[..., object]]:
    """Register every macro with xlwings-server, by its name in Python.

    Args:
        reports: where pages are kept for the user's browser.
    """

    def rapport(book: "Book") -> Message:
        page = page_of(*examine_book(book))
        book.app.macro(SHOW_REPORT)(f"{REPORTS_PATH}/{reports.keep(page)}")
        return Message("addin.report_ready")

    macros = (aansluiten, herberekenen, rapport, ongedaan_maken)
    return {macro.__name__: _registered(macro) for macro in macros}


def _registered(macro: Callable[["Book"], Message]) -> Callable[..., object]:
    import xlwings.server as host  # noqa: PLC0415 - it asks for the key, which only the server has
    from xlwings import Book, XlwingsError  # noqa: PLC0415

    async def called(book: Book, language: str = "nl") -> None:
        spoken = language_of(language)
        try:
            told = await to_thread(macro, book)  # others need not wait for it
        except HokaError as error:
            raise XlwingsError(error.render(spoken)) from error
        book.app.macro(TELL)(told.render(spoken))

    called.__name__ = macro.__name__
    registered: Callable[..., object] = host.script(called)
    return registered


def language_of(asked: str) -> Language:
    """Choose the language for what a browser asks: Dutch unless it begins with English."""
    return "en" if asked.strip().lower().startswith("en") else "nl"
