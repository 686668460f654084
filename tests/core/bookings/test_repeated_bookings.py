"""Finding bookings that occur more than once."""

from collections import Counter
from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from hoka_excel.core.bookings.ledger import Booking
from hoka_excel.core.bookings.repeated_bookings import MOST_EXAMPLES, RepeatedBookings


def booking(number: int, place: int = 0) -> Booking:
    day = date(2023, 1, 1)
    return Booking(2023, day, "K", "P", "4000", Decimal(number), "EUR", "", "F1", "inkoop", f"b.csv:{place}")


def watched(bookings: list[Booking], most_known: int | None = None) -> RepeatedBookings:
    repeated = RepeatedBookings()
    assert list(repeated.watching(bookings, most_known)) == bookings
    return repeated


@given(st.lists(st.integers(0, 60), max_size=200))
def test_every_booking_that_came_by_before_is_found(numbers: list[int]) -> None:
    bookings = [booking(number, place) for place, number in enumerate(numbers)]
    repeated = watched(bookings)
    extra = sum(Counter(numbers).values()) - len(set(numbers))
    assert (repeated.count, repeated.unsearched) == (extra, 0)
    again = [entry for place, entry in enumerate(bookings) if numbers[place] in numbers[:place]]
    assert repeated.examples == again[:MOST_EXAMPLES]


def test_the_table_grows_with_the_bookings() -> None:
    bookings = [booking(number) for number in [*range(20_000), *range(20_000)]]
    repeated = watched(bookings, 1 << 15)
    assert (repeated.count, repeated.unsearched) == (20_000, 0)
    assert len(repeated.examples) == MOST_EXAMPLES


def test_beyond_its_bound_bookings_are_still_held_against_the_known_ones() -> None:
    bookings = [booking(number) for number in [*range(8), 100, 101, 3, 100]]
    repeated = watched(bookings, 8)
    assert (repeated.count, repeated.unsearched) == (1, 3)


def test_two_places_of_one_booking_are_a_repetition_and_another_cost_centre_is_none() -> None:
    first = booking(1, place=1)
    others = [booking(1, place=2), booking(1)._replace(cost_centre="L")]
    assert watched([first, *others], 8).examples == [others[0]]
