"""Workbooks in a store such as s3://bucket/map: listed, fetched, and put back.

The package fsspec reaches the store, with the package that the kind of store needs; both are optional.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from glob import has_magic
from importlib import import_module
from pathlib import Path
from typing import Any

from hoka_excel.core.errors import UsageError, WorkbookError
from hoka_excel.report.addresses import address


def files_in(place: Path) -> tuple[Path, list[Path]]:
    """List the files that an address stands for: one file, a folder with all below it, or a pattern.

    Returns:
        The folder whose folders below it are kept among the results, and the files.

    Raises:
        UsageError: fsspec or what the store needs is not installed, or there is no such store.
        WorkbookError: the store does not answer.
    """
    store, inside = _store(place)
    with _told(place):
        if store.isfile(inside):
            return place.parent, [place]
        is_pattern = has_magic(inside)
        found = store.glob(inside) if is_pattern else store.find(inside)
        files = [Path(store.unstrip_protocol(name)) for name in found]
    first = next((number for number, part in enumerate(place.parts) if has_magic(part)), None)
    return Path(*place.parts[:first]), files


def names_in(folder: Path) -> list[str]:
    """List the names of the files right in a folder; none when there is no such folder.

    Raises:
        UsageError, WorkbookError: as `fetch`.
    """
    store, inside = _store(folder)
    with _told(folder):
        store.invalidate_cache()
        return [name.rpartition("/")[2] for name in store.find(inside, maxdepth=1)]


def fetch(path: Path, folder: Path) -> Path:
    """Fetch a file into a folder here, which is made.

    Raises:
        UsageError: there is no such file, or the store cannot be reached for want of a package.
        WorkbookError: the store does not answer.
    """
    store, inside = _store(path)
    folder.mkdir()
    with _told(path):
        store.get_file(inside, str(folder / path.name))
    return folder / path.name


def mark(path: Path) -> str:
    """Give a mark by which a later change of a file shows.

    Raises:
        UsageError, WorkbookError: as `fetch`.
    """
    store, inside = _store(path)
    with _told(path):
        store.invalidate_cache()
        return str(store.ukey(inside))


def put(file: Path, path: Path) -> None:
    """Put a file in a store, which replaces what is there in one instant.

    Raises:
        UsageError, WorkbookError: as `fetch`.
    """
    store, inside = _store(path)
    with _told(path):
        if "/" in inside.strip("/"):
            store.makedirs(inside.rpartition("/")[0], exist_ok=True)
        store.put_file(str(file), inside)


def remove(path: Path) -> None:
    """Remove a file from a store.

    Raises:
        UsageError, WorkbookError: as `fetch`.
    """
    store, inside = _store(path)
    with _told(path):
        store.rm_file(inside)


def _store(path: Path) -> tuple[Any, str]:
    """Find the store of an address, and the name of the file inside it."""
    try:
        store, inside = import_module("fsspec.core").url_to_fs(address(path))
    except ImportError as error:
        raise UsageError("remote.not_installed", where=address(path), detail=error) from error
    except ValueError as error:
        raise UsageError("remote.no_store", where=address(path), detail=error) from error
    return store, inside


@contextmanager
def _told(path: Path) -> Iterator[None]:
    """Tell in one line whatever the package of a store raises; each has exceptions of its own."""
    try:
        yield
    except FileNotFoundError:
        raise UsageError("batch.missing", where=address(path)) from None
    except Exception as error:
        detail = f"{type(error).__name__}: {error}".splitlines()[0]
        raise WorkbookError("remote.failed", where=address(path), detail=detail) from error
