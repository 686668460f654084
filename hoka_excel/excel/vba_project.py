"""Give a workbook a VBA project made from text; the same text gives the same bytes.

pyOpenVBA writes the project. What it leaves to chance or to Excel is settled here: modules hold source only,
the cache that Excel would rebuild is empty, and the directory is coloured the simplest valid way.

Source:
    [MS-OVBA] 2.3.4.1 (_VBA_PROJECT), [MS-CFB] 2.6.4 (red-black tree).
"""

import tempfile
import zipfile
from collections.abc import Mapping
from importlib import import_module
from io import BytesIO
from pathlib import Path
from typing import Any

from hoka_excel.core.errors import UsageError

BUILDER_VERSION = "6.5.0"
"""Of pyOpenVBA: other versions may write other bytes."""

_PLAIN = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
_WITH_MACROS = b"application/vnd.ms-excel.sheet.macroEnabled.main+xml"
_CONTENT_TYPES = "[Content_Types].xml"
_PROJECT_PART = "xl/vbaProject.bin"
_FIXED_TIME = (1980, 1, 1, 0, 0, 0)
_NO_CACHE = bytes.fromhex("cc61ffff000000")
_CLASS = "VERSION 1.0 CLASS"
_DOCUMENT = "ThisWorkbook"


def with_macros(workbook: bytes, modules: Mapping[str, str]) -> bytes:
    """Return the .xlsm of an .xlsx, with these modules.

    Args:
        workbook: an .xlsx file.
        modules: the source of each module by its name; `ThisWorkbook` is the workbook's own.

    Raises:
        UsageError: pyOpenVBA is not installed.
    """
    builder = load_builder()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "begroting.xlsm"
        path.write_bytes(_zipped(_macro_enabled(_parts(workbook))))
        with builder.ExcelFile(path) as file:
            project = file.add_vba_project()
            for name, source in modules.items():
                if name != _DOCUMENT:
                    kinds = builder.VBAModuleKind
                    kind = kinds.other if source.startswith(_CLASS) else kinds.standard
                    project.add_module(name, _windows_lines(source), kind=kind)
            for module in project.modules:
                if module.name == _DOCUMENT and _DOCUMENT in modules:
                    module.source = module.source.rstrip() + "\r\n" + _windows_lines(modules[_DOCUMENT])
                module.dirty = True
            file.save()
        parts = _parts(path.read_bytes())
    directory = builder.cfb.CFB.from_bytes(parts[_PROJECT_PART])
    directory.write_stream_in_storage("VBA", "_VBA_PROJECT", _NO_CACHE)
    return _zipped({**parts, _PROJECT_PART: _all_black(directory.to_bytes())})


def load_builder() -> Any:
    """Import pyOpenVBA, which only a build needs.

    Raises:
        UsageError: it is not installed.
    """
    try:
        import_module("pyopenvba.cfb")
        return import_module("pyopenvba")
    except ImportError as error:
        raise UsageError("macro.no_builder", version=BUILDER_VERSION) from error


def _parts(package: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(package)) as source:
        return {name: source.read(name) for name in source.namelist()}


def _macro_enabled(parts: Mapping[str, bytes]) -> dict[str, bytes]:
    types = parts[_CONTENT_TYPES].replace(_PLAIN, _WITH_MACROS)
    return {**parts, _CONTENT_TYPES: types}


def _zipped(parts: Mapping[str, bytes]) -> bytes:
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as target:
        for name, content in parts.items():
            target.writestr(zipfile.ZipInfo(name, _FIXED_TIME), content, zipfile.ZIP_DEFLATED)
    return made.getvalue()


def _windows_lines(text: str) -> str:
    return "\r\n".join(text.splitlines()) + "\r\n"


def _all_black(compound: bytes) -> bytes:
    """Colour every node of the directory black: no two red ones in a row, as the format asks."""
    data = bytearray(compound)
    sector = 1 << int.from_bytes(data[30:32], "little")
    chain = [
        int.from_bytes(data[start : start + 4], "little")
        for index in range(int.from_bytes(data[44:48], "little"))
        for table in [(int.from_bytes(data[76 + 4 * index : 80 + 4 * index], "little") + 1) * sector]
        for start in range(table, table + sector, 4)
    ]
    at = int.from_bytes(data[48:52], "little")
    while at < _END_OF_CHAIN:
        for entry in range((at + 1) * sector, (at + 2) * sector, 128):
            if data[entry + 66]:
                data[entry + 67] = 1
        at = chain[at]
    return bytes(data)


_END_OF_CHAIN = 0xFFFFFFFA
"""Sector numbers from here on are no sectors."""
