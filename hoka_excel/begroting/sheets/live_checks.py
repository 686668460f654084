"""The relations of a plan as formulas.

They follow the same rule as the core: a figure ties when it lies within the bounds that rounding of every
figure allows.
"""

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from hoka_excel.begroting.places.layout import Layout
from hoka_excel.begroting.sheets.assumption_addresses import Assumptions, around
from hoka_excel.core.plan import Ref
from hoka_excel.core.relations import Rate, Ratio, Relation, Same, Share, Sum


class LiveCheck(NamedTuple):
    """A relation as formulas.

    Attributes:
        expected: what the other figures give.
        low, high: the stated figures that rounding would explain.
        slack: how far outside them a figure may lie that was rounded twice.
        complete: whether every other figure is there.
    """

    expected: str
    low: str
    high: str
    slack: str
    complete: str


def live_check(relation: Relation, layout: Layout) -> LiveCheck:
    """Write a relation of a plan as formulas."""
    assumptions = Assumptions(layout)
    match relation:
        case Sum(total, parts):
            return _sum(_ref(total), [_ref(part) for part in parts], layout)
        case Same(a, b):
            return _same(_ref(a), _ref(b), layout)
        case Rate(euro, fte, _, room):
            point, ends = assumptions.checked_rate()
            return _quotient(_ref(fte), _ref(euro), _Product("{x}/{f}", point, ends, room), layout)
        case Ratio(part, whole, _, _, room):
            factor = assumptions.theme_share(_ref(part))
            return _quotient(_ref(part), _ref(whole), _Product("{x}*{f}", factor, [factor], room), layout)
        case Share(part, whole, room=room):
            return _share(_ref(part), _ref(whole), room, layout)


def _ref(key: object) -> Ref:
    assert isinstance(key, Ref)
    return key


def _sum(total: Ref, parts: Sequence[Ref], layout: Layout) -> LiveCheck:
    assumptions = Assumptions(layout)
    block, first, column = layout.figure(parts[0])
    lines = block.span((first, column), (first + len(parts) - 1, column))
    own, step = assumptions.step(total.table), assumptions.step(parts[0].table)
    room = f"(ROWS({lines})*{step}+{own})/2"
    return LiveCheck(
        f"SUM({lines})",
        f"SUM({lines})-{room}",
        f"SUM({lines})+{room}",
        _slack(own, step),
        f"COUNT({lines})=ROWS({lines})",
    )


def _same(a: Ref, b: Ref, layout: Layout) -> LiveCheck:
    assumptions = Assumptions(layout)
    other, own, step = layout.address(b), assumptions.step(a.table), assumptions.step(b.table)
    room = f"({own}+{step})/2"
    return LiveCheck(other, f"{other}-{room}", f"{other}+{room}", _slack(own, step), f"ISNUMBER({other})")


def _slack(own: str, step: str) -> str:
    return f"IF(10*{step}<={own},{own}/20,0)"


class _Product(NamedTuple):
    """How a whole becomes a part.

    Attributes:
        pattern: a formula over {x} (the whole) and {f} (a factor).
        factor: the factor at face value.
        ends: the ends of the factor; one when it is exact.
        room: how much further than half a step the part may lie from the product.
    """

    pattern: str
    factor: str
    ends: Sequence[str]
    room: Decimal


def _quotient(part: Ref, whole: Ref, product: _Product, layout: Layout) -> LiveCheck:
    """Write a product or quotient that is rounded to the step of the checked figure."""
    assumptions = Assumptions(layout)
    base, own = layout.address(whole), assumptions.step(part.table)
    table = next(entry for entry in layout.plan.tables if entry.name == part.table)
    room = f"{product.room / table.resolution + Decimal('0.5'):f}*{own}"
    low, high = around(base, assumptions.step(whole.table))
    lows, highs = (
        ",".join(product.pattern.format(x=end, f=factor) for factor in product.ends) for end in (low, high)
    )
    exact = product.pattern.format(x=base, f=product.factor)
    return LiveCheck(
        f"ROUND({exact}/{own},0)*{own}",
        f"MIN({lows})-{room}",
        f"MAX({highs})+{room}",
        f"{own}/20",
        f"ISNUMBER({base})",
    )


def _share(part: Ref, whole: Ref, room: Decimal, layout: Layout) -> LiveCheck:
    assumptions = Assumptions(layout)
    key = assumptions.key_row(part)
    per_fte = f"/{assumptions.working_rate}" if assumptions.counts_ftes(part.table) else ""
    pattern = f"(({{x}}-{key.fixed_total})*{{f}}+{key.fixed}){per_fte}"
    return _quotient(part, whole, _Product(pattern, key.share, key.ends, room), layout)
