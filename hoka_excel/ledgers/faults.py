"""What is wrong with the bookings of a ledger: told together, up to a bound, and nothing is posted then."""

from hoka_excel.core.errors import HokaError, LedgerError
from hoka_excel.core.messages import Message

MOST_FAULTS = 20
"""How many faults are told one by one; of the others, how many there are."""


class Faults:
    """What is wrong with a ledger, up to a bound; reading goes on to find it all."""

    def __init__(self) -> None:
        self.told: list[Message] = []
        self.untold = 0

    def note(self, place: str, error: HokaError) -> None:
        """Note what is wrong with a booking."""
        for fault in error.faults:
            if len(self.told) < MOST_FAULTS:
                self.told.append(Message("plan.fault_at", {"where": place, "fault": fault}))
            else:
                self.untold += 1

    def stop(self, file: str) -> None:
        """Refuse the ledger if anything is wrong.

        Raises:
            LedgerError: every fault.
        """
        if self.untold:
            self.told.append(Message("ledger.more_faults", {"where": file, "count": self.untold}))
        if self.told:
            raise LedgerError.of(self.told)
