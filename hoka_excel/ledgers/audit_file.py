"""The XML Auditfile Financieel (XAF), streamed: the lines of its transactions as bookings.

Versions 3.2, 3.2.1 and 4.0 are read. Amounts in it are in the currency of the administration; where a line
also tells an amount in another currency, the ledger has converted it. The year is that of the transaction's
date. Opening balances are no bookings, neither in the element of that name nor as transactions of period 0.
Parser: expat, as for the parts of workbooks; a document type, and with it every entity, is refused.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from xml.parsers import expat

from hoka_excel import limits
from hoka_excel.core.bookings.ledger import Booking
from hoka_excel.core.errors import LedgerError
from hoka_excel.core.messages import Message
from hoka_excel.ledgers.audit_reading import SEPARATOR, AuditReading
from hoka_excel.workbook.admission import opened_file

_PIECE = 1 << 18


@dataclass(slots=True)
class AuditFile:
    """An audit file, to be read once.

    Attributes:
        path: where it is.
        notes: what else there is to tell, once it has been read.
    """

    path: Path
    notes: list[Message] = field(default_factory=list)

    def bookings(self) -> Iterator[Booking]:
        """Read the lines of all transactions in order; in bounded memory.

        Raises:
            LedgerError: the file is no audit file of a version that is read, has a document type, is
                malformed or broken off, or has lines that cannot be read.
            WorkbookError: the file is missing or cannot be read.
        """
        reading = AuditReading(self.path.name)
        parser = expat.ParserCreate(namespace_separator=SEPARATOR)
        parser.buffer_text = True
        parser.buffer_size = _PIECE
        parser.StartDoctypeDeclHandler = reading.refuse_doctype
        parser.StartElementHandler = reading.start
        parser.EndElementHandler = reading.end
        parser.CharacterDataHandler = reading.characters
        longest_tag = limits.AUDIT_TAG_MB.in_bytes
        with opened_file(self.path) as stream:
            try:
                while piece := stream.read(_PIECE):
                    parser.Parse(piece, False)
                    yield from reading.taken()
                    if stream.tell() - parser.CurrentByteIndex > longest_tag:
                        reading.refuse(limits.AUDIT_TAG_MB)
                parser.Parse(b"", True)
            except (expat.ExpatError, LookupError, ValueError) as error:
                raise LedgerError("ledger.audit_malformed", where=self.path.name, reason=error) from error
        yield from reading.taken()
        reading.faults.stop(self.path.name)
        self.notes += reading.notes()
