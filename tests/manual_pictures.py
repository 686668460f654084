"""Make the pictures of the manual from the real workbook, page and pane.

`python -m tests.manual_pictures` needs LibreOffice and Chromium, and writes them into the manual.
"""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
from click.testing import CliRunner
from PIL import Image, ImageChops

from hoka_excel.cli import hoka
from tests.addin.browser import CHROMIUM
from tests.office import convert

ROOT = Path(__file__).parents[1]
WORKBOOK = ROOT / "workbooks/uu-geneeskunde/begroting-gepubliceerd.xlsm"
AGENDA = ROOT / "workbooks/erasmus-mc/kwaliteitsagenda.xlsm"
PICTURES = ROOT / "hoka_excel/docs/pages/pictures"
SHEETS = {
    WORKBOOK: {"thema-2": "Thema 2", "uitgangspunten": "Uitgangspunten", "bevindingen": "Bevindingen"},
    AGENDA: {"toelaatbaarheid": "Toelaatbaarheid"},
}
"""The pictures of sheets, by the workbook and the name of the sheet."""
_SCALE = 1.6
_PAGE_FOOTER = 40
"""Points at the bottom of a printed page that hold its footer."""
_MARGIN = 12
_TALLEST = 900
"""Height in pixels of what a reader sees without scrolling; a longer sheet is cut off there."""


def sheets(folder: Path) -> Iterator[tuple[str, Image.Image]]:
    """Print the workbooks and cut the first page of each wanted sheet out of them."""
    for workbook, wanted in SHEETS.items():
        pages = list(pypdfium2.PdfDocument(convert(workbook, "pdf", folder, locale="nl-NL")))
        for name, sheet in wanted.items():
            footer = f"{workbook.name} {sheet} Pagina"
            page = next(page for page in pages if page.get_textpage().get_text_range().startswith(footer))
            yield name, _trimmed(page.render(scale=_SCALE, crop=(0, _PAGE_FOOTER, 0, 0)).to_pil())


def report(folder: Path) -> Image.Image:
    """Show the top of the accountability page."""
    page, picture = folder / "verantwoording.html", folder / "verantwoording.png"
    CliRunner().invoke(hoka, ["report", str(WORKBOOK), "-o", str(page)])
    options = "--headless --no-sandbox --disable-gpu --hide-scrollbars --window-size=1100,900"
    shot = [f"--user-data-dir={folder / 'profile'}", f"--screenshot={picture}", page.as_uri()]
    subprocess.run([str(CHROMIUM), *options.split(), *shot], check=True, capture_output=True)
    return Image.open(picture).convert("RGB")


def pane(folder: Path) -> Image.Image:
    """Show the task pane as the test of its first view sees it."""
    test = "tests/addin/test_task_pane.py::test_the_verdict_and_the_findings_stand_there_at_once"
    told = {**os.environ, "HOKA_SCREENSHOTS": str(folder)}
    subprocess.run([sys.executable, "-m", "pytest", "-n0", test], check=True, env=told, cwd=ROOT)
    return Image.open(folder / "paneel-nl.png").convert("RGB")


def _trimmed(picture: Image.Image) -> Image.Image:
    """Cut off the white around a picture, and what hangs below the height of a screen."""
    plain = picture.convert("RGB")
    box = ImageChops.difference(plain, Image.new("RGB", plain.size, "white")).getbbox()
    left, top, right, bottom = box or (0, 0, *plain.size)
    bottom = min(bottom, top + _TALLEST)
    return plain.crop(
        (
            max(0, left - _MARGIN),
            max(0, top - _MARGIN),
            min(plain.width, right + _MARGIN),
            min(plain.height, bottom + _MARGIN),
        )
    )


def main() -> None:
    """Make every picture anew."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        pictures = {**dict(sheets(folder)), "verantwoording": report(folder), "paneel": pane(folder)}
        for picture, image in pictures.items():
            image.quantize(128).save(PICTURES / f"{picture}.png", optimize=True)


if __name__ == "__main__":
    main()
