"""Whatever is fed to a parser, it gives an answer or a fault of ours: never anything else, never a hang.

A hundred inputs each here; `pytest tests/fuzz --hypothesis-profile=campaign` tries five thousand each.
"""

import copy
import tomllib
from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any, TypeVar
from xml.sax.saxutils import escape

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from hoka_excel.begroting.places.standard_layout import standard_layout
from hoka_excel.begroting.plan_file.reading import plan_of
from hoka_excel.core.cascade import recompute
from hoka_excel.core.errors import HokaError
from hoka_excel.core.figures import Printed, parse_figures
from hoka_excel.core.reconciliation import reconcile_plan
from hoka_excel.documents.text_file import read_text
from hoka_excel.report.outcomes import Outcome
from hoka_excel.sources import examine
from hoka_excel.tables.grid import Grid
from hoka_excel.tables.sheet_checks import check_grids
from hoka_excel.tables.totals import find_sums
from tests.conftest import PLAN_FILE
from tests.workbook.forged_opendocument import formula, number, opendocument, row

FIGURE_TEXT = st.text("0123456789.,-–()€$%K +eE'\u00a0\u202f٣½", max_size=24)
ANY_TEXT = st.text(max_size=24)
T = TypeVar("T")


def refused_or(call: Callable[[], T]) -> T | None:
    """Give what a call returns; None when it is refused in words of both languages."""
    try:
        return call()
    except HokaError as error:
        told = [fault.render(language) for fault in error.faults for language in ("nl", "en")]
    assert all(told)
    return None


bounded = settings(deadline=timedelta(seconds=20), suppress_health_check=list(HealthCheck))


@bounded
@given(FIGURE_TEXT | ANY_TEXT)
def test_a_text_is_a_figure_or_it_is_told_why_not(text: str) -> None:
    figure = refused_or(lambda: Printed.parse(text))
    assert figure is None or figure.interval.low <= Fraction(figure.value) <= figure.interval.high


@bounded
@given(st.lists(FIGURE_TEXT | ANY_TEXT, max_size=12))
def test_a_column_of_texts_gives_a_figure_for_each(texts: list[str]) -> None:
    assert len(parse_figures(texts)) == len(texts)


PLAN = tomllib.loads(PLAN_FILE.read_text(encoding="utf-8"), parse_float=Decimal)
VALUES: st.SearchStrategy[Any] = (
    st.none()
    | st.booleans()
    | st.integers(-(10**30), 10**30)
    | st.decimals()
    | FIGURE_TEXT
    | ANY_TEXT
    | st.lists(FIGURE_TEXT, max_size=7)
    | st.dictionaries(ANY_TEXT, st.lists(FIGURE_TEXT, max_size=7), max_size=3)
)


@st.composite
def broken_plans(draw: st.DrawFn) -> Mapping[str, Any]:
    """Take the shipped plan and change, drop or repeat up to four things somewhere in it."""
    plan = copy.deepcopy(PLAN)
    for _ in range(draw(st.integers(1, 4))):
        holder: Any = plan
        while True:
            keys = list(holder) if isinstance(holder, dict) else list(range(len(holder)))
            if not keys:
                break
            key = draw(st.sampled_from(keys))
            if isinstance(holder[key], dict | list) and draw(st.booleans()):
                holder = holder[key]
                continue
            match draw(st.sampled_from(("change", "drop", "repeat"))):
                case "change":
                    holder[key] = draw(VALUES)
                case "drop":
                    del holder[key]
                case "repeat" if isinstance(holder, list):
                    holder.insert(0, copy.deepcopy(holder[key]))
                case "repeat":
                    holder[draw(ANY_TEXT)] = copy.deepcopy(holder[key])
            break
    return plan


@bounded
@given(broken_plans())
@example({**PLAN, "schema": 2**63})
def test_a_broken_plan_is_refused_with_its_faults_or_it_can_be_checked(data: Mapping[str, Any]) -> None:
    plan = refused_or(lambda: plan_of(data, "plan.toml"))
    if plan is None:
        return
    assert reconcile_plan(plan, standard_layout(plan).places()).checks
    recomputed = refused_or(lambda: recompute(plan))
    for table in recomputed.tables if recomputed else ():
        for total, *lines in zip(table.total.figures, *(line.figures for line in table.lines), strict=True):
            assert isinstance(total, Printed)
            assert sum(line.value for line in lines if isinstance(line, Printed)) == total.value


CONTENT = (
    st.none() | st.integers(-999, 99_999) | st.floats(allow_nan=True) | FIGURE_TEXT | ANY_TEXT | st.booleans()
)
FORMULA = st.text("=SUM(A1:B3)+-*/,;'!$\"#{}[]<>&%^ 12@xÉ", max_size=30)


