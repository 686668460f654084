"""A bar with the count of what is done, the rate and the time left."""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import TypeVar

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, ProgressColumn, Task, TimeRemainingColumn
from rich.text import Text

from hoka_excel.core.messages import Language, Message

T = TypeVar("T")


def drawn(items: Iterable[T], total: int, language: Language, console: Console) -> Iterator[T]:
    """Draw the bar on a console; it disappears at the end."""
    columns = (BarColumn(), MofNCompleteColumn(), _Rate(language), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True) as progress:
        yield from progress.track(items, total=total)


class _Rate(ProgressColumn):
    """How many workbooks a second, once it is known."""

    def __init__(self, language: Language) -> None:
        super().__init__()
        self._language = language

    def render(self, task: Task) -> Text:
        """Write the rate."""
        speed = task.finished_speed or task.speed
        if speed is None:
            return Text()
        return Text(Message("batch.rate", {"rate": Decimal(f"{speed:.1f}")}).render(self._language))
