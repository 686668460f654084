"""`hoka limits`: what is bounded of what comes from outside, and how to set it."""

import json

import click

from hoka_excel.cli.answers import answering, console
from hoka_excel.core.messages import Language, Message

_SCHEMA = 1


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Schrijf de grenzen als JSON.")
@answering
def limits(language: Language, as_json: bool) -> int:
    """Toon de grenzen aan wat van buiten komt, en hoe ze nu staan.

    Een grens zet u met een omgevingsvariabele: HOKA_LIMIT_ en haar naam, zoals HOKA_LIMIT_CELLS=50000000.
    """
    if as_json:
        click.echo(_as_json(language))
    else:
        _print(language)
    return 0


def _as_json(language: Language) -> str:
    from hoka_excel.limits import LIMITS

    stated = [
        {
            "name": limit.name,
            "variable": limit.variable,
            "value": limit.current,
            "default": limit.default,
            "least": limit.least,
            "most": limit.most,
            "unit": limit.unit,
            "bounds": limit.bounds.render(language),
        }
        for limit in LIMITS
    ]
    return json.dumps({"schema": _SCHEMA, "limits": stated}, ensure_ascii=False, indent=2)


def _print(language: Language) -> None:
    from decimal import Decimal

    from rich.table import Table

    from hoka_excel.core.messages import number_text
    from hoka_excel.limits import LIMITS, PREFIX

    def heading(name: str) -> str:
        return Message(f"limit.column.{name}").render(language)

    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column(heading("name"), no_wrap=True)
    for name in ("current", "default"):
        table.add_column(heading(name), justify="right", no_wrap=True)
    table.add_column(heading("unit"))
    table.add_column(heading("bounds"))
    for limit in LIMITS:
        numbers = [number_text(Decimal(number), language) for number in (limit.current, limit.default)]
        told = (limit.unit.word, limit.bounds)
        table.add_row(limit.name, *numbers, *(message.render(language) for message in told))
    console().print(table)
    click.echo(Message("limit.how_to_set", {"prefix": PREFIX}).render(language))
