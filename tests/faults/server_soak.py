"""The add-in server for ten minutes at fifty requests a second: no error, and flat memory.

Run by hand: `python -m tests.faults.server_soak [SECONDS] [REQUESTS PER SECOND]`. Functions, bad
requests and pages take turns. Memory is what the server's process holds (resident), once a tenth of the time.
"""

import asyncio
import json
import statistics
import sys
from collections import Counter
from itertools import cycle
from pathlib import Path
from time import perf_counter

import httpx

from tests.addin.addin_server import AddinServer, function_call, running_server

SECONDS = 600
RATE = 50
CALL = "/xlwings/custom-functions-call"
REQUESTS = (
    ("POST", CALL, json.dumps(function_call("verdeel", [[100]], [[1, 2, 3]], None, None)).encode(), 200),
    ("POST", CALL, json.dumps(function_call("fte", [[84_000]], [[84_000]], None)).encode(), 200),
    ("GET", "/taskpane.html", None, 200),
    ("POST", CALL, b"{", None),
    ("GET", "/manifest.xml", None, 200),
)
"""Method, path, body, and the status that must come; None for a bad request that must only be answered."""


def resident_megabytes(process: int) -> float:
    """Give what a process and its children hold in memory."""
    own = next(
        float(line.split()[1]) / 1024
        for line in Path(f"/proc/{process}/status").read_text(encoding="utf-8").splitlines()
        if line.startswith("VmRSS")
    )
    children = Path(f"/proc/{process}/task/{process}/children").read_text(encoding="utf-8").split()
    return own + sum(resident_megabytes(int(child)) for child in children)


async def soak(server: AddinServer, seconds: float, rate: float) -> None:
    """Ask at a steady rate and print memory, answers and times along the way."""
    answers: Counter[int] = Counter()
    taken: list[float] = []
    wrong: list[str] = []

    async def one(
        client: httpx.AsyncClient, method: str, path: str, body: bytes | None, want: int | None
    ) -> None:
        start = perf_counter()
        answer = await client.request(
            method, path, content=body, headers={"Content-Type": "application/json"}
        )
        taken.append(perf_counter() - start)
        answers[answer.status_code] += 1
        if (want is not None and answer.status_code != want) or "Traceback" in answer.text:
            wrong.append(f"{method} {path}: {answer.status_code}")

    limits = httpx.Limits(max_connections=100)
    async with httpx.AsyncClient(base_url=server.address, limits=limits, timeout=60) as client:
        turns, running = cycle(REQUESTS), set[asyncio.Task[None]]()
        began = perf_counter()
        for tenth in range(11):
            print(
                f"{perf_counter() - began:6.0f} s  {resident_megabytes(server.process):7.1f} MB", flush=True
            )
            for number in range(int(seconds * rate / 10) if tenth < 10 else 0):
                due = began + tenth * seconds / 10 + number / rate
                await asyncio.sleep(max(0.0, due - perf_counter()))
                task = asyncio.create_task(one(client, *next(turns)))
                running.add(task)
                task.add_done_callback(running.discard)
        await asyncio.gather(*running)
    slow = statistics.quantiles(taken, n=20)[-1]
    print(f"{len(taken)} answers in {perf_counter() - began:.0f} s: {dict(answers)}; wrong: {wrong[:5]}")
    print(f"median {statistics.median(taken) * 1000:.1f} ms, p95 {slow * 1000:.1f} ms")
    assert not wrong


if __name__ == "__main__":
    given = [float(text) for text in sys.argv[1:]]
    with running_server() as started:
        asyncio.run(soak(started, *(given or [SECONDS, RATE])))
