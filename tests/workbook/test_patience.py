"""Waits count, what is done between them does not, and in the end the thread that watched has gone."""

import threading
from threading import Event
from time import sleep

import pytest

from hoka_excel.workbook.patience import Patience

SHORT = 0.05


def test_what_is_waited_for_too_long_is_ended() -> None:
    ended = Event()
    with Patience(SHORT, ended.set) as patience, patience.waiting():
        assert ended.wait(60)
        assert patience.left <= 0


def test_waits_are_added_up() -> None:
    ended = Event()
    with Patience(3 * SHORT, ended.set) as patience:
        for _ in range(4):
            with patience.waiting():
                sleep(SHORT)
        assert patience.left <= 0
        assert ended.wait(60)


def test_between_two_waits_nothing_runs_out() -> None:
    ended = Event()
    with Patience(SHORT, ended.set) as patience:
        sleep(4 * SHORT)
        assert patience.left == SHORT
        assert not ended.is_set()
        with patience.waiting():
            assert ended.wait(60)


@pytest.mark.parametrize("seconds", [SHORT, 3600])
def test_on_leaving_the_thread_ends(seconds: float) -> None:
    before = set(threading.enumerate())
    with Patience(seconds, Event().set):
        watching = set(threading.enumerate()) - before
    for thread in watching:
        thread.join(60)
    assert not any(thread.is_alive() for thread in watching)
