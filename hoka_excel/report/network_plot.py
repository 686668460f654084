"""The plot of all checks of a plan: rows, and lines between them in the colour and dash of the verdict."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

from hoka_excel.core.messages import Language, Message
from hoka_excel.core.verdicts import Verdict
from hoka_excel.report.inline_svg import INK, MUTED, PANEL, VERDICT_INK, Heading, Plot, plotted
from hoka_excel.report.network_graph import SEVERITY, Graph, Row
from hoka_excel.report.plots import legend, short

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_STROKES: Mapping[Verdict, tuple[str, float]] = MappingProxyType(
    {
        Verdict.EXACT: ("-", 0.8),
        Verdict.ROUNDING: ("--", 0.9),
        Verdict.DOUBLE_ROUNDING: ("-.", 1.6),
        Verdict.EXPLAINED: ("-.", 2.0),
        Verdict.UNTESTABLE: (":", 2.0),
        Verdict.MISMATCH: ("-", 2.8),
    }
)
_HALF_BOX = 0.38
"""Half the width of a row's box, where the columns stand 1 apart."""


def network(heading: Heading, graph: Graph, language: Language) -> Plot:
    """Plot the rows of a plan and the checks between them; rows with a suspect cell have a heavy edge."""
    spots = _spots(graph)
    depth = max(-y for _, y in spots.values()) + 1
    present = [verdict for verdict in reversed(SEVERITY) if verdict in graph.edges.values()]
    words = [Message(f"verdict.{verdict}").render(language) for verdict in present]

    def draw(axes: "Axes") -> None:
        by_weight = sorted(graph.edges.items(), key=lambda edge: SEVERITY.index(edge[1]))
        for number, ((one, other), verdict) in enumerate(by_weight):
            dashes, width = _STROKES[verdict]
            xs, ys = _path(spots[one], spots[other], number % 5)
            axes.plot(xs, ys, color=VERDICT_INK[verdict], ls=dashes, lw=width)
        for row, spot in spots.items():
            _box(axes, row, spot, suspect=row in graph.suspects)
        for column, groups in enumerate(graph.columns):
            for group in groups:
                above = (column - _HALF_BOX, spots[group[0]][1] + 0.46)
                axes.text(*above, short(group[0].table, 31), color=MUTED, fontsize=7)
            head = Message(f"plot.column_{column}").render(language)
            axes.text(column, 1.2, head, ha="center", color=INK, fontsize=9)
        handles = [
            axes.plot([], [], color=VERDICT_INK[verdict], ls=_STROKES[verdict][0], lw=_STROKES[verdict][1])[0]
            for verdict in present
        ]
        legend(axes, handles, words, columns=len(Verdict))
        axes.set(xlim=(-0.42, len(graph.columns) - 0.5), ylim=(-depth + 0.3, 1.6))
        axes.set_axis_off()

    edges = list(graph.edges.values())
    counted = ", ".join(
        f"{edges.count(verdict)} × {word}" for verdict, word in zip(present, words, strict=True)
    )
    described = Message("plot.network", {"rows": len(spots), "counted": counted}).render(language)
    return plotted(heading, described, (9.5, 0.8 + 0.33 * (depth + 1)), draw)


def _path(one: tuple[float, float], other: tuple[float, float], lane: int) -> tuple[list[float], list[float]]:
    """Lead from the side of one box to the facing side of another; within a column, by a lane beside it."""
    (x1, y1), (x2, y2) = sorted((one, other))
    if x1 == x2:
        beside = x1 + _HALF_BOX + 0.02 * (1 + lane)
        return [x1 + _HALF_BOX, beside, beside, x2 + _HALF_BOX], [y1, y1, y2, y2]
    return [x1 + _HALF_BOX, x2 - _HALF_BOX], [y1, y2]


def _box(axes: "Axes", row: Row, spot: tuple[float, float], *, suspect: bool) -> None:
    from matplotlib.patches import Rectangle  # noqa: PLC0415 - only a page with plots needs it

    x, y = spot
    edge, width = (VERDICT_INK[Verdict.MISMATCH], 2.4) if suspect else (MUTED, 0.8)
    corner = (x - _HALF_BOX, y - 0.34)
    axes.add_patch(Rectangle(corner, 2 * _HALF_BOX, 0.68, fc=PANEL, ec=edge, lw=width, zorder=3))
    label = short(row.label, 31)
    axes.text(x, y, label, ha="center", va="center", fontsize=8, color=INK, zorder=4)


def _spots(graph: Graph) -> dict[Row, tuple[float, float]]:
    """Place the groups of each column below one another, spread over the height of the tallest column."""
    height = max(sum(map(len, groups)) + len(groups) - 1 for groups in graph.columns)
    spots: dict[Row, tuple[float, float]] = {}
    for column, groups in enumerate(graph.columns):
        gap = (height - sum(map(len, groups))) / len(groups)
        y = -gap / 2
        for group in groups:
            for row in group:
                spots[row] = (column, y)
                y -= 1
            y -= gap
    return spots
