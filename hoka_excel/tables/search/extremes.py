"""The smallest or largest figure of any run of places, looked up instead of sought.

A run is covered by two runs whose length is a power of two; their extremes are made once (a sparse table).
"""

import numpy as np

from hoka_excel.tables.figures import Floats, Places


class Extremes:
    """The extreme figure of every run, by lane.

    >>> largest = Extremes(np.array([[3.0], [9.0], [4.0], [1.0]]), np.maximum)
    >>> largest.between(np.array([0, 2]), np.array([3, 4]), np.array([0, 0])).tolist()
    [9.0, 4.0]
    """

    def __init__(self, values: Floats, extreme: np.ufunc) -> None:
        """Prepare the extremes of the figures of places by lanes."""
        self._extreme = extreme
        powers = len(values).bit_length()
        self._from = np.empty((powers, *values.shape))
        self._from[0] = values
        for power in range(1, powers):
            half, last = 1 << (power - 1), len(values) - (1 << power) + 1
            shorter = self._from[power - 1]
            extreme(shorter[:last], shorter[half : half + last], out=self._from[power, :last])

    def between(self, low: Places, high: Places, lane: Places) -> Floats:
        """Give the extremes of runs of one place or more up to, not including, `high`, each in one lane."""
        power = np.frexp(high - low)[1] - 1
        first_half, last_half = self._from[power, low, lane], self._from[power, high - (1 << power), lane]
        return np.asarray(self._extreme(first_half, last_half))
