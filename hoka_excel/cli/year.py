"""`hoka actuals` and `hoka students`: what the year brings, from ledgers and from open data."""

from pathlib import Path
from typing import Any

import click

from hoka_excel.cli.answers import PATH, answering, console, now
from hoka_excel.core.messages import Language, Message


@click.command()
@click.argument("ledgers", metavar="LEDGER...", nargs=-1, required=True, type=PATH)
@click.option("--plan", type=PATH, required=True, help="Planbestand met de regels [[grootboek]].")
@click.option("--workbook", type=PATH, help="Schrijf in het blad Realisatie van deze begroting.")
@click.option("-o", "--output", type=PATH, help="Schrijf hier; anders ter plekke, met een reservekopie.")
@click.option("--dry-run", is_flag=True, help="Schrijf niets; toon elk bedrag dat zou veranderen.")
@click.option("--json", "as_json", is_flag=True, help="Schrijf de uitkomst als JSON.")
@answering
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
        back_up(path, path.parent / BACKUP_FOLDER, now(), BACKUPS_KEPT)

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
        print_statement(console(), statement, language)
        print_changes(console(), statement, target.path, language, written=written)
    return 0 if statement.posting.is_complete else 1


@click.command()
@click.argument("duo", metavar="DUO.csv", type=PATH)
@click.option("--plan", type=PATH, required=True, help="Planbestand dat zegt welke opleidingen tellen.")
@click.option("-o", "--output", type=PATH, help="Schrijf hier; anders ter plekke, met een reservekopie.")
@answering
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
        back_up(plan, plan.parent / BACKUP_FOLDER, now(), BACKUPS_KEPT)
    with replacing(output or plan) as target:
        target.write(update.text.encode())
    for message in update.told:
        click.echo(message.render(language))
    values = {"where": output or plan, "count": update.themes}
    click.echo(Message("students.done", values).render(language))
    return 1 if update.told else 0
