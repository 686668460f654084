"""What is wrong with how a grant was indexed and revised: every fault with its path and the remedy."""

import pytest

from tests.plans_over_time import HEAD, TAIL, faults_in, text_over_time

ALL = text_over_time()


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        (
            "jaar = 2022\nprocent",
            "jaar = 2031\nprocent",
            "indexatie[2].jaar: het jaar 2031 is geen jaar van het plan.",
        ),
        (
            "jaar = 2022\nprocent",
            "jaar = 2020\nprocent",
            "indexatie[2].jaar: het jaar 2020 staat niet op volgorde",
        ),
        ("prijspeil = 2019", "", "prijspeil: er is geïndexeerd, maar het prijspeil ontbreekt."),
        ("prijspeil = 2019", "prijspeil = 2020", "indexatie[1].jaar: de indexatie van 2020 verandert niets"),
        (
            'procent = "2,1"',
            'procent = "-100"',
            "indexatie[1].procent: een indexatie van -100 procent laat niets over.",
        ),
        ('procent = "2,1"', 'procent = "veel"', "indexatie[1].procent: 'veel' is geen getal."),
        ('procent = "2,1"', "procnt = 2.1", "indexatie[1].procent: deze sleutel ontbreekt."),
        (
            'doorgifte = "50"',
            'doorgifte = "101"',
            "indexatie[2].doorgifte: een doorgifte van 101 procent kan niet.",
        ),
        (
            'doorgifte = "50"',
            'doorgifte = "-1"',
            "indexatie[2].doorgifte: een doorgifte van -1 procent kan niet.",
        ),
        (
            "jaar = 2020\nbedrag",
            "jaar = 2018\nbedrag",
            "bijstelling[1].jaar: het jaar 2018 is geen jaar van het plan.",
        ),
        ('"€ 25.000"', '"€ 25.000,50"', "bijstelling[1].bedrag: 25.000,50 is geen veelvoud van 1"),
        ('"-€ 12.500"', '"-€ 9.000.000"', "bijstelling: in 2022 blijft er -7.821.430 over om te verdelen."),
        (
            TAIL,
            TAIL + TAIL[TAIL.index("[[bijst") : TAIL.index("[[scen")],
            "bijstelling[1]: de bijstelling 'Voorjaarsnota'",
        ),
        (
            "taakstellend_tot = 2021",
            "taakstellend_tot = 2018",
            "taakstellend_tot: het jaar 2018 is geen jaar",
        ),
        (
            "datum = 2020-06-15",
            'datum = "juni"',
            "bijstelling[1].datum: 'juni' kan hier niet. Verwacht wordt een datum",
        ),
    ],
)
def test_a_fault_of_the_grant_names_the_key_and_the_remedy(old: str, new: str, fault: str) -> None:
    assert old in ALL
    assert any(f"plan.toml, {fault}" in line for line in faults_in(ALL.replace(old, new, 1)))


def test_a_recomputed_plan_with_changes_needs_the_grant_as_it_was_given() -> None:
    text = text_over_time(head=HEAD[HEAD.index("prijspeil") :])
    text = text.replace('toestand = "gepubliceerd"', 'toestand = "herberekend"')
    assert any("toegekend: een herberekend plan met indexatie" in line for line in faults_in(text))


def test_a_line_cannot_be_called_what_is_available() -> None:
    text = ALL.replace('[integraal.eur.totaal]\n"Totaal EUR"', '[integraal.eur.totaal]\n"Beschikbaar"')
    assert any("'Beschikbaar' heet het bedrag na indexatie" in line for line in faults_in(text))
