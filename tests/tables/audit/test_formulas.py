"""What a formula says and refers to, whichever way it is taken apart."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hoka_excel.core.errors import HokaError
from hoka_excel.tables.audit import formulas
from hoka_excel.tables.audit.formulas import parse
from hoka_excel.tables.audit.tokenized_formulas import tokenized
from hoka_excel.workbook.any_file import read_grids
from hoka_excel.workbook.kinds import OPEN_XML

DATA = Path(__file__).parents[4] / "shared/data/workbooks"
CELLS = st.from_regex(r"\$?[A-Z]{1,4}\$?[0-9]{1,8}", fullmatch=True) | st.sampled_from(["A1", "$B$2", "C$3"])
RANGES = st.lists(st.tuples(CELLS, CELLS).map(":".join) | CELLS, min_size=1, max_size=4).map(",".join)
CALLS = st.sampled_from(["SUM(", "SUBTOTAL(9,", "SUBTOTAL(109,", "SUBTOTAL(1,", "Sum(", "MAX("])
SIGNS = [*"()+-*/:,!#@&%'\"{}[]. $"]
NEARLY_CELLS = [
    "A:A",
    "1:1",
    "c3",
    "LOG10(",
    "1E5",
    "2.5",
    "XFE1",
    "A0",
    "TAX_A1",
    "A1.B2",
    '"Q1"',
    '"in Q1."',
]
PREFIXES = ["Blad1!", "'Q1 2020'!", "'a Q1 b'!", "[1]Q1!", "Tabel[Q1]", "SUM("]
PARTS = st.sampled_from(["A1", "$B$2", "B2:B4", *SIGNS, *NEARLY_CELLS, *PREFIXES])
ANYTHING = st.lists(PARTS, max_size=8).map("".join)


@given(st.builds("{}{})".format, CALLS, RANGES) | ANYTHING | ANYTHING.map("SUM({})".format))
def test_a_formula_reads_as_the_tokenizer_reads_it(formula: str) -> None:
    assert parse(formula) == tokenized(formula)


def test_of_copies_of_a_formula_one_goes_through_the_tokenizer(monkeypatch: pytest.MonkeyPatch) -> None:
    copies = ["SUM(B2:B4)*$ZY$8", "SUM(ZZ9876:ZZ9999)*$ZY$8"]
    parse(copies[0])
    monkeypatch.setattr(formulas, "tokenized", None)
    total, factor = parse(copies[1]).references
    assert (total.area, factor.area) == ((9875, 701, 9998, 701), (7, 700, 7, 700))


@pytest.mark.parametrize("name", ["XFE1", "ABCD1", "A0", "A1048577", "A12345678", "btw21pct", "XFE1:XFE2"])
def test_what_lies_beyond_a_sheet_is_a_name(name: str) -> None:
    parsed = parse(f"SUM({name})")
    assert not parsed.references
    assert [named.text for named in parsed.names] == [name]


@pytest.mark.skipif(not DATA.exists(), reason="the workbooks of shared/data/workbooks are not here")
def test_every_formula_of_real_workbooks_reads_as_the_tokenizer_reads_it() -> None:
    found = {formula for path in sorted(DATA.rglob("*"))[::6] for formula in _formulas(path)}
    assert found
    assert not [formula for formula in found if parse(formula) != tokenized(formula)]


def _formulas(path: Path) -> set[str]:
    if path.suffix.lower() not in OPEN_XML:
        return set()
    try:
        return {formula for grid in read_grids(path) for formula in grid.formulas.values()}
    except HokaError:
        return set()
