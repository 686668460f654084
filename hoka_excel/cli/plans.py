"""`hoka import`, `diff`, `scenario`, `report` and `export`: what a plan becomes and is held against."""

from pathlib import Path

import click

from hoka_excel.cli.answers import PATH, answering, console, tell, today
from hoka_excel.core.messages import Language, Message


@click.command("import")
@click.argument("document", type=PATH)
@click.option("-o", "--output", type=PATH, required=True, help="Het planbestand dat gemaakt wordt.")
@answering
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


@click.command()
@click.argument("old", metavar="A", type=PATH)
@click.argument("new", metavar="B", type=PATH)
@click.option("--json", "as_json", is_flag=True, help="Schrijf de verschillen als JSON.")
@answering
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
        print_differences(console(), differences, language)
    return 1 if differences else 0


@click.command()
@click.argument("path", metavar="FILE", type=PATH)
@click.option("--json", "as_json", is_flag=True, help="Schrijf de uitkomsten als JSON.")
@click.option("-o", "--output", type=PATH, help="Schrijf het blad Scenario's als werkboek (.xlsx).")
@answering
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
        print_scenarios(console(), comparison, language)
    if output is not None:
        made = scenario_workbook(comparison)
        with replacing(output) as target:
            target.write(made)
        click.echo(Message("scenario.done", {"where": output}).render(language), err=True)
    return 0


@click.command()
@click.argument("path", metavar="FILE", type=PATH)
@click.option("-o", "--output", type=PATH, required=True, help="De pagina: een .html, of een .pdf.")
@answering
def report(path: Path, output: Path, language: Language) -> int:
    """Maak de verantwoording: oordeel, bevindingen, en begroting naast realisatie met grafieken.

    De pagina staat op zichzelf. Voor een .pdf is een browser als Chromium, Chrome of Edge nodig.
    """
    from hoka_excel.report.accountability import account_of
    from hoka_excel.report.agenda_account import agenda_account
    from hoka_excel.report.outcomes import exit_code
    from hoka_excel.report.page import to_html
    from hoka_excel.report.page_file import check_target, write_page
    from hoka_excel.sources import examined

    check_target(output, [path])
    outcome, planned, agenda = examined(path)
    tell(outcome.faults, language)
    if outcome.reconciliation is not None:
        account = planned and account_of(planned, outcome.reconciliation, language)
        totals = agenda_account(agenda, language) if agenda else None
        write_page(to_html([outcome], language, today(), account=account or totals), output)
        status = Message(f"status.{outcome.status}")
        click.echo(Message("page.done", {"where": output, "status": status}).render(language))
    return exit_code([outcome])


@click.command()
@click.argument("path", metavar="FILE", type=PATH)
@click.option("-o", "--output", type=PATH, required=True, help="De tabel: een .csv of een .parquet.")
@click.option("--findings", is_flag=True, help="De bevindingen in plaats van de bedragen.")
@answering
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
