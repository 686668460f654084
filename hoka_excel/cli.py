"""The command line: `hoka build`, `hoka check`, `hoka regenerate`.

Results go to standard output, faults to standard error, one line each. A command ends with 0 when all ties,
1 when something does not, 2 when something could not be read or tested.
"""

import sys
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

from hoka_excel import __version__
from hoka_excel.core.errors import HokaError
from hoka_excel.core.messages import DUTCH, Language, Message

if TYPE_CHECKING:
    from rich.console import Console

    from hoka_excel.report.outcomes import Outcome

T = TypeVar("T")

_PATH = click.Path(path_type=Path)


def _answering(command: Callable[..., int]) -> Callable[..., int]:
    """Add `--lang`, and answer a request that cannot be carried out with its faults and code 2."""

    @wraps(command)
    def answered(*, language: Language, **options: object) -> int:
        try:
            return command(language=language, **options)
        except HokaError as error:
            _tell(error.faults, language)
            return 2

    choice = click.Choice(["nl", "en"])
    option = click.option("--lang", "language", type=choice, default=DUTCH, help="Taal van de uitvoer.")
    return option(answered)


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="hoka")
def hoka() -> None:
    """Sluit begrotingen voor kwaliteitsafspraken aan, herbereken ze en maak ze opnieuw."""


@hoka.command()
@click.argument("plan", type=_PATH)
@click.option("-o", "--output", type=_PATH, required=True, help="Het werkboek dat gemaakt wordt.")
@click.option("--herberekend", "recomputed", is_flag=True, help="Verdeel de bedragen opnieuw.")
@_answering
def build(plan: Path, output: Path, recomputed: bool, language: Language) -> int:
    """Maak een begroting van een planbestand."""
    from hoka_excel.begroting.build import build_workbook
    from hoka_excel.begroting.plan_file import read_plan
    from hoka_excel.core.cascade import recompute
    from hoka_excel.core.errors import UsageError
    from hoka_excel.report.outcomes import Outcome, exit_code
    from hoka_excel.sources import reconcile

    if output.suffix.lower() != ".xlsx":
        raise UsageError("build.kind", where=output)
    made = read_plan(plan)
    if recomputed:
        made = recompute(made)
    build_workbook(made, output)
    outcome = Outcome(output, reconcile(made), written=output)
    status = Message(f"status.{outcome.status}")
    click.echo(Message("build.done", {"where": output, "status": status}).render(language))
    return exit_code([outcome])


@hoka.command()
@click.argument("paths", nargs=-1, required=True, type=_PATH)
@click.option("--json", "as_json", is_flag=True, help="Schrijf de uitkomst als JSON.")
@click.option("--all", "all_checks", is_flag=True, help="Toon ook wat precies aansluit.")
@click.option("--strict", is_flag=True, help="Eindig ook bij afrondingsverschillen met code 1.")
@_answering
def check(paths: tuple[Path, ...], as_json: bool, all_checks: bool, strict: bool, language: Language) -> int:
    """Sluit werkboeken en planbestanden aan."""
    from hoka_excel.report.findings_json import to_json
    from hoka_excel.report.findings_text import print_outcome
    from hoka_excel.report.outcomes import exit_code
    from hoka_excel.sources import examine

    outcomes = []
    for path in _progressing(paths, len(paths)):
        outcome = examine(path)
        outcomes.append(outcome)
        if not as_json:
            print_outcome(_console(), outcome, language, all_checks=all_checks)
        _tell(outcome.faults, language)
    if as_json:
        click.echo(to_json(outcomes, language, all_checks=all_checks))
    return exit_code(outcomes, strict=strict)


@hoka.command()
@click.argument("paths", nargs=-1, required=True, type=_PATH)
@click.option("-o", "--output", type=_PATH, help="Map voor de resultaten; zonder deze optie ter plekke.")
@_answering
def regenerate(paths: tuple[Path, ...], output: Path | None, language: Language) -> int:
    """Herbereken werkboeken en schrijf resultaten en bevindingen terug.

    Mappen worden doorzocht. Ter plekke blijft van elk werkboek een gedateerde reservekopie bewaard, in de map
    hoka-backup ernaast.
    """
    from hoka_excel.batch import jobs_of, run
    from hoka_excel.report.findings_text import print_batch
    from hoka_excel.report.outcomes import exit_code

    jobs = jobs_of(paths, output)
    outcomes: list[Outcome] = []
    for outcome in _progressing(run(jobs, datetime.now(tz=UTC).astimezone()), len(jobs)):
        outcomes.append(outcome)
        _tell(outcome.faults, language)
    print_batch(_console(), outcomes, language)
    return exit_code(outcomes)


def _progressing(items: Iterable[T], total: int) -> Iterable[T]:
    """Show a progress bar on a terminal, and nothing in a pipe."""
    if total == 1 or not sys.stderr.isatty():
        return items
    from rich.console import Console
    from rich.progress import track

    return track(items, description="hoka", total=total, console=Console(stderr=True), transient=True)


def _console() -> "Console":
    from rich.console import Console

    return Console(highlight=False, soft_wrap=True)


def _tell(faults: Sequence[Message], language: Language) -> None:
    for fault in faults:
        click.echo(Message("cli.fault", {"fault": fault}).render(language), err=True)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run a command and end the process with its exit code; faults become lines, never a traceback."""
    try:
        code = hoka.main(arguments, prog_name="hoka", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        code = error.exit_code
    except (KeyboardInterrupt, click.Abort):
        click.echo(Message("cli.interrupted").render(), err=True)
        code = 130
    sys.exit(code or 0)
