"""The smallest or largest figure of any run of places, looked up instead of sought.

A run is covered by two runs whose length is a power of two; their extremes are made once (a sparse table).
"""

import numpy as np

from hoka_excel.tables.arrays import Floats, Places


class Extremes:
    """The extreme figure of every run, by lane.

    >>> largest = Extremes(np.array([[3.0], [9.0], [4.0], [1.0]]), np.maximum)
    >>> largest.between(np.array([0, 2]), np.array([3, 4]), np.array([0, 0])).tolist()
    [9.0, 4.0]
    """

    def __init__(self, values: Floats, extreme: np.ufunc) -> None:
        """Take the figures of places by lanes."""
        self._extreme = extreme
        self._from = np.empty((len(values).bit_length(), *values.shape))
        self._from[0] = values
        self._made = 1

    def between(self, low: Places, high: Places, lane: Places) -> Floats:
        """Give the extremes of runs of one place or more up to, not including, `high`, each in one lane."""
        power = np.frexp(high - low)[1] - 1
        self._make(int(power.max(initial=0)))
        first_half, last_half = self._from[power, low, lane], self._from[power, high - (1 << power), lane]
        return np.asarray(self._extreme(first_half, last_half))

    def _make(self, power: int) -> None:
        """Make the extremes of runs up to that power of two, which are the half of those after them."""
        for made in range(self._made, power + 1):
            half, last = 1 << (made - 1), self._from.shape[1] - (1 << made) + 1
            shorter = self._from[made - 1]
            self._extreme(shorter[:last], shorter[half : half + last], out=self._from[made, :last])
            self._made = made + 1
