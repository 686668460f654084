"""The texts that the cells of a workbook share, looked up one at a time."""

from functools import cached_property

from hoka_excel.core.errors import WorkbookError
from hoka_excel.workbook.cell_values import text_of
from hoka_excel.workbook.draft import Draft
from hoka_excel.workbook.markup import Element, elements


class SharedStrings:
    """The shared texts of a workbook; read when the first one is asked for."""

    def __init__(self, draft: Draft, part: str) -> None:
        """Look texts up in `part`, which need not be there if none is asked for."""
        self._draft = draft
        self._part = part

    @cached_property
    def _items(self) -> list[list[Element]]:
        items: list[list[Element]] = []
        for element in elements(self._draft.read(self._part), self._part):
            if element.name == "si" and element.depth == 1:
                items.append([])
            elif items and element.depth > 1:
                items[-1].append(element)
        return items

    def text(self, number: int) -> str:
        """Look up the text of a number that counts from 0.

        Raises:
            WorkbookError: there is no such text.
        """
        if not self._part or not 0 <= number < len(self._items):
            raise WorkbookError("cells.no_shared_text", number=number)
        return text_of(self._items[number])
