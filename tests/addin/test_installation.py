"""Preparing Excel on Windows and Mac, with stand-ins for the computer and for xlwings' own installer."""

import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from hoka_excel.addin.installation import Computer, install, remove, this_computer
from hoka_excel.cli import hoka
from hoka_excel.core.errors import UsageError
from hoka_excel.excel.macro_workbook import CONFIGURATION

PYTHON = r"C:\Program Files\hoka\python.exe"
DONE = "Successfully installed the xlwings add-in! "


class Xlwings:
    """Stands in for the command of xlwings: notes what is asked and says what it would say."""

    def __init__(self, said: str = DONE, does: Callable[[], object] = bool) -> None:
        self.said, self.does = said, does
        self.asked: list[Sequence[str]] = []

    def __call__(self, command: Sequence[str]) -> str:
        self.asked.append(command)
        self.does()
        return self.said


def computer(folder: Path, xlwings: Xlwings, system: str = "win32") -> Computer:
    return Computer(system, PYTHON, folder / ".xlwings/xlwings.conf", xlwings)


@pytest.mark.parametrize(("system", "key"), [("win32", "INTERPRETER_WIN"), ("darwin", "INTERPRETER_MAC")])
def test_installing_runs_xlwings_and_has_excel_start_our_python(
    tmp_path: Path, system: str, key: str
) -> None:
    xlwings = Xlwings()
    here = computer(tmp_path, xlwings, system)
    told = [message.render() for message in install(here)]
    assert xlwings.asked == [["addin", "install"]]
    assert here.settings.read_text(encoding="utf-8") == f'"{key}","{PYTHON}"\n'
    assert PYTHON in told[1]
    assert str(here.settings) in told[1]
    assert told[-1].startswith("Nog zelf te doen: ")


def test_what_remains_on_windows_names_the_block_and_the_trusted_location(tmp_path: Path) -> None:
    remaining = str(install(computer(tmp_path, Xlwings()))[-1])
    assert "Blokkering opheffen" in remaining
    assert "Vertrouwde locaties" in remaining


def test_other_settings_stay_and_removing_brings_the_former_interpreter_back(tmp_path: Path) -> None:
    here = computer(tmp_path, Xlwings("Successfully"))
    here.settings.parent.mkdir()
    before = '"INTERPRETER_WIN","C:\\anaconda\\python.exe"\n"LICENSE_KEY","eigen"\n'
    here.settings.write_text(before, encoding="utf-8")
    install(here)
    install(here)
    assert f'"INTERPRETER_WIN","{PYTHON}"' in here.settings.read_text(encoding="utf-8")
    assert '"LICENSE_KEY","eigen"' in here.settings.read_text(encoding="utf-8")
    remove(here)
    assert sorted(here.settings.read_text(encoding="utf-8").splitlines()) == before.splitlines()
    assert [path.name for path in here.settings.parent.iterdir()] == ["xlwings.conf"]


def test_the_interpreter_is_ours_though_xlwings_writes_its_own(tmp_path: Path) -> None:
    settings = tmp_path / ".xlwings/xlwings.conf"

    def writes() -> None:
        settings.parent.mkdir()
        settings.write_text('"CONDA PATH","C:\\anaconda"\n', encoding="utf-8")

    here = computer(tmp_path, Xlwings(does=writes))
    install(here)
    assert settings.read_text(encoding="utf-8") == f'"INTERPRETER_WIN","{PYTHON}"\n'


def test_removing_leaves_nothing_where_there_was_nothing(tmp_path: Path) -> None:
    here = computer(tmp_path, Xlwings("Successfully"))
    install(here)
    remove(here)
    assert not here.settings.exists()


def test_removing_what_is_not_there_is_no_fault(tmp_path: Path) -> None:
    said = "Error: Could not remove the add-in. The add-in doesn't seem to be installed."
    assert len(remove(computer(tmp_path, Xlwings(said)))) == 2


@pytest.mark.parametrize(
    "said", ["Error: Failed to install the add-in: If Excel is running", "", "com_error"]
)
@pytest.mark.parametrize("action", [install, remove])
def test_an_installer_that_fails_is_told_and_no_setting_changes(
    tmp_path: Path, said: str, action: Callable[[Computer], object]
) -> None:
    here = computer(tmp_path, Xlwings(said))
    with pytest.raises(UsageError, match="Sluit Excel af en probeer het opnieuw"):
        action(here)
    assert not here.settings.exists()


@pytest.mark.parametrize("action", [install, remove])
def test_without_excel_nothing_is_asked(tmp_path: Path, action: Callable[[Computer], object]) -> None:
    xlwings = Xlwings()
    with pytest.raises(UsageError, match="geen Excel"):
        action(computer(tmp_path, xlwings, "linux"))
    assert xlwings.asked == []


@pytest.mark.skipif(sys.platform in {"win32", "darwin"}, reason="Excel may be there")
@pytest.mark.parametrize("command", ["install", "remove"])
@pytest.mark.parametrize(("language", "text"), [("nl", "geen Excel"), ("en", "no Excel here")])
def test_the_command_says_in_one_line_that_there_is_no_excel(
    command: str, language: str, text: str, capsys: pytest.CaptureFixture[str]
) -> None:
    code = hoka.main(["addin", command, "--lang", language], standalone_mode=False)
    told = capsys.readouterr()
    assert (code, told.out, told.err.count("\n")) == (2, "", 1)
    assert text in told.err


def test_the_workbook_leaves_the_interpreter_to_the_user() -> None:
    assert not {key for key in CONFIGURATION if key.startswith("INTERPRETER")}


def test_an_installer_that_does_not_end_is_stopped_at_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    def endless(*command: object, timeout: float, **_: object) -> None:
        raise subprocess.TimeoutExpired(str(command), timeout)

    monkeypatch.setattr("hoka_excel.addin.installation.subprocess.run", endless)
    monkeypatch.setenv("HOKA_LIMIT_INSTALLATION_SECONDS", "7")
    with pytest.raises(UsageError) as refused:
        this_computer().xlwings(["addin", "install"])
    assert str(refused.value) == (
        "xlwings addin install was na 7 seconden niet klaar en is gestopt. Sluit Excel af en probeer het "
        "opnieuw, of verhoog HOKA_LIMIT_INSTALLATION_SECONDS."
    )
