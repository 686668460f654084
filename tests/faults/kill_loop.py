"""Kill `hoka regenerate` at random instants, and look at what lies on the disk.

`python -m tests.faults.kill_loop 200` kills 200 times and prints what was found.
"""

import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from time import monotonic, sleep

import pytest

from hoka_excel.begroting.build import build_workbook
from hoka_excel.begroting.plan_file.reading import read_plan
from hoka_excel.core.cascade import recompute
from hoka_excel.workbook.cells import write_cells
from tests.conftest import PLAN_FILE

COMMAND = (sys.executable, "-c", "from hoka_excel.cli import main; main()")
BOOKS = 4


@dataclass(frozen=True, slots=True)
class Found:
    """What a killed run left behind.

    Attributes:
        old, new: how many workbooks are still, or already, the one or the other.
        damaged: those that are neither.
        bad_backups: backups that are not the old workbook.
        leftovers: other files in the folder.
    """

    old: int
    new: int
    damaged: tuple[str, ...]
    bad_backups: tuple[str, ...]
    leftovers: tuple[str, ...]


class KillLoop:
    """A folder of copies of one workbook that are regenerated in place, killed, and restored."""

    def __init__(self, workbook: Path, folder: Path, seed: int = 2026) -> None:
        self.old = workbook.read_bytes()
        self.folder = folder
        self.names = [f"begroting {number}{workbook.suffix}" for number in range(BOOKS)]
        self._random = random.Random(seed)  # noqa: S311 - instants, not secrets
        self._environment = {**os.environ, "HOKA_CACHE": str(folder / "kas")}
        started = monotonic()
        self._restore()
        self._start().wait(timeout=300)
        self.longest = monotonic() - started
        self.new = (self.books / self.names[0]).read_bytes()

    @property
    def books(self) -> Path:
        """The folder that is regenerated."""
        return self.folder / "in"

    def kill_once(self) -> Found:
        """Start a run, kill it and its workers at a random instant, and look."""
        self._restore()
        process = self._start()
        sleep(self._random.uniform(self.longest * 0.3, self.longest))
        if sys.platform == "win32":
            pytest.skip("there are no process groups to kill here")
        os.killpg(process.pid, signal.SIGKILL)
        process.wait(timeout=60)
        return self._found()

    def finish(self) -> Found:
        """Run once more, to its end."""
        self._start().wait(timeout=300)
        return self._found()

    def _restore(self) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)
        self.books.mkdir(parents=True)
        for name in self.names:
            (self.books / name).write_bytes(self.old)

    def _start(self) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            [*COMMAND, "regenerate", str(self.books)],
            env=self._environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )

    def _found(self) -> Found:
        contents = {name: (self.books / name).read_bytes() for name in self.names}
        backups = self.books / "hoka-backup"
        kept = sorted(backups.glob("*.bak.*")) if backups.exists() else []
        known = {*self.names, "hoka-backup"}
        return Found(
            old=sum(content == self.old for content in contents.values()),
            new=sum(content == self.new for content in contents.values()),
            damaged=tuple(name for name, content in contents.items() if content not in (self.old, self.new)),
            bad_backups=tuple(path.name for path in kept if path.read_bytes() != self.old),
            leftovers=tuple(path.name for path in self.books.iterdir() if path.name not in known),
        )


def stale_workbook(path: Path) -> Path:
    """Make a begroting whose grant was changed after it was recomputed."""
    build_workbook(recompute(read_plan(PLAN_FILE)), path)
    write_cells(path, {("Uitgangspunten", "B15"): 900_000})
    return path


def main() -> None:
    """Kill as often as asked; end with 1 when anything was damaged."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    with tempfile.TemporaryDirectory() as folder:
        loop = KillLoop(stale_workbook(Path(folder, "begroting.xlsx")), Path(folder, "loop"))
        found = [loop.kill_once() for _ in range(rounds)]
        end = loop.finish()
    split = Counter((one.old, one.new) for one in found)
    print(f"{rounds} kills; workbooks (old, new) and how often: {dict(sorted(split.items()))}")
    print(f"neither old nor new: {sum(len(one.damaged) for one in found)}")
    print(f"backups that are not whole: {sum(len(one.bad_backups) for one in found)}")
    print(f"after a run to the end: {end.new} new, left over: {end.leftovers}")
    sys.exit(any(one.damaged or one.bad_backups for one in (*found, end)))


if __name__ == "__main__":
    main()
