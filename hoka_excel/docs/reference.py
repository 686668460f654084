"""The pages of the manual that are made of the code itself: functions, messages, licences."""

from collections.abc import Iterable
from itertools import groupby

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files

from hoka_excel.core.messages import Language, catalogue
from hoka_excel.docs.licences import licences
from hoka_excel.excel.functions import FUNCTIONS, WorksheetFunction


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the generated pages."""
    pages = {
        "controleur/functies.md": functions_page(),
        "controleur/meldingen.md": messages_page("nl"),
        "operator/messages.md": messages_page("en"),
        "operator/licences.md": licences_page(),
    }
    for path, text in pages.items():
        files.append(File.generated(config, path, content=text))
    return files


def functions_page() -> str:
    """List every worksheet function: how to write it, what it does, what its arguments are."""
    functions = (line for function in FUNCTIONS for line in _function(function))
    return "\n".join(["# Werkbladfuncties", "", _ABOUT_FUNCTIONS, *functions])


_ABOUT_FUNCTIONS = """
In Excel voor Windows heten ze `HOKA_…`, in de invoegtoepassing `HOKA.…`. Een bereik erin geeft een bereik
eruit, in dezelfde richting. Mislukt een functie, dan geeft zij een foutwaarde van Excel, zodat ook elke som
erover mislukt: nooit stilzwijgend een verkeerd bedrag.
"""


def _function(function: WorksheetFunction) -> Iterable[str]:
    written = "; ".join(
        argument.name if argument.default is argument.empty else f"[{argument.name}]"
        for argument in function.arguments
    )
    yield f"\n## {function.name}\n"
    yield f"`=HOKA_{function.name}({written})`\n"
    yield function.description() + "\n"
    yield "| argument | wat u invult |"
    yield "|---|---|"
    for argument in function.arguments:
        yield f"| `{argument.name}` | {function.help(argument.name)} |"


_TITLES: dict[Language, tuple[str, str]] = {
    "nl": (
        "Alle meldingen",
        "Wat het programma kan zeggen, letterlijk. Tussen accolades staat wat per geval wordt ingevuld.",
    ),
    "en": (
        "Messages",
        "Everything the program can say, word for word. Braces mark what each case fills in.",
    ),
}


def messages_page(language: Language) -> str:
    """List every text of the catalogue by subject."""
    title, about = _TITLES[language]
    lines = [f"# {title}", "", about]
    for subject, codes in groupby(sorted(catalogue()), key=lambda code: code.partition(".")[0]):
        lines += [f"\n## {subject}\n", "| code | |", "|---|---|"]
        lines += [f"| `{code}` | {_cell(catalogue()[code][language])} |" for code in codes]
    return "\n".join(lines)


def _cell(text: str) -> str:
    return text.strip().replace("|", "\\|").replace("\n", "<br>")


_ABOUT_LICENCES = """
As every package declares it, the extras included, what only the tests use left out. hoka_excel itself is MIT.
The server uses xlwings-server under PolyForm Noncommercial 1.0.0, see [the add-in server](server.md).
"""


def licences_page() -> str:
    """List the packages that an installation may bring, with their licences."""
    rows = [f"| {name} | {_cell(licence)} |" for name, licence in licences().items()]
    return "\n".join(["# Licences", _ABOUT_LICENCES, "| package | licence |", "|---|---|", *rows])
