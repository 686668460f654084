"""The command line: `hoka build`, `hoka check`, `hoka regenerate`, `hoka diff`, `hoka report`.

Results go to standard output, faults to standard error, one line each. A command ends with 0 when all ties,
1 when something does not, 2 when something could not be read or tested.
"""

import sys
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, date, datetime
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from hoka_excel import __version__
from hoka_excel.core.errors import HokaError
from hoka_excel.core.messages import DUTCH, Language, Message

if TYPE_CHECKING:
    from rich.console import Console

    from hoka_excel.batch.regeneration import Run

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
    from hoka_excel.excel.macro_workbook import build_macro_workbook
    from hoka_excel.report.outcomes import Outcome, exit_code
    from hoka_excel.sources import reconcile

    builders = {".xlsx": build_workbook, ".xlsm": build_macro_workbook}
    write = builders.get(output.suffix.lower())
    if write is None:
        raise UsageError("build.kind", where=output)
    made = read_plan(plan)
    if recomputed:
        made = recompute(made)
    write(made, output)
    outcome = Outcome(output, reconcile(made), written=output)
    status = Message(f"status.{outcome.status}")
    click.echo(Message("build.done", {"where": output, "status": status}).render(language))
    return exit_code([outcome])


@hoka.command()
@click.argument("paths", nargs=-1, required=True, type=_PATH)
@click.option("--json", "as_json", is_flag=True, help="Schrijf de uitkomst als JSON.")
@click.option("--html", "page", type=_PATH, help="Schrijf de uitkomst ook als pagina in dit bestand.")
@click.option("--all", "all_checks", is_flag=True, help="Toon ook wat precies aansluit.")
@click.option("--strict", is_flag=True, help="Eindig ook bij afrondingsverschillen met code 1.")
@_answering
def check(paths: tuple[Path, ...], language: Language, **asked: Any) -> int:
    """Sluit werkboeken en planbestanden aan."""
    from hoka_excel.report.findings_json import to_json
    from hoka_excel.report.findings_text import print_outcome
    from hoka_excel.report.outcomes import exit_code
    from hoka_excel.report.page import to_html
    from hoka_excel.report.page_file import check_target, write_page
    from hoka_excel.sources import examine

    page, all_checks = asked["page"], asked["all_checks"]
    if page is not None:
        check_target(page, paths, kinds=(".html", ".htm"))
    outcomes = []
    for path in _progressing(paths, len(paths)):
        outcome = examine(path)
        outcomes.append(outcome)
        if not asked["as_json"]:
            print_outcome(_console(), outcome, language, all_checks=all_checks)
        _tell(outcome.faults, language)
    if asked["as_json"]:
        click.echo(to_json(outcomes, language, all_checks=all_checks))
    if page is not None:
        write_page(to_html(outcomes, language, _today(), all_checks=all_checks), page)
    return exit_code(outcomes, strict=asked["strict"])


@hoka.command()
@click.argument("paths", nargs=-1, type=_PATH)
@click.option("--manifest", type=_PATH, help="Tekstbestand met een pad per regel.")
@click.option("-o", "--output", type=_PATH, help="Map voor de resultaten; zonder deze optie ter plekke.")
@click.option("--backup-dir", type=_PATH, help="Map voor de reservekopieën; anders hoka-backup ernaast.")
@click.option("--dry-run", is_flag=True, help="Schrijf niets; toon elke cel die zou veranderen.")
@click.option("--force", is_flag=True, help="Herbereken ook wat sinds de vorige keer niet veranderde.")
@click.option("--jobs", type=click.IntRange(1, 61), help="Aantal processen (1).")
@click.option("--timeout", type=click.FloatRange(0, min_open=True), help="Seconden per werkboek (600).")
@click.option("--dask", metavar="ADRES", help="Doe het werk op een Dask-cluster, zoals tcp://host:8786.")
@click.option("--log", type=_PATH, help="Voeg per werkboek een regel JSON toe aan dit bestand.")
@_answering
def regenerate(language: Language, **asked: Any) -> int:
    """Herbereken werkboeken en schrijf resultaten en bevindingen terug.

    Een pad is een werkboek, een map die wordt doorzocht, of een patroon zoals "faculteiten/**/*.xlsx". Ter
    plekke blijft van elk werkboek een gedateerde reservekopie bewaard. Een onderbroken reeks gaat verder waar
    zij was: wat al klaar is en niet veranderde, wordt overgeslagen.
    """
    from hoka_excel.batch.jobs import Destination
    from hoka_excel.batch.log import logged
    from hoka_excel.batch.progress import shown
    from hoka_excel.batch.request import Request
    from hoka_excel.report.differences import print_changes
    from hoka_excel.report.findings_text import print_batch
    from hoka_excel.report.outcomes import exit_code

    destination = Destination(asked["output"], asked["backup_dir"], asked["dry_run"])
    workers = (asked["jobs"], asked["timeout"], asked["dask"])
    request = Request(asked["paths"], asked["manifest"], destination, *workers, force=asked["force"])
    jobs = request.jobs()
    done: Iterable[Run] = request.runs(jobs, datetime.now(tz=UTC).astimezone())
    if asked["log"] is not None:
        done = logged(done, asked["log"], language)
    runs = {}
    for run in shown(done, len(jobs), language):
        runs[run.job] = run
        _tell(run.outcome.faults, language)
    outcomes = [runs[job].outcome for job in jobs]
    for job in jobs if destination.dry_run else ():
        if runs[job].outcome.reconciliation is not None:
            print_changes(_console(), job.source, runs[job].changes, language)
    print_batch(_console(), outcomes, language)
    skipped = sum(run.skipped for run in runs.values())
    if skipped:
        click.echo(Message("batch.skipped", {"count": skipped, "total": len(jobs)}).render(language))
    return exit_code(outcomes)


