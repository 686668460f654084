"""Exports of a ledger as bookings."""

import zipfile
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from hoka_excel.core.bookings.ledger import Booking
from hoka_excel.core.errors import HokaError
from hoka_excel.core.figure_readings import DecimalMark
from hoka_excel.core.figures import Printed
from hoka_excel.ledgers.cell_readings import Amounts
from hoka_excel.ledgers.columns import Field
from hoka_excel.ledgers.export_file import ExportFile
from tests.ledgers.made_ledgers import export

ROW = ["05-03-2020", "71200", "P-7", "4001", "100,50", "boeken", "F1"]


def bookings(
    path: Path,
    headings: dict[Field, str] | None = None,
    needed: Sequence[Field] = (),
    mark: DecimalMark | None = None,
) -> list[Booking]:
    return list(ExportFile(path, headings or {}, needed, mark).bookings())


def text_export(folder: Path, text: str) -> Path:
    path = folder / "boekingen.csv"
    path.write_text(text, encoding="utf-8")
    return path


def amounts(folder: Path, *texts: str) -> list[Decimal]:
    rows = "".join(f"2020-01-01;{text}\n" for text in texts)
    return [entry.amount for entry in bookings(text_export(folder, f"datum;bedrag\n{rows}"))]


def refusal(path: Path, **asked: object) -> list[str]:
    with pytest.raises(HokaError) as caught:
        bookings(path, **asked)  # type: ignore[arg-type]  # the keywords of `bookings`
    return caught.value.render().splitlines()


def test_a_row_is_a_booking(tmp_path: Path) -> None:
    (found,) = bookings(export(tmp_path, [ROW]))
    assert found == Booking(
        2020,
        date(2020, 3, 5),
        "71200",
        "P-7",
        "4001",
        Decimal("100.50"),
        "EUR",
        "",
        "F1",
        "boeken",
        "boekingen.csv:2",
    )


def test_english_headings_titles_above_them_and_blank_rows_are_read(tmp_path: Path) -> None:
    titles, headings = "Ledger 2020,,\n,,\n", "Posting date,Cost centre,GL account,Amount (EUR)\n\n"
    text = f"{titles}{headings}2020-03-05,71200,4001,12.50\n,,,\n"
    (found,) = bookings(text_export(tmp_path, text))
    assert (found.year, found.cost_centre, found.account, found.amount) == (
        2020,
        "71200",
        "4001",
        Decimal("12.50"),
    )


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("Datum;Debet;Credit\n1-2-2020;10,50;\n", "10.50"),
        ("Datum;Debet;Credit\n1-2-2020;;10,50\n", "-10.50"),
        ("Datum;Debet;Credit\n1-2-2020;10,50;3,00\n", "7.50"),
        ("Datum;Bedrag;D/C\n1-2-2020;10,50;C\n", "-10.50"),
        ("Datum;Bedrag;Debet/Credit\n1-2-2020;10,50;debet\n", "10.50"),
        ("Datum;Bedrag;D/C\n1-2-2020;-10,50;Credit\n", "10.50"),
    ],
)
def test_debit_is_above_zero_and_credit_below(tmp_path: Path, text: str, amount: str) -> None:
    assert [entry.amount for entry in bookings(text_export(tmp_path, text))] == [Decimal(amount)]


@pytest.mark.parametrize(
    ("texts", "read"),
    [
        (["1.234,50", "7,00", "-3,25"], ["1234.50", "7.00", "-3.25"]),
        (["1,234.50", "7.00", "(3.25)"], ["1234.50", "7.00", "-3.25"]),
        (["€ 1.234", "12-"], ["1234", "-12"]),
        (["1.234", "12,50"], ["1234", "12.50"]),
        (["1,234", "12.50"], ["1234", "12.50"]),
        (["100", "-7"], ["100", "-7"]),
        (["", "7"], ["0", "7"]),
        (["12,50", "12.50"], ["12.50", "12.50"]),
    ],
)
def test_how_amounts_are_written_is_found(tmp_path: Path, texts: list[str], read: list[str]) -> None:
    assert amounts(tmp_path, *texts) == [Decimal(text) for text in read]


def test_amounts_that_can_be_read_in_two_ways_are_told_until_the_plan_file_says_how(tmp_path: Path) -> None:
    path = text_export(tmp_path, "datum;bedrag\n2020-01-01;1.234\n2020-01-01;5.678\n")
    told = refusal(path)
    assert [line.partition(":")[2][:1] for line in told] == ["2", "3"]
    assert [entry.amount for entry in bookings(path, mark=",")] == [1234, 5678]
    assert "fijner dan een cent" in refusal(path, mark=".")[0]


texts = st.from_regex(r"-?\d{1,7}([.,]\d{1,2})?", fullmatch=True)


@given(texts, st.sampled_from([",", "."]))
def test_plain_amounts_read_as_any_printed_figure_does(text: str, mark: DecimalMark) -> None:
    try:
        printed = Printed.parse(text, mark).value
    except HokaError:
        with pytest.raises(HokaError):
            Amounts(mark).of(text)
    else:
        assert Amounts(mark).of(text) == printed


