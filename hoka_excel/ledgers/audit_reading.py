"""One pass over an audit file: the handlers of its parser, and the bookings they find."""

from collections import deque
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from functools import lru_cache

from hoka_excel import limits
from hoka_excel.core.bookings.ledger import EURO, Booking
from hoka_excel.core.errors import FigureError, HokaError, LedgerError
from hoka_excel.core.exact import EXACT, exact_decimal
from hoka_excel.core.messages import Message
from hoka_excel.ledgers.audit_versions import VERSIONS, Version
from hoka_excel.ledgers.cell_readings import to_the_cent
from hoka_excel.ledgers.faults import Faults

SEPARATOR = "\n"
"""What the parser puts between a namespace and a name."""

_TOTALS = ("linesCount", "totalDebit", "totalCredit")
_WANTED = {
    *{"curCode", "jrnID", "nr", "periodNumber", "trDt"},
    *{"effDate", "accID", "docRef", "desc", "amnt", "amntTp"},
    *_TOTALS,
}
"""The elements whose text is kept, and with them those that hold the codes."""
_OPENING = "0"
"""The period of transactions that bring in the balances of the year before, instead of an openingBalance."""


class AuditReading:
    """The state of one pass over an audit file."""

    def __init__(self, file: str) -> None:
        self.faults = Faults()
        self._file = file
        self._version: Version | None = None
        self._wanted: dict[str, str] = {}
        self._depth = 0
        self._deepest = limits.AUDIT_DEPTH.current
        self._longest = limits.AUDIT_CHARACTERS.current
        self._header: dict[str, str] = {}
        self._totals: dict[str, str] = {}
        self._journal: dict[str, str] = {}
        self._transaction: dict[str, str] = {}
        self._line: dict[str, str] = {}
        self._levels: dict[str, dict[str, str]] = {}
        self._open: list[dict[str, str]] = []
        self._text = ""
        self._found: deque[Booking] = deque()
        self._count = self._openings = 0
        self._debit = self._credit = Decimal(0)

    def refuse_doctype(self, *_: object) -> None:
        """Refuse a document type, which could define entities that grow without end."""
        raise LedgerError("ledger.audit_doctype", where=self._file)

    def refuse(self, limit: limits.Limit) -> None:
        """Refuse what is over a limit: no audit file holds it, and it could fill the memory."""
        raise LedgerError("ledger.audit_bounds", where=self._file, **limit.told)

    def start(self, name: str, _attributes: object) -> None:
        """Take in a start tag; the elements that hold others get a fresh record."""
        if self._version is None:
            self._begin(name)
        self._depth += 1
        if self._depth > self._deepest:
            self.refuse(limits.AUDIT_DEPTH)
        self._text = ""
        record = self._levels.get(name)
        if record is not None:
            record.clear()
            self._open.append(record)

    def _begin(self, root: str) -> None:
        """Take in the root, which tells the version.

        Raises:
            LedgerError: it is of another kind or version.
        """
        namespace, _, element = root.rpartition(SEPARATOR)
        self._version = VERSIONS.get(namespace)
        if self._version is None or element != "auditfile":
            raise LedgerError(
                "ledger.audit_version", where=self._file, element=element, namespace=namespace or "–"
            )
        records = {
            "header": self._header,
            "transactions": self._totals,
            "journal": self._journal,
            "transaction": self._transaction,
            "trLine": self._line,
            "subledgers": {},
        }
        prefix = f"{namespace}{SEPARATOR}"
        self._levels = {prefix + element: record for element, record in records.items()}
        self._wanted = {prefix + element: element for element in (*_WANTED, *self._version)}

    def characters(self, text: str) -> None:
        """Take in text."""
        if self._open:
            self._text += text
            if len(self._text) > self._longest:
                self.refuse(limits.AUDIT_CHARACTERS)

    def end(self, name: str) -> None:
        """Take in an end tag: note a value, or make a booking of a line."""
        self._depth -= 1
        if name in self._levels:
            if self._open.pop() is self._line:
                self._end_line()
        elif self._open and (element := self._wanted.get(name)):
            self._open[-1][element] = self._text

    def _end_line(self) -> None:
        numbers = (self._journal.get("jrnID"), self._transaction.get("nr"), self._line.get("nr"))
        place = f"{self._file}:{'/'.join(number or '–' for number in numbers)}"
        self._count += 1
        try:
            booking = self._booking(place)
        except HokaError as error:
            self.faults.note(place, error)
            return
        if self._transaction.get("periodNumber", "").strip() == _OPENING:
            self._openings += 1
        else:
            self._found.append(booking)

    def _booking(self, place: str) -> Booking:
        line, transaction, version = self._line, self._transaction, self._version
        assert version is not None
        day = _day(transaction.get("trDt") or line.get("effDate", ""))
        currency = self._header.get("curCode", "").strip().upper() or EURO
        original = line.get("curCode", "").strip().upper()
        return Booking(
            day.year,
            day,
            line.get(version.cost_centre, "").strip(),
            line.get(version.project, "").strip(),
            line.get("accID", "").strip(),
            self._amount(),
            currency,
            "" if original == currency else original,
            line.get("docRef", "").strip(),
            (line.get("desc") or transaction.get("desc", "")).strip(),
            place,
        )

    def _amount(self) -> Decimal:
        """Read the amount of a line, and add it to the side that it is on.

        Raises:
            LedgerError: it is no amount, or on no side.
        """
        text, side = self._line.get("amnt", ""), self._line.get("amntTp", "").strip()
        try:
            amount = to_the_cent(exact_decimal(text.strip()), text)
        except FigureError as error:
            raise LedgerError("ledger.no_amount", text=text) from error
        match side:
            case "D":
                self._debit = EXACT.add(self._debit, amount)
                return amount
            case "C":
                self._credit = EXACT.add(self._credit, amount)
                return amount.copy_negate()
        raise LedgerError("ledger.no_side", text=side)

    def taken(self) -> Iterator[Booking]:
        """Hand over the bookings read so far."""
        while self._found:
            yield self._found.popleft()

    def notes(self) -> Iterator[Message]:
        """Tell of lines that are openings, and of totals in the file that are not those of its lines."""
        if self._openings:
            yield Message("ledger.audit_opening", {"where": self._file, "count": self._openings})
        read = Decimal(self._count), self._debit, self._credit
        for element, found in zip(_TOTALS, read, strict=True):
            stated = self._totals.get(element, "").strip()
            if stated and (number := _number(stated)) != found:
                told = stated if number is None else number
                values = {"where": self._file, "element": element, "stated": told, "found": found}
                yield Message("ledger.audit_total", values)


_ISO_DAY = len("2023-12-31")


@lru_cache(4096)
def _day(text: str) -> date:
    """Read a day; a time zone behind it does not change it."""
    try:
        return date.fromisoformat(text.strip()[:_ISO_DAY])
    except ValueError as error:
        raise LedgerError("ledger.no_day", text=text) from error


def _number(stated: str) -> Decimal | None:
    try:
        return exact_decimal(stated)
    except FigureError:
        return None
