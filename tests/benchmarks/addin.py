"""The add-in server under load: 200 function calls of 100 x 10 cells at once, against a bare endpoint.

Run by hand: `python -m tests.benchmarks.addin`. The server runs on this computer, in a process of its own;
the callers share the processor with it. An answer that is wrong, or an error, ends the run.
"""

import asyncio
import json
import statistics
from collections.abc import Sequence
from time import perf_counter

import httpx

from tests.addin.addin_server import AddinServer, function_call, running_server

CALLS = 200
ROWS, COLUMNS = 100, 10
ROUNDS = 3


async def at_once(
    server: AddinServer, method: str, path: str, body: bytes | None
) -> tuple[list[float], float]:
    """Send all requests at once; give the seconds of each, and of all together.

    Raises:
        AssertionError: an answer is an error, or is not as many cells as were sent.
    """
    limits = httpx.Limits(max_connections=CALLS)
    async with httpx.AsyncClient(base_url=server.address, limits=limits, timeout=120) as client:

        async def one() -> float:
            start = perf_counter()
            answer = await client.request(
                method, path, content=body, headers={"Content-Type": "application/json"}
            )
            assert answer.status_code == 200, answer.text
            if body is not None:
                rows = answer.json()["result"]
                assert (len(rows), len(rows[0])) == (ROWS, COLUMNS)
                assert sum(sum(row) for row in rows) == 1_000_000
            return perf_counter() - start

        start = perf_counter()
        taken = await asyncio.gather(*(one() for _ in range(CALLS)))
        return list(taken), perf_counter() - start


def one_by_one(server: AddinServer, method: str, path: str, body: bytes | None) -> list[float]:
    """Send requests one after another over one connection; give the seconds of each."""
    with httpx.Client(base_url=server.address, timeout=120) as client:
        taken = []
        for _ in range(CALLS):
            start = perf_counter()
            client.request(method, path, content=body, headers={"Content-Type": "application/json"})
            taken.append(perf_counter() - start)
    return taken


def line(name: str, taken: Sequence[float], whole: float | None = None) -> str:
    """Write the middle, the slow end and the rate."""
    slow = statistics.quantiles(taken, n=20)[-1]
    rate = f", {CALLS / whole:6.0f} calls/s" if whole else ""
    return f"{name:32} median {statistics.median(taken) * 1000:8.1f} ms, p95 {slow * 1000:8.1f} ms{rate}"


def main() -> None:
    """Measure and print."""
    weights = [[row * COLUMNS + column + 1 for column in range(COLUMNS)] for row in range(ROWS)]
    call = json.dumps(function_call("verdeel", [[1_000_000]], weights, None, None)).encode()
    requests = (
        ("bare endpoint", "GET", "/", None),
        ("verdeel, 100 x 10 cells", "POST", "/xlwings/custom-functions-call", call),
    )
    with running_server() as server:
        for name, method, path, body in requests:
            one_by_one(server, method, path, body)
            print(line(f"{name}, one by one", one_by_one(server, method, path, body)))
            runs = [asyncio.run(at_once(server, method, path, body)) for _ in range(ROUNDS)]
            taken, whole = min(runs, key=lambda run: run[1])
            print(line(f"{name}, {CALLS} at once", taken, whole))


if __name__ == "__main__":
    main()
