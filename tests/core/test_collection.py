"""The collector of garbage rests while much is made, and goes on afterwards if it was on."""

import gc

import pytest

from hoka_excel.core.collection import uncollected


def _fail_uncollected() -> None:
    with uncollected():
        assert not gc.isenabled()
        raise KeyError


def test_the_collector_rests_and_goes_on_even_after_a_fault() -> None:
    assert gc.isenabled()
    with pytest.raises(KeyError):
        _fail_uncollected()
    assert gc.isenabled()


def test_a_collector_that_was_off_stays_off() -> None:
    gc.disable()
    try:
        with uncollected():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()
