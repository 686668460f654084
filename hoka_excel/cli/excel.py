"""`hoka serve` and `hoka addin`: the server behind Excel, and Excel on this computer."""

from typing import Any

import click

from hoka_excel.cli.answers import PATH, answering
from hoka_excel.core.messages import Language


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Adres om op te luisteren.")
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="Poort.")
@click.option("--certificate", type=PATH, help="Certificaat voor https (PEM).")
@click.option("--key", type=PATH, help="Sleutel bij het certificaat (PEM).")
@click.option("--token-file", type=PATH, help="Bestand met het token; of zet het in HOKA_ADDIN_TOKEN.")
@click.option("--entra-tenant", help="Organisatie in Microsoft Entra ID waarvan accounts toegang hebben.")
@click.option("--entra-client", help="De invoegtoepassing zoals daar geregistreerd.")
@click.option("--name", "public_name", help="Naam waaronder anderen de server bereiken, achter een proxy.")
@answering
def serve(language: Language, **asked: Any) -> int:
    """Bied de invoegtoepassing voor Excel aan: functies, macro's en taakvenster.

    Zonder opties alleen op deze computer. Daarbuiten zijn https en een token of Entra nodig.
    """
    from hoka_excel.addin.launch import serve as serving
    from hoka_excel.addin.settings import requested

    serving(requested(**asked), lambda told: click.echo(told.render(language)))
    return 0


@click.group()
def addin() -> None:
    """Maak Excel op deze computer klaar voor de macro's en functies, of maak dat ongedaan."""


@addin.command()
@answering
def install(language: Language) -> int:
    """Zet xlwings in Excel, en laat Excel de Python van hoka_excel starten."""
    from hoka_excel.addin.installation import install as installed
    from hoka_excel.addin.installation import this_computer

    for told in installed(this_computer()):
        click.echo(told.render(language))
    return 0


@addin.command()
@answering
def remove(language: Language) -> int:
    """Haal xlwings uit Excel, en zet de instellingen terug zoals ze waren."""
    from hoka_excel.addin.installation import remove as removed
    from hoka_excel.addin.installation import this_computer

    for told in removed(this_computer()):
        click.echo(told.render(language))
    return 0
