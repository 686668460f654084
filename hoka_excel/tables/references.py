"""What a formula refers to, read with openpyxl's tokenizer: cells, ranges, what they are arguments of.

>>> parsed = parse("SUM(B2:B4)+B$6")
>>> parsed.references[0].function, parsed.references[0].area, parsed.references[1].area
('SUM', (1, 1, 3, 1), (5, 1, 5, 1))
>>> relative(parse("B2*2"), (0, 0)) == relative(parse("C2*2"), (0, 1))
True
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from openpyxl.formula import Tokenizer
from openpyxl.formula.tokenizer import Token, TokenizerError

Area = tuple[int, int, int, int]
"""First row, first column, last row, last column, from 0."""

_ROWS, _COLUMNS = 1_048_576, 16_384
_ARITHMETIC = frozenset("+-*/^")
_PRODUCT = frozenset("*/")
_ADDING_CODES = ("9", "109")
"""With which SUBTOTAL and AGGREGATE add up, all cells or those that show."""
_PREFIXES = ("_XLFN.", "_XLWS.")
"""Of functions newer than Excel 2007."""
_COUNTING_SUBTOTALS = frozenset(("4", "5", "6", "7"))
"""The options with which AGGREGATE counts the subtotals in its range."""
_CORNER = re.compile(r"(?:(\$?)([A-Za-z]{1,3}))?(?:(\$?)([0-9]{1,7}))?")
_CELL = r"\$?[A-Z]{1,3}\$?[0-9]{1,7}"
_RANGES = rf"{_CELL}(?::{_CELL})?(?:,{_CELL}(?::{_CELL})?)*"
_ADDED = re.compile(rf"(?:(SUM\()|(SUBTOTAL\()(109|9),)({_RANGES})\)")
"""A formula that adds up ranges of its own sheet and does nothing else, as most totals are written."""
_NO_BOOK = ("", "0")
"""What stands between the brackets of a workbook that is no other: [0] is the one that holds the formula."""
_NO_CELLS = ("_xlpm.", "_xleta.")
"""What the parameters of LET and LAMBDA begin with, and functions that others call: no cells of a sheet."""


@dataclass(frozen=True, slots=True)
class Reference:
    """One operand of a formula that points at cells.

    Attributes:
        sheet: the sheet it names; None for the formula's own.
        area: the cells.
        fixed: which of first row, first column, last row, last column carry a dollar sign.
        function: the innermost function it is a direct argument of; empty at the top.
        in_arithmetic: whether it stands beside an arithmetic operator.
        in_product: whether it stands beside a sign of multiplication or division.
    """

    sheet: str | None
    area: Area
    fixed: tuple[bool, bool, bool, bool]
    function: str
    in_arithmetic: bool
    in_product: bool

    @property
    def is_cell(self) -> bool:
        """Whether it is a single cell."""
        return self.area[:2] == self.area[2:]


@dataclass(frozen=True, slots=True)
class Named:
    """One operand of a formula that points at cells by what they are called; see `Reference` for the rest.

    Attributes:
        word: its place among the words of the formula.
        text: a defined name, a column of a table, or cells of several sheets such as Jan:Mrt!B2.
    """

    word: int
    text: str
    function: str
    in_arithmetic: bool
    in_product: bool


@dataclass(frozen=True, slots=True)
class Parsed:
    """A formula taken apart.

    Attributes:
        words: its tokens in order; an operand that points at cells is replaced by its index in `references`.
        references: the operands that point at cells.
        books: the other workbooks that it reads, as they stand between brackets.
        names: the operands that point at cells by name, as far as it is not known which cells.
    """

    words: tuple[str | int, ...]
    references: tuple[Reference, ...]
    books: frozenset[str] = frozenset()
    names: tuple[Named, ...] = ()

    @property
    def adds(self) -> bool:
        """Whether the formula adds up cells with one function and does nothing else."""
        if self.words[-1:] != (")",) or self.words.count(")") != 1:
            return False
        match _plain(self.words[0]):
            case "SUM":
                return True
            case "SUBTOTAL" | "AGGREGATE":
                return self.words[1] in _ADDING_CODES
        return False

    @property
    def passes_over_subtotals(self) -> bool:
        """Whether what it adds up leaves out the outcomes of SUBTOTAL and AGGREGATE in its range."""
        if _plain(self.words[0]) == "AGGREGATE":
            return not _COUNTING_SUBTOTALS.intersection(self.words[3:4])
        return self.is_subtotal

    @property
    def is_subtotal(self) -> bool:
        """Whether its outcome is passed over by the totals that pass over subtotals."""
        return self.functions <= _SUBTOTALS and bool(self.functions)

    @property
    def functions(self) -> frozenset[str]:
        """The functions it calls, in capitals, without the prefix of those newer than 2007."""
        return frozenset(
            _plain(word)
            for word in self.words
            if isinstance(word, str) and len(word) > 1 and word.endswith("(")
        )


_SUBTOTALS = frozenset(("SUBTOTAL", "AGGREGATE"))


@lru_cache(maxsize=1 << 12)
def _plain(word: str | int) -> str:
    """Give the name of a function as people know it."""
    name = str(word).removesuffix("(")
    for prefix in _PREFIXES:
        name = name.removeprefix(prefix)
    return name


@lru_cache(maxsize=200_000)
def parse(formula: str) -> Parsed:
    """Take a formula apart.

    Args:
        formula: without "=", in English function names with commas, as files hold it. One that the tokenizer
            cannot read is a single word without references.
    """
    return _added(formula) or _tokenized(formula)


def _added(formula: str) -> Parsed | None:
    """Take apart a formula that adds up ranges of its own sheet; None for any other.

    These are most formulas of a large sheet, and the tokenizer goes over every sign of one.
    """
    match = _ADDED.fullmatch(formula)
    if match is None:
        return None
    total, subtotal, code, ranges = match.groups()
    function = total or subtotal
    words: list[str | int] = [function] if total else [function, code, ","]
    references: list[Reference] = []
    for text in ranges.split(","):
        found = _reference(text, function[:-1], in_arithmetic=False, in_product=False)
        if found is None:
            return None
        words += (",", len(references)) if references else (0,)
        references.append(found)
    return Parsed((*words, ")"), tuple(references))


def _tokenized(formula: str) -> Parsed:
    try:
        tokens = [token for token in Tokenizer(f"={formula}").items if token.type != Token.WSPACE]
    except (TokenizerError, IndexError):  # the tokenizer pops a stack that ")" alone leaves empty
        return Parsed((formula,), (), _books_in(formula))
    words: list[str | int] = []
    references: list[Reference] = []
    functions: list[str] = []
    books: frozenset[str] = frozenset()
    names: list[Named] = []
    for index, token in enumerate(tokens):
        if token.type in (Token.FUNC, Token.PAREN, Token.ARRAY) and token.subtype == Token.OPEN:
            functions.append(token.value.removesuffix("(").upper() if token.type == Token.FUNC else "")
        elif token.type in (Token.FUNC, Token.PAREN, Token.ARRAY) and functions:
            functions.pop()
        if token.type == Token.OPERAND and token.subtype == Token.RANGE:
            sheet, mark, _ = token.value.rpartition("!")
            books |= _books_in(sheet) if mark else frozenset()
            function = _plain(functions[-1]) if functions else ""
            signs = _signs_beside(tokens, index)
            in_arithmetic, in_product = bool(signs & _ARITHMETIC), bool(signs & _PRODUCT)
            found = _reference(token.value, function, in_arithmetic=in_arithmetic, in_product=in_product)
            if found is not None:
                words.append(len(references))
                references.append(found)
                continue
            if not token.value.startswith(_NO_CELLS):
                names.append(Named(len(words), token.value, function, in_arithmetic, in_product))
        words.append(token.value.upper() if token.type == Token.FUNC else token.value)
    return Parsed(tuple(words), tuple(references), books, tuple(names))


def _books_in(sheet: str) -> frozenset[str]:
    """Give the workbook in a reference such as [2]Blad1 or '[b.xlsx]Blad 1'; that to a table has none."""
    before, _, rest = sheet.partition("[")
    name, closed, _ = rest.partition("]")
    is_column = before[-1:].isalnum() or "[" in name
    return frozenset([name]) if name not in _NO_BOOK and closed and not is_column else frozenset()


def relative(parsed: Parsed, spot: tuple[int, int]) -> tuple[object, ...]:
    """Write a formula as it reads from its own cell (R1C1): equal for formulas copied from one another."""
    return tuple(
        word if isinstance(word, str) else _seen_from(parsed.references[word], spot) for word in parsed.words
    )


def _seen_from(reference: Reference, spot: tuple[int, int]) -> tuple[object, ...]:
    return (
        reference.sheet,
        *(
            number if fixed else (number - spot[axis % 2],)
            for axis, (number, fixed) in enumerate(zip(reference.area, reference.fixed, strict=True))
        ),
    )


def _signs_beside(tokens: list[Token], index: int) -> set[str]:
    return {
        tokens[beside].value
        for beside in (index - 1, index + 1)
        if 0 <= beside < len(tokens) and tokens[beside].type in (Token.OP_IN, Token.OP_PRE)
    }


def _reference(text: str, function: str, *, in_arithmetic: bool, in_product: bool) -> Reference | None:
    sheet, _, place = text.rpartition("!")
    first, _, last = place.partition(":")
    corners = [corner for corner in (_corner(first), _corner(last or first)) if corner is not None]
    is_name = not last and None in corners[0][:2] if corners else True
    of_several_sheets = ":" in sheet and "[" not in sheet
    if len(corners) < 2 or is_name or of_several_sheets:
        return None
    (row, column, row_fixed, column_fixed), (end_row, end_column, end_row_fixed, end_column_fixed) = corners
    return Reference(
        sheet.strip("'").replace("''", "'") if sheet else None,
        (
            0 if row is None else row,
            0 if column is None else column,
            _ROWS - 1 if end_row is None else end_row,
            _COLUMNS - 1 if end_column is None else end_column,
        ),
        (
            row_fixed or row is None,
            column_fixed or column is None,
            end_row_fixed or end_row is None,
            end_column_fixed or end_column is None,
        ),
        function,
        in_arithmetic,
        in_product,
    )


def _corner(text: str) -> tuple[int | None, int | None, bool, bool] | None:
    """Read A1, $A$1, A or 1 as row, column and which of them are fixed; None when it is a name."""
    match = _CORNER.fullmatch(text)
    if match is None:
        return None
    column_sign, letters, row_sign, digits = match.groups()
    column, row = 0, int(digits or 0)
    for letter in (letters or "").upper():
        column = column * 26 + ord(letter) - ord("A") + 1
    if not (letters or digits) or column > _COLUMNS or (digits and not 0 < row <= _ROWS):
        return None
    return (row - 1 if digits else None, column - 1 if letters else None, bool(row_sign), bool(column_sign))


def spots(area: Area, height: int, width: int) -> Iterator[tuple[int, int]]:
    """List the cells of an area that lie within a grid of this size, row by row."""
    first_row, first_column, last_row, last_column = area
    for row in range(first_row, min(last_row, height - 1) + 1):
        for column in range(first_column, min(last_column, width - 1) + 1):
            yield row, column
