"""Audit files (XAF) as bookings."""

import tracemalloc
from decimal import Decimal
from pathlib import Path

import pytest

from hoka_excel.core.bookings.ledger import Booking
from hoka_excel.core.errors import HokaError
from hoka_excel.ledgers.audit_file import AuditFile
from hoka_excel.ledgers.audit_versions import VERSIONS
from tests.ledgers.made_ledgers import XAF_3_2, XAF_4_0, audit_file, line

TOTALS = "<linesCount>2</linesCount><totalDebit>100.50</totalDebit><totalCredit>20.25</totalCredit>"


def bookings(path: Path) -> list[Booking]:
    return list(AuditFile(path).bookings())


def refusal(path: Path) -> list[str]:
    with pytest.raises(HokaError) as caught:
        bookings(path)
    return caught.value.render().splitlines()


def test_a_line_is_a_booking_debit_above_zero_and_credit_below(tmp_path: Path) -> None:
    lines = [line("100.50", projID="P-7", desc="boeken & cd's"), line("20.25", "C", nr="2")]
    first, second = bookings(audit_file(tmp_path, lines))
    assert first._asdict() == {
        "year": 2020,
        "day": first.day,
        "cost_centre": "71200",
        "project": "P-7",
        "account": "4001",
        "amount": Decimal("100.50"),
        "currency": "EUR",
        "converted_from": "",
        "document": "F1",
        "description": "boeken & cd's",
        "place": "boek.xaf:INK/17/1",
    }
    assert (second.amount, second.place) == (Decimal("-20.25"), "boek.xaf:INK/17/2")


def test_the_year_is_that_of_the_transaction_and_else_of_the_line(tmp_path: Path) -> None:
    (booked,) = bookings(audit_file(tmp_path, [line("1", effDate="2019-12-31")], day="2020-01-02+01:00"))
    assert str(booked.day) == "2020-01-02"
    (dated,) = bookings(audit_file(tmp_path, [line("1", effDate="2019-12-31")], day=""))
    assert dated.year == 2019


def test_only_lines_of_transactions_count(tmp_path: Path) -> None:
    assert [entry.amount for entry in bookings(audit_file(tmp_path, [line("3")]))] == [3]


def test_the_tax_and_the_currency_of_a_line_do_not_change_its_amount(tmp_path: Path) -> None:
    vat = "<vatID>1</vatID><vatPerc>21</vatPerc><vatAmnt>21.00</vatAmnt><vatAmntTp>D</vatAmntTp>"
    currency = "<curCode>USD</curCode><curAmnt>110.00</curAmnt>"
    (found,) = bookings(audit_file(tmp_path, [line("100", vat=vat, currency=currency)]))
    assert (found.amount, found.currency, found.converted_from) == (Decimal(100), "EUR", "USD")


def test_an_administration_in_another_currency_is_told_by_its_bookings(tmp_path: Path) -> None:
    currency = "<curCode>EUR</curCode><curAmnt>90.00</curAmnt>"
    (found,) = bookings(audit_file(tmp_path, [line("100", currency=currency)], currency="USD"))
    assert (found.currency, found.converted_from) == ("USD", "EUR")


def test_version_4_has_other_names_for_cost_centre_and_project(tmp_path: Path) -> None:
    entry = {**line("1"), "cost": "71200", "project": "P-7"}
    del entry["costID"]
    (found,) = bookings(audit_file(tmp_path, [entry], XAF_4_0))
    assert (found.cost_centre, found.project) == ("71200", "P-7")


@pytest.mark.parametrize("namespace", VERSIONS)
def test_every_version_that_is_read_gives_the_same_amounts(tmp_path: Path, namespace: str) -> None:
    found = bookings(audit_file(tmp_path, [line("1.10"), line("2.20", "C")], namespace))
    assert [entry.amount for entry in found] == [Decimal("1.10"), Decimal("-2.20")]


@pytest.mark.parametrize(
    "namespace",
    [
        "http://www.auditfiles.nl/XAF/3.1",
        "http://www.auditfiles.nl/XAF/3.0",
        "http://www.auditfiles.nl/XAS/3.0",
        "",
    ],
)
def test_another_version_or_kind_is_refused_in_one_line(tmp_path: Path, namespace: str) -> None:
    (told,) = refusal(audit_file(tmp_path, [line("1")], namespace))
    assert "geen XML Auditfile Financieel 3.2 of 4.0" in told
    assert namespace in told


def test_another_root_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.xml"
    path.write_text(f'<factuur xmlns="{XAF_3_2}"/>', encoding="utf-8")
    assert "element factuur" in refusal(path)[0]


BOMB = """<!DOCTYPE auditfile [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">
<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]>"""


@pytest.mark.parametrize(
    "prolog",
    [
        BOMB,
        '<!DOCTYPE auditfile SYSTEM "file:///etc/hostname">',
        '<!DOCTYPE auditfile [<!ENTITY % far SYSTEM "http://example.invalid/x.dtd"> %far;]>',
    ],
    ids=["growing entities", "outside type", "outside entity"],
)
def test_a_document_type_is_refused_in_one_line(tmp_path: Path, prolog: str) -> None:
    (told,) = refusal(audit_file(tmp_path, [line("1", desc="&c;")], prolog=prolog))
    assert "DOCTYPE" in told


