"""Ledgers made for tests and benchmarks: exports as text, audit files, and a plan file with rules."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from xml.sax.saxutils import escape

from tests.conftest import PLAN_FILE

XAF_3_2 = "http://www.auditfiles.nl/XAF/3.2"
XAF_4_0 = "http://www.odb.belastingdienst.nl/Belastingdienst/BCPP/1.1/structures/XmlauditfileXAF_4.0"

RULES = """
[[grootboek]]
kostenplaats = "71200"
rekening = "40*"
tabel = "Thema 1"
regel = "BMW"

[[grootboek]]
rekening = "4100-4199"
tabel = "Thema 2"
regel = "Didactische leergangen"

[[grootboek]]   # balansrekeningen
rekening = "0000-2999"
"""

HEADINGS = ("Boekdatum", "Kostenplaats", "Project", "Grootboekrekening", "Bedrag", "Omschrijving", "Boekstuk")


def plan_file(folder: Path, rules: str = RULES) -> Path:
    """Write the shipped plan with rules for ledgers."""
    path = folder / "plan.toml"
    path.write_text(PLAN_FILE.read_text(encoding="utf-8") + rules, encoding="utf-8")
    return path


def export(folder: Path, rows: Iterable[Sequence[str]], name: str = "boekingen.csv") -> Path:
    """Write an export with the usual headings."""
    path = folder / name
    lines = [";".join(row) for row in (HEADINGS, *rows)]
    path.write_text("\n".join([*lines, ""]), encoding="utf-8")
    return path


def line(amount: str, side: str = "D", account: str = "4001", **other: str) -> dict[str, str]:
    """Give the elements of a line of an audit file, in the order of its schema."""
    values = {"nr": "1", "accID": account, "docRef": "F1", "effDate": "2020-03-01", "desc": "inkoop"}
    return {**values, "amnt": amount, "amntTp": side, "costID": "71200", **other}


def xml(elements: Mapping[str, str]) -> str:
    """Write elements; a value that holds elements itself is written as it stands."""
    return "".join(
        f"<{name}>{text if text.startswith('<') else escape(text)}</{name}>"
        for name, text in elements.items()
    )


def audit_file(
    folder: Path, lines: Iterable[Mapping[str, str]], namespace: str = XAF_3_2, **parts: str
) -> Path:
    """Write an audit file with one transaction.

    Args:
        folder: where.
        lines: the lines of the transaction.
        namespace: of the version.
        parts: other text for `prolog`, `currency`, `totals` or `day`.
    """
    given = {"prolog": "", "currency": "EUR", "totals": "", "day": "2020-03-01", **parts}
    written = "".join(f"<trLine>{xml(entry)}</trLine>" for entry in lines)
    path = folder / "boek.xaf"
    path.write_text(
        f'<?xml version="1.0" encoding="UTF-8"?>{given["prolog"]}<auditfile xmlns="{namespace}">'
        f"<header><fiscalYear>2020</fiscalYear><curCode>{given['currency']}</curCode></header><company>"
        "<generalLedger><ledgerAccount><accID>4001</accID><accTp>P</accTp></ledgerAccount></generalLedger>"
        "<openingBalance><obLine><nr>1</nr><accID>1300</accID><amnt>9</amnt><amntTp>D</amntTp></obLine>"
        f"</openingBalance><transactions>{given['totals']}<journal><jrnID>INK</jrnID><transaction><nr>17</nr>"
        f"<desc>week 9</desc><periodNumber>3</periodNumber><trDt>{given['day']}</trDt><amnt>5</amnt>{written}"
        "</transaction></journal><subledgers><subledger><linesCount>9</linesCount><sbLine><amnt>7</amnt>"
        "</sbLine></subledger></subledgers></transactions></company></auditfile>",
        encoding="utf-8",
    )
    return path
