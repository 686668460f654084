"""What every command shares: its language, its faults and its exit code."""

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING

import click

from hoka_excel import limits
from hoka_excel.core.errors import HokaError
from hoka_excel.core.messages import DUTCH, Language, Message

if TYPE_CHECKING:
    from rich.console import Console

PATH = click.Path(path_type=Path)


def answering(command: Callable[..., int]) -> Callable[..., int]:
    """Add `--lang`, and answer a request that cannot be carried out with its faults and code 2.

    Limits that are badly set are such a fault, whatever the request.
    """

    @wraps(command)
    def answered(*, language: Language, **options: object) -> int:
        try:
            limits.check_settings()
            return command(language=language, **options)
        except HokaError as error:
            tell(error.faults, language)
            return 2

    choice = click.Choice(["nl", "en"])
    option = click.option("--lang", "language", type=choice, default=DUTCH, help="Taal van de uitvoer.")
    return option(answered)


with_password = click.option(
    "--password",
    envvar="HOKA_PASSWORD",
    prompt="Wachtwoord",
    prompt_required=False,
    hide_input=True,
    show_envvar=True,
    help="Wachtwoord van versleutelde werkboeken; staat er geen achter, dan vraagt hoka erom.",
)


def now() -> datetime:
    """Give this moment, where this computer is."""
    return datetime.now(tz=UTC).astimezone()


def today() -> date:
    """Give the day, where this computer is."""
    return now().date()


def console() -> "Console":
    """Write to standard output without colouring figures or cutting lines."""
    from rich.console import Console

    return Console(highlight=False, soft_wrap=True)


def tell(faults: Sequence[Message], language: Language) -> None:
    """Write faults to standard error, one to a line."""
    for fault in faults:
        click.echo(Message("cli.fault", {"fault": fault}).render(language), err=True)
