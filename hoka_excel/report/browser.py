"""Pages as PDF, printed by a browser of the Chromium family when there is one."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from hoka_excel import limits
from hoka_excel.core.errors import UsageError

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome", "msedge")
_INSTALLED = (
    "Microsoft/Edge/Application/msedge.exe",
    "Google/Chrome/Application/chrome.exe",
)
"""Where Windows keeps browsers that are not on the path."""


def print_page(page: str, pdf: Path) -> None:
    """Print a page to a PDF file.

    Raises:
        UsageError: there is no browser, it printed nothing, or it took too long.
    """
    browser = next(_browsers(), None)
    if browser is None:
        raise UsageError("page.no_browser", where=pdf, known=", ".join(BROWSERS))
    with TemporaryDirectory() as folder:
        source, printed = Path(folder, "page.html"), Path(folder, "page.pdf")
        source.write_text(page, encoding="utf-8")
        command = [
            browser,
            "--headless",
            "--disable-gpu",
            "--no-pdf-header-footer",
            f"--user-data-dir={Path(folder, 'profile')}",
            f"--print-to-pdf={printed}",
            *(["--no-sandbox"] if _is_root() else []),
            source.as_uri(),
        ]
        most = limits.PRINTING_SECONDS
        try:
            subprocess.run(command, capture_output=True, check=True, timeout=most.current)  # noqa: S603 - ours
            shutil.copyfile(printed, pdf)
        except subprocess.TimeoutExpired as error:
            raise UsageError("page.too_slow", where=pdf, **most.told) from error
        except (OSError, subprocess.SubprocessError) as error:
            raise UsageError("page.not_printed", where=pdf, detail=type(error).__name__) from error


def _browsers() -> Iterator[str]:
    for name in BROWSERS:
        if found := shutil.which(name):
            yield found
    for root in ("PROGRAMFILES", "PROGRAMFILES(X86)"):
        for place in _INSTALLED:
            program = Path(os.environ.get(root, ""), place)
            if root in os.environ and program.exists():
                yield str(program)


def _is_root() -> bool:
    """Say whether this is root, for whom Chromium starts only without its sandbox."""
    return getattr(os, "geteuid", lambda: -1)() == 0
