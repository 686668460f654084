"""Contradictions that rest on no more cells than they need."""

from collections.abc import Collection

from hoka_excel.core.localising.certificates import Refutation, Spans, refutations
from hoka_excel.core.localising.constraints import Span, System, subsystem
from hoka_excel.core.localising.solver import Solver


def minimal(
    system: System,
    spans: Spans,
    refutation: Refutation,
    removable: Collection[int],
    deadline: float | None = None,
) -> Refutation:
    """Leave out of a contradiction the columns that its equations can do without, first to last.

    Args:
        system: the equations.
        spans: what each column leaves open.
        refutation: the contradiction.
        removable: the columns that may be left out.
        deadline: the moment of `time.monotonic` to stop at.

    Raises:
        OutOfTimeError: the deadline passed.
    """
    if len(refutation.multipliers) == 1:
        return refutation
    part, columns, rows = subsystem(system, sorted(refutation.multipliers))
    own_spans = [spans[column] for column in columns]
    solver = Solver(part, own_spans, deadline)
    out: dict[int, Span] = {}
    for column in sorted(refutation.columns.intersection(removable)):
        if column not in refutation.columns:
            continue
        place = columns.index(column)
        less = {**out, place: system.columns[column].dropped}
        outcome = solver.violation(less)
        tried = [less.get(number, span) for number, span in enumerate(own_spans)]
        for smaller in refutations(part, tried, outcome.multipliers)[:1]:
            out = less
            refutation = Refutation(
                {rows[row]: multiplier for row, multiplier in smaller.multipliers.items()},
                frozenset(columns[number] for number in smaller.columns),
            )
    return refutation
