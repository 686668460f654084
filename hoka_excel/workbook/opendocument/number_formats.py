"""How the cell styles of an .ods show numbers, as number formats of Excel.

A cell style names a data style or inherits one from its parent. Of a format with a part of its own for
negative numbers, the other part is a data style that the first `style:map` of the base style names.

Source: OASIS Open Document Format 1.3, part 3, sections 16.29 (data styles) and 16.3 (style:map).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

STYLE = "urn:oasis:names:tc:opendocument:xmlns:style:1.0\n"
"""What the names of styles begin with, as expat gives them."""
_NUMBER = "urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0\n"
_MOST_DECIMALS = 30
_LONGEST_CHAIN = 100
_CODES = {
    "percentage-style": "%",
    "date-style": "yyyy-mm-dd",
    "time-style": "hh:mm:ss",
    "text-style": "@",
}
"""What the kind of a data style adds to the code, whatever its parts are."""


@dataclass(slots=True)
class NumberFormats:
    """The data styles and cell styles met so far, in `styles.xml` first and then in `content.xml`.

    Attributes:
        codes: the number format by data style.
        positive: the data style for numbers that are not negative, by data style.
        named: the data style by cell style.
        parents: the parent by cell style.
    """

    codes: dict[str, str] = field(default_factory=dict)
    positive: dict[str, str] = field(default_factory=dict)
    named: dict[str, str] = field(default_factory=dict)
    parents: dict[str, str] = field(default_factory=dict)
    _data_style: str = ""

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """Take in the start of an element; of others than styles nothing is kept."""
        if name.startswith(_NUMBER):
            self._take_data_style(name.removeprefix(_NUMBER), attributes)
        elif name == f"{STYLE}style" and attributes.get(f"{STYLE}family") == "table-cell":
            own = attributes.get(f"{STYLE}name", "")
            self._data_style = ""
            if data_style := attributes.get(f"{STYLE}data-style-name"):
                self.named[own] = data_style
            if parent := attributes.get(f"{STYLE}parent-style-name"):
                self.parents[own] = parent
        elif name == f"{STYLE}map" and self._data_style:
            self.positive.setdefault(self._data_style, attributes.get(f"{STYLE}apply-style-name", ""))

    def _take_data_style(self, kind: str, attributes: Mapping[str, str]) -> None:
        if kind.endswith("-style"):
            self._data_style = attributes.get(f"{STYLE}name", "")
            self.codes[self._data_style] = _CODES.get(kind, "")
            self.positive.pop(self._data_style, None)
        elif kind in _PARTS and self._data_style:
            self.codes[self._data_style] = _PARTS[kind](attributes) + self.codes[self._data_style]

    def code(self, cell_style: str) -> str:
        """Give the number format of a cell style; "" for one that shows numbers as they are."""
        for _ in range(_LONGEST_CHAIN):
            if cell_style in self.named or cell_style not in self.parents:
                break
            cell_style = self.parents[cell_style]
        data_style = self.named.get(cell_style, "")
        return self.codes.get(self.positive.get(data_style, data_style), "")


def _number(attributes: Mapping[str, str]) -> str:
    """Write the code of a plain number; without a count of decimals it is as long as it is."""
    stated = attributes.get(f"{_NUMBER}decimal-places")
    if stated is None:
        return ""
    most = min(int(stated), _MOST_DECIMALS)
    least = min(int(attributes.get(f"{_NUMBER}min-decimal-places", stated)), most)
    whole = "#,##0" if attributes.get(f"{_NUMBER}grouping") == "true" else "0"
    decimals = "." + "0" * least + "#" * (most - least) if most else ""
    return whole + decimals + "," * _thousands(attributes.get(f"{_NUMBER}display-factor", "1"))


def _thousands(factor: str) -> int:
    """Count how often the number shown is divided by a thousand."""
    digits = factor.partition(".")[0]
    is_power = digits.startswith("1") and not digits.strip("1").strip("0")
    return (len(digits) - 1) // 3 if is_power else 0


_PARTS: Mapping[str, Callable[[Mapping[str, str]], str]] = {
    "number": _number,
    "scientific-number": lambda attributes: f"{_number(attributes) or '0'}E+00",
    "fraction": lambda _: "# ?/?",
}
"""How to write the part of a data style that shows the number."""
