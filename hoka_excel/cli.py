"""The command line: `hoka build`, `hoka check`, `hoka regenerate`, `hoka diff`, `hoka report`.

Results go to standard output, faults to standard error, one line each. A command ends with 0 when all ties,
1 when something does not, 2 when something could not be read or tested.
"""

import sys
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, date, datetime
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from hoka_excel import __version__
from hoka_excel.core.errors import HokaError
from hoka_excel.core.messages import DUTCH, Language, Message

if TYPE_CHECKING:
    from rich.console import Console

    from hoka_excel.batch.regeneration import Run


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


_with_password = click.option(
    "--password",
    envvar="HOKA_PASSWORD",
    prompt="Wachtwoord",
    prompt_required=False,
    hide_input=True,
    show_envvar=True,
    help="Wachtwoord van versleutelde werkboeken; staat er geen achter, dan vraagt hoka erom.",
)


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
    """Maak een begroting of kwaliteitsagenda van een planbestand."""
    from hoka_excel.agenda.agenda_file import read_agenda_file
    from hoka_excel.agenda.build import build_agenda_workbook
    from hoka_excel.begroting.build import build_workbook
    from hoka_excel.begroting.plan_file import read_plan
    from hoka_excel.core.cascade import recompute
    from hoka_excel.core.errors import UsageError
    from hoka_excel.excel.agenda_workbook import build_agenda_macro_workbook
    from hoka_excel.excel.macro_workbook import build_macro_workbook
    from hoka_excel.report.outcomes import Outcome, exit_code
    from hoka_excel.sources import holds_agenda, reconcile

    kind = output.suffix.lower()
    if kind not in {".xlsx", ".xlsm"}:
        raise UsageError("build.kind", where=output)
    if holds_agenda(plan):
        if recomputed:
            raise UsageError("build.always_recomputed", where=plan)
        agenda = read_agenda_file(plan)
        (build_agenda_macro_workbook if kind == ".xlsm" else build_agenda_workbook)(agenda, output)
        found = reconcile(agenda)
    else:
        made = recompute(read_plan(plan)) if recomputed else read_plan(plan)
        (build_macro_workbook if kind == ".xlsm" else build_workbook)(made, output)
        found = reconcile(made)
    outcome = Outcome(output, found, written=output)
    status = Message(f"status.{outcome.status}")
    click.echo(Message("build.done", {"where": output, "status": status}).render(language))
    return exit_code([outcome])


