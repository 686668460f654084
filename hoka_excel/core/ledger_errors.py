"""What a user is told when a ledger cannot be read, or the rules for it cannot be applied."""

from hoka_excel.core.errors import HokaError


class LedgerError(HokaError):
    """A ledger that cannot be read, or rules that cannot be applied; all faults are listed."""
