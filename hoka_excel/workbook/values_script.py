"""The script that reads the values of a workbook with calamine and writes them as pickles.

It runs alone, imports nothing of the package and little else, since every read waits for it to start. The
cells go out in pieces, as `hoka_excel.tables.packed_cells` takes them, while the next are made ready.
`values_process` starts it and says why it is a process of its own.
"""

import gc
import pickle
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from itertools import islice
from math import nan
from struct import Struct
from struct import error as NotPacked  # noqa: N812 - struct names it no better

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

_TOP, _ROWS, _CELLS = 16, 64, 1 << 13
"""What goes out at a time: the rows on top, where headings stand, apart; then so many rows, or so many cells
where those are more."""
_FLOATS, _TEXTS = frozenset((float,)), frozenset((str,))
_FLOATS_AND_TEXTS = _FLOATS | _TEXTS


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
                rows, height = iter(_rows(sheet)), _TOP
                while piece := list(islice(rows, height)):
                    yield "columns", len(piece), list(packed(piece))
                    height = max(_ROWS, _CELLS // (1 + last_column))
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


def packed(rows: Sequence[Sequence[object]]) -> Iterator[bytes | Sequence[object]]:
    """Pack columns of floats and blanks, which are nan; give others as they are.

    Python keeps one empty text, so that blanks are told by that; whatever else is text does not pack.
    """
    pack, blank = Struct(f"{len(rows)}d").pack, ""
    for contents in zip(*rows, strict=True):
        kinds = frozenset(map(type, contents))
        if kinds == _FLOATS:
            yield pack(*contents)
        elif kinds == _FLOATS_AND_TEXTS or (kinds == _TEXTS and not any(contents)):
            try:
                yield pack(*[nan if content is blank else content for content in contents])
            except NotPacked:
                yield contents
        else:
            yield contents


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
