"""Totals that reconcile with each other, however many themes a project relates to."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from hoka_excel.core.agenda.projects import Axis, Project, Shares
from hoka_excel.core.agenda.totals import SOURCES, UNASSIGNED, divided, totals_of
from tests.made_agendas import MEMBERS, YEARS, agenda, amounts, project

CENTS = st.integers(-(10**11), 10**11).map(lambda cents: Decimal(cents).scaleb(-2))
ROWS = st.tuples(*(CENTS for _ in YEARS))


def shares(count: int) -> st.SearchStrategy[Shares]:
    parts = st.lists(st.integers(0, 1000), min_size=count, max_size=count)
    return parts.map(lambda given: Shares(tuple(given), sum(given) or 100))


PROJECTS = st.lists(
    st.builds(
        lambda given, paid: (given, paid),
        st.tuples(*(shares(len(MEMBERS[axis])) for axis in Axis)),
        st.tuples(ROWS, ROWS),
    ),
    min_size=1,
    max_size=4,
).map(
    lambda made: [
        project(number, shares=given, financing=paid) for number, (given, paid) in enumerate(made, 1)
    ]
)


@given(PROJECTS)
def test_every_table_ends_in_the_grand_total_of_the_sources(projects: list[Project]) -> None:
    tables = {table.name: table for table in totals_of(agenda(*projects))}
    assert {table.total for table in tables.values()} == {tables[SOURCES].total}
    for table in tables.values():
        assert tuple(sum(column) for column in zip(*table.lines.values(), strict=True)) == table.total


@given(PROJECTS)
def test_nobody_gets_a_cent_more_or_less_than_due(projects: list[Project]) -> None:
    for entry in projects:
        for axis in Axis:
            given = entry.shares_of(axis)
            if not given.is_given:
                continue
            for part, got in zip(given.parts, divided(entry, axis), strict=False):
                for paid, amount in zip(entry.financed, got, strict=False):
                    assert abs(amount * given.whole - paid * part) < Decimal("0.01") * given.whole


def test_a_project_of_two_themes_counts_once() -> None:
    made = agenda(project(shares=(Shares((50, 50, 0)), Shares((100, 0)), Shares((60, 40)))))
    themes = totals_of(made)[0]
    assert themes.lines["1. thema 1"] == amounts(50, 50, 0, 100)
    assert themes.lines["2. thema 2"] == amounts(50, 50, 0, 100)
    assert themes.total == amounts(100, 100, 0, 200)


def test_thirds_add_up_to_the_cent_and_the_first_of_equals_gets_it() -> None:
    entry = project(shares=(Shares((1, 1, 1), 3), Shares((1, 0), 1), Shares((1, 0), 1)))
    got = [part[0] for part in divided(entry, Axis.OWN_THEMES)]
    assert got == list(amounts("33.34", "33.33", "33.33", 0))


def test_what_relates_to_no_member_is_kept_on_a_line_of_its_own() -> None:
    made = agenda(project(shares=(Shares((0, 0, 0)), Shares((0, 0)), Shares((100, 0)))))
    themes, sector, *_ = totals_of(made)
    assert themes.lines[UNASSIGNED] == sector.lines[UNASSIGNED] == amounts(100, 100, 0, 200)
