"""What the twin's stand-in for xlwings starts: answers the question in the folder, through UNO or directly.

The answer appears in one instant, since the macro waits for the file.
"""

import os
import sys
import traceback
from pathlib import Path

ROOT = Path(__file__).parents[3]
sys.path.insert(0, str(ROOT))


def main() -> None:
    folder = Path(os.environ["HOKA_TWIN_FOLDER"])
    kind, *lines = (folder / "question.txt").read_text(encoding="utf-8").splitlines()
    try:
        answer = run_macro(folder, lines[0]) if kind == "macro" else call_function(*lines)
    except Exception:  # noqa: BLE001 - the test reads what went wrong
        answer = traceback.format_exc()
    draft = folder / "answer.tmp"
    draft.write_text(f"{answer}\n", encoding="utf-8")
    draft.replace(folder / "answer.txt")


def run_macro(folder: Path, command: str) -> str:
    """Run the macro's own command, with the calling workbook read through UNO."""
    if (folder / "python-is-missing").exists():
        return "python: command not found"
    import xlwings

    from tests.excel.twin.uno_book import UnoBook, connected

    book = UnoBook(connected(os.environ["HOKA_TWIN_PIPE"]), os.environ["HOKA_TWIN_BOOK"], folder / "told.txt")
    xlwings.Book.caller = classmethod(lambda _: book)  # type: ignore[method-assign,assignment] # the stand-in's whole point
    exec(command, {})  # noqa: S102 - as xlwings' RunPython does
    return "OK"


def call_function(name: str, *arguments: str) -> str:
    """Call a worksheet function as Excel would, and write what fits in the cells."""
    from hoka_excel.excel.functions import FUNCTIONS, answer
    from hoka_excel.excel.udfs import PREFIX

    function = next(function for function in FUNCTIONS if PREFIX + function.name == name)
    given = [None if argument == "-" else _read(argument) for argument in arguments]
    found = answer(function.call, *given)
    rows = found if isinstance(found, list) else [[found]]
    return ";".join("|".join(_written(value) for value in row) for row in rows)


def _read(argument: str) -> list[list[object]]:
    return [[_value(cell) for cell in row.split("|")] for row in argument.split(";")]


def _value(cell: str) -> object:
    kind, text = cell[:1], cell[1:]
    return {"n": lambda: float(text), "b": lambda: text == "1", "-": lambda: None}.get(kind, lambda: text)()


def _written(value: object) -> str:
    if isinstance(value, bool):
        return f"b{int(value)}"
    return f"n{value!r}" if isinstance(value, float) else f"s{value}"


if __name__ == "__main__":
    main()
