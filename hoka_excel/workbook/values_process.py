"""The values of a workbook, read by calamine in a process of its own.

calamine is fast, and hostile input ends the process that it runs in: two cells far apart, or a count that
lies, make it ask for more memory than there is, and Rust then aborts. So this file is also a script: it
runs alone, imports nothing of the package, and writes its answers as pickles. What kills, blocks or fills it
costs the caller one line.

Source: https://github.com/tafia/calamine/issues/693 (cells far apart), /684 (counts), /612 (panics in .xls).
"""

import gc
import os
import pickle
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Timer
from time import monotonic
from typing import IO


@dataclass(frozen=True, slots=True)
class SheetValues:
    """The values of one sheet.

    Attributes:
        name: of the sheet.
        hidden: whether its tab does not show.
        rows: its cells from A1 on: text, numbers, truth values, dates; "" for a blank.
    """

    name: str
    hidden: bool
    rows: list[tuple[object, ...]]


class ReadingError(Exception):
    """The values cannot be read.

    Attributes:
        code: "encrypted", "damaged", "too_many_cells", "died" or "too_slow".
        detail: what the reader says, or the name of the sheet that is too large.
    """

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(code)
        self.code, self.detail = code, detail


@contextmanager
def reading(
    path: Path, most_cells: int, memory_bytes: int, seconds: float
) -> Iterator[Iterator[SheetValues]]:
    """Have the values of every worksheet read, sheet by sheet, while the caller does something else.

    Args:
        path: an .xlsx, .xlsm, .xlsb, .xls or .ods.
        most_cells: that all sheets may span together, empty cells included.
        memory_bytes: the address space of the process that reads, where the system can limit it.
        seconds: how long it may take.

    Raises:
        ReadingError: the file is encrypted, damaged, too large, or ended the process that read it.
    """
    command = [sys.executable, "-P", __file__, os.fspath(path), str(most_cells), str(memory_bytes)]
    deadline = monotonic() + seconds
    with subprocess.Popen(  # noqa: S603 - our own script
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    ) as process:
        late = Timer(seconds, process.kill)
        late.start()
        try:
            assert process.stdout is not None
            yield _answers(process.stdout)
        except (EOFError, pickle.UnpicklingError) as error:
            raise ReadingError("too_slow" if monotonic() >= deadline else "died") from error
        finally:
            late.cancel()
            process.kill()


def _answers(stream: IO[bytes]) -> Iterator[SheetValues]:
    while True:
        match pickle.load(stream):  # noqa: S301 - what our own process wrote
            case ("sheet", name, hidden, rows):
                yield SheetValues(name, hidden, rows)
            case ("fault", code, detail):
                raise ReadingError(code, detail)
            case _:
                return


def _read(path: str, most_cells: int) -> Iterator[tuple[object, ...]]:
    """Answer for each worksheet, and with a fault or a last word."""
    from python_calamine import (  # noqa: PLC0415 - only this process needs it
        CalamineError,
        CalamineWorkbook,
        PasswordError,
        SheetTypeEnum,
        SheetVisibleEnum,
    )

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
                hidden = about.visible is not SheetVisibleEnum.Visible
                rows = [tuple(row) for row in sheet.to_python(skip_empty_area=False)]
                yield "sheet", about.name, hidden, rows
    except PasswordError:
        yield "fault", "encrypted", ""
    except (CalamineError, OSError, ValueError) as error:
        yield "fault", "damaged", str(error)
    else:
        yield ("end",)


def _limit_memory(most_bytes: int) -> None:
    """Keep a lying count from filling the memory of the machine, where the system knows such limits."""
    if sys.platform != "win32":
        import resource  # noqa: PLC0415 - Windows has none

        with suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_AS, (most_bytes, most_bytes))
            resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def main(path: str, most_cells: str, memory_bytes: str) -> None:
    """Write the values of a file to standard output, a pickle per sheet."""
    _limit_memory(int(memory_bytes))
    gc.disable()  # a million cells are no garbage, and the process ends soon
    for answer in _read(path, int(most_cells)):
        pickler = pickle.Pickler(sys.stdout.buffer, pickle.HIGHEST_PROTOCOL)
        pickler.fast = True
        pickler.dump(answer)
        sys.stdout.buffer.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
