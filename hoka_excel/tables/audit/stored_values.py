"""Compare what the formulas of a workbook show with what they come to when worked out again.

Left out, and told, are the formulas of which no difference would mean anything: those that give something
else each time, those that read other workbooks, those that the recalculation does not know, and everything
that reads them. OFFSET, INDIRECT and names whose cells are not known may stand for any cell, so what reads
them is left out as soon as anything else is.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum

from hoka_excel.core.exact import EXACT
from hoka_excel.core.findings import Finding
from hoka_excel.core.messages import Message
from hoka_excel.core.verdicts import Judgement, Verdict
from hoka_excel.tables.audit.audited_sheet import WRONG, AuditedSheet, amount_of
from hoka_excel.tables.audit.circles import Node, circles, dependents
from hoka_excel.tables.audit.named_cells import parsed_formulas
from hoka_excel.tables.audit.tokenized_formulas import Parsed
from hoka_excel.tables.figures import figures_of
from hoka_excel.tables.grid import ERRORS, Grid, Spot, with_errors
from hoka_excel.tables.hidden_cells import with_hidden_told

VOLATILE = frozenset(
    ("NOW", "TODAY", "RAND", "RANDBETWEEN", "RANDARRAY", "CELL", "INFO", "RTD", "WEBSERVICE", "DDE")
)
"""What gives something else each time, or elsewhere."""
_ANYWHERE = frozenset(("OFFSET", "INDIRECT"))
_UNKNOWN_FUNCTION = "#NAME?"
_RELATIVE_ROOM = Decimal("1e-9")
_MOST_LISTED = 5


class LeftOut(StrEnum):
    """Why a formula is left out; the catalogue holds the words."""

    VOLATILE = "volatile"
    EXTERNAL = "external"
    UNKNOWN = "unknown"
    CIRCULAR = "circular"
    DEPENDENT = "dependent"
    NO_VALUE = "no_value"


@dataclass(frozen=True, slots=True)
class Comparison:
    """What a recalculation showed.

    Attributes:
        findings: the formulas that show something else than they come to, by sheet, row and column.
        notes: how many formulas were compared, and which were left out.
    """

    findings: tuple[Finding, ...]
    notes: tuple[Message, ...]


def compare_values(stored: Sequence[Grid], fresh: Sequence[Grid]) -> Comparison:
    """Compare the values stored with formulas with those of the same workbook recalculated.

    Args:
        stored: every sheet as the file holds it.
        fresh: the same sheets recalculated.
    """
    again = {grid.name: grid for grid in fresh}
    book = {grid.name.casefold(): grid for grid in stored}
    left_out = _left_out(book, again)
    findings: list[Finding] = []
    compared = 0
    for grid in stored:
        sheet = AuditedSheet(grid, figures_of(grid), book)
        for spot in sorted(grid.formulas):
            if (grid.name.casefold(), spot) in left_out or grid.name not in again:
                continue
            compared += 1
            shown, outcome = grid.value(*spot), again[grid.name].value(*spot)
            judgement = _judged(shown, outcome)
            if judgement is not None:
                values = {"shown": _told(shown), "outcome": _told(outcome)}
                findings.append(sheet.finding("stored", spot, (), judgement, **values))
    notes = [Message("recalculation.compared", {"count": compared}), *_notes(left_out, book)]
    return Comparison(tuple(with_hidden_told(findings, stored)), tuple(notes))


def with_formulas(stored: Sequence[Grid], fresh: Sequence[Grid]) -> list[Grid]:
    """Add to sheets read from a file that tells only values what the same sheets recalculated tell.

    Args:
        stored: every sheet, with the values of the file.
        fresh: the same sheets recalculated, with their formulas, number formats and hidden rows and columns.
    """
    again = {grid.name: grid for grid in fresh}
    return [
        replace(
            again[grid.name],
            cells=with_errors(grid.cells, _untold_errors(grid, again[grid.name])),
            hidden=grid.hidden,
        )
        if grid.name in again
        else grid
        for grid in stored
    ]


def _untold_errors(grid: Grid, fresh: Grid) -> dict[Spot, str]:
    """Give the errors that formulas come to where the file, which tells of none, seems to show nothing."""
    return {
        spot: str(outcome)
        for spot in fresh.formulas
        if (outcome := fresh.value(*spot)) in ERRORS and grid.value(*spot) is None
    }


def _left_out(book: Mapping[str, Grid], again: Mapping[str, Grid]) -> dict[Node, LeftOut]:
    reasons: dict[Node, LeftOut] = {}
    anywhere: list[Node] = []
    formulas = parsed_formulas(book)
    for name, grid in book.items():
        for spot, parsed in formulas[name].items():
            node = (name, spot)
            reason = _reason(parsed, grid.value(*spot), again.get(grid.name, grid).value(*spot))
            if reason is not None:
                reasons[node] = reason
            elif parsed.functions & _ANYWHERE or parsed.names:
                anywhere.append(node)
    for circle in circles(formulas):
        reasons |= dict.fromkeys(circle, LeftOut.CIRCULAR)
    reaching = {node: reason for node, reason in reasons.items() if reason is not LeftOut.NO_VALUE}
    if reaching:
        reasons |= dict.fromkeys(anywhere, LeftOut.DEPENDENT)
        reached = dependents(formulas, [*reaching, *anywhere])
        reasons |= dict.fromkeys(reached - reasons.keys(), LeftOut.DEPENDENT)
    return reasons


def _reason(parsed: Parsed, shown: object, outcome: object) -> LeftOut | None:
    if parsed.functions & VOLATILE:
        return LeftOut.VOLATILE
    if parsed.books:
        return LeftOut.EXTERNAL
    if outcome == _UNKNOWN_FUNCTION != shown:
        return LeftOut.UNKNOWN
    return LeftOut.NO_VALUE if shown is None and outcome is not None else None


def _judged(shown: object, outcome: object) -> Judgement | None:
    """Judge a stored value; None when it is what the formula comes to."""
    stated, expected = _number(shown), _number(outcome)
    if stated is None or expected is None:
        return None if _comparable(shown) == _comparable(outcome) else WRONG
    difference = EXACT.subtract(stated, expected)
    room = max(abs(stated), abs(expected), Decimal(1)) * _RELATIVE_ROOM
    if abs(difference) <= room:
        return None
    return Judgement(Verdict.MISMATCH, stated, expected, difference, Decimal(0))


def _number(content: object) -> Decimal | None:
    if isinstance(content, bool) or not isinstance(content, int | float | Decimal):
        return None
    return amount_of(content)


def _comparable(content: object) -> object:
    """Reduce what one program stores as text, truth or error and another a little differently."""
    if isinstance(content, bool):
        return str(content).casefold()
    if isinstance(content, str):
        return "#" if content in ERRORS else content.strip().casefold()
    return "" if content is None else content


def _told(content: object) -> object:
    number = _number(content)
    if number is not None:
        return number
    return Message("recalculation.nothing") if content is None else content


def _notes(left_out: Mapping[Node, LeftOut], book: Mapping[str, Grid]) -> Iterator[Message]:
    for reason in LeftOut:
        nodes = sorted(node for node, why in left_out.items() if why is reason)
        if nodes:
            values = {"count": len(nodes), "places": _listed(nodes, book)}
            yield Message("recalculation.left_out", {**values, "reason": Message(f"left_out.{reason}")})


def _listed(nodes: Sequence[Node], book: Mapping[str, Grid]) -> str:
    first: Iterable[str] = (str(book[name].place(spot)) for name, spot in nodes[:_MOST_LISTED])
    return ", ".join(first) + (" …" if len(nodes) > _MOST_LISTED else "")
