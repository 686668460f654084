"""The worksheet functions, called as Excel calls them: through the conversion layer of xlwings."""

import importlib
import inspect
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from io import StringIO
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from xlwings import conversion
from xlwings.conversion import accessors

from hoka_excel.core.allocation import allocate
from hoka_excel.core.controlled_rounding import allocate_table
from hoka_excel.excel.cell_errors import CellError
from hoka_excel.excel.functions import FUNCTIONS, WorksheetFunction, answer, toegestaan
from hoka_excel.excel.udf_module import PYTHON_MODULE, udf_module
from tests.excel.counted_book import counted_engine

BY_NAME = {function.name: function for function in FUNCTIONS}
xlwings_read: Any = conversion.read
xlwings_write: Any = conversion.write
READ = {"ndim": 2, "err_to_str": True}


def excel(name: str, *arguments: object) -> Any:
    """Call a function with what Excel hands over, and give what lands in the cells."""
    with counted_engine() as engine:
        over = [None if a is None else xlwings_read(None, a, READ, engine) for a in arguments]
        return xlwings_write(answer(BY_NAME[name].call, *over), None, {}, engine)


def cell(name: str, *arguments: object) -> Any:
    return excel(name, *arguments)[0][0]


amounts = st.integers(-(10**9), 10**9)
weights = st.lists(st.integers(0, 10**6), min_size=1, max_size=12).filter(any)


@given(amounts, weights)
def test_verdeel_equals_the_core_to_the_cent_and_keeps_the_shape(cents: int, shares: list[int]) -> None:
    amount = Decimal(cents).scaleb(-2)
    expected = [float(share) for share in allocate(amount, shares, unit="0.01").shares]
    column = [[float(share)] for share in shares]
    assert excel("VERDEEL", float(amount), column, 0.01) == [[share] for share in expected]
    assert excel("VERDEEL", float(amount), [[float(share) for share in shares]], 0.01) == [expected]


@given(st.integers(10**6, 10**9), weights)
def test_verdeel_studenten_takes_fixed_amounts_off_first(amount: int, students: list[int]) -> None:
    fixed = [40_000 if index == 0 else None for index in range(len(students))]
    expected = allocate(amount, students, fixed=fixed).shares
    found = excel("VERDEEL_STUDENTEN", float(amount), [students], [fixed])
    assert found == [[float(share) for share in expected]]
    assert sum(map(Decimal, found[0])) == amount


@given(st.lists(st.lists(st.integers(1, 50), min_size=3, max_size=3), min_size=2, max_size=4))
def test_verdeel_tabel_equals_the_core(table: list[list[int]]) -> None:
    rows, columns = [sum(row) for row in table], [sum(column) for column in zip(*table, strict=True)]
    expected = allocate_table(rows, columns, table).cells
    found = excel("VERDEEL_TABEL", [[row] for row in rows], [columns], table)
    assert found == [[float(value) for value in row] for row in expected]


@given(amounts, st.integers(1, 10**7))
def test_fte_rounds_half_up_at_the_decimals_asked(euros: int, rate: int) -> None:
    exact = Decimal(abs(euros)) / Decimal(rate)
    found = Decimal(str(cell("FTE", float(euros), float(rate), 3.0)))
    assert abs(abs(found) - exact) <= Decimal("0.0005")
    assert found * euros >= 0


@pytest.mark.parametrize(
    ("call", "expected"),
    [
        (("FTE", 148400.0, 84272.4), 1.76),
        (("FTE", [[1.0], [None]], 2.0, 0.0), [[1.0], [0.0]]),
        (("EURO", [[5.3, 1.0]], 84272.4), [[446643.72, 84272.4]]),
        (("EURO", 0.145, 1.0), 0.15),
        (("INDEXEER", 1000.0, [[0.025], [0.01]]), [[1025.0], [1035.25]]),
        (("INDEXEER", 100.0, [[0.005, None, "n.v.t."]]), [[100.5, 100.5, 100.5]]),
        (("SLUIT_AAN", [[109953.0, 148400.0]], 258354.0), "afrondingsverschil"),
        (("SLUIT_AAN", [[1.0, None, "PM", 2.0]], 3.0), "sluit aan"),
        (("SLUIT_AAN", [[1.0], [2.0]], 3.5, 0.0), "verschil"),
        (("SLUIT_AAN", [[1.5], [2.0]], 3.5), "niet te toetsen"),
        (("SLUIT_AAN", [[0.749], [1.5]], 2.3, 0.1), "niet te toetsen"),
        (("VERSCHIL", [[0.1, 0.2]], 0.3), 0.0),
        (("VERSCHIL", [[238500.0], [78695.0], [62468.0]], 379015.0), -648.0),
        (("VERDEEL", 10.0, [[1.0, None, "geen", 1.0]]), [[5.0, 0.0, 0.0, 5.0]]),
        (("VERDEEL", 3.0, [[53.0, 28.0, 19.0]], None, "Webster"), [[1.0, 1.0, 1.0]]),
        (("VERDEEL", 10.0, 3.0), 10.0),
        (("TOEGESTAAN", [["2"], ["1; 4"], [None], ["8"], [6.0]]), [[True], [True], [False], [False], [True]]),
    ],
)
def test_a_function_gives(call: tuple[str, Any], expected: Any) -> None:
    found = excel(*call)
    assert (found if isinstance(expected, list) else found[0][0]) == expected


