"""A plan file as TOML: read as plain keys, written from them."""

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from hoka_excel.core.errors import PlanError, system_reason

if TYPE_CHECKING:
    from tomlkit.items import AoT, Array
    from tomlkit.items import Table as Keys

# Only what writes a plan file needs tomlkit; the many that are read do not wait for it.
# ruff: noqa: PLC0415


def keys_in(path: Path) -> dict[str, object]:
    """Read the keys of a plan file, floats as `Decimal`.

    Raises:
        PlanError: the file is missing, cannot be read or is no TOML.
    """
    return keys_in_text(text_in(path), path)


def text_in(path: Path) -> str:
    """Read the text of a plan file.

    Raises:
        PlanError: the file is missing, cannot be read or is no UTF-8.
    """
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError as error:
        raise PlanError("plan.missing_file", where=path) from error
    except (OSError, UnicodeDecodeError) as error:
        raise PlanError("plan.unreadable", where=path, detail=system_reason(error)) from error


def keys_in_text(text: str, where: str | Path) -> dict[str, object]:
    """Read the keys in the text of a plan file, floats as `Decimal`.

    Args:
        text: of the file.
        where: what to call the file in faults.

    Raises:
        PlanError: it is no TOML.
    """
    try:
        return tomllib.loads(text, parse_float=Decimal)
    except tomllib.TOMLDecodeError as error:
        raise PlanError("plan.unreadable", where=where, detail=error) from error


def keys_of(values: Mapping[str, object]) -> "Keys":
    """Gather keys in a table."""
    import tomlkit

    keys = tomlkit.table()
    keys.update(values)
    return keys


def list_of(entries: Iterable["Keys"]) -> "AoT":
    """Gather tables in a list of tables."""
    import tomlkit

    many = tomlkit.aot()
    for entry in entries:
        many.append(entry)
    return many


def texts_of(texts: Sequence[str]) -> "Array":
    """Gather texts in a list, each on a line of its own."""
    import tomlkit

    many = tomlkit.array()
    many.extend(texts)
    return many.multiline(multiline=True)


def file_text(parts: Mapping[str, object]) -> str:
    """Write the parts of a plan file: plain values first, then tables and lists of tables."""
    import tomlkit

    document = tomlkit.document()
    for key, value in parts.items():
        document.add(key, tomlkit.item(value))
    return tomlkit.dumps(document)
