"""When Python looks for garbage: not in the middle of making a million objects that are all kept."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def uncollected() -> Iterator[None]:
    """Spare the collector, where many objects are made, nearly all kept, and no circles among them.

    In the end they count among the oldest objects; else the collector would look at all of them at once.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            if not gc.get_freeze_count():
                gc.freeze()
                gc.unfreeze()
            gc.enable()
