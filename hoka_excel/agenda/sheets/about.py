"""The sheet Toelichting: what the workbook is, where its contents come from, and how to read it."""

from collections.abc import Sequence

from hoka_excel.agenda.places.layout import AgendaLayout
from hoka_excel.agenda.places.names import AgendaBlock, AgendaSheet
from hoka_excel.agenda.sheets.labels import when_example
from hoka_excel.begroting.sheets.about import put_explanation, put_notes
from hoka_excel.begroting.sheets.draft import SheetDraft, wrapped_heights
from hoka_excel.core.version import VERSION
from hoka_excel.workbook.sheets import Sheet
from hoka_excel.workbook.styles import CHECK, INPUT, RESULT, TOTAL

_READING: Sequence[tuple[str, str]] = (
    (
        "Projecten",
        "Wat elk project per jaar kost en welke bron wat betaalt. Aandelen zegt bij welke thema's het hoort.",
    ),
    (
        "Toelaatbaarheid",
        """Of een project middelen van de kwaliteitsafspraken mag gebruiken: het verbetert aantoonbaar de \
kwaliteit van het onderwijs, heeft een relatie met een sectorthema, is voor niet meer dan 100 % gefinancierd \
en gebruikt de middelen in de jaren van de afspraak. De reden staat erbij.""",
    ),
    (
        "Aandelen",
        """Een project mag bij meer thema's horen. Zijn aandelen zijn hele delen die samen het geheel vormen \
(100 voor procenten, 3 voor derden), dus niets telt dubbel. Wat nergens bij hoort, heet niet toegedeeld.""",
    ),
    (
        "Verdeling",
        """Elk bedrag gaat op de cent over de aandelen: ieder krijgt zijn hele centen, de centen die \
overblijven gaan naar de grootste resten (bij gelijke rest naar de eerste).""",
    ),
    (
        "Totalen",
        """Vier keer dezelfde middelen: per eigen thema, sectorthema, opleiding en bron. Elke tabel eindigt \
op hetzelfde totaal.""",
    ),
    (
        "Toelichten",
        """Is een verschil terecht? Zet de reden in de kolom Toelichting van het blad Aansluiting. \
Het verschil blijft staan en heet dan toegelicht.""",
    ),
    (
        "Nieuw project",
        """Voeg een project, thema, opleiding of bron toe in het planbestand en bouw het werkboek opnieuw \
met hoka build.""",
    ),
)
_EXAMPLES = "Voorbeeld: de bron noemt geen bedragen. Deze laten alleen zien hoe een kwaliteitsagenda werkt."
_COLOURS: Sequence[tuple[str, str]] = (
    (INPUT, "Invoer: hier vult u in."),
    (RESULT, "Resultaat van een verdeling of verwijzing: een formule."),
    (TOTAL, "Totaal: een formule."),
    (CHECK, "Controle: een formule."),
)


def about_sheet(layout: AgendaLayout) -> Sheet:
    """Lay out the explanation and the notes of the agenda."""
    draft = SheetDraft()
    _put_about(draft, layout)
    title = "Toelichting op deze kwaliteitsagenda"
    widths = {1: 18.0, 2: 110.0}
    heights = wrapped_heights(draft, {2: 125})
    return Sheet(AgendaSheet.ABOUT, title, draft.cells, widths, heights=heights, one_page=True)


def _put_about(draft: SheetDraft, layout: AgendaLayout) -> None:
    """Set the explanation and the notes of the agenda."""
    agenda = layout.agenda
    put_explanation(
        draft,
        [
            ("Kwaliteitsagenda", agenda.title),
            ("Bedragen", when_example(layout, _EXAMPLES, "Vastgesteld.")),
            ("Bron", agenda.source),
            ("Gemaakt met", f"hoka_excel {VERSION}"),
        ],
        _READING,
        _COLOURS,
    )
    put_notes(draft, layout[AgendaBlock.NOTES], "Bij deze agenda", agenda.notes)
