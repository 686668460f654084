"""Documents made for the tests: PDFs written by hand, the seed text as LibreOffice saves it."""

import subprocess
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.office import SOFFICE

SEEDS = Path(__file__).parents[3] / "shared/seeds"
PLAN_TEXT = SEEDS / "uu-geneeskunde-facultair-plan-2019-2024.txt"
AGENDA_TEXT = SEEDS / "erasmus-mc-kwaliteitsagenda.txt"
TABLES = Path(__file__).parents[3] / "shared/data/hoka-tables"

needs_seeds = pytest.mark.skipif(not SEEDS.is_dir(), reason="the shared seed texts are not here")
needs_tables = pytest.mark.skipif(not TABLES.is_dir(), reason="the shared tables are not here")


class Set(NamedTuple):
    """A text set on a page, in points from the bottom left."""

    text: str
    left: float
    bottom: float
    size: float = 10


def lines(texts: Iterable[str], left: float = 60, top: float = 780, leading: float = 14) -> list[Set]:
    return [Set(text, left, top - leading * number) for number, text in enumerate(texts) if text]


def page(texts: Iterable[Set], rules: Iterable[tuple[float, float, float, float]] = ()) -> str:
    """Write the content of a page: texts, and ruled lines from point to point."""
    shown = [
        f"BT /F1 {text.size} Tf {text.left} {text.bottom} Td ({_escaped(text.text)}) Tj ET" for text in texts
    ]
    return "\n".join([*shown, *(f"{a} {b} m {c} {d} l S" for a, b, c, d in rules)])


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)").replace("€", "\\200")


def write_pdf(
    path: Path,
    contents: Sequence[str],
    *,
    page_keys: str = "",
    trailer_keys: str = "",
    more: Mapping[int, str] | None = None,
) -> Path:
    """Write a PDF by hand.

    Args:
        path: where to.
        contents: the content of each page.
        page_keys: what to add to every page, such as "/Rotate 90".
        trailer_keys: what to add to the trailer, such as "/Encrypt 4 0 R".
        more: other objects, by number from 1000 on.
    """
    first = 10
    kids = " ".join(f"{first + 2 * index} 0 R" for index in range(len(contents)))
    objects = {
        1: "<< /Type /Catalog /Pages 2 0 R >>",
        2: f"<< /Type /Pages /Kids [{kids}] /Count {len(contents)} >>",
        3: "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        **(more or {}),
    }
    for index, content in enumerate(contents):
        number = first + 2 * index
        objects[number] = (
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {number + 1} 0 R "
            f"/Resources << /Font << /F1 3 0 R >> /XObject << /I 1000 0 R >> >> {page_keys} >>"
        )
        objects[number + 1] = f"<< /Length {len(content)} >>\nstream\n{content}\nendstream"
    written = bytearray(b"%PDF-1.7\n")
    offsets = {}
    for number, body in sorted(objects.items()):
        offsets[number] = len(written)
        written += f"{number} 0 obj\n{body}\nendobj\n".encode("latin-1")
    start = len(written)
    last = max(objects)
    entries = [
        f"{offsets[number]:010} 00000 n \n" if number in offsets else "0000000000 65535 f \n"
        for number in range(last + 1)
    ]
    written += f"xref\n0 {last + 1}\n{''.join(entries)}".encode()
    written += (
        f"trailer\n<< /Size {last + 1} /Root 1 0 R {trailer_keys} >>\nstartxref\n{start}\n%%EOF".encode()
    )
    path.write_bytes(written)
    return path


IMAGE = {
    1000: "<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray "
    "/BitsPerComponent 8 /Length 1 >>\nstream\nx\nendstream"
}


def saved_as(text: Path, kind: str, folder: Path) -> Path:
    """Have LibreOffice open a document and save it as `kind`; a text is taken as UTF-8."""
    assert SOFFICE is not None, "LibreOffice is required here"
    filters = {".txt": ["--infilter=Text (encoded):UTF8,LF,,,"], ".html": ["--infilter=HTML"]}
    target = "pdf:writer_web_pdf_Export" if text.suffix == ".html" else kind
    command = [SOFFICE, "--headless", f"-env:UserInstallation={(folder / 'profile').as_uri()}"]
    subprocess.run(
        [*command, *filters.get(text.suffix, []), "--convert-to", target, "--outdir", str(folder), str(text)],
        check=True,
        capture_output=True,
        timeout=180,
    )
    return folder / f"{text.stem}.{kind}"
