"""The keys of a plan file for ledgers: which bookings belong to which line, and how an export is laid out."""

from enum import StrEnum
from typing import Annotated

from pydantic import Strict

from hoka_excel.begroting.plan_file.keys import FigureText, FileKeys


class LedgerRuleKeys(FileKeys):
    """Which bookings belong to a line: codes, ranges such as "4000-4999" or beginnings such as "40*".

    Without a line, the bookings have nothing to do with the plan.
    """

    kostenplaats: FigureText = ""
    project: FigureText = ""
    rekening: FigureText = ""
    tabel: str = ""
    regel: str = ""


class DecimalSign(StrEnum):
    """What stands before the decimals."""

    COMMA = ","
    POINT = "."


class ExportKeys(FileKeys):
    """The headings of an export of the ledger, where they are not found by themselves."""

    datum: str | None = None
    jaar: str | None = None
    kostenplaats: str | None = None
    project: str | None = None
    rekening: str | None = None
    bedrag: str | None = None
    debet: str | None = None
    credit: str | None = None
    debet_of_credit: str | None = None
    valuta: str | None = None
    boekstuk: str | None = None
    omschrijving: str | None = None
    decimaalteken: Annotated[DecimalSign, Strict(strict=False)] | None = None
