"""`hoka actuals`, as a controller meets it."""

import json
import shutil
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from click.testing import CliRunner

from hoka_excel.begroting.plan_file.reading import read_plan
from hoka_excel.begroting.read import read_begroting
from hoka_excel.cli import hoka
from hoka_excel.core.figures import Printed
from hoka_excel.core.plan import Ref
from tests.ledgers.made_ledgers import RULES, audit_file, export, line, plan_file

SALARIES = ["05-03-2020", "71200", "", "4001", "84.272,40", "salaris", "S1"]
COURSES = ["06-03-2020", "", "P-7", "4100", "1.000,75", "cursus", "F2"]
CREDIT_NOTE = ["07-03-2020", "", "P-7", "4100", "-250,00", "creditnota", "F3"]
OTHER = ["08-03-2020", "", "", "4800", "77,10", "overig", "F4"]
BMW = Ref("Thema 1", "BMW", 2020)
TAUGHT = Ref("Thema 2", "Didactische leergangen", 2020)


WIDE = {"COLUMNS": "160"}


class Answer(NamedTuple):
    code: object
    out: str
    err: str


def actuals(*arguments: object) -> Answer:
    result = CliRunner().invoke(hoka, ["actuals", *map(str, arguments)], standalone_mode=False, env=WIDE)
    assert result.exception is None, result.exception
    return Answer(result.return_value, result.stdout, result.stderr)


def as_json(*arguments: object) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(actuals(*arguments, "--json").out)
    return found


def test_actuals_come_into_the_plan_file_with_a_copy_of_the_old(tmp_path: Path) -> None:
    plan, ledger = plan_file(tmp_path), export(tmp_path, [SALARIES, COURSES, CREDIT_NOTE])
    before = plan.read_text(encoding="utf-8")
    answer = actuals(ledger, "--plan", plan)
    assert (answer.code, answer.err) == (0, "")
    assert read_plan(plan).actuals == {BMW: Printed("1.00", "0.01"), TAUGHT: Printed(751, 1)}
    (copy,) = (tmp_path / "hoka-backup").iterdir()
    assert copy.read_text(encoding="utf-8") == before
    assert "Thema 1  BMW                     2020          1  84.272,40    1,00 FTE" in answer.out
    assert (
        "Thema 2  Didactische leergangen  2020          2     750,75         751          -0,25" in answer.out
    )
    assert "Gelezen € 85.023,15 (boekingen: 3) = € 85.023,15 op regels + € 0,00 buiten" in answer.out


def test_what_is_on_no_line_is_told_and_ends_with_code_1(tmp_path: Path) -> None:
    ledger = export(tmp_path, [COURSES, OTHER, ["08-03-2017", *OTHER[1:]]])
    answer = actuals(ledger, "--plan", plan_file(tmp_path), "--lang", "en")
    assert answer.code == 1
    told = [" ".join(text.split()) for text in answer.out.splitlines()]
    assert "4800 2020 1 77.10 no rule in [[grootboek]]" in told
    assert "4800 2017 1 77.10 year outside the plan" in told


def test_a_dry_run_writes_nothing_and_tells_each_figure(tmp_path: Path) -> None:
    plan, ledger = plan_file(tmp_path), export(tmp_path, [COURSES])
    before = plan.read_bytes()
    answer = actuals(ledger, "--plan", plan, "--dry-run")
    assert (plan.read_bytes(), sorted(path.name for path in tmp_path.iterdir())) == (
        before,
        ["boekingen.csv", "plan.toml"],
    )
    assert "Thema 2 · Didactische leergangen 2020: realisatie – wordt 1.001" in answer.out
    assert answer.out.endswith("er is niets geschreven; bedragen die zouden veranderen: 1.\n")


def test_the_same_ledger_again_changes_nothing(tmp_path: Path) -> None:
    plan, ledger = plan_file(tmp_path), export(tmp_path, [COURSES])
    actuals(ledger, "--plan", plan)
    before = plan.read_bytes()
    assert "veranderde bedragen: 0." in actuals(ledger, "--plan", plan).out
    assert (plan.read_bytes(), len(list((tmp_path / "hoka-backup").iterdir()))) == (before, 1)


def test_another_output_leaves_the_plan_file_as_it_is(tmp_path: Path) -> None:
    plan, out = plan_file(tmp_path), tmp_path / "nieuw.toml"
    before = plan.read_bytes()
    assert actuals(export(tmp_path, [COURSES]), "--plan", plan, "-o", out).code == 0
    assert plan.read_bytes() == before
    assert set(read_plan(out).actuals) == {TAUGHT}
    assert not (tmp_path / "hoka-backup").exists()


