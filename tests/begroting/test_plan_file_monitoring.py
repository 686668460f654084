"""What a plan file says of actuals, opening balances, thresholds and reasons."""

import tomllib
from dataclasses import replace
from decimal import Decimal

import pytest

from hoka_excel.begroting.plan_file.reading import plan_of
from hoka_excel.begroting.plan_file.writing import plan_text
from hoka_excel.core.errors import PlanError
from hoka_excel.core.figures import Printed
from hoka_excel.core.monitoring.thresholds import Thresholds
from hoka_excel.core.plan import Plan, Ref
from tests.conftest import PLAN_FILE
from tests.monitored import monitored

TEXT = PLAN_FILE.read_text(encoding="utf-8")
THEME_2 = '[thema.tabel]\nnaam = "Thema 2"'


def read(text: str) -> Plan:
    return plan_of(tomllib.loads(text, parse_float=Decimal), "plan.toml")


def within_theme_2(keys: str) -> str:
    assert TEXT.count(THEME_2) == 1
    return TEXT.replace(THEME_2, f"{keys}\n{THEME_2}")


def faults(text: str) -> list[str]:
    with pytest.raises(PlanError) as caught:
        read(text)
    return str(caught.value).splitlines()


def test_a_monitored_plan_written_and_read_back_is_the_same(
    published_plan: Plan, recomputed_plan: Plan
) -> None:
    for plan in (monitored(published_plan), monitored(recomputed_plan)):
        assert read(plan_text(plan)) == plan


@pytest.mark.parametrize(
    "amount", ["0.001", "1234.567", "-1234.5", "33.3333333333333", "1000", "0", "-0.005", "1234567.891"]
)
def test_an_amount_with_any_decimals_is_read_in_one_way_only(published_plan: Plan, amount: str) -> None:
    actuals = {
        Ref("Thema 1", "KGW", 2019): Printed(amount, "0.01"),
        Ref("Thema 2", "Didactische leergangen", 2019): Printed(amount, 1),
    }
    plan = replace(published_plan, actuals=actuals, thresholds=Thresholds(abs(Decimal(amount)), Decimal(1)))
    assert read(plan_text(plan)) == plan


def test_a_file_says_it_the_way_a_controller_writes_it() -> None:
    plan = read(
        within_theme_2(
            """[thema.realisatie]
"Didactische leergangen" = ["€ 100.000", "93.024"]
[thema.beginstand]
"Didactische leergangen" = "-1.500"
[thema.afwijkingen]
"Totaal EUR" = ["", "Twee cursussen vielen uit."]
"""
        )
        + '[signalering]\nprocent = "5%"\nbedrag = "10.000"\n'
    )
    line = Ref("Thema 2", "Didactische leergangen", 2019)
    assert plan.actuals == {line: Printed(100_000, 1), line._replace(year=2020): Printed(93_024, 1)}
    assert plan.openings == {line: Printed(-1_500, 1)}
    assert plan.reasons == {Ref("Thema 2", "Totaal EUR", 2020): "Twee cursussen vielen uit."}
    assert plan.thresholds == Thresholds(Decimal(5), Decimal(10_000))


def test_a_threshold_that_is_left_out_is_nothing() -> None:
    assert read(TEXT + "[signalering]\nprocent = 5\n").thresholds == Thresholds(Decimal(5), Decimal(0))
    assert read(TEXT).thresholds is None


@pytest.mark.parametrize(
    ("keys", "fault"),
    [
        (
            '[thema.realisatie]\n"Didactische leergangen" = ["pm"]',
            "plan.toml, thema[2].realisatie.\"Didactische leergangen\": 'pm' is geen bedrag.",
        ),
        (
            '[thema.realisatie]\n"Didactische leergangen" = ["1", "2", "3", "4", "5", "6", "7"]',
            "hier staan 7 bedragen; er zijn 6 jaren.",
        ),
        (
            '[thema.afwijkingen]\n"Didactische leergangen" = ["", "", "", "", "", "", "later"]',
            "hier staan 7 bedragen; er zijn 6 jaren.",
        ),
        (
            '[thema.realisatie]\n"Totaal EUR" = ["1"]',
            "plan.toml, realisatie: Thema 2 / Totaal EUR / 2019 is geen regel van een thema",
        ),
        (
            '[thema.beginstand]\nOnbekend = "1"',
            "plan.toml, beginstand: Thema 2 / Onbekend / 2019 is geen regel",
        ),
        ('[thema.afwijkingen]\nOnbekend = ["x"]', "er is geen bedrag Thema 2 / Onbekend / 2019."),
        ('[thema.beginstand]\n"Didactische leergangen" = "veel"', "'veel' is geen bedrag."),
    ],
)
def test_what_cannot_be_is_told_with_its_place(keys: str, fault: str) -> None:
    assert any(fault in line for line in faults(within_theme_2(keys)))


@pytest.mark.parametrize(
    ("keys", "fault"),
    [
        ('procent = "-5"', "plan.toml, signalering.procent: een drempel van -5 kan niet."),
        ('bedrag = "-1"', "plan.toml, signalering.bedrag: een drempel van -1 kan niet."),
        ('procent = "vijf"', "plan.toml, signalering.procent: 'vijf' is geen bedrag."),
        ('bedrag = "mille"', "plan.toml, signalering.bedrag: 'mille' is geen bedrag."),
        ('percent = "5"', "plan.toml, signalering.percent: deze sleutel is onbekend."),
        ("bedrag = true", "plan.toml, signalering.bedrag: 'True' kan hier niet."),
    ],
)
def test_a_threshold_that_cannot_be_is_told(keys: str, fault: str) -> None:
    assert any(fault in line for line in faults(f"{TEXT}[signalering]\n{keys}\n"))


def test_an_fte_that_can_be_read_in_two_ways_is_told_instead_of_guessed() -> None:
    text = TEXT.replace(
        '[thema.tabel]\nnaam = "Thema 3"',
        '[thema.realisatie]\n"Workshops veerkracht" = ["1.234"]\n[thema.tabel]\nnaam = "Thema 3"',
    )
    assert any("'1.234' is op twee manieren te lezen" in line for line in faults(text))
