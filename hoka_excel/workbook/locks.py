"""Stay away from a workbook that someone has open: in Excel, or in another of our own processes."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from shutil import rmtree
from uuid import uuid4

from hoka_excel.core.errors import WorkbookError
from hoka_excel.workbook.files import explained
from hoka_excel.workbook.long_paths import reachable
from hoka_excel.workbook.temporaries import SUFFIX, IsRunning, Maker, is_running, temporary_beside

_OWNER_NAME_BYTES = 54
_OWNER_FILE_BYTES = 165
_LOCK_READ_BYTES = 1_000
_LOCK = f".hoka-lock{SUFFIX}"


def owner(path: Path) -> str | None:
    """Read who has the workbook open, from the file that Excel keeps beside it meanwhile.

    Returns:
        The name; "" when the file does not tell; None when nobody has it open.

    Source:
        The file ~$name.xlsx: 165 bytes; length and name in the ANSI code page in the first 55, from byte 55
        length (two bytes) and name in UTF-16LE.
    """
    try:
        data = reachable(path.with_name(f"~${path.name}")).read_bytes()[:_OWNER_FILE_BYTES]
    except OSError:
        return None
    start = _OWNER_NAME_BYTES + 1
    length = int.from_bytes(data[start : start + 2], "little")
    wide = data[start + 2 : start + 2 + 2 * length].decode("utf-16-le", "replace")
    narrow = data[1 : 1 + data[0]].decode("cp1252", "replace") if data else ""
    return (wide or narrow).strip("\0 ")


def refuse_if_open(path: Path) -> None:
    """Refuse a workbook that someone has open in Excel, naming them.

    Raises:
        WorkbookError: there is an owner file beside it.
    """
    holder = owner(path)
    if holder is not None:
        raise WorkbookError("file.open_in_excel", file=path, holder=holder or "?")


@contextmanager
def locked(path: Path, alive: IsRunning = is_running) -> Iterator[None]:
    """Keep other hoka processes away from `path` for a while.

    The lock is a file beside it that names the process and the machine. A lock that was left behind is taken
    over.

    Args:
        path: the workbook.
        alive: tells whether the process that left a lock behind is running.

    Raises:
        WorkbookError: another process holds the lock.
    """
    target = reachable(Path(os.path.realpath(path)))
    lock = target.with_name(f".{target.name}{_LOCK}")
    maker = Maker.here()
    own = f"{maker.process} {maker.machine} {uuid4().hex}"
    try:
        _take(lock, own, alive, path)
    except OSError as error:
        raise explained(error, path) from error
    try:
        yield
    finally:
        with suppress(OSError):
            if _text(lock) == own:
                lock.unlink()


def _take(lock: Path, own: str, alive: IsRunning, path: Path) -> None:
    """Make the lock whole in one step: written elsewhere first, then linked under its name."""
    draft = temporary_beside(lock)
    draft.write_text(own, encoding="utf-8")
    try:
        for _ in range(2):
            try:
                _link(draft, lock)
            except FileExistsError:
                _remove_if_stale(lock, alive, path)
            else:
                return
        raise WorkbookError("file.locked", file=path, holder="?")
    finally:
        draft.unlink(missing_ok=True)


def _link(draft: Path, lock: Path) -> None:
    """Put the lock under its name unless there is one; not every file system has hard links."""
    try:
        os.link(draft, lock)
    except FileExistsError:
        raise
    except (OSError, NotImplementedError):
        with lock.open("x", encoding="utf-8") as stream:
            stream.write(draft.read_text(encoding="utf-8"))


def _remove_if_stale(lock: Path, alive: IsRunning, path: Path) -> None:
    """Take away a lock that was left behind, renaming it first so that only one taker wins.

    Raises:
        WorkbookError: someone holds it.
    """
    text = _text(lock)
    if text is None:
        return
    holder = _holder(text)
    if holder is None or not holder.has_left(lock, alive):
        told = "?" if holder is None else f"{holder.process}@{holder.machine}"
        raise WorkbookError("file.locked", file=path, holder=told)
    grave = temporary_beside(lock)
    with suppress(FileNotFoundError):
        lock.rename(grave)
        grave.unlink()


def _text(lock: Path) -> str | None:
    try:
        return lock.read_text(encoding="utf-8", errors="replace")[:_LOCK_READ_BYTES]
    except FileNotFoundError:
        return None


def _holder(text: str) -> Maker | None:
    process, machine, *_ = [*text.split(" "), "", ""]
    return Maker(int(process), machine) if process.isdecimal() else None


def remove_leftovers(folder: Path, alive: IsRunning = is_running) -> None:
    """Remove the temporary files and folders, and the locks, in a folder whose process died before it could.

    What is in use, or cannot be removed, stays.
    """
    with suppress(OSError):
        for path in sorted(reachable(folder).iterdir()):
            with suppress(OSError):
                maker = _holder(_text(path) or "") if path.name.endswith(_LOCK) else Maker.of(path)
                if maker is None or not maker.has_left(path, alive):
                    continue
                if path.is_dir():
                    rmtree(path)
                else:
                    path.unlink()
