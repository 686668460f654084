"""Run the benchmarks one after the other, or those named: `python -m tests.benchmarks [NAME...]`.

Each runs in a process of its own, so that one that fails does not stop the rest, and prints what it measured.
At the end stands one table of how each cost grows, beside its peer or its limit. It ends with code 1 if a
benchmark failed, 2 if a name is unknown.
"""

import ast
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from tests.growth import HEADING, in_groups, rows_among

FILES = {path.stem: path for path in sorted(Path(__file__).parent.glob("[a-z]*.py"))}


def subject(path: Path) -> str:
    """Tell in one line what a benchmark measures."""
    text = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
    return text.partition("\n")[0]


def printed(name: str) -> Iterator[str]:
    """Run a benchmark and give its lines as it prints them.

    Raises:
        subprocess.CalledProcessError: it failed.
    """
    command = [sys.executable, "-m", f"tests.benchmarks.{name}"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[2]) as run:
        assert run.stdout is not None
        yield from run.stdout
    if run.returncode:
        raise subprocess.CalledProcessError(run.returncode, command)


def main(names: Sequence[str]) -> int:
    """Run them, show what they print, and gather their rows."""
    unknown = [name for name in names if name not in FILES]
    if unknown:
        print(f"no such benchmark: {', '.join(unknown)}; choose from: {', '.join(FILES)}")
        return 2
    gathered: list[str] = []
    failed: list[str] = []
    for name in names or FILES:
        print(f"\n== {name}: {subject(FILES[name])}\n", flush=True)
        try:
            for line in printed(name):
                print(line, end="", flush=True)
                gathered += rows_among([line.rstrip("\n")])
        except subprocess.CalledProcessError as error:
            failed.append(f"{name} (code {error.returncode})")
    print("\n== How each cost grows\n", HEADING, *in_groups(gathered), sep="\n")
    if failed:
        print(f"\nfailed: {', '.join(failed)}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
