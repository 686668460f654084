"""How the accountability page shows the grant: what became available of it, and what was said of that."""

from collections.abc import Iterator

from hoka_excel.core.figures import Printed
from hoka_excel.core.messages import Language, Message
from hoka_excel.core.plan import Plan
from hoka_excel.report.year_tables import Amounts, Part, Row, YearTable


def grant_notes(plan: Plan) -> Iterator[Message]:
    """Say which years are binding, and how the grant was revised."""
    if plan.binding_until is not None:
        yield Message("page.binding", {"year": plan.binding_until})
    for entry in plan.changes.revisions:
        values = {"day": entry.day.isoformat(), "reason": entry.reason, "year": entry.year}
        yield Message("page.revision", {**values, "amount": entry.amount})


def grant_table(plan: Plan, language: Language) -> YearTable:
    """Lead the grant to what is available, per year."""
    found = [
        plan.changes.available(figure.value, year, plan.euros.resolution)
        if isinstance(figure, Printed)
        else None
        for figure, year in zip(plan.granted, plan.years, strict=True)
    ]
    columns: dict[str, Amounts] = {
        "page.available_granted": tuple(None if entry is None else entry.granted for entry in found),
        "page.available_indexation": tuple(None if entry is None else entry.indexation for entry in found),
        "page.available_revisions": tuple(None if entry is None else entry.revisions for entry in found),
        "page.available_amount": tuple(None if entry is None else entry.amount for entry in found),
    }
    last = [*columns][-1]
    rows = [Row(Message(code).render(language), code == last, amounts) for code, amounts in columns.items()]
    return YearTable(Message("page.available"), (Part(None, tuple(rows)),))
