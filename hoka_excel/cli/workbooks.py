"""`hoka build`, `hoka check` and `hoka regenerate`: what is done to workbooks."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from hoka_excel.cli.answers import PATH, answering, console, now, tell, today, with_password
from hoka_excel.core.messages import Language, Message

if TYPE_CHECKING:
    from collections.abc import Iterable

    from hoka_excel.batch.regeneration import Run


@click.command()
@click.argument("plan", type=PATH)
@click.option("-o", "--output", type=PATH, required=True, help="Het werkboek dat gemaakt wordt.")
@click.option("--herberekend", "recomputed", is_flag=True, help="Verdeel de bedragen opnieuw.")
@answering
def build(plan: Path, output: Path, recomputed: bool, language: Language) -> int:
    """Maak een begroting of kwaliteitsagenda van een planbestand."""
    from hoka_excel.agenda.build import build_agenda_workbook
    from hoka_excel.agenda.plan_file.reading import read_agenda_file
    from hoka_excel.begroting.build import build_workbook
    from hoka_excel.begroting.plan_file.reading import read_plan
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


@click.command()
@click.argument("paths", nargs=-1, required=True, type=PATH)
@click.option("--json", "as_json", is_flag=True, help="Schrijf de uitkomst als JSON.")
@click.option("--html", "page", type=PATH, help="Schrijf de uitkomst ook als pagina in dit bestand.")
@click.option("--all", "all_checks", is_flag=True, help="Toon ook wat precies aansluit.")
@click.option("--strict", is_flag=True, help="Eindig ook bij afrondingsverschillen met code 1.")
@click.option("--recalculate", is_flag=True, help="Laat LibreOffice elke formule opnieuw uitrekenen.")
@click.option("--write", "copies", is_flag=True, help="Schrijf een kopie met het blad Bevindingen.")
@click.option("-o", "--output", type=PATH, help="Map of naam voor de kopie; anders ernaast.")
@click.option("--jobs", type=click.IntRange(1, 61), help="Aantal processen (een per processor).")
@answering
def check(paths: tuple[Path, ...], language: Language, **asked: Any) -> int:
    """Sluit werkboeken, tabellen, documenten en planbestanden aan.

    Een pad is een bestand, een map die wordt doorzocht op werkboeken en tabellen, of een patroon zoals
    "faculteiten/**/*.xlsx". Geen bestand wordt gewijzigd: --write maakt naast elk werkboek een kopie met
    " - bevindingen" in de naam.
    """
    from hoka_excel.batch.checking import Checking, CheckRequest
    from hoka_excel.batch.progress import shown
    from hoka_excel.report.outcomes import exit_code

    page, all_checks, copies = asked["page"], asked["all_checks"], asked["copies"]
    work = Checking(recalculate=asked["recalculate"], all_checks=all_checks)
    request = CheckRequest(paths, work, copies or asked["output"] is not None, asked["output"], asked["jobs"])
    jobs = request.jobs()
    if page is not None:
        from hoka_excel.report.page_file import check_target

        check_target(page, [job.source for job in jobs], kinds=(".html", ".htm"))
    outcomes = []
    for outcome in shown(request.outcomes(jobs), len(jobs), language):
        outcomes.append(outcome)
        if not asked["as_json"]:
            from hoka_excel.report.findings_text import print_outcome

            print_outcome(console(), outcome, language, all_checks=all_checks)
        tell(outcome.faults, language)
    if asked["as_json"]:
        from hoka_excel.report.findings_json import to_json

        click.echo(to_json(outcomes, language, all_checks=all_checks))
    if page is not None:
        from hoka_excel.report.page import to_html
        from hoka_excel.report.page_file import write_page

        write_page(to_html(outcomes, language, today(), all_checks=all_checks), page)
    return exit_code(outcomes, strict=asked["strict"])


@click.command()
@click.argument("paths", nargs=-1, type=PATH)
@click.option("--manifest", type=PATH, help="Tekstbestand met een pad per regel.")
@click.option("-o", "--output", type=PATH, help="Map voor de resultaten; zonder deze optie ter plekke.")
@click.option("--backup-dir", type=PATH, help="Map voor de reservekopieën; anders hoka-backup ernaast.")
@click.option("--dry-run", is_flag=True, help="Schrijf niets; toon elke cel die zou veranderen.")
@click.option("--force", is_flag=True, help="Herbereken ook wat sinds de vorige keer niet veranderde.")
@click.option("--jobs", type=click.IntRange(1, 61), help="Aantal processen (1).")
@click.option("--timeout", type=click.FloatRange(0, min_open=True), help="Seconden per werkboek (600).")
@click.option("--dask", metavar="ADRES", help="Doe het werk op een Dask-cluster, zoals tcp://host:8786.")
@click.option("--log", type=PATH, help="Voeg per werkboek een regel JSON toe aan dit bestand.")
@click.option("--keep", type=click.IntRange(1), help="Aantal reservekopieën per werkboek (10).")
@with_password
@click.option("--break-signature", is_flag=True, help="Schrijf ook in wat ondertekend is; dat vervalt.")
@answering
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
    from hoka_excel.workbook.edits import Rules

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
    done: Iterable[Run] = request.runs(jobs, now())
    if asked["log"] is not None:
        done = logged(done, asked["log"], language)
    runs = {}
    for run in shown(done, len(jobs), language):
        runs[run.job] = run
        tell(run.outcome.faults, language)
    outcomes = [runs[job].outcome for job in jobs]
    for job in jobs if destination.dry_run else ():
        if runs[job].outcome.reconciliation is not None:
            print_changes(console(), job.source, runs[job].changes, language)
    print_batch(console(), outcomes, language)
    skipped = sum(run.skipped for run in runs.values())
    if skipped:
        click.echo(Message("batch.skipped", {"count": skipped, "total": len(jobs)}).render(language))
    return exit_code(outcomes)
