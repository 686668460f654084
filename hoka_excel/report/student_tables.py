"""How the accountability page shows the students that themes are divided by."""

from decimal import Decimal
from fractions import Fraction

from hoka_excel.core.exact import EXACT, round_half_up
from hoka_excel.core.messages import Language, Message
from hoka_excel.core.plan import AllocationKey, Plan, Theme
from hoka_excel.report.year_tables import Part, Row, YearTable

_HUNDREDTH = Decimal("0.01")


def student_tables(plan: Plan, language: Language) -> list[YearTable]:
    """Show the students of every theme that is divided by them."""
    return [
        _students(plan, theme, theme.division, language)
        for theme in plan.themes
        if isinstance(theme.division, AllocationKey) and theme.division.is_counted
    ]


def _students(plan: Plan, theme: Theme, key: AllocationKey, language: Language) -> YearTable:
    """Set the students of a theme beside the shares that stood for them, in percent to two decimals."""
    years = [key.weights(year) for year in range(len(plan.years))]
    wholes = tuple(sum(year, Decimal(0)) for year in years)
    shares = [share.share.value for share in key.shares]
    lines = zip((share.line for share in key.shares), zip(*years, strict=True), shares, strict=True)
    total = (Message("page.students_total").render(language), wholes, sum(shares, Decimal(0)))
    counts, portions, gaps = [], [], []
    for label, row, share in (*lines, total):
        is_total = label is total[0]
        parts = tuple(_percent(count, whole) for count, whole in zip(row, wholes, strict=True))
        less = tuple(EXACT.subtract(part, _percent(share, Decimal(1))) for part in parts)
        counts.append(Row(label, is_total, row))
        portions.append(Row(label, is_total, parts))
        gaps.append(Row(label, is_total, less))
    parts_of_table = (
        Part(Message("page.students_count"), tuple(counts)),
        Part(Message("page.students_share"), tuple(portions), suffix="%"),
        Part(Message("page.students_gap"), tuple(gaps), sign="+", suffix="%"),
    )
    return YearTable(Message("page.students", {"theme": theme.name, "key": key.name}), parts_of_table)


def _percent(part: Decimal, whole: Decimal) -> Decimal:
    return round_half_up(100 * Fraction(part) / Fraction(whole), _HUNDREDTH)
