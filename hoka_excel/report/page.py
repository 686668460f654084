"""Reconciliations as one HTML page that needs nothing else: no network, no scripts.

The page starts from the same records as the text, the JSON and the sheets. Every text and figure passes
through the templates' escaping: what a workbook says is shown, never run.
"""

from base64 import b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import TYPE_CHECKING

from hoka_excel.core.findings import Conflict, Finding, RateSpan
from hoka_excel.core.messages import Language, Message, number_text
from hoka_excel.core.ranking import ranked
from hoka_excel.core.verdicts import Verdict
from hoka_excel.core.version import VERSION
from hoka_excel.report.outcomes import Outcome

if TYPE_CHECKING:
    from jinja2 import Environment

    from hoka_excel.report.accountability import Accountability
    from hoka_excel.report.agenda_account import AgendaAccount


@dataclass(frozen=True, slots=True)
class Section:
    """What the page says of one file.

    Attributes:
        outcome: of the file.
        counts: how many checks came to each verdict, zeros left out.
        findings: the checks to show, the weightiest first.
        notes: what else to tell; the rates per year have a table of their own.
    """

    outcome: Outcome
    counts: Mapping[Verdict, int]
    findings: tuple[Finding, ...]
    notes: tuple[Message, ...]

    @property
    def conflicts(self) -> tuple[Conflict, ...]:
        """What cannot be right together."""
        found = self.outcome.reconciliation
        return found.conflicts if found else ()

    @property
    def rates(self) -> tuple[RateSpan, ...]:
        """The rates that go with the figures."""
        found = self.outcome.reconciliation
        return found.rates if found else ()


def to_html(
    outcomes: Sequence[Outcome],
    language: Language,
    made: date,
    *,
    all_checks: bool = False,
    account: "Accountability | AgendaAccount | None" = None,
) -> str:
    """Write outcomes as a page.

    Args:
        outcomes: one per file.
        language: of the page.
        made: the day to put on it.
        all_checks: whether exact checks are listed too.
        account: plan against actuals, or the totals of an agenda, with plots; for a page about one of them.
    """
    style = _template_text("style.css")
    return (
        _environment(language)
        .get_template("page.html.jinja")
        .render(
            language=language,
            sections=[_section(outcome, all_checks=all_checks) for outcome in outcomes],
            account=account,
            style=style,
            style_hash=b64encode(sha256(style.encode()).digest()).decode(),
            made=Message(
                "page.made", {"day": made.day, "month": made.month, "year": made.year, "version": VERSION}
            ),
        )
    )


def _section(outcome: Outcome, *, all_checks: bool) -> Section:
    found = outcome.reconciliation
    if found is None:
        return Section(outcome, {}, (), ())
    notes = (note for note in found.notes if note.code != "rate.years")
    return Section(
        outcome=outcome,
        counts={verdict: count for verdict, count in found.counts.items() if count},
        findings=tuple(ranked(found.checks if all_checks else found.findings)),
        notes=(*notes, *(found.remarks if all_checks else ())),
    )


def _environment(language: Language) -> "Environment":
    """Make the templates' surroundings: everything is escaped, a missing name is an error."""
    from jinja2 import Environment, PackageLoader, StrictUndefined  # noqa: PLC0415 - only a page needs it

    environment = Environment(
        loader=PackageLoader("hoka_excel.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )

    def word(name: str, **values: object) -> str:
        return Message(f"page.{name}", values).render(language)

    def named(name: str) -> str:
        return Message(name).render(language)

    def figure(value: Decimal, sign: str = "") -> str:
        return number_text(value, language, sign if value > 0 else "")

    environment.globals |= {"word": word, "named": named}
    environment.filters |= {"said": lambda message: message.render(language), "figure": figure}
    return environment


@cache
def _template_text(name: str) -> str:
    return files("hoka_excel.report").joinpath("templates", name).read_text(encoding="utf-8")
