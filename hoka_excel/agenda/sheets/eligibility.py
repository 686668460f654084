"""The sheet Toelaatbaarheid: which projects may use quality-agreement money, and why others may not."""

from collections.abc import Sequence
from decimal import Decimal

from hoka_excel.agenda.places.layout import AgendaLayout
from hoka_excel.agenda.places.names import (
    AIM_COLUMNS,
    AMOUNT_COLUMNS,
    ELIGIBILITY_COLUMNS,
    OUTCOME_COLUMNS,
    SOURCE_COLUMNS,
    AgendaBlock,
    AgendaSheet,
    shares_block,
    source_block,
)
from hoka_excel.agenda.sheets.labels import example_marked, project_name, project_status
from hoka_excel.agenda.sheets.page import AMOUNT_WIDTH, HEAD, NAME_WIDTH, STATUS_WIDTH
from hoka_excel.agenda.sheets.projects import AMOUNT
from hoka_excel.begroting.places.blocks import Block
from hoka_excel.begroting.sheets.draft import SheetDraft, wrapped_heights
from hoka_excel.begroting.words import NO, YES
from hoka_excel.core.agenda.eligibility import TESTS, Eligibility, Outcome, eligibility_of
from hoka_excel.core.agenda.projects import Axis
from hoka_excel.core.check_kinds import Kind
from hoka_excel.core.messages import Message
from hoka_excel.workbook.addresses import address
from hoka_excel.workbook.sheets import Formula, Position, Sheet
from hoka_excel.workbook.styles import (
    CHECK,
    HEADER,
    LABEL,
    NOTE,
    RESULT,
    SECTION,
    TOTAL,
    TOTAL_LABEL,
    VERDICT,
)

_FIRST = len(AMOUNT_COLUMNS)
_COLUMN = {name: column for column, name in enumerate(ELIGIBILITY_COLUMNS)}
TEST_COLUMNS = {
    Kind.SECTOR_THEME: _COLUMN["Sectorthema"],
    Kind.QUALITY_AIM: _COLUMN["Doel genoemd"],
    Kind.EVIDENCE: _COLUMN["Aantoonbaar"],
    Kind.COVERAGE: _COLUMN["Boven 100 %"],
    Kind.AGREEMENT_YEARS: _COLUMN["Buiten looptijd"],
}
"""Where the outcome of each test stands: yes or no, or how much is wrong."""


def outcome_word(outcome: Outcome) -> str:
    """Write an outcome as a controller reads it."""
    return Message(f"eligibility.{outcome}").render()


def reason_word(test: Kind) -> str:
    """Write why a project may not use the money."""
    return Message(f"eligibility.reason.{test}").render()


def eligibility_sheet(layout: AgendaLayout) -> Sheet:
    """Lay out which projects may use the money."""
    draft = SheetDraft()
    _put_eligibility(draft, layout)
    tests, outcomes = layout[AgendaBlock.ELIGIBILITY], layout[AgendaBlock.OUTCOMES]
    return Sheet(
        AgendaSheet.ELIGIBILITY,
        "Toelaatbaarheid voor middelen van de kwaliteitsafspraken",
        draft.cells,
        {1: NAME_WIDTH, 2: STATUS_WIDTH, 3: 17, 4: 52, 5: AMOUNT_WIDTH, **dict.fromkeys(range(6, 11), 14)},
        heights=wrapped_heights(draft, {4: 58}),
        frozen=Position(4, 2),
        repeated_rows=HEAD,
        verdicts=(outcomes.area((1, 0), (3, 0)), tests.area((1, 2), (tests.height - 1, 2))),
    )


def _put_eligibility(draft: SheetDraft, layout: AgendaLayout) -> None:
    """Set how many projects came to what, and below it every project with its verdict and reason."""
    agenda, block = layout.agenda, layout[AgendaBlock.ELIGIBILITY]
    found = [eligibility_of(project, agenda) for project in agenda.projects]
    _put_outcomes(draft, layout, found)
    title = "Per project: mag het middelen van de kwaliteitsafspraken gebruiken?"
    draft.put(block.at(-1, 0), title, SECTION)
    draft.row(block.at(0, 0), ELIGIBILITY_COLUMNS, HEADER)
    for row, tested in enumerate(found, 1):
        draft.put(block.at(row, 0), project_name(layout, row), LABEL)
        draft.put(block.at(row, 1), project_status(layout, row), LABEL)
        draft.put(block.at(row, 2), Formula(_verdict(block, row), outcome_word(tested.outcome)), VERDICT)
        draft.put(block.at(row, 3), Formula(_reasons(block, row), _reason(tested)), NOTE)
        asked = Formula(_asked(layout, row), tested.asked)
        draft.put(block.at(row, _COLUMN["Gevraagd"]), asked, RESULT, AMOUNT)
        _put_tests(draft, layout, row, tested)


