"""What a file holds, here or in a store, as one digest of its bytes.

A store's own checksum is no such digest: the ETag of S3 depends on the parts in which an object was sent and
on how it is encrypted, so that the same bytes may have two.
"""

from hashlib import file_digest
from pathlib import Path

from hoka_excel.batch.remote import fetch
from hoka_excel.core.errors import HokaError
from hoka_excel.report.addresses import is_remote
from hoka_excel.workbook.long_paths import reachable
from hoka_excel.workbook.temporaries import temporary_folder


def digest(path: Path) -> str:
    """Give the SHA-256 of a file, or "" when it cannot be read."""
    if not is_remote(path):
        return _of_file(path)
    with temporary_folder() as folder:
        try:
            return _of_file(fetch(path, folder / "in"))
        except HokaError:
            return ""


def _of_file(path: Path) -> str:
    try:
        with reachable(path).open("rb") as stream:
            return file_digest(stream, "sha256").hexdigest()
    except OSError:
        return ""