@hoka.command()
@click.argument("paths", nargs=-1, required=True, type=_PATH)
@click.option("--json", "as_json", is_flag=True, help="Schrijf de uitkomst als JSON.")
@click.option("--html", "page", type=_PATH, help="Schrijf de uitkomst ook als pagina in dit bestand.")
@click.option("--all", "all_checks", is_flag=True, help="Toon ook wat precies aansluit.")
@click.option("--strict", is_flag=True, help="Eindig ook bij afrondingsverschillen met code 1.")
@click.option("--recalculate", is_flag=True, help="Laat LibreOffice elke formule opnieuw uitrekenen.")
@click.option("--write", "copies", is_flag=True, help="Schrijf een kopie met het blad Bevindingen.")
@click.option("-o", "--output", type=_PATH, help="Map of naam voor de kopie; anders ernaast.")
@click.option("--jobs", type=click.IntRange(1, 61), help="Aantal processen (een per processor).")
@_answering
def check(paths: tuple[Path, ...], language: Language, **asked: Any) -> int:
    """Sluit werkboeken, tabellen, documenten en planbestanden aan.

    Een pad is een bestand, een map die wordt doorzocht op werkboeken en tabellen, of een patroon zoals
    "faculteiten/**/*.xlsx". Geen bestand wordt gewijzigd: --write maakt naast elk werkboek een kopie met
    " - bevindingen" in de naam.
    """
    from hoka_excel.batch.checking import Checking, CheckRequest
    from hoka_excel.batch.progress import shown
    from hoka_excel.report.findings_json import to_json
    from hoka_excel.report.findings_text import print_outcome
    from hoka_excel.report.outcomes import exit_code
    from hoka_excel.report.page import to_html
    from hoka_excel.report.page_file import check_target, write_page

    page, all_checks, copies = asked["page"], asked["all_checks"], asked["copies"]
    work = Checking(recalculate=asked["recalculate"])
    request = CheckRequest(paths, work, copies or asked["output"] is not None, asked["output"], asked["jobs"])
    jobs = request.jobs()
    if page is not None:
        check_target(page, [job.source for job in jobs], kinds=(".html", ".htm"))
    outcomes = []
    for outcome in shown(request.outcomes(jobs), len(jobs), language):
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
@click.option("--keep", type=click.IntRange(1), help="Aantal reservekopieën per werkboek (10).")
@_with_password
@click.option("--break-signature", is_flag=True, help="Schrijf ook in wat ondertekend is; dat vervalt.")
@_answering
def regenerate(language: Language, **asked: Any) -> int:
    """Herbereken werkboeken en schrijf resultaten en bevindingen terug.

    Een pad is een werkboek, een map die wordt doorzocht, of een patroon zoals "faculteiten/**/*.xlsx". Ter
    plekke blijft van elk werkboek een gedateerde reservekopie bewaard; alleen de nieuwste blijven. Een
    onderbroken reeks gaat verder waar zij was: wat al klaar is en niet veranderde, wordt overgeslagen. Een
    werkboek met wachtwoord blijft versleuteld.
    """
    from hoka_excel.batch.jobs import Destination
    from hoka_excel.batch.log import logged
    from hoka_excel.batch.progress import shown
    from hoka_excel.batch.regeneration import BACKUPS_KEPT
    from hoka_excel.batch.request import Request
    from hoka_excel.report.differences import print_changes
    from hoka_excel.report.findings_text import print_batch
    from hoka_excel.report.outcomes import exit_code
    from hoka_excel.workbook.cells import Rules

    destination = Destination(asked["output"], asked["backup_dir"], asked["dry_run"])
    workers = (asked["jobs"], asked["timeout"], asked["dask"])
    request = Request(
        asked["paths"],
        asked["manifest"],
        destination,
        *workers,
        force=asked["force"],
        rules=Rules(break_signature=asked["break_signature"], password=asked["password"]),
        backups_kept=asked["keep"] or BACKUPS_KEPT,
    )
    jobs = request.jobs()
    done: Iterable[Run] = request.runs(jobs, _now())
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
    """Vergelijk twee planbestanden, begrotingen of kwaliteitsagenda's, regel voor regel.

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
@click.option("--json", "as_json", is_flag=True, help="Schrijf de uitkomsten als JSON.")
@click.option("-o", "--output", type=_PATH, help="Schrijf het blad Scenario's als werkboek (.xlsx).")
@_answering
def scenario(path: Path, as_json: bool, output: Path | None, language: Language) -> int:
    """Zet de scenario's van een planbestand of begroting naast het plan.

    Elk scenario is een volledige herberekening met de uitgangspunten die het anders stelt.
    """
    from hoka_excel.begroting.scenario_workbook import scenario_workbook
    from hoka_excel.core.errors import UsageError
    from hoka_excel.core.scenarios import compare_scenarios
    from hoka_excel.report.scenarios_text import print_scenarios, scenarios_json
    from hoka_excel.sources import planned_in
    from hoka_excel.workbook.files import replacing

    if output is not None and output.suffix.lower() != ".xlsx":
        raise UsageError("scenario.kind", where=output)
    plan = planned_in(path).plan
    if not plan.scenarios:
        raise UsageError("scenario.none", where=path)
    comparison = compare_scenarios(plan)
    if as_json:
        click.echo(scenarios_json(path, comparison))
    else:
        print_scenarios(_console(), comparison, language)
    if output is not None:
        made = scenario_workbook(comparison)
        with replacing(output) as target:
            target.write(made)
        click.echo(Message("scenario.done", {"where": output}).render(language), err=True)
    return 0


@hoka.command()
@click.argument("duo", metavar="DUO.csv", type=_PATH)
@click.option("--plan", type=_PATH, required=True, help="Planbestand dat zegt welke opleidingen tellen.")
@click.option("-o", "--output", type=_PATH, help="Schrijf hier; anders ter plekke, met een reservekopie.")
@_answering
def students(duo: Path, plan: Path, output: Path | None, language: Language) -> int:
    """Tel studenten voor de verdeelsleutel uit de open data van DUO.

    DUO.csv is 'ingeschrevenen wo' met een rij per opleiding. [thema.verdeling.studenten] in het planbestand
    noemt peildatum en opleidingen. Eindigt met code 1 als er aantallen zijn weggelaten of opleidingen
    ontbreken.
    """
    from hoka_excel.batch.jobs import BACKUP_FOLDER
    from hoka_excel.batch.regeneration import BACKUPS_KEPT
    from hoka_excel.students.plan_update import with_students
    from hoka_excel.workbook.files import back_up, replacing

    update = with_students(plan, duo)
    if output is None:
        back_up(plan, plan.parent / BACKUP_FOLDER, _now(), BACKUPS_KEPT)
    with replacing(output or plan) as target:
        target.write(update.text.encode())
    for message in update.told:
        click.echo(message.render(language))
    values = {"where": output or plan, "count": update.themes}
    click.echo(Message("students.done", values).render(language))
    return 1 if update.told else 0


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
    from hoka_excel.sources import examined

    check_target(output, [path])
    outcome, planned = examined(path)
    _tell(outcome.faults, language)
    if outcome.reconciliation is not None:
        accountability = planned and account(planned, outcome.reconciliation, language)
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


@hoka.group()
def addin() -> None:
    """Maak Excel op deze computer klaar voor de macro's en functies, of maak dat ongedaan."""


