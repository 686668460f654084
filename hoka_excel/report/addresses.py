"""Where a file is, as a user writes it: a path here, or the address of something in a store.

A `Path` keeps one slash of an address (s3:/bucket/map), which no local path begins with.
"""

import re
from pathlib import Path

_SCHEME = re.compile(r"([a-z][a-z0-9+.-]+):/+")
"""At least two letters: one is a drive of Windows."""


def is_remote(path: Path) -> bool:
    """Say whether a path is the address of something in a store.

    >>> is_remote(Path("s3://bucket/b.xlsx")), is_remote(Path("map/b.xlsx")), is_remote(Path("C:/b.xlsx"))
    (True, False, False)
    """
    return _SCHEME.match(path.as_posix()) is not None


def address(path: Path) -> str:
    """Write a path, or the address that it stands for.

    >>> address(Path("s3://bucket/map") / "b.xlsx")
    's3://bucket/map/b.xlsx'
    """
    return _SCHEME.sub(r"\1://", path.as_posix(), count=1) if is_remote(path) else str(path)
