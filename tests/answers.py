"""A command of `hoka`, run inside the process of the tests so that what it says is noted as said."""

from contextlib import redirect_stderr, redirect_stdout
from io import StringIO
from typing import NamedTuple

import pytest

from hoka_excel.cli import main


class Answer(NamedTuple):
    """How a command ended: its exit code, what it told, and its faults."""

    code: int | str | None
    out: str
    faults: str


def answer(*arguments: object) -> Answer:
    """Run a command as a user would."""
    out, faults = StringIO(), StringIO()
    with redirect_stdout(out), redirect_stderr(faults), pytest.raises(SystemExit) as ended:
        main([str(argument) for argument in arguments])
    return Answer(ended.value.code, out.getvalue(), faults.getvalue())
