"""The error values of a cell, which Excel's own functions pass on instead of counting.

>>> error_of([[1, None], ["#N/A", "tekst"]])
<CellError.NOT_AVAILABLE: '#N/A'>
"""

from collections.abc import Sequence
from enum import StrEnum

from hoka_excel.core.errors import HokaError


class CellError(StrEnum):
    """What a failed formula shows; the text is that of Excel in English, whatever its language."""

    DIVISION = "#DIV/0!"
    NOT_AVAILABLE = "#N/A"
    NAME = "#NAME?"
    EMPTY = "#NULL!"
    NUMBER = "#NUM!"
    REFERENCE = "#REF!"
    VALUE = "#VALUE!"


class CellFailure(Exception):  # noqa: N818 - it is no fault of the program, it ends in a cell
    """A worksheet function that answers with an error value."""

    def __init__(self, error: CellError) -> None:
        super().__init__(error.value)
        self.error = error


def error_of(cells: Sequence[Sequence[object]]) -> CellError | None:
    """Find the first error value among cells, row by row."""
    known = set(CellError)
    return next((CellError(str(value)) for row in cells for value in row if value in known), None)


def error_for(fault: HokaError) -> CellError:
    """Choose the error value that tells most about a request that cannot be carried out.

    Returns:
        #DIV/0! where nothing has weight, #VALUE! where something is no number or ranges do not fit each
        other, #NUM! where the numbers make the request impossible.
    """
    return _BY_CODE.get(fault.faults[0].code, CellError.NUMBER)


_BY_CODE = {
    "allocation.zero_weights": CellError.DIVISION,
    "allocation.bad_number": CellError.VALUE,
    "allocation.lengths_differ": CellError.VALUE,
    "allocation.no_receivers": CellError.VALUE,
    "allocation.unknown_method": CellError.VALUE,
    "figure.not_a_number": CellError.VALUE,
}
