"""A stream of pieces worked on in stages, side by side: a part of 40 MB goes by and is never held whole.

Each stage is a generator that takes pieces from the one before; where a "|" stands, `ahead` has what is left
of it run in a thread of its own.

```text
take a sheet apart    inflate | scan
write a part          inflate, splice, parse | deflate | write, inflate again, compare
```

Compressors let go of the interpreter while they work, so that the stages really run at the same time. Between
two of them never more than `DEPTH` pieces wait, which bounds the memory.
"""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from contextvars import copy_context
from itertools import chain, islice
from typing import TypeVar

DEPTH = 8
WORTH_A_THREAD = 3
"""How many pieces there must be at the least."""
P = TypeVar("P")


@contextmanager
def ahead(stage: Iterable[P]) -> Iterator[Iterator[P]]:
    """Run a stage in a thread of its own, at most `DEPTH` pieces ahead of whoever takes them.

    A few pieces are not worth a thread. What the stage raises is raised where its pieces are taken.
    On leaving, for whatever reason, its thread has ended.
    """
    pieces = iter(stage)
    first = list(islice(pieces, WORTH_A_THREAD))
    if len(first) < WORTH_A_THREAD:
        yield iter(first)
        return
    with ThreadPoolExecutor(1, "stage") as thread:
        context = copy_context()

        def ask() -> Future[P | None]:
            return thread.submit(context.run, _next, pieces)

        yield chain(first, _taken(deque(ask() for _ in range(DEPTH)), ask))


def _next(pieces: Iterator[P]) -> P | None:
    return next(pieces, None)


def _taken(asked: deque[Future[P | None]], ask: Callable[[], Future[P | None]]) -> Iterator[P]:
    """Take pieces in order, asking for another whenever one is taken."""
    while (piece := asked.popleft().result()) is not None:
        asked.append(ask())
        yield piece
