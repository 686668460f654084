"""The worksheet functions for desktop Excel: `HOKA_VERDEEL` and the others, through xlwings.

Excel calls these by name through the generated VBA module; every argument arrives as rows of cells, error
values as their text.
"""

from collections.abc import Callable
from functools import wraps

import xlwings as xw

from hoka_excel.excel.functions import FUNCTIONS, Answer, WorksheetFunction, answer

PREFIX = "HOKA_"
CATEGORY = "HoKa"


def _adapted(function: WorksheetFunction) -> Callable[..., Answer]:
    """Register a worksheet function with xlwings."""

    @wraps(function.call)
    def called(*arguments: object) -> Answer:
        return answer(function.call, *arguments)

    called.__name__ = PREFIX + function.name
    called.__doc__ = function.description()
    called.__annotations__ = {}  # xlwings would take a type for a converter of its own
    registered: Callable[..., Answer] = xw.func(category=CATEGORY)(called)
    for argument in function.arguments:
        described = {"doc": function.help(argument.name), "ndim": 2, "err_to_str": True}
        registered = xw.arg(argument.name, **described)(registered)
    return registered


for _function in FUNCTIONS:
    globals()[PREFIX + _function.name] = _adapted(_function)
