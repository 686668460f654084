"""How the money was shared, as the accountability page shows it: agreed, budgeted and spent, rounded."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from hoka_excel.core.exact import round_half_up
from hoka_excel.core.messages import Message
from hoka_excel.core.monitoring.progress import Amounts
from hoka_excel.core.monitoring.proportions import Parts, Proportion, ratio_of, splits_of
from hoka_excel.core.plan import Plan


@dataclass(frozen=True, slots=True)
class Shares:
    """What one theme or line has: as agreed, as budgeted and as spent, per year."""

    label: str
    agreed: Amounts
    planned: Amounts
    realised: Amounts


@dataclass(frozen=True, slots=True)
class ShareTable:
    """How a whole is shared.

    Attributes:
        title: what is shared.
        unit: what the figures are.
        suffix: what stands behind every figure.
        lines: what each theme or line has.
    """

    title: Message
    unit: Message
    suffix: str
    lines: tuple[Shares, ...]


def ratio_table(plan: Plan) -> ShareTable:
    """Show the ratio of the themes to two decimals, in the terms in which it was agreed."""
    lines = tuple(_shown(line, Fraction(1), Decimal("0.01")) for line in ratio_of(plan))
    return ShareTable(Message("plot.ratio_title"), Message("plot.ratio_unit"), "", lines)


def split_tables(plan: Plan) -> tuple[ShareTable, ...]:
    """Show the split of every theme with a key, in percent to one decimal."""
    return tuple(
        ShareTable(
            Message("plot.split_title", {"theme": split.theme.name}),
            Message("plot.split_unit"),
            "%",
            tuple(_shown(line, Fraction(100), Decimal("0.1")) for line in split.lines),
        )
        for split in splits_of(plan)
    )


def _shown(line: Proportion, whole: Fraction, step: Decimal) -> Shares:
    def rounded(parts: Parts) -> Amounts:
        return tuple(None if part is None else round_half_up(whole * part, step) for part in parts)

    return Shares(line.label, rounded(line.agreed), rounded(line.planned), rounded(line.realised))
