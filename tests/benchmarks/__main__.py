"""Run every benchmark, one after the other: `python -m tests.benchmarks`."""

import runpy
from pathlib import Path

for module in sorted(Path(__file__).parent.glob("[a-z]*.py")):
    print(f"\n== {module.stem}\n", flush=True)
    runpy.run_module(f"tests.benchmarks.{module.stem}", run_name="__main__", alter_sys=True)
