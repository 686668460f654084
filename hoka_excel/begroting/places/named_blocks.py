"""The rectangles of a workbook, by defined name: what a layout is built on."""

from collections.abc import Mapping
from typing import ClassVar

from hoka_excel.begroting.places.blocks import Block
from hoka_excel.begroting.places.checks import CheckBlocks


class NamedBlocks:
    """The rectangles of a begroting or a quality agenda.

    Attributes:
        blocks: by name.
        check_blocks: the names of those that are written anew every time; the workbook does not hold them.
    """

    __slots__ = ()
    blocks: Mapping[str, Block]
    check_blocks: ClassVar[CheckBlocks]

    @property
    def names(self) -> dict[str, str]:
        """What every defined name refers to."""
        return {name: block.reference for name, block in self.blocks.items() if name not in self.check_blocks}

    def __getitem__(self, name: str) -> Block:
        """Give the rectangle with a defined name."""
        return self.blocks[name]
