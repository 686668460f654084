"""The worksheet functions for the add-in: `HOKA.VERDEEL` and the others, through xlwings-server.

Every argument arrives as rows of cells, error values as their text; an error value goes back as one of Excel.
"""

from collections.abc import Callable, Mapping
from functools import wraps

from hoka_excel.excel.functions import FUNCTIONS, Answer, WorksheetFunction, answer


def registered_functions() -> Mapping[str, Callable[..., Answer]]:
    """Register every worksheet function with xlwings-server, by its name in Python."""
    return {function.call.__name__: _registered(function) for function in FUNCTIONS}


def _registered(function: WorksheetFunction) -> Callable[..., Answer]:
    import xlwings.server as host  # noqa: PLC0415 - it asks for the key, which only the server has

    @wraps(function.call)
    def called(*arguments: object) -> Answer:
        return answer(function.call, *arguments)

    called.__doc__ = function.description()
    called.__annotations__ = {}  # xlwings would take a type for a converter of its own
    registered: Callable[..., Answer] = host.func(called)
    for argument in function.arguments:
        described = {"doc": function.help(argument.name), "ndim": 2, "err_to_str": True}
        registered = host.arg(argument.name, **described)(registered)
    return registered
