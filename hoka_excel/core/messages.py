"""The one catalogue of what a user reads: `catalogue.toml`, a Dutch and an English text per code.

A message is data until someone shows it: a code and the values that fill its text. Figures in a text are
written the way its language writes them.

>>> from decimal import Decimal
>>> Message("figure.not_a_number", {"text": "n.v.t."}).render()
"'n.v.t.' is geen getal. Vul een getal in."
>>> number_text(Decimal("-1234.50"), "nl"), number_text(Decimal("-1234.50"), "en")
('-1.234,50', '-1,234.50')
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Literal

Language = Literal["nl", "en"]
DUTCH: Language = "nl"

_SWAP_MARKS = str.maketrans(",.", ".,")


@cache
def catalogue() -> Mapping[str, Mapping[Language, str]]:
    """Read every text, by code and language."""
    text = files("hoka_excel.core").joinpath("catalogue.toml").read_text(encoding="utf-8")
    return MappingProxyType(tomllib.loads(text))


def number_text(value: Decimal, language: Language = DUTCH, sign: str = "") -> str:
    """Write `value` with all its digits, grouped by thousands, in the marks of `language`.

    Args:
        value: the number.
        language: whose marks to use.
        sign: "+" to write a plus sign before positive numbers too.
    """
    english = f"{value:{sign},f}"
    return english.translate(_SWAP_MARKS) if language == "nl" else english


@dataclass(frozen=True, slots=True)
class Message:
    """A text for the user, not yet in a language.

    Attributes:
        code: the entry in the catalogue.
        values: what fills the text; a `Decimal` is written in the language's own marks, a `Message` is
            rendered in the same language, a tuple of them with semicolons between.
    """

    code: str
    values: Mapping[str, object] = field(default_factory=dict)

    def render(self, language: Language = DUTCH) -> str:
        """Write the message in `language`."""
        return catalogue()[self.code][language].format_map(
            {name: _shown(value, language) for name, value in self.values.items()}
        )

    def __str__(self) -> str:
        """Write the message in Dutch, the language of the first users."""
        return self.render()


@dataclass(frozen=True, slots=True)
class _Number:
    """A figure inside a text; `{name:+}` shows its sign."""

    value: Decimal
    language: Language

    def __format__(self, sign: str) -> str:
        return number_text(self.value, self.language, sign)


def _shown(value: object, language: Language) -> object:
    match value:
        case Decimal():
            return _Number(value, language)
        case Message():
            return value.render(language)
        case (Message(), *_):
            return "; ".join(str(_shown(entry, language)) for entry in value)
        case _:
            return value