@pytest.mark.parametrize(
    ("call", "error"),
    [
        (("VERDEEL", 10.0, [[0.0], [None]]), CellError.DIVISION),
        (("VERDEEL", 10.0, [[1.0], [-1.0]]), CellError.NUMBER),
        (("VERDEEL", 10.5, [[1.0], [1.0]]), CellError.NUMBER),
        (("VERDEEL", 10.0, [[1.0]], 0.0), CellError.NUMBER),
        (("VERDEEL", "tien", [[1.0]]), CellError.VALUE),
        (("VERDEEL", [[1.0, 2.0]], [[1.0]]), CellError.VALUE),
        (("VERDEEL", 10.0, [[1.0]], None, "eerlijk"), CellError.VALUE),
        (("VERDEEL", 10.0, [[1.0], ["#N/A"]]), CellError.NOT_AVAILABLE),
        (("VERDEEL_STUDENTEN", 10.0, [[1.0, 1.0]], [[1.0]]), CellError.VALUE),
        (("VERDEEL_STUDENTEN", 10.0, [[1.0, 1.0]], [[20.0, None]]), CellError.NUMBER),
        (("VERDEEL_TABEL", [[1.0], [2.0]], [[1.0, 1.0]], [[1.0, 1.0], [1.0, 1.0]]), CellError.NUMBER),
        (("VERDEEL_TABEL", [[1.0], [2.0]], [[1.0, 2.0]], [[1.0, 1.0]]), CellError.VALUE),
        (("FTE", 1.0, 0.0), CellError.DIVISION),
        (("FTE", 1.0, [[None]]), CellError.DIVISION),
        (("FTE", 1.0, 2.0, 1.5), CellError.NUMBER),
        (("EURO", [[1.0, 2.0]], [[1.0], [2.0]]), CellError.VALUE),
        (("INDEXEER", "#DIV/0!", [[0.1]]), CellError.DIVISION),
        (("SLUIT_AAN", [["#REF!"]], 1.0), CellError.REFERENCE),
        (("VERSCHIL", [[1.0]], "tekst"), CellError.VALUE),
    ],
)
def test_a_failure_is_an_error_value(call: tuple[str, Any], error: CellError) -> None:
    assert cell(*call) == error


def test_a_project_that_names_a_theme_in_words_is_eligible() -> None:
    assert answer(toegestaan, [["Studiesucces, werkdruk"], ["werkdruk"], [True]]) == [
        [True],
        [False],
        [False],
    ]


@pytest.mark.parametrize("function", FUNCTIONS, ids=lambda function: function.name)
@pytest.mark.parametrize("language", ["nl", "en"])
def test_descriptions_and_argument_help_fit_the_function_wizard(
    function: WorksheetFunction, language: Any
) -> None:
    texts = [function.description(language), *(function.help(a.name, language) for a in function.arguments)]
    assert all(0 < len(text) <= 255 for text in texts)


@contextmanager
def windows_xlwings() -> Iterator[Any]:
    """Load the part of xlwings that only loads on Windows, with what it imports there stood in for."""
    names = ("pythoncom", "pywintypes", "win32com", "win32com.client")
    stubs: dict[str, Any] = {name: ModuleType(name) for name in names}
    stubs["pythoncom"].CoInitialize = stubs["win32com.client"].Dispatch = print
    stubs["pywintypes"].com_error = OSError
    sys.modules.update(stubs)
    try:
        yield importlib.import_module("xlwings.udfs")
    finally:
        for name in (*names, "xlwings.udfs"):
            del sys.modules[name]


def test_xlwings_itself_would_generate_the_same_functions(monkeypatch: pytest.MonkeyPatch) -> None:
    import xlwings

    with windows_xlwings() as udfs:
        monkeypatch.setattr(xlwings, "func", udfs.xlfunc)
        monkeypatch.setattr(xlwings, "arg", udfs.xlarg)
        registered = importlib.reload(importlib.import_module(PYTHON_MODULE))
        text = StringIO()
        udfs.generate_vba_wrapper(PYTHON_MODULE, registered, text, SimpleNamespace(Name="begroting.xlsm"))
        described = {name: vars(registered)[name].__xlfunc__ for name in dir(registered) if "HOKA_" in name}
    monkeypatch.undo()
    importlib.reload(registered)
    theirs = [line.strip() for line in text.getvalue().splitlines()]
    ours = udf_module()
    assert len(described) == len(FUNCTIONS)
    for function in FUNCTIONS:
        info = described[f"HOKA_{function.name}"]
        head = next(line for line in theirs if line.startswith(f"Function HOKA_{function.name}("))
        call = next(line for line in theirs if line.startswith(f"HOKA_{function.name} = XLPy.CallUDF("))
        assert f"Public {head} As Variant" in ours
        assert call.partition(" = ")[2] in ours.replace(" _\n        ", " ")
        assert info["ret"]["doc"] == function.description()
        assert [argument["doc"] for argument in info["args"]] == [
            function.help(argument.name) for argument in function.arguments
        ]
        for argument in info["args"]:
            assert argument["options"].get("convert") in accessors
        assert info["ret"]["options"].get("convert") in accessors


def test_every_argument_may_be_left_out_from_the_right() -> None:
    for function in FUNCTIONS:
        optional = [parameter.default is not inspect.Parameter.empty for parameter in function.arguments]
        assert optional == sorted(optional)
