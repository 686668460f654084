"""What differs between two plans, and what a regeneration changes in a workbook, as tables and as JSON."""

import json
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

from rich.console import Console
from rich.table import Table
from rich.text import Text

from hoka_excel.core.exact import exact_decimal
from hoka_excel.core.messages import Language, Message, number_text
from hoka_excel.core.plan_comparison import Difference, Value
from hoka_excel.report.addresses import address
from hoka_excel.workbook.edits import Change
from hoka_excel.workbook.sheets import Content, Formula

SCHEMA = 1


def print_differences(console: Console, differences: Sequence[Difference], language: Language) -> None:
    """Print a table of what differs: the fact, both values, and how much was added.

    Of a difference in a binding year it says so.
    """
    if not differences:
        console.print(Message("diff.equal").render(language))
        return
    table = _table(("diff.fact", "diff.old", "diff.new", "diff.difference"), language)
    for difference in differences:
        amount = "" if difference.amount is None else number_text(difference.amount, language, "+")
        old, new = (_text(value, language) for value in (difference.old, difference.new))
        table.add_row(Text(_fact(difference, language)), Text(old), Text(new), amount)
    console.print(table)
    console.print(Message("diff.count", {"count": len(differences)}).render(language))


def differences_json(files: tuple[Path, Path], differences: Sequence[Difference]) -> str:
    """Write what differs as JSON; numbers are decimal strings."""
    listed = [
        {
            "topic": difference.subject.topic,
            "of": difference.subject.of or None,
            "line": difference.subject.line or None,
            "year": difference.subject.year,
            "old": _plain(difference.old),
            "new": _plain(difference.new),
            "difference": _plain(difference.amount),
            "binding": difference.is_binding,
        }
        for difference in differences
    ]
    whole = {"schema": SCHEMA, "files": [str(file) for file in files], "differences": listed}
    return json.dumps(whole, ensure_ascii=False, indent=2)


def print_changes(console: Console, file: Path, changes: Sequence[Change], language: Language) -> None:
    """Print the cells of a workbook that would change, a line each, with what they show before and after."""
    heading = Message("batch.would_change", {"where": address(file), "count": len(changes)})
    console.print(Text(heading.render(language)))
    for change in changes:
        old, new = _before_and_after(change, language)
        values = {"place": f"{change.sheet}!{change.cell}", "old": old, "new": new}
        line = Message("batch.change", values).render(language)
        console.print(Text(f"  {line}"))


def _table(columns: Sequence[str], language: Language) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold")
    for column in columns:
        table.add_column(Message(column).render(language), overflow="fold")
    return table


def _fact(difference: Difference, language: Language) -> str:
    topic, of, line, year = difference.subject
    word = Message(f"diff.topic_{topic}").render(language)
    binding = Message("diff.binding").render(language) if difference.is_binding else ""
    return " · ".join(filter(None, (word, of, line, "" if year is None else str(year), binding)))


def _text(value: Value | None, language: Language) -> str:
    match value:
        case None:
            return "–"
        case bool():
            return Message("diff.yes" if value else "diff.no").render(language)
        case Decimal():
            return number_text(value, language)
        case _:
            return value


def _plain(value: Value | None) -> str | bool | None:
    return f"{value:f}" if isinstance(value, Decimal) else value


def _before_and_after(change: Change, language: Language) -> tuple[str, str]:
    """Write what a cell shows before and after; its formulas too where they are not the same."""
    old, new = (_text(_shown(content), language) for content in (change.old, change.new))
    before, after = (_formula(content) for content in (change.old, change.new))
    return (old, new) if before == after else (f"{old} {before}".strip(), f"{new} {after}".strip())


def _shown(content: Content | float) -> Value | None:
    """Take what a cell shows; an empty text is as good as none."""
    match content:
        case Formula(_, value):
            return _shown(value)
        case None | "":
            return None
        case bool():
            return content
        case int() | float() | Decimal():
            return exact_decimal(content)
        case _:
            return str(content)


def _formula(content: Content | float) -> str:
    return f"[={content.expression.removeprefix('=')}]" if isinstance(content, Formula) else ""
