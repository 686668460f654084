"""Find bookings that occur more than once, in bounded memory.

Of each booking a fingerprint of 64 bits is kept, in a table that grows up to a bound. Once that is half
full no more are added: later bookings are still held against the ones that are known, not against each other.
"""

from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from sys import maxsize

from hoka_excel.core.bookings.ledger import Booking

MOST_EXAMPLES = 100
"""How many repeated bookings are kept to show."""

_FIRST_SLOTS = 1 << 12
_ALL_BITS = (1 << 64) - 1


@dataclass(slots=True)
class RepeatedBookings:
    """The bookings that are the same, in all but their place, as one before.

    Attributes:
        count: how many there are.
        examples: the first of them.
        unsearched: how many bookings came after the table was full; repetitions among those are not found.
    """

    count: int = 0
    examples: list[Booking] = field(default_factory=list)
    unsearched: int = 0

    def watching(self, bookings: Iterable[Booking], most_known: int | None = None) -> Iterator[Booking]:
        """Pass bookings on, and note those that came by before.

        Args:
            bookings: in any order.
            most_known: how many are remembered at the most, rounded down to a power of two; None for all.
        """
        most_slots = maxsize if most_known is None else 1 << most_known.bit_length()
        slots = _table(min(_FIRST_SLOTS, most_slots))
        mask, room = len(slots) - 1, len(slots) // 2
        for booking in bookings:
            fingerprint = hash(booking[:-1]) & _ALL_BITS or 1
            slot = fingerprint & mask
            while (known := slots[slot]) and known != fingerprint:
                slot = (slot + 1) & mask
            if known:
                self.count += 1
                if len(self.examples) < MOST_EXAMPLES:
                    self.examples.append(booking)
            elif room:
                slots[slot] = fingerprint
                room -= 1
            else:
                self.unsearched += 1
            if not room and len(slots) < most_slots:
                slots = _doubled(slots)
                mask, room = len(slots) - 1, len(slots) // 4
            yield booking


def _table(size: int) -> "array[int]":
    return array("Q", [0]) * size


def _doubled(slots: "array[int]") -> "array[int]":
    """Move fingerprints to a table of twice the size, each to the first empty place from its own on."""
    wider = _table(2 * len(slots))
    mask = len(wider) - 1
    for fingerprint in filter(None, slots):
        slot = fingerprint & mask
        while wider[slot]:
            slot = (slot + 1) & mask
        wider[slot] = fingerprint
    return wider
