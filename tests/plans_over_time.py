"""The UU Geneeskunde plan with all that may change over its years; every such figure is made up here."""

import tomllib
from decimal import Decimal

import pytest

from hoka_excel.begroting.plan_file.reading import plan_of
from hoka_excel.core.errors import PlanError
from hoka_excel.core.plan import Plan
from tests.conftest import PLAN_FILE

HEAD = """
toegekend = ["€ 893.217", "€ 893.217", "€ 911.213", "€ 1.137.046", "€ 1.200.884", "€ 1.355.443"]
prijspeil = 2019
taakstellend_tot = 2021
"""
STUDENTS = """
[thema.verdeling.studenten]
peildatum = [2018-10-01, 2019-10-01, 2020-10-01, 2020-10-01, 2020-10-01, 2020-10-01]
bron = "voorbeeld: verzonnen aantallen"

[thema.verdeling.studenten.aantallen]
"GNK/SUMMA" = [2300, 2310, 2290, 2290, 2290, 2290]
KGW = [201, 204, 199, 199, 199, 199]
BMW = [690, 705, 712, 712, 712, 712]
BMS = [712, 698, 731, 731, 731, 731]

[thema.verdeling.studenten.opleidingen]
56551 = "GNK/SUMMA"
66551 = "GNK/SUMMA"
56990 = "BMW"
"""
TAIL = """
[[indexatie]]
jaar = 2020
procent = "2,1"

[[indexatie]]
jaar = 2022
procent = "3,04"
doorgifte = "50"

[[bijstelling]]
datum = 2020-06-15
reden = "Voorjaarsnota"
jaar = 2020
bedrag = "€ 25.000"

[[bijstelling]]
datum = 2021-03-01
reden = "Teruggave \\"coulance\\" & 'rest'"
jaar = 2022
bedrag = "-€ 12.500"

[[scenario]]
naam = "Minder geld, meer BMW"
toegekend = ["", "", "", "€ 1.000.000", "€ 1.000.000", "€ 1.000.000"]
rekentarief = "90000"
[scenario.aandelen]
"Thema 1" = "4"
[scenario.vast."Thema 1"]
KGW = "€ 60.000"
[scenario.studenten."Thema 1"]
BMW = ["", "", 800, 800, 800, 800]

[[scenario]]
naam = "Volle indexatie"
[[scenario.indexatie]]
jaar = 2022
doorgifte = "100"
[[scenario.indexatie]]
jaar = 2023
procent = "2,5"
"""


def text_over_time(*, head: str = HEAD, students: str = STUDENTS, tail: str = TAIL) -> str:
    """Put what changes over the years into the text of the shipped plan file."""
    text = PLAN_FILE.read_text(encoding="utf-8")
    text = text.replace("opmerkingen = [", f"{head.strip()}\nopmerkingen = [", 1)
    text = text.replace("\n[thema.tabel]", f"{students}\n[thema.tabel]", 1)
    return text + tail


def plan_in(text: str) -> Plan:
    """Read the text of a plan file."""
    return plan_of(tomllib.loads(text, parse_float=Decimal), "plan.toml")


def faults_in(text: str) -> list[str]:
    """Read the text of a plan file that has faults; give them line by line."""
    with pytest.raises(PlanError) as caught:
        plan_in(text)
    return str(caught.value).splitlines()


def plan_over_time() -> Plan:
    """Make the plan as published, with all of it."""
    return plan_in(text_over_time())