@hoka.command("import")
@click.argument("document", type=_PATH)
@click.option("-o", "--output", type=_PATH, required=True, help="Het planbestand dat gemaakt wordt.")
@_answering
def import_document(document: Path, output: Path, language: Language) -> int:
    """Haal de begrotingstabellen van een gepubliceerd plan naar een planbestand.

    Bij elk bedrag staat waar het vandaan komt. Een document zonder bedragen wordt een geraamte: de thema's en
    opleidingen die het noemt.
    """
    from hoka_excel.documents.plan_import import imported
    from hoka_excel.workbook.files import replacing

    text, told = imported(document)
    with replacing(output) as target:
        target.write(text.encode())
    for message in told:
        click.echo(message.render(language))
    click.echo(Message("import.done", {"where": output}).render(language))
    return 0


@hoka.command()
@click.argument("old", metavar="A", type=_PATH)
@click.argument("new", metavar="B", type=_PATH)
@click.option("--json", "as_json", is_flag=True, help="Schrijf de verschillen als JSON.")
@_answering
def diff(old: Path, new: Path, as_json: bool, language: Language) -> int:
    """Vergelijk twee planbestanden of begrotingen, regel voor regel.

    Eindigt met code 0 als er geen verschillen zijn, 1 als die er zijn, 2 als een bestand niet te lezen is.
    """
    from hoka_excel.comparison import compare_files
    from hoka_excel.report.differences import differences_json, print_differences

    differences = compare_files(old, new)
    if as_json:
        click.echo(differences_json((old, new), differences))
    else:
        print_differences(_console(), differences, language)
    return 1 if differences else 0


@hoka.command()
@click.argument("path", metavar="FILE", type=_PATH)
@click.option("-o", "--output", type=_PATH, required=True, help="De pagina: een .html, of een .pdf.")
@_answering
def report(path: Path, output: Path, language: Language) -> int:
    """Maak de verantwoording: oordeel, bevindingen, en begroting naast realisatie met grafieken.

    De pagina staat op zichzelf. Voor een .pdf is een browser als Chromium, Chrome of Edge nodig.
    """
    from hoka_excel.report.accountability import account
    from hoka_excel.report.outcomes import exit_code
    from hoka_excel.report.page import to_html
    from hoka_excel.report.page_file import check_target, write_page
    from hoka_excel.report.planned import planned
    from hoka_excel.sources import examine

    check_target(output, [path])
    outcome = examine(path)
    _tell(outcome.faults, language)
    if outcome.reconciliation is not None:
        plan = planned(path)
        accountability = plan and account(plan, outcome.reconciliation, language)
        write_page(to_html([outcome], language, _today(), accountability=accountability), output)
        status = Message(f"status.{outcome.status}")
        click.echo(Message("page.done", {"where": output, "status": status}).render(language))
    return exit_code([outcome])


@hoka.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Adres om op te luisteren.")
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="Poort.")
@click.option("--certificate", type=_PATH, help="Certificaat voor https (PEM).")
@click.option("--key", type=_PATH, help="Sleutel bij het certificaat (PEM).")
@click.option("--token-file", type=_PATH, help="Bestand met het token; of zet het in HOKA_ADDIN_TOKEN.")
@click.option("--entra-tenant", help="Organisatie in Microsoft Entra ID waarvan accounts toegang hebben.")
@click.option("--entra-client", help="De invoegtoepassing zoals daar geregistreerd.")
@click.option("--name", "public_name", help="Naam waaronder anderen de server bereiken, achter een proxy.")
@_answering
def serve(language: Language, **asked: Any) -> int:
    """Bied de invoegtoepassing voor Excel aan: functies, macro's en taakvenster.

    Zonder opties alleen op deze computer. Daarbuiten zijn https en een token of Entra nodig.
    """
    from hoka_excel.addin.launch import serve as serving
    from hoka_excel.addin.settings import requested

    serving(requested(**asked), lambda told: click.echo(told.render(language)))
    return 0


def _progressing(items: Iterable[T], total: int) -> Iterable[T]:
    """Show a progress bar on a terminal, and nothing in a pipe."""
    if total == 1 or not sys.stderr.isatty():
        return items
    from rich.console import Console
    from rich.progress import track

    return track(items, description="hoka", total=total, console=Console(stderr=True), transient=True)


def _today() -> date:
    return datetime.now(tz=UTC).astimezone().date()


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
