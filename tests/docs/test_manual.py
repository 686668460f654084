"""The manual says everything there is, and what it says is so."""

import html
import re
import shlex
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from pydantic import BaseModel

from hoka_excel.agenda.plan_file.schema import AgendaFile
from hoka_excel.begroting.plan_file.schema import PlanFile
from hoka_excel.cli import hoka, main
from hoka_excel.core.messages import catalogue
from hoka_excel.docs.licences import licences
from hoka_excel.excel.functions import FUNCTIONS
from hoka_excel.limits import LIMITS
from tests.documents.made_documents import PLAN_TEXT, needs_seeds, saved_as
from tests.office import needs_office

ROOT = Path(__file__).parents[2]
MANUAL = ROOT / "hoka_excel/docs"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the manual; a broken link, a missing picture or an unlisted page is a fault."""
    folder = tmp_path_factory.mktemp("site")
    command = [
        sys.executable,
        "-m",
        "mkdocs",
        "build",
        "-q",
        "-f",
        str(MANUAL / "mkdocs.yml"),
        "-d",
        str(folder),
    ]
    built = subprocess.run(command, capture_output=True, text=True, check=False)
    assert built.returncode == 0, built.stderr
    return folder


def text_of(site: Path, page: str) -> str:
    return html.unescape(re.sub(r"<[^>]+>", "", (site / page).read_text(encoding="utf-8")))


def source_of(page: str) -> str:
    return (MANUAL / "pages" / page).read_text(encoding="utf-8")


def commands(group: click.Group, path: str = "hoka") -> Iterator[tuple[str, click.Command]]:
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from commands(command, f"{path} {name}")
        else:
            yield f"{path} {name}", command


def test_every_command_and_option_is_described(site: Path) -> None:
    page = text_of(site, "operator/commands.html")
    for name, command in commands(hoka):
        assert name in page
        options = [option for option in command.params if isinstance(option, click.Option)]
        assert [option.name for option in options if not all(flag in page for flag in option.opts)] == []


def test_every_worksheet_function_and_argument_is_described(site: Path) -> None:
    page = text_of(site, "controleur/functies.html")
    for function in FUNCTIONS:
        assert f"=HOKA_{function.name}(" in page
        assert function.description() in page
        assert [entry.name for entry in function.arguments if function.help(entry.name) not in page] == []


@pytest.mark.parametrize("page", ["controleur/meldingen.html", "operator/messages.html"])
def test_every_message_is_listed(site: Path, page: str) -> None:
    text = text_of(site, page)
    assert [code for code in catalogue() if code not in text] == []


def keys_of(model: type[BaseModel], seen: set[type[BaseModel]]) -> Iterator[str]:
    """List every key that a plan file can hold, whatever its depth."""
    if model in seen:
        return
    seen.add(model)
    for name, field in model.model_fields.items():
        yield field.alias or name
        for inner in models_in(field.annotation):
            yield from keys_of(inner, seen)


def models_in(annotation: object) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for argument in getattr(annotation, "__args__", ()):
        yield from models_in(argument)


@pytest.mark.parametrize(
    ("page", "keys"),
    [("controleur/planbestand.md", PlanFile), ("controleur/kwaliteitsagenda.md", AgendaFile)],
)
def test_every_key_of_a_plan_file_is_described(page: str, keys: type[BaseModel]) -> None:
    text = source_of(page)
    written = set(re.findall(r"[\w]+", " ".join(re.findall(r"`[^`]+`", text))))
    assert sorted(set(keys_of(keys, set())) - written) == []


def test_no_package_asks_that_our_users_open_their_own_code() -> None:
    stated = licences()
    assert {"openpyxl", "xlwings", "pandas"} <= set(stated)
    words = {name: set(re.findall(r"[A-Z]+", licence)) for name, licence in stated.items()}
    assert [name for name, found in words.items() if found & {"GPL", "AGPL"}] == []


def test_the_limits_are_those_of_the_module() -> None:
    stated = [line for line in source_of("operator/safety.md").splitlines() if line.startswith("| `HOKA_")]
    assert stated == [
        f"| `{limit.variable}` | {limit.default:,} {word} | {bounds} |"
        for limit in LIMITS
        for word, bounds in [(limit.unit.word.render("en"), limit.bounds.render("en"))]
    ]


def test_every_extra_is_listed() -> None:
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["optional-dependencies"]
    page = source_of("operator/install.md")
    assert [extra for extra in extras if f"| `{extra}` |" not in page] == []


def test_every_picture_is_shown_somewhere() -> None:
    pages = "".join(path.read_text(encoding="utf-8") for path in (MANUAL / "pages").rglob("*.md"))
    pictures = [path.name for path in (MANUAL / "pages/pictures").iterdir()]
    assert pictures
    assert [name for name in pictures if f"pictures/{name}" not in pages] == []


@needs_seeds
@needs_office
def test_the_worked_example_runs_as_it_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    saved_as(PLAN_TEXT, "pdf", tmp_path).rename(tmp_path / "plan.pdf")
    monkeypatch.chdir(tmp_path)
    written = "\n".join(re.findall(r"```sh\n(.*?)```", source_of("controleur/voorbeeld.md"), re.DOTALL))
    steps = [shlex.split(line)[1:] for line in written.splitlines() if line]
    assert [step[0] for step in steps[:3]] == ["import", "build", "check"]
    for step in steps:
        with pytest.raises(SystemExit) as ended:
            main(step)
        assert ended.value.code in (0, 1), step
