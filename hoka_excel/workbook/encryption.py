"""Workbooks with a password: opened with it, and closed with it again.

The package msoffcrypto-tool does the work and is optional.

Source: MS-OFFCRYPTO, ECMA-376 document encryption (agile).
"""

from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from hoka_excel.core.errors import WorkbookError
from hoka_excel.workbook.admission import check_size, is_encrypted, opened_file
from hoka_excel.workbook.package import Package


@contextmanager
def unlocked(path: Path, password: str | None) -> Iterator[Package]:
    """Open the workbook at `path`, deciphering it when it is encrypted and a password is given.

    Raises:
        WorkbookError: the password is wrong or missing, or the file is no sound workbook.
    """
    with deciphered(path, password) as stream:
        yield Package(stream, path.name)


@contextmanager
def deciphered(path: Path, password: str | None) -> Iterator[BinaryIO]:
    """Open the file at `path`; when it is encrypted and a password is given, what it holds, in memory.

    Raises:
        WorkbookError: the password is wrong, or the file is too large or cannot be read.
    """
    with opened_file(path) as stream:
        if password is not None and is_encrypted(stream.read(8)):
            check_size(stream.seek(0, 2), path.name)
            yield _deciphered(stream, path.name, password)
        else:
            stream.seek(0)
            yield stream


def has_password(path: Path) -> bool:
    """Say whether the file has the form of an encrypted workbook, which older workbooks have too."""
    with opened_file(path) as stream:
        return is_encrypted(stream.read(8))


def encipher(plain: BinaryIO, password: str, target: BinaryIO, file: str) -> None:
    """Write a workbook encrypted with `password`, and prove that the password opens it.

    Raises:
        WorkbookError: it does not.
    """
    from msoffcrypto.format.ooxml import OOXMLFile  # noqa: PLC0415 - optional

    plain.seek(0)
    OOXMLFile(plain).encrypt(password, target)
    plain.seek(0)
    target.seek(0)
    if _deciphered(target, file, password).getvalue() != plain.read():
        raise WorkbookError("package.damaged", file=file, reason="msoffcrypto")


def _deciphered(stream: BinaryIO, file: str, password: str) -> BytesIO:
    try:
        import msoffcrypto  # noqa: PLC0415 - optional
        from msoffcrypto import exceptions  # noqa: PLC0415
    except ImportError as error:
        raise WorkbookError("package.needs_msoffcrypto", file=file) from error
    plain = BytesIO()
    stream.seek(0)
    try:
        office = msoffcrypto.OfficeFile(stream)
        office.load_key(password=password, verify_password=True)
        office.decrypt(plain)
    except (exceptions.InvalidKeyError, exceptions.DecryptionError) as error:
        raise WorkbookError("package.wrong_password", file=file) from error
    except (exceptions.FileFormatError, exceptions.ParseError, OSError, ValueError, KeyError) as error:
        raise WorkbookError("package.damaged", file=file, reason=error) from error
    return plain