@pytest.mark.parametrize(
    ("damage", "told"),
    [
        (lambda text: text[: len(text) // 2], "beschadigd of afgebroken"),
        (lambda text: text.replace("<trDt>", "<trDt"), "beschadigd of afgebroken"),
        (lambda text: text.replace("inkoop", "&onbekend;"), "beschadigd of afgebroken"),
        (lambda text: text.replace("UTF-8", "klingon"), "beschadigd of afgebroken"),
        (lambda text: text[:0], "beschadigd of afgebroken"),
        (
            lambda text: text.replace("inkoop", "x" * 100_000),
            "een tekst in een auditbestand is meer dan 65.536 tekens",
        ),
        (
            lambda text: text.replace("<company>", "<company>" * 100),
            "is meer dan 64 niveaus. Laat het bestand opnieuw maken, of verhoog HOKA_LIMIT_AUDIT_DEPTH.",
        ),
        (
            lambda text: text.replace("<company>", f"<company a='{'x' * (1 << 23)}'>"),
            "een tag in een auditbestand is meer dan 4 MB",
        ),
    ],
    ids=[
        "broken off",
        "malformed",
        "unknown entity",
        "unknown encoding",
        "empty",
        "long text",
        "deep",
        "long tag",
    ],
)
def test_damage_is_told_in_one_line(tmp_path: Path, damage: object, told: str) -> None:
    path = audit_file(tmp_path, [line("1")])
    assert callable(damage)
    path.write_text(damage(path.read_text(encoding="utf-8")), encoding="utf-8")
    (only,) = refusal(path)
    assert told in only


@pytest.mark.parametrize(
    ("entry", "told"),
    [
        (line("veel"), "boek.xaf:INK/17/1: 'veel' is geen bedrag"),
        (line("1,50"), "'1,50' is geen bedrag"),
        (line("NaN"), "'NaN' is geen bedrag"),
        (line("1E+999999"), "'1E+999999' is geen bedrag"),
        (line("1.005"), "'1.005' is fijner dan een cent"),
        (line("1", "X"), "'X' is geen debet of credit"),
        (line("1", effDate="31-12-2020"), "'31-12-2020' is geen datum"),
    ],
)
def test_a_line_that_cannot_be_read_is_told_with_its_place(
    tmp_path: Path, entry: dict[str, str], told: str
) -> None:
    (only,) = refusal(audit_file(tmp_path, [line("1"), entry], day=""))
    assert told in only


def test_of_many_bad_lines_the_first_are_told_and_the_others_counted(tmp_path: Path) -> None:
    told = refusal(audit_file(tmp_path, [line("veel") for _ in range(50)]))
    assert (len(told), told[-1].startswith("boek.xaf: zo zijn er nog 30 boekingen")) == (21, True)


def test_totals_of_the_file_that_are_not_those_of_its_lines_are_noted(tmp_path: Path) -> None:
    lines = [line("100.50"), line("20.25", "C")]
    whole = AuditFile(audit_file(tmp_path, lines, totals=TOTALS))
    assert (len(list(whole.bookings())), whole.notes) == (2, [])
    part = AuditFile(audit_file(tmp_path, lines[:1], totals=TOTALS))
    assert len(list(part.bookings())) == 1
    assert [note.render().partition(". Vraag")[0] for note in part.notes] == [
        "boek.xaf: linesCount is volgens het bestand zelf 2, maar de regels komen op 1",
        "boek.xaf: totalCredit is volgens het bestand zelf 20,25, maar de regels komen op 0",
    ]


def test_transactions_of_period_0_are_the_opening_balance_and_no_bookings(tmp_path: Path) -> None:
    path = audit_file(tmp_path, [line("100.50"), line("20.25", "C")], totals=TOTALS)
    path.write_text(path.read_text(encoding="utf-8").replace("Number>3<", "Number>0<"), encoding="utf-8")
    opening = AuditFile(path)
    assert list(opening.bookings()) == []
    (note,) = opening.notes
    assert note.render().startswith("boek.xaf: 2 regels van periode 0 zijn de beginbalans")


def test_memory_does_not_grow_with_the_lines(tmp_path: Path) -> None:
    def peak(count: int) -> int:
        path = audit_file(tmp_path, (line(f"{number}.25", nr=str(number)) for number in range(count)))
        tracemalloc.start()
        assert sum(1 for _ in AuditFile(path).bookings()) == count
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return most

    assert peak(12_000) < peak(3_000) + 100_000


def test_latin_1_and_windows_text_is_read(tmp_path: Path) -> None:
    for encoding in ("iso-8859-1", "windows-1252", "utf-16"):
        path = audit_file(tmp_path, [line("1", desc="café")])
        path.write_bytes(path.read_text(encoding="utf-8").replace("UTF-8", encoding).encode(encoding))
        assert bookings(path)[0].description == "café"


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    assert "bestaat niet" in refusal(tmp_path / "weg.xaf")[0]
