"""What a user is told when a request cannot be carried out.

```
HokaError
├── FigureError      a text or number that is no figure, or can be read in two ways
├── AllocationError  weights or limits that no allocation can meet
├── NetworkError     relations that cannot be reasoned about
├── PlanError        a plan with faults, all of them listed
├── LedgerError      a ledger that cannot be read, or rules that cannot be applied to it
├── WorkbookError    a workbook that cannot be read or written
└── UsageError       a request that does not fit its subject
```
"""

from collections.abc import Sequence
from typing import Self

from hoka_excel.core.messages import DUTCH, Language, Message


class HokaError(Exception):
    """A request that cannot be carried out: where, what, and how to mend it.

    Attributes:
        faults: every fault found, in the order of the input; never empty.
    """

    faults: tuple[Message, ...]

    def __init__(self, code: str, /, **values: object) -> None:
        super().__init__(code)
        self.faults = (Message(code, values),)

    @classmethod
    def of(cls, faults: Sequence[Message]) -> Self:
        """Gather several faults into one error.

        Args:
            faults: at least one.
        """
        error = cls(faults[0].code, **faults[0].values)
        error.faults = tuple(faults)
        return error

    def render(self, language: Language = DUTCH) -> str:
        """Write the faults in `language`, one to a line."""
        return "\n".join(fault.render(language) for fault in self.faults)

    def __str__(self) -> str:
        """Write the faults in Dutch, one to a line."""
        return self.render()


def system_reason(error: OSError | UnicodeDecodeError) -> str:
    """Give what the system says of a file it cannot read, without the number and the path that go before."""
    return error.reason if isinstance(error, UnicodeDecodeError) else error.strerror or str(error)


class FigureError(HokaError):
    """A text or number that is no figure, or can be read in two ways."""


class AllocationError(HokaError):
    """Weights or limits that no allocation can meet."""


class NetworkError(HokaError):
    """Relations that cannot be reasoned about together."""


class PlanError(HokaError):
    """A plan with faults, all of them listed."""


class LedgerError(HokaError):
    """A ledger that cannot be read, or rules that cannot be applied; all faults are listed."""


class WorkbookError(HokaError):
    """A workbook that cannot be read or written."""


class UsageError(HokaError):
    """A request that does not fit its subject."""