@pytest.mark.parametrize(
    "day",
    ["05-03-2020", "5-3-2020", "05/03/2020", "5.3.2020", "2020-03-05", "2020-03-05T10:15:00", "20200305"],
)
def test_days_are_read_as_they_are_written(tmp_path: Path, day: str) -> None:
    assert bookings(export(tmp_path, [[day, *ROW[1:]]]))[0].day == date(2020, 3, 5)


def test_a_financial_year_goes_before_the_year_of_the_day(tmp_path: Path) -> None:
    text = "Boekjaar;Boekdatum;Bedrag\n2020;05-01-2021;10\n"
    (found,) = bookings(text_export(tmp_path, text))
    assert (found.year, found.day) == (2020, date(2021, 1, 5))
    (undated,) = bookings(text_export(tmp_path, "Boekjaar;Bedrag\n2020;10\n"))
    assert (undated.year, undated.day) == (2020, None)


def test_a_currency_goes_with_the_amount_and_none_is_eur(tmp_path: Path) -> None:
    text = "datum;bedrag;valuta\n2020-01-01;1;\n2020-01-01;1;€\n2020-01-01;1;usd\n"
    assert [entry.currency for entry in bookings(text_export(tmp_path, text))] == ["EUR", "EUR", "USD"]


@pytest.mark.parametrize(
    ("cell", "text", "told"),
    [
        (0, "31-02-2020", "'31-02-2020' is geen datum"),
        (0, "05-03-20", "is geen datum"),
        (0, "", "'' is geen datum"),
        (4, "veel", "'veel' is geen getal"),
        (4, "1,005", "fijner dan een cent"),
        (4, "9" * 30, "is geen bedrag"),
        (6, "F1;extra", "deze rij heeft 8 kolommen, de kopregel 7"),
    ],
)
def test_a_row_that_cannot_be_read_is_told_with_its_place(
    tmp_path: Path, cell: int, text: str, told: str
) -> None:
    row = list(ROW)
    row[cell] = text
    (only,) = refusal(export(tmp_path, [ROW, row, ROW]))
    assert only.startswith("boekingen.csv:3: ")
    assert told in only


@pytest.mark.parametrize("words", [["Totaal", ""], ["", "Eindtotaal"], ["TOTAL", ""]])
def test_a_total_of_all_rows_above_is_noted_and_not_counted_twice(tmp_path: Path, words: list[str]) -> None:
    first, last = words
    total = [first, "", "", "", "201,00", last, ""]
    ledger = ExportFile(export(tmp_path, [ROW, ROW, total]), {}, ())
    assert [entry.amount for entry in ledger.bookings()] == [Decimal("100.50")] * 2
    (note,) = ledger.notes
    assert note.render().startswith(
        "boekingen.csv:4: deze rij is het totaal van alle rijen erboven (€ 201,00)"
    )


@pytest.mark.parametrize(
    "row",
    [
        ["Totaal", "", "", "", "100,51", "", ""],
        ["", "", "", "", "100,50", "boeken", ""],
        ["Totaal", "71200", "", "", "100,50", "", ""],
        ["Totaal", "", "", "", "veel", "", ""],
    ],
    ids=["another sum", "no word for it", "of a cost centre", "no sum"],
)
def test_what_only_looks_like_a_total_is_told(tmp_path: Path, row: list[str]) -> None:
    (only,) = refusal(export(tmp_path, [ROW, row]))
    assert only.startswith("boekingen.csv:3: ")
    assert "haal een totaalregel" in only


def test_a_total_of_debit_and_of_credit_is_passed_over_too(tmp_path: Path) -> None:
    text = "Datum;Debet;Credit\n1-2-2020;10,50;\n1-2-2020;;3,00\nTotaal;10,50;3,00\n"
    assert len(bookings(text_export(tmp_path, text))) == 2


def test_of_many_bad_rows_the_first_are_told_and_the_others_counted(tmp_path: Path) -> None:
    told = refusal(export(tmp_path, [["morgen", *ROW[1:]] for _ in range(50)]))
    assert (len(told), "nog 30 boekingen" in told[-1]) == (21, True)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "Grootboek;\nDag;Saldo\n",
            ["geen kolom 'datum' (datum); gevonden zijn: Dag, Saldo", "geen kolom 'bedrag'"],
        ),
        ("Datum;Debet\n", ["geen kolom 'credit' (credit); gevonden zijn: Datum, Debet"]),
        ("Datum;Boekdatum;Bedrag\n", ["voor datum komen meer kolommen in aanmerking: Datum, Boekdatum"]),
        ("Datum;Bedrag;Debet;Credit\n", ["voor bedrag komen meer kolommen in aanmerking: Bedrag, Debet"]),
        ("", ["geen kolom 'datum'", "geen kolom 'bedrag'"]),
    ],
)
def test_missing_and_ambiguous_columns_are_told_with_the_headings(
    tmp_path: Path, text: str, told: list[str]
) -> None:
    found = refusal(text_export(tmp_path, text))
    assert len(found) == len(told)
    assert all(part in line for part, line in zip(told, found, strict=True))


