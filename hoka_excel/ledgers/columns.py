"""Which column of a ledger holds what, found by the words in its heading or told in the plan file."""

import re
from collections.abc import Collection, Mapping, Sequence
from enum import StrEnum

from hoka_excel.core.errors import LedgerError
from hoka_excel.core.messages import Message


class Field(StrEnum):
    """What a column can hold, by the name that the plan file has for it."""

    DAY = "datum"
    YEAR = "jaar"
    COST_CENTRE = "kostenplaats"
    PROJECT = "project"
    ACCOUNT = "rekening"
    AMOUNT = "bedrag"
    DEBIT = "debet"
    CREDIT = "credit"
    SIDE = "debet_of_credit"
    CURRENCY = "valuta"
    DOCUMENT = "boekstuk"
    DESCRIPTION = "omschrijving"


_WORDS: Mapping[Field, str] = {
    Field.DAY: "datum boekdatum boekingsdatum transactiedatum mutatiedatum date postingdate bookingdate "
    "transactiondate trdt",
    Field.YEAR: "boekjaar jaar fiscalyear financialyear year",
    Field.COST_CENTRE: "kostenplaats kostenplaatscode kostenplaatsnummer kpl costcentre costcenter "
    "costcentrecode costcentercode costid",
    Field.PROJECT: "project projectcode projectnummer projectnr wbselement projectnumber projectid projid",
    Field.ACCOUNT: "grootboekrekening grootboekrekeningnummer grootboeknummer grootboek rekening "
    "rekeningnummer rekeningnr kostensoort account accountnumber accountcode glaccount ledgeraccount "
    "generalledgeraccount accid",
    Field.AMOUNT: "bedrag bedrageur bedrageuro bedragineur bedragineuro amount amounteur amountineur amnt",
    Field.DEBIT: "debet debetbedrag bedragdebet debit debitamount",
    Field.CREDIT: "credit creditbedrag bedragcredit creditamount",
    Field.SIDE: "dc debetcredit debetofcredit debitcredit debitorcredit amnttp",
    Field.CURRENCY: "valuta valutacode munt muntsoort currency currencycode curcode",
    Field.DOCUMENT: "boekstuk boekstuknummer boekstuknr stuknummer documentnummer factuurnummer document "
    "documentnumber voucher vouchernumber docref",
    Field.DESCRIPTION: "omschrijving boekingsomschrijving omschrijvingboeking tekst boekingstekst "
    "description text desc",
}
"""The words of a heading, without spaces and marks, those that are looked for first in front."""

_FIRST_DECIDES = (Field.DOCUMENT, Field.DESCRIPTION)
"""These change no amount: of several columns, the one with the word that is looked for first is taken."""

Columns = Mapping[Field, int]
"""The place of each field in a row, counted from 0."""

ROWS_TRIED = 30
"""How many rows may stand before the headings have come."""


def plain(heading: object) -> str:
    """Write a heading without case, spaces and marks.

    >>> plain("Bedrag (in EUR)"), plain("D/C")
    ('bedragineur', 'dc')
    """
    return re.sub(r"[\W_]+", "", str(heading).casefold()) if heading is not None else ""


def columns_of(
    rows: Sequence[Sequence[object]], told: Mapping[Field, str], needed: Collection[Field], file: str
) -> tuple[int, Columns]:
    """Find the row of headings and the columns under it.

    Args:
        rows: the first rows of the ledger.
        told: the headings that the plan file names; they go before the words known here.
        needed: the codes that the rules look at.
        file: the name of the ledger, for messages.

    Returns:
        The place of that row among `rows`, and the columns.

    Raises:
        LedgerError: columns are missing or there are two that may be meant; all of them are told.
    """
    found = [_found(row, told) for row in rows[:ROWS_TRIED]]
    best = _headed(rows, [len(places) for places in found])
    places = found[best] if found else {}
    _drop_spare_amounts(places, told)
    headings = [str(heading) for heading in (rows[best] if rows else ()) if plain(heading)]
    values = {"where": file, "headings": ", ".join(headings) or "–"}
    faults = [
        Message("ledger.missing_column", {**values, "field": field, "heading": told.get(field, field)})
        for field in _missing(places, [*needed, *told])
    ]
    for field, columns in places.items():
        if len(columns) > 1 and field not in _FIRST_DECIDES:
            meant = ", ".join(str(rows[best][column]) for column in columns)
            faults.append(Message("ledger.two_columns", {**values, "field": field, "meant": meant}))
    if faults:
        raise LedgerError.of(faults)
    return best, {field: columns[0] for field, columns in places.items()}


def _headed(rows: Sequence[Sequence[object]], known: Sequence[int]) -> int:
    """Choose the row with most headings that are known; a single one may be a title."""

    def telling(row: int) -> tuple[int, int, int]:
        width = sum(1 for cell in rows[row] if plain(cell))
        return known[row] if known[row] > 1 else 0, width, -row

    return max(range(len(known)), key=telling, default=0)


def _found(row: Sequence[object], told: Mapping[Field, str]) -> dict[Field, list[int]]:
    """List the columns whose heading may mean each field; the most telling word first."""
    headings = [plain(heading) for heading in row]
    places = {}
    for field in Field:
        words = [plain(told[field])] if field in told else _WORDS[field].split()
        columns = [
            column for word in words for column, heading in enumerate(headings) if heading and heading == word
        ]
        if columns:
            places[field] = columns
    return places


def _drop_spare_amounts(places: dict[Field, list[int]], told: Mapping[Field, str]) -> None:
    """Leave one way to tell the amounts, where the plan file chooses it."""
    if Field.AMOUNT in told:
        spare: tuple[Field, ...] = (Field.DEBIT, Field.CREDIT)
    elif Field.DEBIT in told or Field.CREDIT in told:
        spare = (Field.AMOUNT, Field.SIDE)
    else:
        spare = ()
    for field in spare:
        if field not in told:
            places.pop(field, None)
    if {Field.AMOUNT, Field.DEBIT} <= places.keys():
        places[Field.AMOUNT] += places[Field.DEBIT]


def _missing(places: Mapping[Field, object], needed: Collection[Field]) -> list[Field]:
    wanted = set(needed)
    if Field.YEAR not in places:
        wanted.add(Field.DAY)
    if Field.DEBIT in places or Field.CREDIT in places:
        wanted |= {Field.DEBIT, Field.CREDIT}
    else:
        wanted.add(Field.AMOUNT)
    return [field for field in Field if field in wanted and field not in places]
