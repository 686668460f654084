"""A worksheet function over the add-in's server, of 10 to 10,000 cells, and 200 calls at once.

Run by hand: `python -m tests.benchmarks.addin`. The server runs on this computer, in a process of its own;
the callers share the processor with it. Beside each stands the server's bare endpoint. An answer that is
wrong, or an error, ends the run.
"""

import asyncio
import json
import os
import statistics
import sys
from collections.abc import Sequence
from pathlib import Path
from time import perf_counter
from typing import NamedTuple

import httpx

from tests.addin.addin_server import AddinServer, function_call, running_server
from tests.growth import Growth, Point

SHAPES = ((1, 10), (10, 10), (100, 10), (1_000, 10))
"""Rows and columns of the ranges that go to and fro."""
CALLS = 200
ROUNDS = 3
AMOUNT = 1_000_000
FUNCTIONS = "/xlwings/custom-functions-call"
JSON = {"Content-Type": "application/json"}
TRIP = Growth("a worksheet function over the server", "cells", "ms", "bare endpoint")
WORK = Growth("a worksheet function over the server: work", "cells", "CPU ms", "bare endpoint")


class Request(NamedTuple):
    """What is sent, and how many cells come back; none from the bare endpoint."""

    method: str
    path: str
    body: bytes | None
    cells: int


BARE = Request("GET", "/", None, 0)


def verdeel(rows: int, columns: int) -> Request:
    """Write the call of a cell that divides an amount over a range."""
    weights = [[row * columns + column + 1 for column in range(columns)] for row in range(rows)]
    call = function_call("verdeel", [[AMOUNT]], weights, None, None)
    return Request("POST", FUNCTIONS, json.dumps(call).encode(), rows * columns)


def proven(answer: httpx.Response, request: Request) -> None:
    """See that an answer is right.

    Raises:
        AssertionError: it is an error, has not as many cells as were sent, or does not add up.
    """
    assert answer.status_code == 200, answer.text
    if request.cells:
        shares = [share for row in answer.json()["result"] for share in row]
        assert (len(shares), sum(shares)) == (request.cells, AMOUNT)


async def at_once(server: AddinServer, request: Request) -> tuple[list[float], float]:
    """Send a request many times at once; give the seconds of each, and of all together."""
    limits = httpx.Limits(max_connections=CALLS)
    async with httpx.AsyncClient(base_url=server.address, limits=limits, timeout=120, headers=JSON) as client:

        async def one() -> float:
            start = perf_counter()
            answer = await client.request(request.method, request.path, content=request.body)
            taken = perf_counter() - start
            proven(answer, request)
            return taken

        start = perf_counter()
        taken = await asyncio.gather(*(one() for _ in range(CALLS)))
        return list(taken), perf_counter() - start


def one_by_one(server: AddinServer, request: Request) -> tuple[float, float]:
    """Send a request again and again over one connection.

    Returns:
        The seconds of the middle one there and back, and the CPU seconds that one took the server.
    """
    before = cpu_seconds(server.process)
    with httpx.Client(base_url=server.address, timeout=120, headers=JSON) as client:
        taken = []
        for _ in range(CALLS):
            start = perf_counter()
            answer = client.request(request.method, request.path, content=request.body)
            taken.append(perf_counter() - start)
            proven(answer, request)
    return statistics.median(taken), (cpu_seconds(server.process) - before) / CALLS


def cpu_seconds(process: int) -> float:
    """Tell what a process has taken of the processor; nothing where the system does not tell."""
    stat = Path(f"/proc/{process}/stat")
    if sys.platform == "win32" or not stat.exists():
        return 0.0
    _, _, after_name = stat.read_text(encoding="ascii", errors="replace").rpartition(") ")
    user, system = after_name.split()[11:13]
    return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")


def line(name: str, taken: Sequence[float], whole: float) -> str:
    """Write the middle, the slow end and the rate."""
    middle, slow = statistics.median(taken) * 1000, statistics.quantiles(taken, n=20)[-1] * 1000
    return f"{name:36} median {middle:8.1f} ms, p95 {slow:8.1f} ms, {CALLS / whole:6.0f} calls/s"


def main() -> None:
    """Measure and print."""
    with running_server() as server:
        one_by_one(server, verdeel(*SHAPES[0]))
        for shape in SHAPES:
            request = verdeel(*shape)
            (ours, worked), (bare, idle) = (one_by_one(server, asked) for asked in (request, BARE))
            print(TRIP.row(Point(request.cells, ours * 1000, bare * 1000)))
            print(WORK.row(Point(request.cells, worked * 1000, idle * 1000)), flush=True)
        for name, request in (("bare endpoint", BARE), ("verdeel, 100 x 10 cells", verdeel(100, 10))):
            runs = [asyncio.run(at_once(server, request)) for _ in range(ROUNDS)]
            taken, whole = min(runs, key=lambda run: run[1])
            print(line(f"{name}, {CALLS} at once", taken, whole), flush=True)


if __name__ == "__main__":
    main()
