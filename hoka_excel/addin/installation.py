"""Prepare the Excel of this computer for the macros and functions of a begroting, and undo that.

The installers are those of xlwings; what is our own is that Excel starts the Python that hoka_excel is in.
"""

import csv
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from locale import getencoding
from pathlib import Path

from hoka_excel import limits
from hoka_excel.core.errors import UsageError
from hoka_excel.core.messages import Message
from hoka_excel.workbook.files import replacing

_KEYS = {"win32": "INTERPRETER_WIN", "darwin": "INTERPRETER_MAC"}
_REMAINING = {"win32": "addin.remaining_windows", "darwin": "addin.remaining_mac"}
_SUCCESS = "Successfully"
_NOT_THERE = "doesn't seem to be installed"


@dataclass(frozen=True, slots=True)
class Computer:
    """What an installation asks and changes.

    Attributes:
        system: as Python names it, such as "win32".
        interpreter: the Python that Excel is to start.
        settings: the file where xlwings keeps the user's settings.
        xlwings: runs a command of xlwings and gives what it said.
    """

    system: str
    interpreter: str
    settings: Path
    xlwings: Callable[[Sequence[str]], str]

    @property
    def key(self) -> str:
        """The name of the setting that holds the interpreter.

        Raises:
            UsageError: there is no Excel for this system.
        """
        if self.system not in _KEYS:
            raise UsageError("addin.no_excel", system=self.system)
        return _KEYS[self.system]

    @property
    def former(self) -> Path:
        """Where the settings are kept that were there before ours."""
        return self.settings.with_name(f"{self.settings.name}.voor-hoka")


def this_computer() -> Computer:
    """Describe the computer that we run on."""
    import xlwings  # noqa: PLC0415 - only an installation needs it

    return Computer(sys.platform, sys.executable, Path(xlwings.USER_CONFIG_FILE), _run_xlwings)


def install(computer: Computer) -> list[Message]:
    """Install xlwings in Excel and have it start our Python; other settings stay.

    Returns:
        What was done, and what remains for a person to do.

    Raises:
        UsageError: there is no Excel for this system, or the installer of xlwings failed.
        WorkbookError: the settings cannot be written.
    """
    key = computer.key
    before = _settings(computer.settings)
    _installed(computer, "install", [_SUCCESS])
    if before is not None and key in before and not computer.former.exists():
        _write(computer.former, before)
    _write(computer.settings, {**(before or {}), key: computer.interpreter})
    return [
        Message("addin.installed"),
        Message("addin.interpreter_set", {"interpreter": computer.interpreter, "where": computer.settings}),
        Message(_REMAINING[computer.system]),
    ]


def remove(computer: Computer) -> list[Message]:
    """Take xlwings out of Excel and put the user's settings back.

    Returns:
        What was done.

    Raises:
        UsageError: there is no Excel for this system, or the installer of xlwings failed.
        WorkbookError: the settings cannot be written.
    """
    key = computer.key
    _installed(computer, "remove", [_SUCCESS, _NOT_THERE])
    settings = {name: value for name, value in (_settings(computer.settings) or {}).items() if name != key}
    former = _settings(computer.former)
    if former is not None:
        settings[key] = former[key]
        computer.former.unlink()
    if settings:
        _write(computer.settings, settings)
    else:
        computer.settings.unlink(missing_ok=True)
    return [Message("addin.removed"), Message("addin.interpreter_unset", {"where": computer.settings})]


def _installed(computer: Computer, action: str, good: Sequence[str]) -> None:
    """Run an installer of xlwings, which says how it went in words alone."""
    said = computer.xlwings(["addin", action])
    if not any(words in said for words in good):
        raise UsageError("addin.installer_failed", action=action, detail=" ".join(said.split()[-40:]))


def _run_xlwings(command: Sequence[str]) -> str:
    most = limits.INSTALLATION_SECONDS
    try:
        done = subprocess.run(  # noqa: S603 - our own interpreter with a fixed command
            [sys.executable, "-m", "xlwings.cli", *command],
            check=False,
            capture_output=True,
            text=True,
            timeout=most.current,
        )
    except subprocess.TimeoutExpired as error:
        raise UsageError("addin.installer_too_slow", action=command[-1], **most.told) from error
    except OSError as error:
        return str(error)
    return done.stdout + done.stderr


def _settings(path: Path) -> dict[str, str] | None:
    """Read settings as xlwings writes them: a name and a value on each line; None where there is no file."""
    if not path.exists():
        return None
    lines = csv.reader(path.read_text(encoding=getencoding(), errors="replace").splitlines())
    return {line[0]: line[1] for line in lines if len(line) > 1}


def _write(path: Path, settings: dict[str, str]) -> None:
    """Write settings as xlwings reads them, in Excel's own code page."""
    path.parent.mkdir(parents=True, exist_ok=True)
    text = "".join(f'"{name}","{value}"\n' for name, value in settings.items())
    with replacing(path) as target:
        target.write(text.encode(getencoding(), errors="replace"))