def test_actuals_come_into_a_begroting(tmp_path: Path, published: Path) -> None:
    book = Path(shutil.copy(published, tmp_path / "b.xlsx"))
    plan = plan_file(tmp_path)
    before = plan.read_bytes()
    assert actuals(export(tmp_path, [SALARIES]), "--plan", plan, "--workbook", book).code == 0
    assert read_begroting(book).plan.actuals == {BMW: Printed("1.00", "0.01")}
    assert plan.read_bytes() == before
    assert len(list((tmp_path / "hoka-backup").iterdir())) == 1


def test_exports_and_audit_files_are_posted_together(tmp_path: Path) -> None:
    found = as_json(
        export(tmp_path, [COURSES]),
        audit_file(tmp_path, [line("100.50", account="4100"), line("100.50", "C", account="1600")]),
        "--plan",
        plan_file(tmp_path),
    )
    assert found["posted"] == [
        {
            "table": "Thema 2",
            "line": "Didactische leergangen",
            "year": 2020,
            "amount": "1101.25",
            "bookings": 2,
            "actual": "1101",
            "unit": "EUR",
            "left_out": "0.25",
            "changed": True,
        }
    ]
    assert found["aside"] == [{"rule": 3, "amount": "-100.50", "bookings": 1}]
    assert (found["complete"], found["silent"]) == (True, [{"table": "Thema 1", "line": "BMW"}])
    assert found["written"].endswith("plan.toml")


def test_json_holds_whatever_is_on_no_line(tmp_path: Path) -> None:
    rules = RULES + '\n[[grootboek]]\nproject = "P-7"\nrekening = "41*"\ntabel = "Thema 1"\nregel = "KGW"\n'
    plan = plan_file(tmp_path, rules)
    vat = {"currency": "<curCode>GBP</curCode><curAmnt>9</curAmnt>"}
    lines = [line("10", account="4100", **vat), line("10", account="4100", **vat, nr="2")]
    answer = as_json(
        export(tmp_path, [COURSES, OTHER, OTHER]), audit_file(tmp_path, lines), "--plan", plan, "--dry-run"
    )
    assert answer["clashes"] == [[2, 4]]
    assert [(entry["reason"], entry["rules"], entry["amount"]) for entry in answer["unposted"]] == [
        ("two_lines", [2, 4], "1000.75"),
        ("no_rule", [], "154.20"),
    ]
    assert answer["converted"] == {"GBP": {"amount": "20", "bookings": 2}}
    assert [entry["place"] for entry in answer["repeated"]["examples"]] == [
        "boekingen.csv:4",
        "boek.xaf:INK/17/2",
    ]
    assert (answer["complete"], answer["written"]) == (False, None)


def test_text_tells_the_same(tmp_path: Path) -> None:
    dollars = audit_file(tmp_path, [line("10", account="4100")], currency="USD")
    rows = [OTHER, OTHER, *(["08-03-2020", f"{code}", *OTHER[2:]] for code in range(60))]
    answer = actuals(export(tmp_path, rows), dollars, "--plan", plan_file(tmp_path), "--dry-run")
    for told in (
        "En nog 11 groepen, samen € 848,10 (boekingen: 11); --json geeft ze alle.",
        "Vreemde valuta, op geen regel geboekt: USD 10,00 (boekingen: 1).",
        "Boekingen die in alles overeenkomen met een eerdere: 1.",
        "  boekingen.csv:3: boekstuk F4, € 77,10, overig",
        "Thema 1 · BMW: geen boekingen",
    ):
        assert told in answer.out


def test_rules_that_overlap_are_told_first(tmp_path: Path) -> None:
    plan = plan_file(
        tmp_path, RULES + '\n[[grootboek]]\nrekening = "41*"\ntabel = "Thema 1"\nregel = "KGW"\n'
    )
    answer = actuals(export(tmp_path, [SALARIES]), "--plan", plan, "--dry-run")
    assert answer.err.startswith("Let op: de koppelingen 2 en 4 van [[grootboek]]")


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["weg.csv"], "weg.csv: dit bestand bestaat niet"),
        (["boekingen.csv", "./boekingen.csv"], "dit grootboek is twee keer opgegeven"),
        (["boekingen.ods"], "dit soort bestand kan hoka niet lezen"),
        (["boekingen.csv", "-o", "plan.xlsx"], "het resultaat is een .toml-bestand"),
        (["boekingen.csv", "--workbook", "weg.xlsx"], "weg.xlsx"),
        (["bad.csv"], "bad.csv:2: 'gisteren' is geen datum"),
    ],
)
def test_what_cannot_be_done_is_one_line_and_code_2_and_changes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], told: str
) -> None:
    monkeypatch.chdir(tmp_path)
    plan = plan_file(tmp_path)
    export(tmp_path, [COURSES])
    export(tmp_path, [["gisteren", *COURSES[1:]]], "bad.csv")
    before = plan.read_bytes()
    answer = actuals(*arguments, "--plan", plan)
    assert (answer.code, answer.out, answer.err.count("\n")) == (2, "", 1)
    assert told in answer.err
    assert plan.read_bytes() == before
