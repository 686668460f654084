"""Pass over, at once, the sums that are near none of those sought.

Amounts are counted in steps: what is near lies in the same step or in the next one. The numbers of the steps
are looked up among marks that are too few for all numbers, first by their last digits and, as far as these
are there, by mixtures of all digits. So none that are near are passed over, and few that are far apart kept.
"""

import numpy as np

from hoka_excel.tables.arrays import Floats, Places

_WIDE = 3
"""How many times as wide as what sums may be off a step is at least."""
_WHOLE = 1.5 * 2.0**52
"""Floats of this size have no decimals: added to it, an amount becomes whole; its last bits tell which."""
_MOST_STEPS = 2.0**46
"""How many steps amounts may come to, so that what floats stray is far less than one."""
_APART = 0x9E3779B1
"""How many steps equal sums of neighbouring lanes lie apart."""
_SPACIOUS, _FEWEST_MARKS, _MOST_MARKS = 16, 1 << 16, 1 << 19
"""How many marks there are for each sum, at least and at most, so that few are set."""
_MIXERS, _LEFT_OUT = (np.uint64(0x5D588B65A3F), np.uint64(0x4F1BBCDCBFB)), np.uint64(43)
"""By which the numbers of steps are multiplied, and how many last bits of that do not count. The latter takes
away more than the former adds, so steps that follow one another still do, or become the same."""


class Steps:
    """The steps of some lanes, each a few times as wide as what sums may be off and still be near."""

    def __init__(self, most_off: Floats, largest: Floats) -> None:
        """Make the steps of each lane as wide as needed.

        Args:
            most_off: how far off a sum may be and be near, by lane.
            largest: how large amounts are at most, by lane.
        """
        least = np.maximum(_WIDE * most_off, largest / _MOST_STEPS)
        self._width = 2.0 ** np.ceil(np.log2(least))
        self._nil = self._width * (_WHOLE + _APART * np.arange(len(least)))

    def of_sums(self, sums: Floats, counts: Places) -> Places:
        """Number the steps of sums, so many of each lane: as that of any amount that is near, or one more."""
        return self.of_amounts(sums + np.repeat(self._width / 2, counts), counts)

    def of_amounts(self, amounts: Floats, counts: Places) -> Places:
        """Number the steps of amounts, so many of each lane; in several rows one after the other."""
        nil = np.broadcast_to(self._nil, counts.shape)
        numbered: Floats = amounts + np.repeat(nil.ravel(), counts.ravel())
        return numbered.view(np.int64)


def meeting(sums: Places, sought: Places) -> tuple[Places, Places]:
    """Find the sums that may be near something sought, and what is sought that may be near a sum.

    Args:
        sums: the steps of sums.
        sought: the steps of what is sought.

    Returns:
        Indices of sums, and of what is sought; in order.
    """
    kept, found = _with_marks(sums, sought)
    for mixer in _MIXERS:
        still, again = _with_marks(_mixed(sums[kept], mixer), _mixed(sought[found], mixer))
        kept, found = kept[still], found[again]
    return kept, found


def _with_marks(sums: Places, sought: Places) -> tuple[Places, Places]:
    """Find the sums, and what is sought, of which the other sets the mark; a sum may be one step further."""
    if len(sought) < len(sums):
        kept = _marked(sums, sought, 1)
        return kept, _marked(sought, sums[kept], -1)
    found = _marked(sought, sums, -1)
    return _marked(sums, sought[found], 1), found


def _marked(steps: Places, others: Places, ahead: int) -> Places:
    """Find the steps of which others set the mark, each its own and the one so far ahead."""
    marks = min(_MOST_MARKS, max(_FEWEST_MARKS, 1 << (_SPACIOUS * len(others)).bit_length()))
    is_set = np.zeros(marks, dtype=bool)
    is_set[others & (marks - 1)] = True
    is_met = is_set.copy()
    is_met[ahead:] |= is_set[:-ahead]
    is_met[:ahead] |= is_set[-ahead:]
    return np.flatnonzero(is_met.take(steps & (marks - 1)))


def _mixed(steps: Places, mixer: np.uint64) -> Places:
    """Number steps anew, so that all digits count; one more becomes the same or one more."""
    mixed = steps.view(np.uint64) * mixer
    mixed >>= _LEFT_OUT
    return mixed.view(np.int64)
