"""Which formulas depend on which, by blocks of formulas."""

from hypothesis import given
from hypothesis import strategies as st

from hoka_excel.tables.audit.circles import Node, circles, dependents
from hoka_excel.tables.audit.formulas import parse
from hoka_excel.tables.grid import Grid, cell_name
from hoka_excel.tables.references import spots
from tests.tables.made_grids import taken_apart

SIZE = 6
cells = st.tuples(st.integers(0, SIZE - 1), st.integers(0, 2))
ranges = st.tuples(cells, cells).map(
    lambda ends: f"SUM({cell_name(*map(min, *ends))}:{cell_name(*map(max, *ends))})"
)
sheets = st.dictionaries(cells, ranges, max_size=12).map(
    lambda formulas: Grid("Blad", [[1] * 3] * SIZE, formulas)
)


def reached(grid: Grid) -> dict[Node, set[Node]]:
    """Follow every reference of every formula until nothing new turns up."""
    reads: dict[Node, set[Node]] = {
        ("blad", spot): {
            ("blad", place)
            for reference in parse(formula).references
            for place in spots(reference.area, SIZE, 3)
            if place in grid.formulas
        }
        for spot, formula in grid.formulas.items()
    }
    for _ in reads:
        reads = {node: below.union(*(reads[one] for one in below)) for node, below in reads.items()}
    return reads


@given(sheets)
def test_the_formulas_in_a_circle_are_those_that_reach_themselves(grid: Grid) -> None:
    found = [node for circle in circles(taken_apart(grid)) for node in circle]
    assert len(found) == len(set(found))
    assert set(found) == {node for node, below in reached(grid).items() if node in below}


@given(sheets, st.data())
def test_dependents_are_those_that_reach_a_source_and_the_sources(grid: Grid, data: st.DataObject) -> None:
    nodes = [("blad", spot) for spot in grid.formulas]
    sources = set(data.draw(st.lists(st.sampled_from(nodes), max_size=3))) if nodes else set()
    expected = {node for node, below in reached(grid).items() if node in sources or below & sources}
    assert dependents(taken_apart(grid), sources) == expected


def test_running_totals_over_many_rows_need_few_links() -> None:
    formulas = {(row, 0): f"SUM(B$1:B{row + 1})" for row in range(5000)}
    formulas |= {(row, 1): "C1+1" for row in range(5000)}
    assert circles(taken_apart(Grid("Blad", [[1, 1, 1]] * 5000, formulas))) == []


def test_a_circle_through_a_range_over_several_sheets_is_found() -> None:
    names = ("Jan", "Feb", "Mrt", "Jaar")
    grids = [Grid(name, [[1]], {(0, 0): "Jaar!A1"} if name == "Feb" else {}) for name in names[:3]]
    for reference in ("Jan:Mrt!A1", "Mrt:Jan!A1"):
        total = Grid("Jaar", [[1]], {(0, 0): f"SUM({reference})"})
        assert circles(taken_apart(*grids, total)) == [[("feb", (0, 0)), ("jaar", (0, 0))]]
    beyond = Grid("Jaar", [[1]], {(0, 0): "SUM(Jan:Weg!A1)"})
    assert circles(taken_apart(*grids, beyond)) == []
