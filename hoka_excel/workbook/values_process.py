"""The values of a workbook, read by calamine in a process of its own.

calamine is fast, and hostile input ends the process that it runs in: two cells far apart, or a count that
lies, make it ask for more memory than there is, and Rust then aborts. So a script runs it alone and writes
its answers as pickles. What kills, blocks or fills it costs the caller one line.

Source: https://github.com/tafia/calamine/issues/693 (cells far apart), /684 (counts), /612 (panics in .xls).
"""

import pickle
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING

from hoka_excel.workbook.patience import Patience

if TYPE_CHECKING:
    from hoka_excel.tables.packed_cells import PackedCells

_PIPE = 1 << 20
"""The bytes of answers that may wait, so that neither side waits for the other with each of them."""
_SCRIPT = Path(__file__).with_name("values_script.py")


@dataclass(frozen=True, slots=True)
class SheetValues:
    """The values of one sheet.

    Attributes:
        name: of the sheet.
        hidden: whether its tab does not show.
        cells: from A1 on: text, numbers, truth values, dates; "" for a blank.
    """

    name: str
    hidden: bool
    cells: "PackedCells"


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
    """Have the values of every worksheet read, the next sheet while the caller looks at the one before.

    Args:
        path: an .xlsx, .xlsm, .xlsb, .xls or .ods.
        most_cells: that all sheets may span together, empty cells included.
        memory_bytes: the address space of the process that reads, where the system can limit it.
        seconds: how long the caller may have to wait for all sheets together.

    Raises:
        ReadingError: the file is encrypted, damaged, too large, or ended the process that read it.
    """
    command = [sys.executable, "-P", str(_SCRIPT), str(path), str(most_cells), str(memory_bytes)]
    with subprocess.Popen(  # noqa: S603 - our own script
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    ) as process:
        assert process.stdout is not None
        _widen(process.stdout)
        try:
            yield _sheets(process, seconds)
        finally:
            process.kill()


def _widen(pipe: IO[bytes]) -> None:
    """Let more wait in a pipe, where the system lets us."""
    if sys.platform == "linux":
        from fcntl import F_SETPIPE_SZ, fcntl  # noqa: PLC0415 - other systems have none

        with suppress(OSError):
            fcntl(pipe, F_SETPIPE_SZ, _PIPE)


def _sheets(process: subprocess.Popen[bytes], seconds: float) -> Iterator[SheetValues]:
    """Give the sheets that a process reads, and end it when waiting for them takes too long."""
    assert process.stdout is not None
    with Patience(seconds, process.kill) as patience:
        while True:
            try:
                with patience.waiting():
                    sheet = _sheet(process.stdout)
            except (EOFError, pickle.UnpicklingError) as error:
                raise ReadingError("died" if patience.left > 0 else "too_slow") from error
            if sheet is None:
                return
            yield sheet


def _sheet(stream: IO[bytes]) -> SheetValues | None:
    """Take in the answers of one sheet; None after the last."""
    from hoka_excel.tables.packed_cells import PackedCells  # noqa: PLC0415 - numpy loads slowly

    cells = PackedCells()
    while True:
        match pickle.load(stream):  # noqa: S301 - what our own process wrote
            case ("columns", height, columns):
                cells.take(height, columns)
            case ("sheet", name, hidden):
                return SheetValues(name, hidden, cells)
            case ("fault", code, detail):
                raise ReadingError(code, detail)
            case _:
                return None
