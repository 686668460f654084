"""Workbooks that whoever opens them waits for, so that a test knows when a worker is busy."""

import os
import sys
from collections.abc import Callable
from pathlib import Path
from threading import Thread

import pytest


def stalling(path: Path) -> Path:
    """Make a workbook that nobody can read to the end."""
    if sys.platform == "win32":
        pytest.skip("a workbook that stalls is a named pipe, which Windows has not")
    os.mkfifo(path)
    return path


def when_opened(path: Path, act: Callable[[], None], times: int = 1) -> Thread:
    """Call `act` each time that someone has opened a stalling workbook, while they still wait."""

    def watch() -> None:
        for _ in range(times):
            with path.open("wb"):
                act()

    thread = Thread(target=watch, daemon=True)
    thread.start()
    return thread
