"""The cells of a ledger as days, amounts and codes, whether they hold text or typed values.

>>> day_in("31-12-2023"), day_in("20231231"), day_in("2023-12-31 00:00:00")
(datetime.date(2023, 12, 31), datetime.date(2023, 12, 31), datetime.date(2023, 12, 31))
>>> Amounts(",").of("1.234,50"), Amounts(",").of(-12.5)
(Decimal('1234.50'), Decimal('-12.5'))
>>> code_in(4100.0), code_in(" 0410 ")
('4100', '0410')
"""

import re
from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal

from hoka_excel.begroting.reading.source_book import cell_number
from hoka_excel.core.bookings.ledger import EURO
from hoka_excel.core.errors import LedgerError
from hoka_excel.core.exact import EXACT
from hoka_excel.core.figure_readings import DecimalMark
from hoka_excel.core.figures import Printed, Unreadable, parse_figures

_DAY_FIRST = re.compile(r"(?P<day>\d{1,2})[-/.](?P<month>\d{1,2})[-/.](?P<year>\d{4})", re.ASCII)
_YEAR_FIRST = re.compile(r"(?P<year>\d{4})([-/.]?)(?P<month>\d\d)\2(?P<day>\d\d)", re.ASCII)
_TIME = re.compile(r"[ T]\d\d?:\d\d.*", re.ASCII)
_EITHER_WAY = re.compile(r"[-+]?\d{1,3}[.,]\d{3}", re.ASCII)
_CENT = Decimal("0.01")
_MOST_DIGITS = 20
"""As many as an audit file allows."""
_EURO_WORDS = {"", "€", "EUR", "EURO"}


def day_in(cell: object) -> date:
    """Read a day, in a text the day before the month or the year before both.

    Raises:
        LedgerError: the cell holds no day.
    """
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    text = _TIME.sub("", str(cell).strip())
    found = _DAY_FIRST.fullmatch(text) or _YEAR_FIRST.fullmatch(text)
    try:
        if found and not isinstance(cell, float):
            return date(int(found["year"]), int(found["month"]), int(found["day"]))
    except ValueError:
        pass
    raise LedgerError("ledger.no_day", text="" if cell is None else cell)


def year_in(cell: object) -> int:
    """Read a financial year.

    Raises:
        LedgerError: the cell holds no year.
    """
    text = code_in(cell)
    if len(text) == len("2023") and text.isascii() and text.isdigit():
        return int(text)
    raise LedgerError("ledger.no_year", text=text)


def code_in(cell: object) -> str:
    """Read a code or a text; a whole number as its digits."""
    if isinstance(cell, str):
        return cell.strip()
    if cell is None:
        return ""
    if isinstance(cell, int | float | Decimal) and not isinstance(cell, bool):
        return f"{cell_number(cell):f}"
    return str(cell)


def currency_in(cell: object) -> str:
    """Read the code of a currency; an empty cell is in EUR."""
    code = code_in(cell).upper()
    return EURO if code in _EURO_WORDS else code


class Amounts:
    """The amounts of a ledger, to the cent.

    Attributes:
        mark: the sign before the decimals of amounts that are texts; None when each must tell by itself.
    """

    def __init__(self, mark: DecimalMark | None) -> None:
        self.mark = mark
        decimals = rf"(?:{re.escape(mark)}\d\d?)?" if mark else ""
        self._plain = re.compile(rf"-?\d{{1,{_MOST_DIGITS}}}{decimals}", re.ASCII)

    def of(self, cell: object) -> Decimal:
        """Read an amount; an empty cell is nil.

        Raises:
            LedgerError: the cell holds no amount, or one that is finer than a cent.
            FigureError: the cell can be read in two ways.
        """
        if isinstance(cell, str):
            if self._plain.fullmatch(cell):  # nearly every amount of a large export; `Printed` reads the same
                return Decimal(cell.replace(",", "."))
            if not cell.strip():
                return Decimal(0)
            amount = Printed.parse(cell, self.mark).value
        elif cell is None:
            return Decimal(0)
        elif isinstance(cell, int | float | Decimal) and not isinstance(cell, bool):
            amount = cell_number(cell)
        else:
            raise LedgerError("ledger.no_amount", text=cell)
        return to_the_cent(amount, cell)


def to_the_cent(amount: Decimal, cell: object) -> Decimal:
    """Pass an amount on.

    Raises:
        LedgerError: it is finer than a cent, or larger than any ledger holds.
    """
    if amount.adjusted() >= _MOST_DIGITS:
        raise LedgerError("ledger.no_amount", text=cell)
    if EXACT.remainder(amount, _CENT):
        raise LedgerError("ledger.finer_than_cent", text=cell)
    return amount


def decimal_mark_of(texts: Iterable[str]) -> DecimalMark | None:
    """Find the sign before the decimals that amounts have in common; None when they do not tell.

    >>> [decimal_mark_of(texts) for texts in (["12,50", "1.000"], ["12.50", "7"], ["1.000", "2.500"], ["7"])]
    [',', '.', None, None]
    """
    amounts = [text for text in texts if "," in text or "." in text or text.strip().isdigit()]
    if all(text.strip().isdigit() for text in amounts):
        return None
    probe = next((text for text in amounts if _EITHER_WAY.fullmatch(text)), "1.000")
    read = parse_figures([*amounts, probe])[-1]
    if isinstance(read, Unreadable):
        return None
    return "," if ("." in probe) == (read.unit == 1) else "."