def test_a_column_that_the_rules_look_at_must_be_there(tmp_path: Path) -> None:
    path = text_export(tmp_path, "Datum;Bedrag\n1-2-2020;10\n")
    (told,) = refusal(path, needed=[Field.COST_CENTRE])
    assert "geen kolom 'kostenplaats'" in told


def test_headings_that_the_plan_file_tells_go_before_the_words_known(tmp_path: Path) -> None:
    text = "Datum;Boekdatum;Saldo boeking;Bedrag;Debet;Credit\n1-2-2019;1-2-2020;10;99;98;97\n"
    told = {Field.DAY: "boekdatum", Field.AMOUNT: "Saldo Boeking"}
    (found,) = bookings(text_export(tmp_path, text), told)
    assert (found.year, found.amount) == (2020, Decimal(10))
    sides = {Field.DAY: "Datum", Field.DEBIT: "Debet", Field.CREDIT: "Credit"}
    assert bookings(text_export(tmp_path, text), sides)[0].amount == 1
    (missing,) = refusal(text_export(tmp_path, text), headings={**told, Field.PROJECT: "Wbs"})
    assert "geen kolom 'Wbs' (project)" in missing


def test_of_several_document_numbers_one_is_taken(tmp_path: Path) -> None:
    text = "Datum;Factuurnummer;Boekstuk;Bedrag\n1-2-2020;F9;B1;10\n"
    assert bookings(text_export(tmp_path, text))[0].document == "B1"


def workbook(folder: Path, *rows: list[object]) -> Path:
    book = Workbook()
    book.create_sheet("leeg", 0)
    sheet = book["Sheet"]
    for row in rows:
        sheet.append(row)
    path = folder / "boekingen.xlsx"
    book.save(path)
    return path


def test_a_workbook_is_read_with_its_typed_cells(tmp_path: Path) -> None:
    path = workbook(
        tmp_path,
        ["Grootboek 2020"],
        [],
        ["Boekdatum", "Kostenplaats", "Rekening", "Bedrag", "Omschrijving"],
        [datetime(2020, 3, 5), 71200, 4001, 0.1 + 0.2, "boeken"],  # noqa: DTZ001 - cells have no zone
        ["05-03-2020", "71200", "4001", "1.234,50", None, "een notitie ernaast"],
    )
    first, second = bookings(path)
    assert (first.day, first.cost_centre, first.account) == (date(2020, 3, 5), "71200", "4001")
    assert (first.amount, first.place) == (Decimal("0.3"), "boekingen.xlsx:4")
    assert (second.amount, second.description) == (Decimal("1234.50"), "")


@pytest.mark.parametrize(
    ("cell", "told"),
    [
        (12.345, "fijner dan een cent"),
        (1e300, "is geen bedrag"),
        (True, "is geen bedrag"),
        ("#REF!", "is geen getal"),
    ],
)
def test_a_cell_of_a_workbook_that_is_no_amount_is_told(tmp_path: Path, cell: object, told: str) -> None:
    path = workbook(tmp_path, ["Datum", "Bedrag"], [date(2020, 3, 5), cell])
    (only,) = refusal(path)
    assert only.startswith("boekingen.xlsx:2: ")
    assert told in only


def test_a_number_where_a_day_belongs_is_told(tmp_path: Path) -> None:
    (only,) = refusal(workbook(tmp_path, ["Datum", "Bedrag"], [43895.0, 10]))
    assert "is geen datum" in only


def test_a_day_that_no_calendar_has_is_told_once(tmp_path: Path) -> None:
    path = workbook(tmp_path, ["Datum", "Bedrag"], [1e9, 10])
    book = load_workbook(path)
    book["Sheet"]["A2"].number_format = "dd-mm-yyyy"
    book.save(path)
    (only,) = refusal(path)
    assert "is geen datum" in only


def test_a_workbook_that_breaks_off_is_told(tmp_path: Path) -> None:
    path = workbook(tmp_path, ["Datum", "Bedrag"], *([date(2020, 3, 5), 10] for _ in range(5_000)))
    with zipfile.ZipFile(path) as whole:
        parts = {name: whole.read(name) for name in whole.namelist()}
    with zipfile.ZipFile(path, "w") as broken:
        for name, data in parts.items():
            broken.writestr(name, data[: len(data) // 2] if name.endswith("sheet2.xml") else data)
    (only,) = refusal(path)
    assert "boekingen.xlsx: het bestand is beschadigd" in only


def test_a_damaged_workbook_is_told(tmp_path: Path) -> None:
    path = tmp_path / "boekingen.xlsx"
    path.write_bytes(b"PK broken")
    assert "beschadigd" in refusal(path)[0]
