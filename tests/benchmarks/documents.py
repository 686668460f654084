"""How fast a published plan is read as PDF, of one to a hundred pages, and in how much memory.

Run by hand: `python -m tests.benchmarks.documents`. The document is the shared plan as LibreOffice prints it,
its pages repeated; beside it what pdfplumber takes for the words and tables of the same pages, where it is
installed. Each runs in a process of its own; the time is that of the processor, in the process and in those
that it started.
"""

import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from tests.documents.made_documents import PLAN_TEXT, saved_as
from tests.growth import Growth, Point

PAGES = (1, 10, 100)
HOKA = "from hoka_excel.documents.reading import read_document; read_document(path)"
PDFPLUMBER = """
import pdfplumber
with pdfplumber.open(path) as pdf:
    for page in pdf.pages:
        page.extract_words(), page.extract_tables()
        page.close()
"""
MEASURED = """
import resource, sys
path = sys.argv[1]
{task}
usage = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
print(sum(of.ru_utime + of.ru_stime for of in usage), max(of.ru_maxrss for of in usage) / 1024)
"""
TIME = Growth("read a published plan (PDF)", "pages", "CPU s", "pdfplumber")
MEMORY = Growth("read a published plan: memory", "pages", "MB", "pdfplumber")


class Cost(NamedTuple):
    """CPU seconds, and the megabytes of the process that took the most."""

    seconds: float
    megabytes: float


def printed(count: int, folder: Path) -> Path:
    """Print the plan and repeat its pages."""
    from pypdfium2 import PdfDocument

    source = PdfDocument(saved_as(PLAN_TEXT, "pdf", folder))
    made = PdfDocument.new()
    while len(made) < count:
        made.import_pages(source, list(range(min(len(source), count - len(made)))))
    path = folder / f"{count}.pdf"
    made.save(path)
    return path


def cost(task: str, path: Path) -> Cost:
    """Run a script over a document in a process of its own."""
    command = [sys.executable, "-c", MEASURED.format(task=task), str(path)]
    run = subprocess.run(command, capture_output=True, text=True, check=True)
    seconds, megabytes = run.stdout.split()
    return Cost(float(seconds), float(megabytes))


def main() -> int:
    """Measure and print."""
    if not PLAN_TEXT.exists():
        print("shared/seeds is not here")
        return 2
    with TemporaryDirectory() as name:
        for count in PAGES:
            path = printed(count, Path(name))
            ours = cost(HOKA, path)
            theirs = cost(PDFPLUMBER, path) if find_spec("pdfplumber") else None
            print(TIME.row(Point(count, ours.seconds, theirs.seconds if theirs else None)), flush=True)
            print(MEMORY.row(Point(count, ours.megabytes, theirs.megabytes if theirs else None)), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
