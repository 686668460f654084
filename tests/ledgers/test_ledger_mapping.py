"""The rules of a plan file for its ledgers."""

from pathlib import Path

import pytest

from hoka_excel.core.bookings.ledger import Claims, PlanLine
from hoka_excel.core.errors import HokaError
from hoka_excel.core.plan import Plan
from hoka_excel.ledgers.actuals import warnings_of
from hoka_excel.ledgers.columns import Field
from hoka_excel.ledgers.mapping import LedgerMapping, mapping_in, mapping_of
from tests.conftest import PLAN_FILE
from tests.ledgers.made_ledgers import RULES, plan_file

TEXT = PLAN_FILE.read_text(encoding="utf-8")


def mapping(rules: str, plan: Plan) -> LedgerMapping:
    return mapping_in(TEXT + rules, plan, "plan.toml")


def faults(rules: str, plan: Plan) -> list[str]:
    with pytest.raises(HokaError) as caught:
        mapping(rules, plan)
    return caught.value.render().splitlines()


def rule(**keys: object) -> str:
    defaults = {"rekening": "4000", "tabel": "Thema 1", "regel": "BMW"}
    written = {
        key: value if isinstance(value, int) else f'"{value}"' for key, value in (defaults | keys).items()
    }
    return "\n[[grootboek]]\n" + "".join(f"{key} = {value}\n" for key, value in written.items())


def test_rules_are_read_in_order_with_the_codes_they_look_at(published_plan: Plan, tmp_path: Path) -> None:
    found = mapping_of(plan_file(tmp_path), published_plan)
    assert [entry.line for entry in found.rules] == [
        PlanLine("Thema 1", "BMW"),
        PlanLine("Thema 2", "Didactische leergangen"),
        None,
    ]
    assert Claims(found.rules).on("71200", "", "4012") == [1]
    assert found.needed == (Field.COST_CENTRE, Field.ACCOUNT)
    assert (found.headings, found.mark) == ({}, None)
    assert warnings_of(found) == []


def test_the_layout_of_an_export_is_read(published_plan: Plan) -> None:
    told = '[grootboekexport]\nbedrag = "Saldo"\ndecimaalteken = ","\n'
    found = mapping(RULES + told, published_plan)
    assert (found.headings, found.mark) == ({Field.AMOUNT: "Saldo"}, ",")


def test_a_code_may_be_written_as_a_number(published_plan: Plan) -> None:
    assert Claims(mapping(rule(rekening=4100), published_plan).rules).on("", "", "4100") == [1]


@pytest.mark.parametrize(
    ("rules", "told"),
    [
        ("", "plan.toml: er staat geen [[grootboek]] in"),
        (rule(rekening="4*1"), "plan.toml, grootboek[1].rekening: '4*1': een sterretje"),
        (rule(kostenplaats="9-1"), "plan.toml, grootboek[1].kostenplaats: '9-1': het bereik eindigt voor"),
        (rule() + rule(tabel="Thema 9"), "plan.toml, grootboek[2].tabel: er is geen thematabel 'Thema 9'"),
        (rule(tabel="Integraal EUR"), "grootboek[1].tabel: er is geen thematabel 'Integraal EUR'"),
        (rule(regel="BMX"), "plan.toml, grootboek[1].regel: de regel 'BMX' staat niet in de tabel. Kies uit"),
        (rule(regel="Totaal FTE (1FTE=€84K)"), "grootboek[1].regel: de regel 'Totaal FTE"),
        (rule(regel=""), "grootboek[1].regel: de regel '' staat niet in de tabel"),
        (rule(tabel=""), "grootboek[1].tabel: er is geen thematabel ''"),
        (rule(kleur="rood"), "plan.toml, grootboek[1].kleur: deze sleutel is onbekend"),
        (rule() + '[grootboekexport]\nbedrog = "x"\n', "plan.toml, grootboekexport.bedrog: deze sleutel is"),
        (rule() + '[grootboekexport]\ndecimaalteken = ";"\n', "Verwacht wordt een van: ',', '.'"),
        ("[[grootboek]\n", "plan.toml"),
    ],
)
def test_a_fault_names_the_key_and_the_remedy(rules: str, told: str, published_plan: Plan) -> None:
    (only,) = faults(rules, published_plan)
    assert told in only


def test_all_faults_are_told_at_once(published_plan: Plan) -> None:
    assert len(faults(rule(rekening="4*1", regel="x") + rule(project="**"), published_plan)) == 3


def test_rules_that_overlap_are_told_before_a_booking_is_read(published_plan: Plan) -> None:
    found = mapping(RULES + rule(rekening="41*"), published_plan)
    (told,) = warnings_of(found)
    assert "de koppelingen 2 en 4 van [[grootboek]]" in told.render()


def test_a_missing_plan_file_is_told(published_plan: Plan, tmp_path: Path) -> None:
    with pytest.raises(HokaError, match=r"weg\.toml"):
        mapping_of(tmp_path / "weg.toml", published_plan)
