"""What a user is told when a request cannot be carried out.

```
HokaError
├── FigureError      a text or number that is no figure, or can be read in two ways
├── AllocationError  weights or limits that no allocation can meet
├── NetworkError     relations that cannot be reasoned about
├── PlanError        a plan with faults, all of them listed
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

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(code)
        self.faults = (Message(code, values),)

    @classmethod
    def of(cls, faults: Sequence[Message]) -> Self:
        """Gather several faults into one error.

        Args:
            faults: at least one.
        """
        error = cls(faults[0].code)
        error.faults = tuple(faults)
        return error

    def render(self, language: Language = DUTCH) -> str:
        """Write the faults in `language`, one to a line."""
        return "\n".join(fault.render(language) for fault in self.faults)

    def __str__(self) -> str:
        """Write the faults in Dutch, one to a line."""
        return self.render()


class FigureError(HokaError):
    """A text or number that is no figure, or can be read in two ways."""


class AllocationError(HokaError):
    """Weights or limits that no allocation can meet."""


class NetworkError(HokaError):
    """Relations that cannot be reasoned about together."""


class PlanError(HokaError):
    """A plan with faults, all of them listed."""


class WorkbookError(HokaError):
    """A workbook that cannot be read or written."""


class UsageError(HokaError):
    """A request that does not fit its subject."""
