"""The task pane: the verdict at a glance, the findings, and the report, as pieces of a page."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from hoka_excel.addin.examination import examine_book
from hoka_excel.addin.reports import Reports
from hoka_excel.addin.scripts import REPORTS_PATH, language_of
from hoka_excel.core.errors import HokaError
from hoka_excel.core.findings import Finding
from hoka_excel.core.messages import Language, Message
from hoka_excel.core.ranking import ranked
from hoka_excel.core.verdicts import Verdict
from hoka_excel.core.version import VERSION
from hoka_excel.excel.macros import MACROS

if TYPE_CHECKING:
    from fastapi import APIRouter
    from xlwings import Book

_WRONG = (Verdict.MISMATCH, Verdict.UNTESTABLE)


def panel_routes(reports: Reports) -> "APIRouter":
    """Make the addresses that the task pane asks: itself in a language, the verdict, a report."""
    from fastapi import APIRouter, Depends, Request, Response  # noqa: PLC0415 - only a server needs these
    from fastapi.responses import HTMLResponse  # noqa: PLC0415
    from xlwings_server import dependencies  # noqa: PLC0415
    from xlwings_server.templates import TemplateResponse, templates  # noqa: PLC0415

    templates.env.globals.update(
        said=said, pane_text=pane_text, language_of=language_of, macros=MACROS, version=f"{VERSION}.0"
    )
    router = APIRouter()

    @router.get("/hoka/paneel")
    def panel(request: Request, lang: str = "nl") -> Response:
        answer: Response = TemplateResponse(request, "_panel.html", {"language": language_of(lang)})
        return answer

    @router.post("/hoka/oordeel", dependencies=[Depends(dependencies.get_user)])
    def verdict(request: Request, book: dependencies.Book, lang: str = "nl") -> Response:
        values = {"language": language_of(lang), **_verdict_values(book)}
        answer: Response = TemplateResponse(request, "_verdict.html", values)
        return answer

    @router.get(REPORTS_PATH + "/{key}")
    def report(key: str) -> Response:
        page = reports.page(key)
        if page is None:
            return HTMLResponse(said("addin.report_gone", "nl"), status_code=404)
        return HTMLResponse(page)

    return router


def pane_text(name: str, language: Language, **values: object) -> str:
    """Write a text of the task pane or the ribbon."""
    return said(f"addin.{name}", language, **values)


def said(code: str | Message, language: Language, **values: object) -> str:
    """Write an entry of the catalogue, or a message."""
    message = code if isinstance(code, Message) else Message(code, values)
    return message.render(language)


def _verdict_values(book: "Book") -> dict[str, object]:
    """Gather what the verdict shows: the outcome, or why there is none."""
    try:
        title, reconciliation = examine_book(book)
    except HokaError as error:
        return {"status": "unreadable", "faults": error.faults}
    ordered = ranked(reconciliation.findings)
    return {
        "title": title,
        "status": reconciliation.status.value,
        "checks": len(reconciliation.checks),
        "wrong": _only(ordered, wrong=True),
        "other": _only(ordered, wrong=False),
        "conflicts": reconciliation.conflicts,
    }


def _only(findings: Sequence[Finding], *, wrong: bool) -> list[Finding]:
    return [finding for finding in findings if (finding.verdict in _WRONG) is wrong]
