"""An example of every message: values that the program gave it, and the sentences that a reader then sees.

They stand in `message_texts/`, a file per area, for whoever writes or translates a text. A value is a text, a
whole number, a figure `{number = "-648"}`, a message `{code = "...", values = {...}}`, or a list of messages.
With `varies` an example says why its sentence is another in each run.
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from hoka_excel.core.messages import Language, Message

FOLDER = Path(__file__).parent / "message_texts"
_FOLDERS = re.compile(r"(?<![\w:/.])/(?:[\w.-]+/)+")


@dataclass(frozen=True, slots=True)
class Example:
    """A message with its values.

    Attributes:
        message: the message.
        sentences: what it says, by language.
        varies: why no run can be asked to say exactly that; empty where it can.
    """

    message: Message
    sentences: Mapping[Language, str]
    varies: str = ""


@cache
def examples() -> Mapping[str, Example]:
    """Read every example, by code.

    Raises:
        AssertionError: a code has more than one.
    """
    found: dict[str, Example] = {}
    for path in sorted(FOLDER.glob("*.toml")):
        for code, entry in tomllib.loads(path.read_text(encoding="utf-8")).items():
            assert code not in found, (path.name, code)
            sentences: dict[Language, str] = {"nl": entry["nl"], "en": entry["en"]}
            found[code] = Example(_message({"code": code, **entry}), sentences, entry.get("varies", ""))
    return found


def without_folders(sentence: str) -> str:
    """Leave out the folders that a file lies in, which are others in each run.

    >>> without_folders("/tmp/a-1/plan.toml: dit kan niet. Schrijf map/**/*.xlsx.")
    'plan.toml: dit kan niet. Schrijf map/**/*.xlsx.'
    """
    return _FOLDERS.sub("", sentence)


def _message(entry: Mapping[str, Any]) -> Message:
    return Message(entry["code"], {name: _value(value) for name, value in entry.get("values", {}).items()})


def _value(value: Any) -> object:
    match value:
        case {"number": text}:
            return Decimal(text)
        case {"code": _}:
            return _message(value)
        case list():
            return tuple(_value(part) for part in value)
        case _:
            return value