def _put_outcomes(draft: SheetDraft, layout: AgendaLayout, found: Sequence[Eligibility]) -> None:
    block, tests = layout[AgendaBlock.OUTCOMES], layout[AgendaBlock.ELIGIBILITY]
    last = tests.height - 1
    verdicts, asked = (tests.area((1, column), (last, column)) for column in (2, _COLUMN["Gevraagd"]))
    draft.put(block.at(-1, 0), example_marked(layout, "Uitkomst"), SECTION)
    draft.row(block.at(0, 0), OUTCOME_COLUMNS, HEADER)
    for row, outcome in enumerate(Outcome, 1):
        amounts = [tested.asked for tested in found if tested.outcome is outcome]
        label = address(block.at(row, 0))
        draft.put(block.at(row, 0), outcome_word(outcome), VERDICT)
        draft.put(block.at(row, 1), Formula(f"COUNTIF({verdicts},{label})", len(amounts)), CHECK, "0")
        added = Formula(f"SUMIF({verdicts},{label},{asked})", sum(amounts, Decimal(0)))
        draft.put(block.at(row, 2), added, CHECK, AMOUNT)
    foot = 1 + len(Outcome)
    draft.put(block.at(foot, 0), "Totaal", TOTAL_LABEL)
    totals = (Decimal(len(found)), sum((tested.asked for tested in found), Decimal(0)))
    for column, (value, shown) in enumerate(zip(totals, ("0", AMOUNT), strict=True), 1):
        above = block.area((1, column), (foot - 1, column))
        draft.put(block.at(foot, column), Formula(f"SUM({above})", value), TOTAL, shown)


def _put_tests(draft: SheetDraft, layout: AgendaLayout, row: int, tested: Eligibility) -> None:
    block = layout[AgendaBlock.ELIGIBILITY]
    shares = layout[shares_block(Axis.SECTOR_THEMES)]
    aims = layout[AgendaBlock.AIMS]
    aim, evidence = (
        aims.address(row, AIM_COLUMNS.index(name)) for name in ("Kwaliteitsdoel", "Onderbouwing")
    )
    conditions = {
        Kind.SECTOR_THEME: f"{shares.address(row, shares.width - 1)}>0",
        Kind.QUALITY_AIM: f"LEN(TRIM({aim}))>0",
        Kind.EVIDENCE: f"LEN(TRIM({evidence}))>0",
    }
    for test, condition in conditions.items():
        passed = NO if test in tested.failed else YES
        formula = Formula(f'IF({condition},"{YES}","{NO}")', passed)
        draft.put(block.at(row, TEST_COLUMNS[test]), formula, VERDICT)
    for test, expression, amount in (
        (Kind.COVERAGE, _overpaid(layout, row), sum(tested.overpaid, Decimal(0))),
        (Kind.AGREEMENT_YEARS, _outside(layout, row), tested.outside),
    ):
        draft.put(block.at(row, TEST_COLUMNS[test]), Formula(expression, amount), CHECK, AMOUNT)


def _verdict(block: Block, row: int) -> str:
    asked = address(block.at(row, _COLUMN["Gevraagd"]))
    passed = ",".join(_passes(block, row, test) for test in TESTS)
    words = [outcome_word(outcome) for outcome in Outcome]
    eligible, not_eligible, not_asked = words
    return f'IF({asked}=0,"{not_asked}",IF(AND({passed}),"{eligible}","{not_eligible}"))'


def _passes(block: Block, row: int, test: Kind) -> str:
    cell = address(block.at(row, TEST_COLUMNS[test]))
    return f"{cell}=0" if test in {Kind.COVERAGE, Kind.AGREEMENT_YEARS} else f'{cell}="{YES}"'


def _reasons(block: Block, row: int) -> str:
    """Write the reasons of what is not eligible, with semicolons between."""
    failed = "&".join(f'IF({_passes(block, row, test)},"","; {reason_word(test)}")' for test in TESTS)
    verdict = address(block.at(row, 2))
    return f'IF({verdict}="{outcome_word(Outcome.NOT_ELIGIBLE)}",MID({failed},3,500),"")'


def _reason(tested: Eligibility) -> str:
    if tested.outcome is not Outcome.NOT_ELIGIBLE:
        return ""
    return "; ".join(reason_word(test) for test in tested.failed)


def _source(layout: AgendaLayout, number: int, column: str) -> str:
    return layout[AgendaBlock.SOURCES].address(number, SOURCE_COLUMNS.index(column))


def _asked(layout: AgendaLayout, row: int) -> str:
    """Add up what the sources that are tested pay for a project."""
    terms = []
    for number in range(1, 1 + len(layout.agenda.sources)):
        block = layout[source_block(number)]
        paid = block.address(row, block.width - 1)
        terms.append(f'IF({_source(layout, number, "Getoetst")}="{YES}",{paid},0)')
    return f"ROUND({'+'.join(terms)},2)"


def _overpaid(layout: AgendaLayout, row: int) -> str:
    costs, paid = layout[AgendaBlock.COSTS], layout[AgendaBlock.FINANCING]
    last = _FIRST + len(layout.agenda.years) - 1
    over = f"ROUND({paid.span((row, _FIRST), (row, last))}-{costs.span((row, _FIRST), (row, last))},2)"
    return f"SUMPRODUCT(({over}>0)*{over})"


def _outside(layout: AgendaLayout, row: int) -> str:
    """Add up what tested sources pay in years outside their agreement."""
    last = _FIRST + len(layout.agenda.years) - 1
    terms = []
    for number in range(1, 1 + len(layout.agenda.sources)):
        block = layout[source_block(number)]
        years, paid = (block.span((offset, _FIRST), (offset, last)) for offset in (0, row))
        tested, start, end = (
            _source(layout, number, column) for column in ("Getoetst", "Eerste jaar", "Laatste jaar")
        )
        before, after = f'({years}<{start})*({start}<>"")', f'({years}>{end})*({end}<>"")'
        terms.append(f'IF({tested}="{YES}",SUMPRODUCT((({before}+{after})>0)*ABS({paid})),0)')
    return f"ROUND({'+'.join(terms)},2)"
