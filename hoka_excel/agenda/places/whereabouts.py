"""On which cell of an agenda's workbook a subject of it stands."""

from collections.abc import Mapping

from hoka_excel.agenda.places.names import (
    AMOUNT_COLUMNS,
    SHARE_COLUMNS,
    SOURCE_COLUMNS,
    AgendaBlock,
    members_block,
    shares_block,
    source_block,
)
from hoka_excel.begroting.places.blocks import Block
from hoka_excel.core.agenda.faults import AXIS_KEYS, SHARE_KEYS
from hoka_excel.core.agenda.projects import Agenda
from hoka_excel.core.faults.subjects import Subject
from hoka_excel.workbook.addresses import address

_AXES = {key: axis for axis, key in AXIS_KEYS.items()}
_SHARES = {key: axis for axis, key in SHARE_KEYS.items()}


def whereabouts(subject: Subject, agenda: Agenda, blocks: Mapping[str, Block]) -> str:
    """Say on which cell a subject of the agenda stands."""
    column = 0
    match subject:
        case ("project", int(index), str(key)) if key in _SHARES:
            block = blocks[shares_block(_SHARES[key])]
            row, column = 1 + index, SHARE_COLUMNS.index("Geheel")
        case ("project", int(index), "financiering", str(name), int(year)):
            number = 1 + [source.name for source in agenda.sources].index(name)
            block, row, column = blocks[source_block(number)], 1 + index, len(AMOUNT_COLUMNS) + year
        case ("project", int(index), "kosten", int(year)):
            block, row, column = blocks[AgendaBlock.COSTS], 1 + index, len(AMOUNT_COLUMNS) + year
        case ("project", *rest):
            block, row = blocks[AgendaBlock.COSTS], 1 + rest[0] if rest and isinstance(rest[0], int) else 0
        case ("financiering", int(index), *_):
            block, row = blocks[AgendaBlock.SOURCES], 1 + index
            column = SOURCE_COLUMNS.index("Laatste jaar")
        case ("financiering",):
            block, row = blocks[AgendaBlock.SOURCES], 0
        case (str(key),) if key in _AXES:
            block, row = blocks[members_block(_AXES[key])], 0
        case _:
            block, row = blocks[AgendaBlock.YEARS], 0
    return f"{block.sheet}!{address(block.at(row, column))}"
