"""Ledgers of any kind, by the ends of their names: exports of the administration, and audit files."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from hoka_excel.core.bookings.ledger import Booking
from hoka_excel.core.errors import UsageError, WorkbookError
from hoka_excel.core.messages import Message
from hoka_excel.ledgers.audit_file import AuditFile
from hoka_excel.ledgers.export_file import ExportFile
from hoka_excel.ledgers.mapping import LedgerMapping

EXPORTS = (".csv", ".tsv", ".xlsx", ".xlsm")
AUDIT_FILES = (".xaf", ".xml")


@dataclass(slots=True)
class Ledgers:
    """Ledgers to be read once, one after the other.

    Attributes:
        paths: where they are.
        mapping: what the plan file says of them.
        notes: what else there is to tell, once they have been read.
    """

    paths: Sequence[Path]
    mapping: LedgerMapping
    notes: list[Message] = field(default_factory=list)

    def bookings(self) -> Iterator[Booking]:
        """Read the bookings of all ledgers.

        Raises:
            UsageError: a file is of another kind, or is given twice.
            LedgerError: a ledger cannot be read.
            WorkbookError: a file is missing or damaged.
        """
        for path, times in Counter(path.resolve() for path in self.paths).items():
            if times > 1:
                raise UsageError("ledger.twice", where=path)
        for ledger in [self._opened(path) for path in self.paths]:
            yield from ledger.bookings()
            self.notes += ledger.notes

    def _opened(self, path: Path) -> AuditFile | ExportFile:
        suffix = path.suffix.lower()
        if suffix not in (*EXPORTS, *AUDIT_FILES):
            known = ", ".join((*EXPORTS, *AUDIT_FILES))
            raise UsageError("source.unknown_kind", where=path, known=known)
        if not path.exists():
            raise WorkbookError("file.missing", file=path)
        if suffix in AUDIT_FILES:
            return AuditFile(path)
        return ExportFile(path, self.mapping.headings, self.mapping.needed, self.mapping.mark)
