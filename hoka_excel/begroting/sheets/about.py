"""The sheet Toelichting: what the workbook is, where its figures come from, and how to read it."""

from collections.abc import Sequence

from hoka_excel.begroting.places.blocks import Block
from hoka_excel.begroting.places.layout import Layout
from hoka_excel.begroting.places.names import BlockName, SheetName
from hoka_excel.begroting.sheets.draft import SheetDraft, wrapped_heights
from hoka_excel.core.plan import State
from hoka_excel.core.version import VERSION
from hoka_excel.workbook.sheets import Content, Position, Sheet
from hoka_excel.workbook.styles import (
    CHECK,
    INFERRED,
    INPUT,
    LABEL,
    NUMBER,
    PRINTED,
    RESULT,
    SECTION,
    TEXT,
    TOTAL,
)

_STATES = {
    State.PUBLISHED: (
        "Zoals gepubliceerd: elk bedrag van de bijlage staat er zoals het is gedrukt, ook waar het niet "
        "aansluit. De bladen Aansluiting en Bevindingen laten zien waar."
    ),
    State.RECOMPUTED: (
        "Herberekend: de bedragen zijn opnieuw verdeeld volgens de uitgangspunten en tellen op de cent op. "
        "Totalen zijn formules."
    ),
}
_READING: Sequence[tuple[str, str]] = (
    ("Aansluiten", "Het blad Aansluiting toetst elk totaal en elk verband met een formule die meerekent."),
    (
        "Toelichten",
        """Is een verschil terecht? Zet de reden in de kolom Toelichting van het blad Aansluiting. \
Het verschil blijft staan en heet dan toegelicht.""",
    ),
    (
        "Verantwoorden",
        """Vul op Realisatie in wat is besteed, 0 als dat niets is. Wat beide drempels van Uitgangspunten \
passeert, wordt gesignaleerd; de reden zet u daaronder. Meenemen telt door naar volgende jaren.""",
    ),
    ("Tekens", "Een verschil is het gestelde bedrag min het herrekende: boven nul staat er te veel."),
    (
        "Afronding",
        """Een gedrukt bedrag staat voor alle waarden binnen een halve gedrukte eenheid. \
Een verschil dat daarmee te verklaren is, is een afrondingsverschil en geen fout.""",
    ),
)
_COLOURS: Sequence[tuple[str, str]] = (
    (INPUT, "Invoer: hier vult u in."),
    (PRINTED, "Gedrukt bedrag, overgenomen uit de bron."),
    (INFERRED, "Afgeleid: staat niet in de bron, maar volgt uit de gedrukte bedragen."),
    (RESULT, "Resultaat van een verdeling of verwijzing."),
    (TOTAL, "Totaal: een formule."),
    (CHECK, "Controle: een formule."),
)


def about_sheet(layout: Layout) -> Sheet:
    """Lay out the explanation and the notes of the plan."""
    draft, plan = SheetDraft(), layout.plan
    facts = [
        ("Begroting", plan.title),
        ("Toestand", _STATES[plan.state]),
        ("Bron", plan.source),
        ("Gemaakt met", f"hoka_excel {VERSION}"),
    ]
    put_explanation(draft, facts, _READING, _COLOURS)
    put_notes(draft, layout[BlockName.NOTES], "Bij dit plan", plan.notes)
    heights = wrapped_heights(draft, {2: 125})
    title = "Toelichting op deze begroting"
    return Sheet(SheetName.ABOUT, title, draft.cells, widths={1: 18, 2: 110}, heights=heights, one_page=True)


def put_explanation(
    draft: SheetDraft,
    facts: Sequence[tuple[str, Content]],
    reading: Sequence[tuple[str, str]],
    colours: Sequence[tuple[str, str]],
) -> None:
    """Set what a workbook is, how to read it and what its colours mean, one below the other.

    Args:
        draft: the sheet.
        facts: label and content.
        reading: label and text.
        colours: named style and what it stands for.
    """
    row = _put_pairs(draft, 4, "Dit werkboek", facts)
    row = _put_pairs(draft, row + 1, "Zo leest u het", reading)
    draft.put(Position(row + 1, 1), "Kleuren", SECTION)
    for offset, (style, text) in enumerate(colours, row + 2):
        draft.put(Position(offset, 1), style.removeprefix("Hoka "), style)
        draft.put(Position(offset, 2), text, TEXT)


def put_notes(draft: SheetDraft, block: Block, title: str, notes: Sequence[str]) -> None:
    """Set what a reader must know, numbered, under a title."""
    draft.put(block.at(-1, -1), title, SECTION)
    for offset, note in enumerate(notes):
        draft.put(block.at(offset, -1), offset + 1, NUMBER)
        draft.put(block.at(offset, 0), note, TEXT)


def _put_pairs(draft: SheetDraft, row: int, title: str, pairs: Sequence[tuple[str, Content]]) -> int:
    draft.put(Position(row, 1), title, SECTION)
    for offset, (label, text) in enumerate(pairs, row + 1):
        draft.put(Position(offset, 1), label, LABEL)
        draft.put(Position(offset, 2), text, TEXT)
    return row + len(pairs) + 1
