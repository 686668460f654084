"""Data frames as files: .csv for any program, .parquet for data tools, with exact decimals in both."""

from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from hoka_excel.core.errors import UsageError
from hoka_excel.workbook.files import replacing

if TYPE_CHECKING:
    from pandas import DataFrame

KINDS = (".csv", ".parquet")


def check_frame_target(out: Path) -> None:
    """Refuse a file that cannot be written, before any work is done.

    Raises:
        UsageError: the name ends otherwise, or Parquet is not installed.
    """
    if out.suffix.lower() not in KINDS:
        raise UsageError("export.kind", where=out, known=", ".join(KINDS))
    if out.suffix.lower() == ".parquet" and find_spec("pyarrow") is None:
        raise UsageError("export.no_pyarrow", where=out)


def write_frame(frame: "DataFrame", out: Path) -> None:
    """Write a frame without its index.

    Raises:
        UsageError: the name ends otherwise, or Parquet is not installed.
        WorkbookError: the file cannot be written.
    """
    check_frame_target(out)
    with replacing(out) as stream:
        if out.suffix.lower() == ".csv":
            stream.write(frame.to_csv(index=False, lineterminator="\n").encode())
        else:
            stream.write(frame.to_parquet(index=False, engine="pyarrow"))
