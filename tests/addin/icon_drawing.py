"""Draw the icons of the add-in with a browser: `python -m tests.addin.icon_drawing`.

They are PNG files in the package, as Office asks; this is where their shapes are kept.
"""

import shutil
import subprocess
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory

ICONS = Path(str(files("hoka_excel.addin").joinpath("project/static/images/icons")))
SIZES = (16, 32, 64, 80)
_FRAME = '<rect x="0.5" y="0.5" width="15" height="15" rx="3" fill="#1b3a57"/>'
_STROKE = 'fill="none" stroke-linecap="round" stroke-linejoin="round"'
_WHITE, _GOLD = f'{_STROKE} stroke="#fff" stroke-width="1.5"', f'{_STROKE} stroke="#ffd166" stroke-width="2"'
SHAPES = {
    "hoka": f'<path d="M4 4.5h8M4 7.5h8" {_WHITE}/><path d="M4 11.3l2.5 2 5.5-4" {_GOLD}/>',
    "aansluiten": f'<path d="M3.5 8.5l3 3.2 6-7" {_GOLD}/>',
    "herberekenen": f'<path d="M12.2 9.5a4.4 4.4 0 1 1-.6-4" {_WHITE}/><path d="M12.4 2.8v3h-3" {_GOLD}/>',
    "rapport": (f'<path d="M4.5 2.8h4.7l2.3 2.4v8h-7z" {_WHITE}/><path d="M6.5 8h3M6.5 11h3" {_GOLD}/>'),
    "ongedaan_maken": (
        f'<path d="M5 7h4.2a2.8 2.8 0 0 1 0 5.6H6.5" {_WHITE}/><path d="M7 4L4 7l3 3" {_GOLD}/>'
    ),
    "paneel": f'<path d="M3 3.5h10v9H3z" {_WHITE}/><path d="M9.8 3.8v8.4" {_GOLD}/>',
}
"""What is drawn on the frame, on a field of 16 x 16."""


def draw(name: str, size: int, folder: Path) -> None:
    """Draw one icon into `ICONS`."""
    browser = shutil.which("chromium")
    assert browser is not None, "chromium draws the icons"
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16" width="{size}" height="{size}" '
        f'style="position:absolute;left:0;top:0">{_FRAME}{SHAPES[name]}</svg>'
    )
    page = folder / "icon.html"
    page.write_text(f"<body style='margin:0;background:transparent'>{svg}", encoding="utf-8")
    subprocess.run(
        [
            browser,
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            f"--user-data-dir={folder / 'profile'}",
            "--default-background-color=00000000",
            "--hide-scrollbars",
            f"--window-size={size},{size}",
            f"--screenshot={ICONS / f'{name}-{size}.png'}",
            page.as_uri(),
        ],
        check=True,
        capture_output=True,
        timeout=60,
    )


if __name__ == "__main__":
    with TemporaryDirectory() as made:
        for shape in SHAPES:
            for wanted in SIZES:
                draw(shape, wanted, Path(made))
