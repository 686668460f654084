"""How fast a PDF of a hundred pages is read, and in how much memory: `python -m tests.benchmarks.documents`.

The document is the shared plan as LibreOffice prints it, its pages repeated; beside it what pdfplumber (if it
is installed) takes for the words and tables of the same pages. Each runs in a process of its own.
"""

import subprocess
import sys
import tempfile
from pathlib import Path

from tests.documents.made_documents import PLAN_TEXT, saved_as

PAGES = 100
HOKA = "from hoka_excel.documents.reading import read_document; read_document(path)"
PDFPLUMBER = """
import pdfplumber
with pdfplumber.open(path) as pdf:
    for page in pdf.pages:
        page.extract_words(), page.extract_tables()
        page.close()
"""
MEASURED = """
import resource, sys, time
path = sys.argv[1]
start = time.perf_counter()
{task}
seconds = time.perf_counter() - start
usage = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
own, children = (of.ru_maxrss // 1024 for of in usage)
print(f"{{seconds / {pages}:.4f}} s per page; peak {{own}} MB, {{children}} MB in a process it started")
"""


def hundred_pages(folder: Path) -> Path:
    """Print the plan and repeat its pages."""
    from pypdfium2 import PdfDocument

    source = PdfDocument(saved_as(PLAN_TEXT, "pdf", folder))
    made = PdfDocument.new()
    while len(made) < PAGES:
        made.import_pages(source, list(range(min(len(source), PAGES - len(made)))))
    path = folder / "hundred.pdf"
    made.save(path)
    return path


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as folder:
        path = hundred_pages(Path(folder))
        for name, task in (("hoka", HOKA), ("pdfplumber", PDFPLUMBER)):
            script = MEASURED.format(task=task, pages=PAGES)
            run = subprocess.run(
                [sys.executable, "-c", script, str(path)], capture_output=True, text=True, check=False
            )
            print(f"{name}: {run.stdout.strip() or run.stderr.strip().splitlines()[-1]}")


if __name__ == "__main__":
    main()
