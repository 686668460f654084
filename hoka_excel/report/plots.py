"""The plots of figures over years and of the way from budget to actuals.

What colour tells is told by marker, line style or place too.
"""

from collections.abc import Sequence
from decimal import Decimal
from textwrap import wrap
from typing import TYPE_CHECKING, NamedTuple

from hoka_excel.core.messages import Language, Message, number_text
from hoka_excel.core.monitoring.bridge import Bridge
from hoka_excel.core.monitoring.progress import Amounts
from hoka_excel.core.verdicts import Verdict
from hoka_excel.report.inline_svg import INK, MUTED, PANEL, SERIES, VERDICT_INK, Heading, Plot, plotted

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.axes import Axes

_WIDTH = 5.6
_MARKERS = "osD^vP"
_HALF_LABEL = 28
"""How many characters of a label fit in a legend of two columns."""


class Series(NamedTuple):
    """A line of a plot: amounts per year, planned and spent."""

    label: str
    planned: Amounts
    spent: Amounts


def over_years(
    heading: Heading, unit: str, years: Sequence[int], series: Sequence[Series], language: Language
) -> Plot:
    """Plot series over the years: what was planned as solid lines, what was spent as open, dashed ones.

    Args:
        heading: of the plot.
        unit: of the amounts.
        years: on the horizontal axis.
        series: six have a colour of their own; after that colours come back with another marker.
        language: of the marks in numbers.
    """
    with_actuals = any(amount is not None for entry in series for amount in entry.spent)
    columns = 1 if any(len(entry.label) > _HALF_LABEL for entry in series) else 2

    def draw(axes: "Axes") -> None:
        handles: list[Artist] = []
        for number, entry in enumerate(series):
            turn, place = divmod(number, len(SERIES))
            colour, marker = SERIES[place], _MARKERS[(place + turn) % len(_MARKERS)]
            handles += axes.plot(years, _floats(entry.planned), color=colour, marker=marker, lw=1.8)
            if with_actuals:
                axes.plot(years, _floats(entry.spent), color=colour, marker=marker, mfc=PANEL, ls="--", ms=8)
        _frame(axes, unit, language)
        axes.set_ylim(bottom=min(0.0, axes.get_ylim()[0]))
        axes.set_xticks(list(years))
        legend(axes, handles, [entry.label for entry in series], columns)

    names = ", ".join(entry.label for entry in series)
    values = {"first": years[0], "last": years[-1], "unit": unit, "names": names}
    described = Message("plot.over_years_spent" if with_actuals else "plot.over_years", values)
    size = (_WIDTH, 2.7 + 0.22 * -(-len(series) // columns))
    return plotted(heading, described.render(language), size, draw)


class _Bar(NamedTuple):
    label: str
    start: Decimal
    end: Decimal
    whole: bool


def bridge(heading: Heading, way: Bridge, language: Language) -> Plot:
    """Plot the way from the budget to what was spent, a step per theme."""
    bars = _bars(way, language)
    lowest, highest = (extreme(bar.end for bar in bars) for extreme in (min, max))
    floor = max(Decimal(0), lowest - 2 * (highest - lowest)) if highest > lowest else Decimal(0)
    bottom = min(floor, lowest)
    gap = (highest - bottom) / 60

    def draw(axes: "Axes") -> None:
        for position, (_, start, end, whole) in enumerate(bars):
            low, high = sorted((floor if whole else start, end))
            over = VERDICT_INK[Verdict.MISMATCH if end > start else Verdict.EXACT]
            colour = SERIES[0] if whole else over
            axes.bar(position, float(high - low), bottom=float(low), color=colour, width=0.6)
            text = number_text(end, language) if whole else number_text(end - start, language, "+")
            axes.text(position, float(high + gap), text, ha="center", color=INK, fontsize=9)
        _frame(axes, "EUR", language)
        axes.set_ylim(float(bottom), float(highest + 8 * gap))
        axes.set_xticks(range(len(bars)), [_stacked(bar.label) for bar in bars])
        if floor:
            cut = Message("plot.cut_axis", {"floor": _plain(floor)}).render(language)
            axes.set_xlabel(cut, color=MUTED, fontsize=9)

    steps = tuple(Message("plot.step", step._asdict()) for step in way.steps)
    described = Message("plot.bridge", {"budget": way.budget, "spent": way.spent, "steps": steps})
    return plotted(heading, described.render(language), (_WIDTH, 3.4), draw)


def _bars(way: Bridge, language: Language) -> list[_Bar]:
    level = way.budget
    bars = [_Bar(Message("plot.budget").render(language), Decimal(0), level, whole=True)]
    for label, amount in way.steps:
        bars.append(_Bar(label, level, level + amount, whole=False))
        level += amount
    return [*bars, _Bar(Message("plot.spent").render(language), Decimal(0), level, whole=True)]


def legend(axes: "Axes", handles: Sequence["Artist"], labels: Sequence[str], columns: int) -> None:
    """Set a legend below the axes; a label is shown as it stands, whatever marks it holds."""
    box = axes.legend(
        handles=list(handles),
        labels=["·" for _ in labels],
        loc="upper left",
        bbox_to_anchor=(0, -0.1),
        ncols=columns,
        frameon=False,
        labelcolor=INK,
        fontsize=9,
        handlelength=3,
    )
    for text, label in zip(box.get_texts(), labels, strict=True):
        text.set(text=short(label, 60))


def short(label: str, width: int) -> str:
    """Cut a label to at most `width` characters."""
    return label if len(label) <= width else f"{label[: width - 1].rstrip()}…"


def _stacked(label: str) -> str:
    """Write the label of a bar on at most three short lines."""
    return "\n".join(wrap(label, 15, max_lines=3, placeholder="…"))


def _frame(axes: "Axes", unit: str, language: Language) -> None:
    """Draw quiet axes, with numbers as the language writes them."""
    axes.set_facecolor("none")
    axes.spines[["top", "right", "left"]].set_visible(False)
    axes.spines["bottom"].set_color(MUTED)
    axes.tick_params(colors=INK, length=0, labelsize=9)
    axes.grid(axis="y", color=MUTED, linewidth=0.4, alpha=0.5)
    axes.set_axisbelow(True)
    axes.set_ylabel(unit, color=INK, fontsize=9)
    axes.yaxis.set_major_formatter(lambda tick, _: number_text(_plain(Decimal(repr(float(tick)))), language))


def _plain(tick: Decimal) -> Decimal:
    """Write the number at a tick without the noise of binary fractions."""
    return Decimal(f"{tick:.6f}".rstrip("0").rstrip("."))


def _floats(amounts: Amounts) -> list[float]:
    return [float("nan") if amount is None else float(amount) for amount in amounts]
