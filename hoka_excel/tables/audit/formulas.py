"""Formulas taken apart with openpyxl's tokenizer: their words, and the cells they refer to.

Most formulas of a sheet are copies of one another that differ only in the cells they read. Of those that
read alike but for their cells one is tokenized; the others get its words, with their own cells.

>>> parsed = parse("SUM(B2:B4)+B$6")
>>> parsed.references[0].function, parsed.references[0].area, parsed.references[1].area
('SUM', (1, 1, 3, 1), (5, 1, 5, 1))
>>> relative(parse("B2*2"), (0, 0)) == relative(parse("C2*2"), (0, 1))
True
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, zip_longest
from typing import NamedTuple, cast

from openpyxl.formula import Tokenizer
from openpyxl.formula.tokenizer import Token, TokenizerError

from hoka_excel.tables.references import Area, Reference, column_of, reference_in, row_of

_ARITHMETIC = frozenset("+-*/^")
_PRODUCT = frozenset("*/")
_ADDING_CODES = ("9", "109")
"""With which SUBTOTAL and AGGREGATE add up, all cells or those that show."""
_PREFIXES = ("_XLFN.", "_XLWS.")
"""Of functions newer than Excel 2007."""
_COUNTING_SUBTOTALS = frozenset(("4", "5", "6", "7"))
"""The options with which AGGREGATE counts the subtotals in its range."""
_SUBTOTALS = frozenset(("SUBTOTAL", "AGGREGATE"))
_NO_BOOK = ("", "0")
"""What stands between the brackets of a workbook that is no other: [0] is the one that holds the formula."""
_NO_CELLS = ("_xlpm.", "_xleta.")
"""What the parameters of LET and LAMBDA begin with, and functions that others call: no cells of a sheet."""
_CELL = re.compile(r"""(?<![\w.$'"\[])(\$?)([A-Z]{1,3})(\$?)([0-9]{1,7})(?![\w.(!'"\]])""")
_STAND_IN, _FIRST_STAND_IN = "XFD", 1_000_000
"""The column of the cells that stand in for any others, and their first row, from 0."""

Words = tuple[str | int, ...]


class Named(NamedTuple):
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


class Parsed(NamedTuple):
    """A formula taken apart.

    Attributes:
        words: its tokens in order; an operand that points at cells is replaced by its index in `references`.
        references: the operands that point at cells.
        books: the other workbooks that it reads, as they stand between brackets.
        names: the operands that point at cells by name, as far as it is not known which cells.
    """

    words: Words
    references: tuple[Reference, ...]
    books: frozenset[str] = frozenset()
    names: tuple[Named, ...] = ()

    @property
    def adds(self) -> bool:
        """Whether the formula adds up cells with one function and does nothing else."""
        return _adds(self.words)

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
        return _functions(self.words)


@lru_cache(maxsize=1 << 12)
def _adds(words: Words) -> bool:
    if words[-1:] != (")",) or words.count(")") != 1:
        return False
    match _plain(words[0]):
        case "SUM":
            return True
        case "SUBTOTAL" | "AGGREGATE":
            return words[1] in _ADDING_CODES
    return False


@lru_cache(maxsize=1 << 12)
def _functions(words: Words) -> frozenset[str]:
    return frozenset(
        _plain(word) for word in words if isinstance(word, str) and len(word) > 1 and word.endswith("(")
    )


def _plain(word: str | int) -> str:
    """Give the name of a function as people know it."""
    name = str(word).removesuffix("(")
    for prefix in _PREFIXES:
        name = name.removeprefix(prefix)
    return name


def relative(parsed: Parsed, spot: tuple[int, int]) -> tuple[object, ...]:
    """Write a formula as it reads from its own cell (R1C1): equal for formulas copied from one another."""
    return parsed.words, *(reference.seen_from(spot) for reference in parsed.references)


@lru_cache(maxsize=200_000)
def parse(formula: str) -> Parsed:
    """Take a formula apart.

    Args:
        formula: without "=", in English function names with commas, as files hold it. One that the tokenizer
            cannot read is a single word without references.
    """
    parts = _CELL.split(formula)
    form = _form(tuple(parts[::5]), tuple(parts[1::5]), tuple(parts[3::5]))
    columns, rows = list(map(column_of, parts[2::5])), list(map(row_of, parts[4::5]))
    if form is None or None in columns or None in rows:
        return _tokenized(formula)
    return form.filled(cast("list[int]", rows), cast("list[int]", columns))


@dataclass(frozen=True, slots=True)
class _Form:
    """Formulas that read alike but for their cells.

    Attributes:
        parsed: one of them.
        corners: the first and last cell of each of its references, counted as they stand in the formula; of
            whole rows and columns nothing.
    """

    parsed: Parsed
    corners: tuple[tuple[int, ...], ...]

    def filled(self, rows: Sequence[int], columns: Sequence[int]) -> Parsed:
        """Give the one that has these cells."""
        words, found, books, names = self.parsed
        references = [
            reference.with_area((rows[ends[0]], columns[ends[0]], rows[ends[-1]], columns[ends[-1]]))
            if ends
            else reference
            for reference, ends in zip(found, self.corners, strict=True)
        ]
        return Parsed(words, tuple(references), books, names)


@lru_cache(maxsize=1 << 12)
def _form(texts: tuple[str, ...], column_signs: tuple[str, ...], row_signs: tuple[str, ...]) -> _Form | None:
    """Take apart the formulas with these texts around their cells, with cells that stand in for any others.

    None where what looks like a cell is part of something else.
    """
    signs = enumerate(zip(column_signs, row_signs, strict=True), _FIRST_STAND_IN + 1)
    cells = [f"{sign}{_STAND_IN}{row_sign}{number}" for number, (sign, row_sign) in signs]
    parsed = _tokenized("".join(chain.from_iterable(zip_longest(texts, cells, fillvalue=""))))
    corners = tuple(_stand_ins(reference.area) for reference in parsed.references)
    return _Form(parsed, corners) if [*chain.from_iterable(corners)] == [*range(len(cells))] else None


def _stand_ins(area: Area) -> tuple[int, ...]:
    """Give the number of the one stand-in, or of both, that an area is made of."""
    first_row, first_column, last_row, last_column = area
    if first_column != last_column or min(first_row, last_row) < _FIRST_STAND_IN:
        return ()
    return tuple(dict.fromkeys((first_row - _FIRST_STAND_IN, last_row - _FIRST_STAND_IN)))


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
            found = reference_in(token.value, function, in_arithmetic=in_arithmetic, in_product=in_product)
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


def _signs_beside(tokens: list[Token], index: int) -> set[str]:
    return {
        tokens[beside].value
        for beside in (index - 1, index + 1)
        if 0 <= beside < len(tokens) and tokens[beside].type in (Token.OP_IN, Token.OP_PRE)
    }
