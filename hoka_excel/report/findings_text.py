"""Reconciliations as text for a terminal: the verdict first, then what needs a look."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice

from rich.console import Console
from rich.table import Table
from rich.text import Text

from hoka_excel.core.finding_sequence import with_verdict
from hoka_excel.core.findings import Conflict, Finding, Reconciliation, Status
from hoka_excel.core.messages import Language, Message
from hoka_excel.core.ranking import ranked
from hoka_excel.core.verdicts import Verdict
from hoka_excel.report.addresses import address
from hoka_excel.report.outcomes import Outcome

_COLOURS = {
    Status.EXACT: "green",
    Status.ROUNDING: "green",
    Status.MISMATCH: "red",
    Status.UNTESTABLE: "yellow",
    Status.UNREADABLE: "red",
}
_WEIGHTY = (Verdict.MISMATCH, Verdict.UNTESTABLE, Verdict.EXPLAINED)
"""The verdicts that are shown without being asked for."""
_TOGETHER = 1_000
"""So many lines are printed at a time, which takes a fifth of the time of one by one."""


def print_outcome(console: Console, outcome: Outcome, language: Language, *, all_checks: bool) -> None:
    """Print the verdict on one file and the findings that need a look.

    Args:
        console: where to print.
        outcome: of the file.
        language: of the text.
        all_checks: whether to print every check.
    """
    console.print(_verdict_line(outcome, language))
    if outcome.reconciliation is None:
        return
    findings = iter(_shown(outcome.reconciliation, all_checks=all_checks))
    while together := [_finding_line(finding, language) for finding in islice(findings, _TOGETHER)]:
        console.print(Text("\n".join(together)))
    conflicts = outcome.reconciliation.conflicts
    if conflicts:
        heading = Message("conflict.heading").render(language)
        console.print(Text(f"  {heading}", "bold"))
    for number, conflict in enumerate(conflicts, 1):
        for line in _conflict_lines(conflict, language):
            console.print(Text(f"  {number}. {line}"))
    remarks = outcome.reconciliation.remarks if all_checks else ()
    for note in (*outcome.reconciliation.notes, *remarks):
        console.print(Text(f"  {note.render(language)}"))
    if outcome.written is not None:
        copy = Message("copy.done", {"where": outcome.written})
        console.print(Text(f"  {copy.render(language)}"))


def _finding_line(finding: Finding, language: Language) -> str:
    word = Message(f"verdict.{finding.verdict}").render(language)
    line = f"  {finding.place}  {word}: {finding.message.render(language)}"
    return f"{line} ({finding.explanation})" if finding.explanation else line


def _verdict_line(outcome: Outcome, language: Language) -> Text:
    status = Message(f"status.{outcome.status}").render(language)
    line = Text.assemble(f"{outcome.file}: ", (status, f"bold {_COLOURS[outcome.status]}"))
    if outcome.reconciliation is not None:
        line.append(f" ({_counted(outcome.reconciliation, language)})")
    return line


def _counted(reconciliation: Reconciliation, language: Language) -> str:
    counted = ", ".join(
        f"{count} × {Message(f'verdict.{verdict}').render(language)}"
        for verdict, count in reconciliation.counts.items()
        if count
    )
    return counted or Message("counts.none").render(language)


def _shown(reconciliation: Reconciliation, *, all_checks: bool) -> Sequence[Finding]:
    return ranked(reconciliation.checks if all_checks else with_verdict(reconciliation.checks, _WEIGHTY))


def _conflict_lines(conflict: Conflict, language: Language) -> Iterator[str]:
    yield conflict.proofs[0].text.render(language)
    yield conflict.outcome.render(language)
    for hint in conflict.hints:
        yield hint.render(language)


def print_batch(console: Console, outcomes: Sequence[Outcome], language: Language) -> None:
    """Print what a batch did: a line per workbook, and of several how many came to which status.

    The line holds the verdict, and where the result lies.
    """
    for outcome in outcomes:
        status = Message(f"status.{outcome.status}").render(language)
        line = Text.assemble(f"{address(outcome.file)}: ", (status, f"bold {_COLOURS[outcome.status]}"))
        if outcome.written is not None:
            line.append(f" → {address(outcome.written)}")
        console.print(line)
    if len(outcomes) > 1:
        console.print(_summary(Counter(outcome.status for outcome in outcomes), language))


def _summary(counts: Mapping[Status, int], language: Language) -> Table:
    """Lay out how many files came to each status that occurs, from good to bad."""
    table = Table(box=None, pad_edge=False)
    table.add_column(Message("batch.table_status").render(language))
    table.add_column(Message("batch.table_count").render(language), justify="right")
    for status in Status:
        if counts.get(status):
            words = Message(f"status.{status}").render(language)
            table.add_row(Text(words, _COLOURS[status]), str(counts[status]))
    return table
