"""What the buttons of the workbook run on the controller's computer, through xlwings' RunPython."""

from typing import TYPE_CHECKING

from hoka_excel.core.errors import HokaError
from hoka_excel.core.messages import Message
from hoka_excel.excel.macros import MACROS

if TYPE_CHECKING:
    from xlwings import Book


def run(subroutine: str) -> None:
    """Run the macro behind a button on the workbook that called, and tell the controller how it went."""
    import xlwings  # noqa: PLC0415 - only a running Excel has a calling workbook

    book = xlwings.Book.caller()
    book.app.alert(told(subroutine, book), "HoKa")


def told(subroutine: str, book: "Book") -> str:
    """Run a macro; whatever happens ends in a text."""
    macro = next(macro for macro in MACROS if macro.subroutine == subroutine)
    try:
        return macro.call(book).render()
    except HokaError as error:
        return error.render()
    except Exception as error:  # noqa: BLE001 - the controller must be told, whatever broke
        detail = f"{type(error).__name__}: {error}"
        return Message("macro.broken", {"file": book.name, "detail": detail}).render()