@addin.command()
@_answering
def install(language: Language) -> int:
    """Zet xlwings in Excel, en laat Excel de Python van hoka_excel starten."""
    from hoka_excel.addin.installation import install as installed
    from hoka_excel.addin.installation import this_computer

    for told in installed(this_computer()):
        click.echo(told.render(language))
    return 0


@addin.command()
@_answering
def remove(language: Language) -> int:
    """Haal xlwings uit Excel, en zet de instellingen terug zoals ze waren."""
    from hoka_excel.addin.installation import remove as removed
    from hoka_excel.addin.installation import this_computer

    for told in removed(this_computer()):
        click.echo(told.render(language))
    return 0


@hoka.command()
@click.argument("ledgers", metavar="LEDGER...", nargs=-1, required=True, type=_PATH)
@click.option("--plan", type=_PATH, required=True, help="Planbestand met de regels [[grootboek]].")
@click.option("--workbook", type=_PATH, help="Schrijf in het blad Realisatie van deze begroting.")
@click.option("-o", "--output", type=_PATH, help="Schrijf hier; anders ter plekke, met een reservekopie.")
@click.option("--dry-run", is_flag=True, help="Schrijf niets; toon elk bedrag dat zou veranderen.")
@click.option("--json", "as_json", is_flag=True, help="Schrijf de uitkomst als JSON.")
@_answering
def actuals(ledgers: tuple[Path, ...], plan: Path, language: Language, **asked: Any) -> int:
    """Haal de realisatie per regel en jaar uit het grootboek.

    LEDGER is een export (.csv, .tsv, .xlsx) of een XML Auditfile Financieel. De regels [[grootboek]] in het
    planbestand zeggen welke boekingen bij welke regel horen. Eindigt met code 1 als er boekingen op geen
    regel staan.
    """
    from rich.console import Console

    from hoka_excel.batch.jobs import BACKUP_FOLDER
    from hoka_excel.batch.regeneration import BACKUPS_KEPT
    from hoka_excel.ledgers.actuals import posted, target_of, warnings_of, write
    from hoka_excel.ledgers.mapping import mapping_of
    from hoka_excel.ledgers.statement_json import statement_json
    from hoka_excel.ledgers.statement_text import print_changes, print_statement
    from hoka_excel.workbook.files import back_up

    def keep(path: Path) -> None:
        back_up(path, path.parent / BACKUP_FOLDER, _now(), BACKUPS_KEPT)

    target = target_of(plan, asked["workbook"], asked["output"])
    mapping = mapping_of(plan, target.plan)
    for warning in warnings_of(mapping):
        click.echo(warning.render(language), err=True)
    with Console(stderr=True).status(Message("ledger.reading").render(language)):
        statement = posted(ledgers, mapping, target.plan)
    written = None if asked["dry_run"] else write(target, statement, asked["output"], keep)
    if asked["as_json"]:
        click.echo(statement_json(statement, language, written))
    else:
        print_statement(_console(), statement, language)
        print_changes(_console(), statement, target.path, language, written=written)
    return 0 if statement.posting.is_complete else 1


@hoka.command()
@click.argument("path", metavar="FILE", type=_PATH)
@click.option("-o", "--output", type=_PATH, required=True, help="De tabel: een .csv of een .parquet.")
@click.option("--findings", is_flag=True, help="De bevindingen in plaats van de bedragen.")
@_answering
def export(path: Path, output: Path, findings: bool, language: Language) -> int:
    """Schrijf elk bedrag van een plan als tabel voor analyse, een rij per bedrag.

    De kolommen: jaar, thema, opleiding, regel, of het een totaal is, tabel, begroot of besteed, eenheid en
    bedrag. Met --findings elke controle van een bestand.
    """
    from hoka_excel.core.frames import findings_frame, plan_frame
    from hoka_excel.report.frame_file import check_frame_target, write_frame
    from hoka_excel.sources import planned_in, reconcile

    check_frame_target(output)
    frame = findings_frame(reconcile(path), language) if findings else plan_frame(planned_in(path).plan)
    write_frame(frame, output)
    click.echo(Message("export.done", {"where": output, "count": len(frame)}).render(language))
    return 0


def _now() -> datetime:
    return datetime.now(tz=UTC).astimezone()


def _today() -> date:
    return _now().date()


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
