"""Looking at all areas at once leaves out only formulas of which nothing is told."""

from functools import cached_property
from unittest.mock import patch

from hypothesis import given
from hypothesis import strategies as st

from hoka_excel.tables.audit.audited_sheet import AuditedSheet
from hoka_excel.tables.grid import Spot, cell_name
from tests.tables.made_grids import Rows, codes, grid

contents = st.sampled_from((None, 3, 17.5, 0, 2023, "tekst", "12", 1e-70, True))
tables = st.lists(st.lists(contents, min_size=4, max_size=4), min_size=2, max_size=6)
spots = st.tuples(st.integers(0, 6), st.integers(0, 4))
sums = st.lists(
    st.tuples(spots, spots, spots, st.sampled_from(("SUM({})", "SUM({},A1)", "{}*2"))), max_size=6
)


def every_formula(sheet: AuditedSheet) -> frozenset[Spot]:
    return frozenset(sheet.grid.formulas)


@given(tables, sums)
def test_a_sum_that_leaves_figures_out_is_found_as_when_each_is_looked_at(
    rows: Rows, made: list[tuple[Spot, Spot, Spot, str]]
) -> None:
    formulas = {
        cell_name(*spot): text.format(
            f"{cell_name(*map(min, one, other))}:{cell_name(*map(max, one, other))}"
        )
        for spot, one, other, text in made
    }
    told = codes(grid(rows, **formulas))
    looked_at = cached_property(every_formula)
    looked_at.__set_name__(AuditedSheet, "beside_figures")
    with patch.object(AuditedSheet, "beside_figures", looked_at):
        assert codes(grid(rows, **formulas)) == told
