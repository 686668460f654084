"""What is told of bookings that go nowhere or elsewhere, and of files that cannot take what was counted."""

import json
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.answers import answer
from tests.ledgers.made_ledgers import RULES, audit_file, export, line, plan_file

SALARY = ["05-03-2020", "71200", "", "4001", "84.272,40", "salaris", "S1"]


@pytest.fixture(autouse=True)
def wide_console(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "200")


def told(*arguments: object) -> str:
    answered = answer("actuals", *arguments)
    assert (answered.code, answered.faults) in {(0, ""), (1, "")}, answered.faults
    return " ".join(answered.out.split())


def test_a_booking_that_two_rules_claim_names_both(tmp_path: Path) -> None:
    rules = f'{RULES}\n[[grootboek]]\nkostenplaats = "71*"\ntabel = "Thema 1"\nregel = "BMS"\n'
    answered = answer("actuals", export(tmp_path, [SALARY]), "--plan", plan_file(tmp_path, rules))
    assert "dubbel toegewezen, door de koppelingen 1, 4" in answered.out
    assert answered.faults.startswith("Let op: de koppelingen 1 en 4 van [[grootboek]] kunnen dezelfde")


def test_what_a_rule_keeps_out_of_the_plan_is_told(tmp_path: Path) -> None:
    ledger = export(tmp_path, [SALARY, ["05-03-2020", "", "", "1600", "12,50", "btw", "S2"]])
    assert "Buiten het plan gehouden door koppeling 3 van [[grootboek]]: € 12,50 (boekingen: 1)." in told(
        ledger, "--plan", plan_file(tmp_path)
    )


def test_what_the_ledger_converted_itself_is_told(tmp_path: Path) -> None:
    foreign = line("20.00", currency="<curCode>GBP</curCode><curAmnt>17.00</curAmnt>")
    assert "Door het grootboek zelf omgerekend uit GBP: € 20,00 (boekingen: 1), hierboven meegeteld." in told(
        audit_file(tmp_path, [foreign]), "--plan", plan_file(tmp_path)
    )


def test_what_is_no_year_is_told_with_its_place(tmp_path: Path) -> None:
    ledger = tmp_path / "boekingen.csv"
    ledger.write_text("Boekjaar;Kostenplaats;Rekening;Bedrag\n'23;;4100;1,00\n", encoding="utf-8")
    assert answer("actuals", ledger, "--plan", plan_file(tmp_path)).faults == (
        "Fout: boekingen.csv:2: ''23' is geen boekjaar. Schrijf het als 2023.\n"
    )


def test_bookings_beyond_what_memory_holds_are_counted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOKA_LIMIT_BOOKINGS", "1")
    ledger = export(tmp_path, [[*SALARY[:-1], f"S{number}"] for number in range(4)])
    assert "De laatste 3 boekingen zijn alleen met eerdere vergeleken, niet met elkaar." in told(
        ledger, "--plan", plan_file(tmp_path)
    )


def test_what_is_posted_is_told_line_by_line_and_then_counted(tmp_path: Path) -> None:
    plan, ledger = plan_file(tmp_path), export(tmp_path, [SALARY])
    for options, outcome in (
        (["--dry-run"], "er is niets geschreven; bedragen die zouden veranderen: 1."),
        ([], "realisatie geschreven; veranderde bedragen: 1."),
    ):
        lines = answer("actuals", ledger, "--plan", plan, *options).out.splitlines()
        assert lines[0].split() == [
            *("Tabel", "Regel", "Jaar", "Boekingen", "EUR", "Realisatie", "Afronding", "EUR")
        ]
        assert lines[-2:] == ["Thema 1 · BMW 2020: realisatie – wordt 1,00", f"{plan}: {outcome}"]


def test_an_audit_file_that_could_do_harm_is_not_trusted(tmp_path: Path) -> None:
    ledger = audit_file(tmp_path, [line("1")], prolog="<!DOCTYPE x>")
    assert answer("actuals", ledger, "--plan", plan_file(tmp_path)).faults == (
        "Fout: boek.xaf: het auditbestand bevat een DOCTYPE; die hoort er niet in en kan schadelijk zijn. "
        "Vertrouw dit bestand niet, en vraag een nieuw.\n"
    )


def braced(value: object) -> str:
    """Write a value as TOML on one line, tables in braces."""
    match value:
        case dict():
            return f"{{{', '.join(f'{braced(key)} = {braced(entry)}' for key, entry in value.items())}}}"
        case list():
            return f"[{', '.join(map(braced, value))}]"
        case _:
            return json.dumps(value, ensure_ascii=False)


def in_braces(text: str) -> str:
    themes = braced(tomllib.loads(text)["thema"])
    start, stop = text.index("[[thema]]"), text.index("[integraal.eur]")
    return f"thema = {themes}\n{text[:start]}{text[stop:]}"


def with_dots(text: str) -> str:
    return text.replace("nummer = 1\n", 'nummer = 1\nrealisatie.KGW = ["1"]\nrealisatie.BMS = ["2"]\n')


@pytest.mark.parametrize("written", [in_braces, with_dots])
def test_a_plan_file_that_cannot_take_actuals_stays_as_it_was(
    tmp_path: Path, written: Callable[[str], str]
) -> None:
    plan = plan_file(tmp_path)
    text = written(plan.read_text(encoding="utf-8"))
    plan.write_text(text, encoding="utf-8")
    assert answer("actuals", export(tmp_path, [SALARY]), "--plan", plan).faults == (
        "Fout: plan.toml: de realisatie is niet zo in het planbestand te zetten dat de rest gelijk blijft; "
        "het is ongewijzigd. Schrijf elke [[thema]] en haar [thema.realisatie] als tabel op eigen regels.\n"
    )
    assert plan.read_text(encoding="utf-8") == text
