"""The command line, `hoka`: one function per command, each in the language it is asked for.

Results go to standard output, faults to standard error, one line each. A command ends with 0 when all ties,
1 when something does not, 2 when something could not be read or tested.
"""

import sys
from collections.abc import Sequence

import click

from hoka_excel import __version__
from hoka_excel.cli.excel import addin, serve
from hoka_excel.cli.limits import limits
from hoka_excel.cli.plans import diff, export, import_document, report, scenario
from hoka_excel.cli.workbooks import build, check, regenerate
from hoka_excel.cli.year import actuals, students
from hoka_excel.core.messages import Message


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="hoka")
def hoka() -> None:
    """Sluit begrotingen voor kwaliteitsafspraken aan, herbereken ze en maak ze opnieuw."""


for command in (
    actuals,
    addin,
    build,
    check,
    diff,
    export,
    import_document,
    limits,
    regenerate,
    report,
    scenario,
    serve,
    students,
):
    hoka.add_command(command)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run a command and end the process with its exit code; faults become lines, never a traceback."""
    try:
        code = hoka.main(arguments, prog_name="hoka", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        code = error.exit_code
    except (KeyboardInterrupt, click.Abort):
        click.echo(Message("cli.interrupted").render(), err=True)
        code = 130
    sys.exit(code or 0)
