"""How long one may have to wait for something, several times over, before it is ended."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event, Thread
from time import monotonic
from types import TracebackType
from typing import Self


class Patience:
    """So many seconds for all waits together; what is done between them does not count.

    One thread watches, from entering to leaving: a timer for each of a hundred short waits would cost more
    than what is waited for.
    """

    def __init__(self, seconds: float, end: Callable[[], None]) -> None:
        """Wait at most so many seconds; then call `end`, in another thread."""
        self._end = end
        self._left: tuple[float, float | None] = seconds, None
        """What was left when the wait began that goes on, and when that was; None between waits."""
        self._is_done = Event()

    @property
    def left(self) -> float:
        """The seconds that are left; none or less when patience is over."""
        seconds, begun = self._left
        return seconds if begun is None else seconds - (monotonic() - begun)

    @contextmanager
    def waiting(self) -> Iterator[None]:
        """Count what is done within as waiting."""
        self._left = self.left, monotonic()
        try:
            yield
        finally:
            self._left = self.left, None

    def __enter__(self) -> Self:
        """Begin to watch."""
        Thread(target=self._watch, daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Watch no longer."""
        self._is_done.set()

    def _watch(self) -> None:
        while (left := self.left) > 0:
            if self._is_done.wait(left):
                return
        self._end()
