"""Measure localisation on generated tables: `python -m tests.benchmarks.localisation [SEEDS]`.

Each size and seed runs in a process of its own, so that its memory counts alone. Beside it the error
localisation of the package `banff`, where it is installed; it gives one answer without a proof.
"""

import resource
import subprocess
import sys
import time
from importlib import import_module
from importlib.util import find_spec

from hoka_excel.core.localisation import locate
from hoka_excel.core.relations import keys_of
from tests.core.generated_tables import SIZES, Network, generate

SEEDS = 10
MEGABYTE = 1024
HIGHEST = 10**9
PATIENCE = 60
"""How many seconds a measurement may take."""


def main() -> None:
    seeds = int(sys.argv[1]) if len(sys.argv) > 1 else SEEDS
    print("seed  cells  CPU s  peak MB  LPs  wrong  spoilt  repairs  proven  complete  banff CPU s")
    for cells in SIZES:
        for seed in range(seeds):
            ours, theirs = (apart(task, cells, seed) for task in ("ours", "banff"))
            print(f"{seed:4}  {ours}  {theirs}", flush=True)


def apart(task: str, cells: int, seed: int) -> str:
    """Run one measurement in a process of its own; its last line, or that it took too long."""
    command = [sys.executable, "-m", "tests.benchmarks.localisation", task, str(cells), str(seed)]
    try:
        done = subprocess.run(command, check=True, capture_output=True, text=True, timeout=PATIENCE)
    except subprocess.TimeoutExpired:
        return f"> {PATIENCE}"
    return done.stdout.splitlines()[-1]


def our_line(cells: int, network: Network) -> str:
    """Measure one network: time, memory, and what was found."""
    start = time.process_time()
    found = locate(network.cells, network.relations)
    seconds = time.process_time() - start
    memory = 0.0
    if sys.platform != "win32":
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / MEGABYTE
    return (
        f"{cells:5}  {seconds:5.2f}  {memory:7.0f}  {found.programmes:3}  {int(found.at_least):5}"
        f"  {len(network.spoilt):6}  {len(found.repairs):7}  {found.proven!s:6}  {found.complete!s:8}"
    )


def banff_seconds(network: Network) -> str:
    """Time the error localisation of `banff` on the same cells; "-" where it is not installed."""
    if find_spec("banff") is None:
        return "-"
    banff, pandas = import_module("banff"), import_module("pandas")
    names = {key: f"c{number}" for number, key in enumerate(network.cells)}
    edits = [edit for name in names.values() for edit in (f"{name} <= {HIGHEST}", f"-{name} <= 0")]
    for relation in network.relations:
        total, *parts = (names[key] for key in keys_of(relation))
        room = (len(parts) + 1) / 2
        edits.append(f"{total} - {' - '.join(parts)} <= {room}")
        edits.append(f"-{total} + {' + '.join(parts)} <= {room}")
    figures = {names[key]: [float(cell.value)] for key, cell in network.cells.items()}
    start = time.process_time()
    try:
        banff.errorloc(
            indata=pandas.DataFrame({"id": ["a"], **figures}),
            unit_id="id",
            edits="; ".join(edits) + ";",
            time_per_obs=PATIENCE,
            accept_negative=True,
        )
    except banff.exceptions.ProcedureCError as error:
        return f"failed: {error}"
    return f"{time.process_time() - start:.2f}"


if __name__ == "__main__":
    match sys.argv[1:]:
        case [("ours" | "banff") as task, cells, seed]:
            generated = generate(SIZES[int(cells)], int(seed))
            print(our_line(int(cells), generated) if task == "ours" else banff_seconds(generated))
        case _:
            main()
