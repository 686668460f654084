"""The columns of a table in running lines: how many, how headed, and where on the page, if that is known.

>>> columns = Columns(("2019", "2020"))
>>> columns.learn((Extent(10, 20), Extent(30, 40)))
>>> columns.place((Extent(31, 39),))
[1]
"""

from collections.abc import Sequence
from typing import NamedTuple

from hoka_excel.documents.document import Fragment


class Extent(NamedTuple):
    """The left and right edge of a figure, in points."""

    left: float
    right: float


class Columns:
    """The columns of figures of one table.

    Attributes:
        names: their headings, in order.
    """

    def __init__(self, names: tuple[str, ...]) -> None:
        self.names = names
        self._edges: list[Extent] = []

    def __len__(self) -> int:
        """Count the columns."""
        return len(self.names)

    def learn(self, extents: Sequence[Extent]) -> None:
        """Widen the columns to a full row of figures; other rows teach nothing."""
        if len(extents) != len(self.names):
            return
        known = self._edges or list(extents)
        self._edges = [
            Extent(min(a.left, b.left), max(a.right, b.right)) for a, b in zip(known, extents, strict=True)
        ]

    def place(self, extents: Sequence[Extent]) -> list[int] | None:
        """Say under which column each figure stands, counted from 0.

        Returns:
            A column per figure, rising; None when the positions do not tell.
        """
        apart = all(a.right < b.left for a, b in zip(self._edges, self._edges[1:], strict=False))
        if not self._edges or not extents or not apart:
            return None
        found = []
        for extent in extents:
            under = [
                number
                for number, edge in enumerate(self._edges)
                if extent.left <= edge.right and edge.left <= extent.right
            ]
            if len(under) != 1:
                return None
            found += under
        return found if sorted(set(found)) == found else None


def figure_extents(fragments: Sequence[Fragment], figures: Sequence[str]) -> tuple[Extent, ...]:
    """Find the edges of the figures that end a line, in order; none where the line has no positions."""
    words, extents = list(fragments), []
    for figure in reversed(figures):
        wanted, text, right = figure.replace(" ", ""), "", 0.0
        left = right
        while words and len(text) < len(wanted):
            word = words.pop()
            right = right if text else word.right
            text, left = word.text.replace(" ", "") + text, word.left
        if text != wanted:
            return ()
        extents.append(Extent(left, right))
    return tuple(reversed(extents))
