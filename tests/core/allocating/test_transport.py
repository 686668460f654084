"""Whether row and column totals can be met where only some cells are open."""

from hypothesis import given
from hypothesis import strategies as st

from hoka_excel.core.allocating.transport import Shortage, cells_in_use, find_table


@st.composite
def open_tables(draw: st.DrawFn) -> tuple[list[int], list[int], list[set[int]]]:
    height, width = draw(st.integers(1, 6)), draw(st.integers(1, 6))
    rows = draw(st.lists(st.integers(0, 9), min_size=height, max_size=height))
    columns = [0] * width
    for _ in range(sum(rows)):
        columns[draw(st.integers(0, width - 1))] += 1
    return rows, columns, [draw(st.sets(st.integers(0, width - 1))) for _ in rows]


@given(case=open_tables())
def test_the_answer_is_a_table_with_these_totals_or_a_proof_that_there_is_none(
    case: tuple[list[int], list[int], list[set[int]]],
) -> None:
    rows, columns, open_cells = case
    found = find_table(rows, columns, open_cells)
    if isinstance(found, Shortage):
        assert set().union(*(open_cells[i] for i in found.rows)) <= set(found.columns)
        assert sum(rows[i] for i in found.rows) > sum(columns[j] for j in found.columns)
    else:
        assert [sum(row.values()) for row in found] == rows
        assert [sum(row.get(j, 0) for row in found) for j in range(len(columns))] == columns
        assert all(amount > 0 for row in found for amount in row.values())
        assert all(row.keys() <= open_row for row, open_row in zip(found, open_cells, strict=True))


@given(case=open_tables())
def test_a_cell_is_in_use_when_a_table_with_one_unit_in_it_exists(
    case: tuple[list[int], list[int], list[set[int]]],
) -> None:
    rows, columns, open_cells = case
    found = find_table(rows, columns, open_cells)
    if isinstance(found, Shortage):
        return
    used = cells_in_use(found, open_cells)
    for i, open_row in enumerate(open_cells):
        for j in open_row:
            without = [total - (k == i) for k, total in enumerate(rows)]
            rest = [total - (k == j) for k, total in enumerate(columns)]
            possible = min(*without, *rest) >= 0 and not isinstance(
                find_table(without, rest, open_cells), Shortage
            )
            assert (j in used[i]) == possible
