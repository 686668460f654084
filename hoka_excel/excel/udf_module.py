"""The VBA module that lets formulas call our Python functions, and tells Excel what each is for.

It is what xlwings itself would generate on Windows, with one difference: a failure is an error value of Excel
instead of a text, so that SUM passes it on. A test compares the two.
"""

from importlib.resources import files
from textwrap import wrap

from hoka_excel.excel.functions import FUNCTIONS, WorksheetFunction
from hoka_excel.excel.udfs import CATEGORY, PREFIX

PYTHON_MODULE = "hoka_excel.excel.udfs"
NAME = "xlwings_udfs"
_HEAD = f"""Attribute VB_Name = "{NAME}"
Option Explicit

' Made by hoka_excel: one function per worksheet function. All they do is in Python: {PYTHON_MODULE}.
"""
_FUNCTION = """Public Function {name}({parameters}) As Variant
    On Error GoTo failed
    {name} = HokaOutcome(XLPy.CallUDF("{module}", "{name}", _
        Array({arguments}), ThisWorkbook, Application.Caller))
    Exit Function
failed:
    {name} = CVErr(2015)
End Function
"""
_DESCRIPTION = """    Application.MacroOptions _
        Macro:="{name}", _
        Category:="{category}", _
        Description:={description}, _
        ArgumentDescriptions:=Array( _
            {arguments})
"""
_LITERAL_WIDTH = 200


def udf_module() -> str:
    """Write the module: a VBA function for every worksheet function, and `HokaDescribe`."""
    outcome = files("hoka_excel.excel").joinpath("vba/HokaOutcome.bas").read_text(encoding="utf-8")
    functions = [_function(function) for function in FUNCTIONS]
    return "\n".join([_HEAD, *functions, outcome, _describing()])


def _function(function: WorksheetFunction) -> str:
    arguments = function.arguments
    parameters = [
        argument.name if argument.default is argument.empty else f"Optional {argument.name}"
        for argument in arguments
    ]
    return _FUNCTION.format(
        name=PREFIX + function.name,
        module=PYTHON_MODULE,
        parameters=", ".join(parameters),
        arguments=", ".join(argument.name for argument in arguments),
    )


def _describing() -> str:
    """Write the subroutine that describes every function and argument, for Excel's function wizard."""
    described = [
        _DESCRIPTION.format(
            name=PREFIX + function.name,
            category=CATEGORY,
            description=_literal(function.description()),
            arguments=", _\n            ".join(
                _literal(function.help(argument.name)) for argument in function.arguments
            ),
        )
        for function in FUNCTIONS
    ]
    return "\n".join(["Public Sub HokaDescribe()", "    On Error Resume Next", *described, "End Sub", ""])


def _literal(text: str) -> str:
    """Write a text as a VBA literal, in pieces that fit on a line."""
    pieces = wrap(text, _LITERAL_WIDTH, drop_whitespace=False)
    return " & _\n            ".join('"' + piece.replace('"', '""') + '"' for piece in pieces)