@bounded
@given(st.lists(st.lists(CONTENT, max_size=6), max_size=8))
@example([[1, 1, 8.98846567431158e307]])
@example([[None, None, None, 1], [None, None, None, None, 0, 1], [None, 0, 0, 7.2e-165], [0, None, None, 1]])
def test_every_sum_that_is_found_in_a_grid_is_one(grid: list[list[object]]) -> None:
    for found in find_sums(grid):
        assert found.total not in found.parts
        assert len(set(found.parts)) == len(found.parts)
        for line, column in (found.total, *found.parts):
            assert grid[line][column] is not None


@bounded
@given(
    st.lists(st.lists(CONTENT, min_size=4, max_size=4), min_size=4, max_size=4),
    st.dictionaries(st.tuples(st.integers(0, 3), st.integers(0, 3)), FORMULA, max_size=6),
)
@example([[None] * 4] * 4, {(0, 0): ")"})
@example([[None] * 4, [None] * 4, [None, None, None, 1.797693134862316e307], [None, None, None, 0.5]], {})
def test_any_formula_can_be_audited(cells: list[list[object]], formulas: dict[tuple[int, int], str]) -> None:
    grid = Grid("Blad", tuple(tuple(row) for row in cells), formulas=formulas)
    for finding in check_grids([grid]).findings:
        assert finding.message.render("nl")
        assert finding.message.render("en")


@bounded
@given(st.lists(ANY_TEXT | FIGURE_TEXT | st.sampled_from(("Totaal", "EUR", "2019\t2020")), max_size=30))
def test_any_text_can_be_read_as_a_document(lines: Sequence[str]) -> None:
    assert read_text("\n".join(lines), "plan.txt") is not None


KINDS = (".csv", ".tsv", ".txt", ".toml", ".xlsx", ".xlsm", ".xls", ".xlsb", ".ods", ".pdf", ".docx", ".html")
STARTS = (
    b"",
    b"PK\x03\x04",
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
    b"%PDF-1.7\n",
    b"\xff\xfe",
    b"<html>",
    b"schema = 1\n",
)


@bounded
@given(st.sampled_from(KINDS), st.sampled_from(STARTS), st.binary(max_size=300))
def test_a_file_of_any_bytes_under_any_name_is_answered(
    tmp_path_factory: pytest.TempPathFactory, kind: str, start: bytes, rest: bytes
) -> None:
    path = tmp_path_factory.mktemp("fuzz") / f"wat{kind}"
    path.write_bytes(start + rest)
    outcome = examine(path)
    answered(outcome, path)


@pytest.fixture(scope="session")
def damaged(published: Path) -> Callable[[int, bytes], bytes]:
    sound = published.read_bytes()

    def overwritten(place: int, content: bytes) -> bytes:
        at = place % len(sound)
        return sound[:at] + content + sound[at + len(content) :]

    return overwritten


@bounded
@given(place=st.integers(0, 10**6), content=st.binary(min_size=1, max_size=40))
def test_a_begroting_damaged_anywhere_is_answered(
    tmp_path_factory: pytest.TempPathFactory,
    damaged: Callable[[int, bytes], bytes],
    place: int,
    content: bytes,
) -> None:
    path = tmp_path_factory.mktemp("fuzz") / "begroting.xlsx"
    path.write_bytes(damaged(place, content))
    answered(examine(path), path)


REFERENCE = st.sampled_from((".A1", ".B2:.B4", "$'Blad 2'.$A$1", ".A1:.", "#REF!", "'a'#$b.C3", "]", "'"))
OPEN_FORMULA = st.lists(
    st.one_of(
        st.sampled_from(("of:=", "SUM(", ")", ";", "{1;2|3}", '"a', "~", "!")), REFERENCE.map("[{}]".format)
    ),
    max_size=12,
).map("".join)
OPEN_CELL = st.one_of(
    OPEN_FORMULA.map(escape).map(formula),
    st.integers(-2, 2**31).map(
        lambda times: number(more=f'table:number-columns-repeated="{times}" table:style-name="{times % 3}"')
    ),
    st.text("<>&/=\"' atable:-0", max_size=12),
)


@bounded
@given(st.lists(st.lists(OPEN_CELL, max_size=4), max_size=4))
def test_an_opendocument_of_any_markup_is_answered(
    tmp_path_factory: pytest.TempPathFactory, cells: list[list[str]]
) -> None:
    path = tmp_path_factory.mktemp("fuzz") / "blad.ods"
    opendocument(path, "".join(row(*some) for some in cells))
    answered(examine(path), path)


def answered(outcome: Outcome, path: Path) -> None:
    """Hold an outcome to this: it was checked, or every fault is told, in one line that names the file."""
    if outcome.reconciliation is None:
        assert outcome.faults
        for fault in outcome.faults:
            assert path.name in fault.render("nl")
            assert "\n" not in fault.render("nl").strip()
