r"""Paths that Windows only opens in their extended form: those of 260 characters and more.

Excel itself refuses such a path, but a workbook deep in a synced library has one as soon as the library is
synced to a longer folder.

>>> extended(r"C:\map\begroting.xlsx")
'C:\\map\\begroting.xlsx'
>>> extended("C:\\" + "map\\" * 70 + "begroting.xlsx")[:12]
'\\\\?\\C:\\map\\m'

Source: Microsoft, Maximum Path Length Limitation.
"""

import ntpath
import sys
from pathlib import Path

LONGEST = 259
"""Characters that any program may use, the closing NUL left out."""
ROOM = 80
"""Kept free for the longer names of what lies beside a workbook: temporaries, locks, backups."""
_EXTENDED = "\\\\?\\"
_SHARE = "\\\\"


def extended(path: str, room: int = 0) -> str:
    """Write a whole Windows path so that it may be of any length, if it needs that.

    Args:
        path: with its drive or share; "/" and ".." are worked out, as the extended form knows neither.
        room: characters to keep free.
    """
    whole = ntpath.normpath(path)
    if len(whole) + room <= LONGEST or whole.startswith(_EXTENDED):
        return whole
    if whole.startswith(_SHARE):
        return f"{_EXTENDED}UNC\\{whole.removeprefix(_SHARE)}"
    return _EXTENDED + whole


def reachable(path: Path) -> Path:
    """Give the path by which a file can be opened, however long it is; only Windows needs another one."""
    return Path(extended(str(path.absolute()), ROOM)) if sys.platform == "win32" else path
