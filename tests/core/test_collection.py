"""The collector of garbage rests while much is made, and goes on afterwards if it was on."""

import gc

import pytest

from hoka_excel.core.collection import uncollected


@uncollected()
def is_on(*, failing: bool) -> bool:
    if failing:
        raise KeyError
    return gc.isenabled()


def test_the_collector_rests_and_goes_on_even_after_a_fault() -> None:
    assert gc.isenabled()
    assert not is_on(failing=False)
    assert gc.isenabled()
    with pytest.raises(KeyError):
        is_on(failing=True)
    assert gc.isenabled()


def test_a_collector_that_was_off_stays_off() -> None:
    gc.disable()
    try:
        with uncollected():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()


def test_what_was_made_meanwhile_counts_among_the_oldest_objects() -> None:
    with uncollected():
        made = [[number] for number in range(3)]
    oldest = {id(one) for one in gc.get_objects(generation=2)}
    assert oldest.issuperset(map(id, made))
