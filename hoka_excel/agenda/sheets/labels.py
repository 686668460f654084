"""Names that several sheets share, as formulas: whoever changes one changes it everywhere."""

from hoka_excel.agenda.places.layout import AgendaLayout
from hoka_excel.agenda.places.names import COST_COLUMNS, MEMBER_COLUMNS, AgendaBlock, members_block
from hoka_excel.core.agenda.projects import Axis, Status, marked
from hoka_excel.core.agenda.totals import UNASSIGNED
from hoka_excel.workbook.sheets import Formula


def project_name(layout: AgendaLayout, row: int) -> Formula:
    """Repeat the number and name of a project; rows count from 1."""
    costs, project = layout[AgendaBlock.COSTS], layout.agenda.projects[row - 1]
    number, name = (costs.address(row, COST_COLUMNS.index(column)) for column in ("Nummer", "Project"))
    return Formula(f'{number}&". "&{name}', f"{project.number}. {project.name}")


def project_status(layout: AgendaLayout, row: int) -> Formula:
    """Repeat whether the amounts of a project are an example."""
    status = layout[AgendaBlock.COSTS].address(row, COST_COLUMNS.index("Bedragen"))
    return Formula(status, layout.agenda.projects[row - 1].status.value)


def member_label(layout: AgendaLayout, axis: Axis, index: int) -> Formula | str:
    """Repeat what tables call a theme or programme; what comes after the last is not assigned."""
    members = layout.agenda.members(axis)
    if index == len(members):
        return UNASSIGNED
    block = layout[members_block(axis)]
    number, name, detail = (
        block.address(1 + index, MEMBER_COLUMNS.index(column))
        for column in ("Nummer", "Naam", "Ondertitel of graad")
    )
    numbered = members[index].number is not None
    expression = f'{number}&". "&{name}' if numbered else f'TRIM({detail}&" "&{name})'
    return Formula(expression, members[index].label)


def source_name(layout: AgendaLayout, number: int) -> Formula:
    """Repeat what a source is called; sources count from 1."""
    return Formula(layout[AgendaBlock.SOURCES].address(number, 0), layout.agenda.sources[number - 1].name)


def example_marked(layout: AgendaLayout, title: str) -> Formula:
    """Write behind a title that it stands above amounts that are an example, for as long as any is."""
    return when_example(layout, marked(title, is_example=True), title)


def when_example(layout: AgendaLayout, text: str, otherwise: str) -> Formula:
    """Say one thing while the amounts of any project are an example, and another when none is."""
    costs = layout[AgendaBlock.COSTS]
    column = COST_COLUMNS.index("Bedragen")
    statuses = costs.span((1, column), (costs.height - 2, column))
    formula = f'IF(COUNTIF({statuses},"{Status.EXAMPLE}")>0,"{text}","{otherwise}")'
    return Formula(formula, text if layout.agenda.has_examples else otherwise)
