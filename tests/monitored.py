"""The UU Geneeskunde plan with actuals that are made up for the tests: over- and underspent, carried over."""

from dataclasses import replace
from decimal import Decimal

from hoka_excel.core.figures import Figure, Printed
from hoka_excel.core.monitoring.thresholds import Thresholds
from hoka_excel.core.plan import Plan, Ref

FACTORS = ("0.9", "1.12", "1", "0.5", "1.031")
CLOSED = (2019, 2020, 2021)
HALF_KNOWN = Ref("Thema 2", "Didactische leergangen", 2022)


def monitored(plan: Plan) -> Plan:
    """Spend on every line in three years, on one line in the fourth; one line opens with a balance."""
    spent: dict[Ref, Figure] = {}
    for theme in plan.themes:
        step = theme.table.resolution
        for number, line in enumerate(theme.table.lines):
            for index, year in enumerate(CLOSED):
                figure = line.figures[index]
                assert isinstance(figure, Printed)
                factor = Decimal(FACTORS[(number + index) % len(FACTORS)])
                spent[Ref(theme.table.name, line.label, year)] = Printed(
                    (figure.value * factor).quantize(Decimal("0.01")), step
                )
    spent[HALF_KNOWN] = Printed(Decimal(-1250), 1)
    return replace(
        plan,
        actuals=spent,
        openings={
            Ref("Thema 1", "KGW", 2019): Printed("0.25", "0.01"),
            Ref("Thema 2", "Intercollegiale uitwisseling", 2019): Printed("-5000", 1),
        },
        thresholds=Thresholds(Decimal(5), Decimal(10_000)),
        reasons={
            Ref(
                "Thema 1", "GNK/SUMMA", 2019
            ): "Twee docenten begonnen pas in september; hun uren volgen in 2020.",
            Ref("Thema 2", "Totaal EUR", 2020): "Zie de afzonderlijke regels.",
        },
    )
