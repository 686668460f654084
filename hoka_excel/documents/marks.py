"""The marks by which a line shows itself as part of a table: figures, years, headings, totals.

>>> split_figures("Totaal FTE (1FTE=€84K) 5,30 5,30")
('Totaal FTE (1FTE=€84K)', ['5,30', '5,30'])
>>> year_columns(" 2019 2020 2021 ")
('', ['2019', '2020', '2021'])
"""

import re
from itertools import pairwise

_CURRENCY = r"(?:€|EUR)"
_FIGURE = rf"""[-−–+]?(?:{_CURRENCY}\s*)?\(?[-−–+]?(?:\d[\d.,']*|[.,]\d+)(?:\s?(?:%|[KkM]\b))?\)?-?"""
_NIL = rf"(?:{_CURRENCY}\s*)?[-−–]"
_CELL = re.compile(rf"(?<!\S)(?:{_FIGURE}|{_NIL})(?!\S)")
_YEAR = re.compile(r"(?:19|20)\d\d")
_YEARS = re.compile(r"^(?P<label>.*?)(?P<years>(?:(?<!\S)(?:19|20)\d\d\*?(?:\s+|$)){2,})$")
_UNIT_WORD = re.compile(r"(?:FTE'?s?|EUR|€|euro|k€|M€)$", re.IGNORECASE)
_TOTAL = re.compile(r"^\W*(?:sub|eind)?tota(?:al|len|l)\b", re.IGNORECASE)
_HEADING = re.compile(
    r"\b(?:begroting|begroot|realisatie|gerealiseerd|verschil|voortgang|prognose|budget|actuals?|difference"
    r"|progress|forecast|jaarplan|rekening|raming|bedrag|20\d\d)\b",
    re.IGNORECASE,
)
_HEADING_WORDS = re.compile(
    r"(?:(?:Begroting|Realisatie|Verschil|Prognose|Voortgang|Budget|Actual|Difference|Progress|Forecast)"
    r"(?:\s+20\d\d)?\s*(?:\*\))?|(?:19|20)\d\d)(?=\s|$)",
    re.IGNORECASE,
)
_MOST_LABEL_WORDS = 6


def is_figure(text: str) -> bool:
    """Say whether the whole text is one figure, or a dash for nil."""
    return bool(_CELL.fullmatch(text.strip()))


def is_year(text: str) -> bool:
    """Say whether the whole text is a year."""
    return bool(_YEAR.fullmatch(text.strip()))


def is_heading(text: str) -> bool:
    """Say whether a text can head a column of figures."""
    return bool(_HEADING.search(text))


def is_total(label: str) -> bool:
    """Say whether a row with this label is a total."""
    return not label or bool(_TOTAL.match(label))


def split_figures(line: str) -> tuple[str, list[str]]:
    """Split a line into its label and the figures that end it, in order."""
    cells = list(_CELL.finditer(line))
    end = len(line.rstrip())
    first = len(cells)
    while first and not line[cells[first - 1].end() : end].strip():
        first -= 1
        end = cells[first].start()
    figures = [" ".join(cell.group().split()) for cell in cells[first:]]
    if not any(any(map(str.isdigit, figure)) for figure in figures):
        return line.strip(), []
    if figures[0].startswith("EUR") and not all(figure.startswith("EUR") for figure in figures):
        end += len("EUR")
        figures[0] = figures[0].removeprefix("EUR").strip()
    return line[:end].strip(), figures


def year_columns(line: str) -> tuple[str, list[str]] | None:
    """Split a line of column headings into its label and headings; None when it is no such line."""
    if match := _YEARS.match(line.strip()):
        label, found = match["label"].strip(), match["years"].split()
        ordered = [int(year[:4]) for year in found]
        is_label = len(label.split()) <= _MOST_LABEL_WORDS and not split_figures(label)[1]
        if ordered == sorted(set(ordered)) and is_label:
            return label, [year[:4] for year in found]
    words = list(_HEADING_WORDS.finditer(line))
    while words and is_year(words[0].group()) and not any(map(str.isdigit, words[-1].group())):
        del words[0]
    if len(words) < 2 or words[0].group()[0].islower():
        return None
    between = [line[a.end() : b.start()] for a, b in pairwise(words)]
    label = line[: words[0].start()].strip()
    if any(map(str.strip, between)) or line[words[-1].end() :].strip():
        return None
    names = [word.group().strip() for word in words]
    is_clear = len(set(names)) == len(names) and len(label.split()) <= 3
    return (label, names) if is_clear else None


def unit_columns(line: str) -> list[str] | None:
    """Split a line that names a unit for every column ("FTE FTE FTE"); None when it is no such line."""
    words = line.split()
    is_units = len(words) > 1 and all(map(_UNIT_WORD.match, words)) and len({w.lower() for w in words}) == 1
    return words if is_units else None
