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

    def rapport(book: "Book", language: Language) -> Message:
        page = page_of(*examine_book(book), language)
        book.app.macro(SHOW_REPORT)(f"{REPORTS_PATH}/{reports.keep(page)}")
        return Message("addin.report_ready")

    macros = (aansluiten, herberekenen, ongedaan_maken)
    scripts = {macro.__name__: _registered(macro.__name__, _in_any_language(macro)) for macro in macros}
    return {**scripts, rapport.__name__: _registered(rapport.__name__, rapport)}


def _in_any_language(macro: Callable[["Book"], Message]) -> Callable[["Book", Language], Message]:
    """Take a macro that writes nothing but the Dutch of the workbook."""
    return lambda book, _: macro(book)


def _registered(name: str, macro: Callable[["Book", Language], Message]) -> Callable[..., object]:
    import xlwings.server as host  # noqa: PLC0415 - it asks for the key, which only the server has
    from xlwings import Book, XlwingsError  # noqa: PLC0415

    async def called(book: Book, language: str = "nl") -> None:
        spoken = language_of(language)
        try:
            told = await to_thread(macro, book, spoken)  # others need not wait for it
        except HokaError as error:
            raise XlwingsError(error.render(spoken)) from error
        book.app.macro(TELL)(told.render(spoken))

    called.__name__ = name
    registered: Callable[..., object] = host.script(called)
    return registered


def language_of(asked: str) -> Language:
    """Choose the language for what a browser asks: Dutch unless it begins with English."""
    return "en" if asked.strip().lower().startswith("en") else "nl"
