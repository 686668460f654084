"""How far a batch is, on a terminal only."""

import sys
from collections.abc import Iterable
from typing import TypeVar

from hoka_excel.core.messages import Language

T = TypeVar("T")


def shown(items: Iterable[T], total: int, language: Language) -> Iterable[T]:
    """Show a bar on standard error while going through `items`; nothing in a pipe.

    Args:
        items: what to go through.
        total: how many there are.
        language: of the text beside the bar.
    """
    if not sys.stderr.isatty():
        return items
    from rich.console import Console  # noqa: PLC0415 - rich loads slowly

    from hoka_excel.batch.progress_bar import drawn  # noqa: PLC0415 - rich loads slowly

    return drawn(items, total, language, Console(stderr=True))
