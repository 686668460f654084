"""What a formula refers to, whichever way it is taken apart."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hoka_excel.core.errors import HokaError
from hoka_excel.tables import references
from hoka_excel.tables.references import parse
from hoka_excel.workbook.any_file import read_grids
from hoka_excel.workbook.kinds import OPEN_XML

DATA = Path(__file__).parents[3] / "shared/data/workbooks"
CELLS = st.from_regex(r"\$?[A-Z]{1,4}\$?[0-9]{1,8}", fullmatch=True)
RANGES = st.lists(st.tuples(CELLS, CELLS).map(":".join) | CELLS, min_size=1, max_size=4).map(",".join)
CALLS = st.sampled_from(["SUM(", "SUBTOTAL(9,", "SUBTOTAL(109,", "SUBTOTAL(1,", "Sum(", "MAX("])
NEARLY = st.text("SUMBTOAL()A1:,$9 !+", max_size=20)


@given(st.builds("{}{})".format, CALLS, RANGES) | NEARLY | NEARLY.map("SUM({})".format))
def test_a_sum_of_ranges_reads_as_the_tokenizer_reads_it(formula: str) -> None:
    assert parse(formula) == references._tokenized(formula)


def test_a_sum_of_ranges_is_read_without_the_tokenizer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(references, "_tokenized", None)
    assert len(parse("SUM(ZZ9876:ZZ9999,$ZY$8)").references) == 2
    assert parse("SUBTOTAL(109,ZZ9876:ZZ9999)").adds


@pytest.mark.parametrize("name", ["XFE1", "ABCD1", "A0", "A1048577", "A12345678", "btw21pct", "XFE1:XFE2"])
def test_what_lies_beyond_a_sheet_is_a_name(name: str) -> None:
    parsed = parse(f"SUM({name})")
    assert not parsed.references
    assert [named.text for named in parsed.names] == [name]


@pytest.mark.skipif(not DATA.exists(), reason="the workbooks of shared/data/workbooks are not here")
def test_every_formula_of_real_workbooks_reads_as_the_tokenizer_reads_it() -> None:
    formulas = {formula for path in sorted(DATA.rglob("*"))[::6] for formula in _formulas(path)}
    assert any(references._added(formula) for formula in formulas)
    assert not [formula for formula in formulas if parse(formula) != references._tokenized(formula)]


def _formulas(path: Path) -> set[str]:
    if path.suffix.lower() not in OPEN_XML:
        return set()
    try:
        return {formula for grid in read_grids(path) for formula in grid.formulas.values()}
    except HokaError:
        return set()
