"""Formulas taken apart with openpyxl's tokenizer: their words, and the cells they refer to.

>>> tokenized("SUM(B2:B4)+B$6").words
('SUM(', 0, ')', '+', 1)
"""

from functools import lru_cache
from typing import NamedTuple

from openpyxl.formula import Tokenizer
from openpyxl.formula.tokenizer import Token, TokenizerError

from hoka_excel.tables.references import Reference, reference_in

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


def tokenized(formula: str) -> Parsed:
    """Take a formula apart; one that the tokenizer cannot read is a single word without references."""
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
