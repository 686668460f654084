"""Rows of a ledger as bookings. Rows that cannot be read are told together, and nothing is posted then."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal
from functools import lru_cache
from itertools import repeat
from operator import itemgetter

from hoka_excel.core.bookings.ledger import Booking
from hoka_excel.core.errors import HokaError, LedgerError
from hoka_excel.core.exact import EXACT
from hoka_excel.core.messages import Message
from hoka_excel.ledgers.cell_readings import Amounts, code_in, currency_in, day_in, year_in
from hoka_excel.ledgers.columns import Columns, Field
from hoka_excel.ledgers.faults import Faults


class RowReader:
    """Makes bookings of the rows under the headings of one ledger.

    Attributes:
        file: the name of the ledger, for places and messages.
        notes: the totals that were passed over.
    """

    def __init__(self, file: str, columns: Columns, width: int, amounts: Amounts) -> None:
        self.file = file
        self.notes: list[Message] = []
        self._width = width
        self._amount_of = amounts.of
        self._has_day = Field.DAY in columns
        self._has_year = Field.YEAR in columns
        self._amount: Callable[[object, object, object], Decimal] = self._one_amount
        if Field.DEBIT in columns:
            self._amount = self._net_amount
        elif Field.SIDE in columns:
            self._amount = self._sided_amount
        amount = Field.DEBIT if Field.DEBIT in columns else Field.AMOUNT
        read = (*_READ, amount, Field.CREDIT, Field.SIDE)
        self._cells = itemgetter(*(columns.get(field, width) for field in read))

    def bookings(self, rows: Iterable[tuple[int, Sequence[object]]]) -> Iterator[Booking]:
        """Read rows, each with its number; blank rows are passed over, and so is a total of all rows above.

        Raises:
            LedgerError: some rows cannot be read; they are told once all others have been.
        """
        faults = Faults()
        total = Decimal(0)
        for number, row in rows:
            place = f"{self.file}:{number}"
            try:
                booking = self._booking(row, place)
            except HokaError as error:
                if self._is_total(row, total):
                    self.notes.append(Message("ledger.total_row", {"where": place, "amount": total}))
                elif any(code_in(cell) for cell in row):
                    faults.note(place, error)
                continue
            total = EXACT.add(total, booking.amount)
            yield booking
        faults.stop(self.file)

    def _is_total(self, row: Sequence[object], total: Decimal) -> bool:
        """Say whether a row calls itself a total, has no day or codes, and is the sum of all rows above."""
        from hoka_excel.tables.labels import Label  # noqa: PLC0415 - numpy, for a row that few ledgers have

        try:
            *about, _, _, _, amount, credit, side = self._cells(self._fitted(row))
            is_sum = self._amount(amount, credit, side if code_in(side) else _DEBIT) == total
        except HokaError:
            return False
        words = " ".join(map(code_in, about))
        return is_sum and Label(" ".join(map(code_in, row))).is_total and not re.search(r"\d", words)

    def _booking(self, row: Sequence[object], place: str) -> Booking:
        day_cell, year_cell, *codes, currency, amount, credit, side = self._cells(self._fitted(row))
        day = day_on(day_cell) if self._has_day else None
        year = year_on(year_cell) if self._has_year else day.year if day else 0
        cost_centre, project, account, document, description = map(code_in, codes)
        return Booking(
            year,
            day,
            cost_centre,
            project,
            account,
            self._amount(amount, credit, side),
            currency_on(currency),
            "",
            document,
            description,
            place,
        )

    def _one_amount(self, amount: object, _credit: object, _side: object) -> Decimal:
        return self._amount_of(amount)

    def _sided_amount(self, amount: object, _credit: object, side: object) -> Decimal:
        read = self._amount_of(amount)
        return read.copy_negate() if _is_credit(side) else read

    def _net_amount(self, debit: object, credit: object, _side: object) -> Decimal:
        return EXACT.subtract(self._amount_of(debit), self._amount_of(credit))

    def _fitted(self, row: Sequence[object]) -> Sequence[object]:
        """Make a row as wide as the headings, and one empty cell for the columns that are not there.

        Raises:
            LedgerError: something stands to the right of the headings, so that cells have shifted.
        """
        if len(row) == self._width:
            return (*row, None)
        if any(code_in(cell) for cell in row[self._width :]):
            raise LedgerError("ledger.wide_row", found=len(row), wanted=self._width)
        known = row[: self._width]
        return (*known, *repeat(None, self._width + 1 - len(known)))


_READ = (
    Field.DAY,
    Field.YEAR,
    Field.COST_CENTRE,
    Field.PROJECT,
    Field.ACCOUNT,
    Field.DOCUMENT,
    Field.DESCRIPTION,
    Field.CURRENCY,
)
"""The fields in the order in which a row is taken apart; the amount comes after them."""

_DEBIT = "d"
_DEBIT_WORDS = {_DEBIT, "db", "debet", "debit"}
_CREDIT_WORDS = {"c", "cr", "credit"}
_REMEMBERED = 4096

# A ledger holds few different days and currencies, and many of each.
day_on = lru_cache(_REMEMBERED)(day_in)
year_on = lru_cache(_REMEMBERED)(year_in)
currency_on = lru_cache(_REMEMBERED)(currency_in)


def _is_credit(cell: object) -> bool:
    word = code_in(cell).casefold()
    if word in _CREDIT_WORDS:
        return True
    if word in _DEBIT_WORDS:
        return False
    raise LedgerError("ledger.no_side", text=word)
