"""Plots as SVG inside a page: drawn by matplotlib, in the page's own colours and font.

Text stays text. Every colour is a variable of the page's stylesheet, so that a plot follows the page into the
dark.
"""

import re
import warnings
from collections.abc import Callable, Mapping
from io import StringIO
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from markupsafe import Markup, escape

from hoka_excel.core.errors import UsageError
from hoka_excel.core.verdicts import Verdict

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

SERIES = ("#010101", "#020202", "#030303", "#040404", "#050505", "#060606")
INK, MUTED, PANEL = "#0a0a0a", "#0b0b0b", "#0c0c0c"
VERDICT_INK: Mapping[Verdict, str] = MappingProxyType(
    {verdict: f"#0d0d{number:02d}" for number, verdict in enumerate(Verdict)}
)
_VARIABLES: Mapping[str, str] = MappingProxyType(
    {
        **{colour: f"series-{number}" for number, colour in enumerate(SERIES, 1)},
        INK: "ink",
        MUTED: "muted",
        PANEL: "panel",
        **{colour: f"{verdict.replace('_', '-')}-text" for verdict, colour in VERDICT_INK.items()},
    }
)
"""The variable of the stylesheet that each stand-in colour, as given to matplotlib, becomes."""


class Heading(NamedTuple):
    """What a plot is called: a name that tells it from the others of its page, and what it shows."""

    name: str
    title: str


class Plot(NamedTuple):
    """A plot and the words that stand for it."""

    title: str
    description: str
    svg: Markup


def plotted(
    heading: Heading, description: str, size: tuple[float, float], draw: Callable[["Axes"], None]
) -> Plot:
    """Draw on fresh axes and write them as SVG that belongs in a page.

    Args:
        heading: of the plot.
        description: what it says, for who cannot see it.
        size: width and height in inches.
        draw: what to draw, in the stand-in colours of this module.

    Raises:
        UsageError: matplotlib is not installed.
    """
    try:
        from matplotlib import rc_context  # noqa: PLC0415 - only a page with plots needs it
        from matplotlib.figure import Figure  # noqa: PLC0415 - as above
    except ImportError as error:
        raise UsageError("plot.not_installed") from error
    with (
        rc_context({"svg.fonttype": "none", "svg.hashsalt": heading.name, "text.parse_math": False}),
        warnings.catch_warnings(),
    ):
        warnings.simplefilter("ignore")  # of signs its own font lacks; the page's font has them, or not
        figure = Figure(figsize=size, layout="constrained")
        figure.patch.set_visible(False)
        draw(figure.add_subplot())
        return Plot(heading.title, description, _inline(_written(figure), heading, description))


def _written(figure: "Figure") -> str:
    text = StringIO()
    nothing = dict.fromkeys(("Date", "Creator", "Format", "Type"))
    figure.savefig(text, format="svg", metadata=nothing)
    return text.getvalue()


def _inline(svg: str, heading: Heading, description: str) -> Markup:
    """Make a stand-alone SVG part of a page: its colours the page's, its names unique, with its words."""
    svg = re.sub(r"<style.*?</style>", "", svg[svg.index("<svg") :], flags=re.DOTALL)
    head, body = re.sub(r"<[^>]*>", _of_the_page, svg).split(">", 1)
    view = re.search(r'viewBox="[^"]*"', head)
    assert view is not None
    name = heading.name
    return Markup(  # noqa: S704 - matplotlib escapes the text it draws
        f'<svg class="plot" role="img" {view[0]} aria-labelledby="{name}-title {name}-description">'
        f'<title id="{name}-title">{escape(heading.title)}</title>'
        f'<desc id="{name}-description">{escape(description)}</desc>{body}'
    )


def _of_the_page(tag: re.Match[str]) -> str:
    """Rid a tag of names that other plots have too, and give it the page's font and colours."""
    plain = re.sub(r' id="[A-Za-z][\w.]*_\d+"|font-family: [^;"]*;?', "", tag[0]).replace(
        "xlink:href", "href"
    )
    return re.sub(r"(?<=fill: |roke: )#[0-9a-f]{6}", lambda colour: _variable(colour[0]), plain)


def _variable(colour: str) -> str:
    return f"var(--{_VARIABLES[colour]})" if colour in _VARIABLES else colour
