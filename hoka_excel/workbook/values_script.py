"""The script that reads the values of a workbook with calamine and writes them as pickles.

It runs alone, imports nothing of the package and little else, since every read waits for it to start. The
rows go out in pieces, so that whoever started it takes them in meanwhile. `values_process` starts it and says
why it is a process of its own.
"""

import gc
import pickle
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from itertools import islice

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

_CELLS_AT_A_TIME = 1 << 15


def _answers(path: str, most_cells: int) -> Iterator[tuple[object, ...]]:
    """Answer for each worksheet with its rows and its name, and with a fault or a last word."""
    try:
        with CalamineWorkbook.from_path(path) as book:
            for number, about in enumerate(book.sheets_metadata):
                if about.typ is not SheetTypeEnum.WorkSheet:
                    continue
                sheet = book.get_sheet_by_index(number)
                last_row, last_column = sheet.end or (-1, -1)
                most_cells -= (last_row + 1) * (last_column + 1)
                if most_cells < 0:
                    yield "fault", "too_many_cells", about.name
                    return
                rows, height = map(tuple, _rows(sheet)), 1 + _CELLS_AT_A_TIME // max(1, last_column)
                while piece := list(islice(rows, height)):
                    yield "rows", piece
                yield "sheet", about.name, about.visible is not SheetVisibleEnum.Visible
    except PasswordError:
        yield "fault", "encrypted", ""
    except (CalamineError, OSError, ValueError) as error:
        yield "fault", "damaged", str(error)
    else:
        yield ("end",)


def _rows(sheet: CalamineSheet) -> Iterable[Sequence[object]]:
    """Give the rows from A1 on; one by one where the sheet begins there.

    Source: https://github.com/dimastbk/python-calamine/issues/177 (elsewhere it drops the columns before).
    """
    return sheet.iter_rows() if sheet.start == (0, 0) else sheet.to_python(skip_empty_area=False)


def _limit_memory(most_bytes: int) -> None:
    """Keep a lying count from filling the memory of the machine, where the system knows such limits."""
    if sys.platform != "win32":
        import resource  # noqa: PLC0415 - Windows has none

        with suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_AS, (most_bytes, most_bytes))
            resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def main(path: str, most_cells: str, memory_bytes: str) -> None:
    """Write the values of a file to standard output, pickle after pickle."""
    _limit_memory(int(memory_bytes))
    gc.disable()  # a million cells are no garbage, and the process ends soon
    for answer in _answers(path, int(most_cells)):
        pickler = pickle.Pickler(sys.stdout.buffer, pickle.HIGHEST_PROTOCOL)
        pickler.fast = True
        pickler.dump(answer)
        sys.stdout.buffer.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
