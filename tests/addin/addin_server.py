"""The add-in server in a process of its own, as `hoka serve` starts it."""

import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from importlib.util import find_spec
from tempfile import TemporaryFile
from typing import Any
from urllib.parse import urlsplit

import pytest

needs_server = pytest.mark.skipif(
    find_spec("xlwings_server") is None, reason="xlwings-server is not installed (extra addin)"
)
COMMAND = (sys.executable, "-c", "from hoka_excel.cli import main; main()", "serve")


@dataclass(frozen=True)
class Answer:
    status: int
    headers: Mapping[str, str]
    text: str

    @property
    def json(self) -> Any:
        return json.loads(self.text)


@dataclass(frozen=True)
class AddinServer:
    """A running server.

    Attributes:
        address: where it is.
        process: its number.
    """

    address: str
    process: int

    def ask(
        self, method: str, path: str, body: object = None, headers: Mapping[str, str] | None = None
    ) -> Answer:
        given = {"Content-Type": "application/json"} if body is not None else {}
        content = body if isinstance(body, bytes | None) else json.dumps(body).encode()
        with closing(HTTPConnection(urlsplit(self.address).netloc, timeout=60)) as connection:
            connection.request(method, path, content, {**given, **(headers or {})})
            answer = connection.getresponse()
            named = {name.lower(): value for name, value in answer.getheaders()}
            return Answer(answer.status, named, answer.read().decode(errors="replace"))

    def get(self, path: str, headers: Mapping[str, str] | None = None) -> Answer:
        return self.ask("GET", path, headers=headers)

    def post(self, path: str, body: object, headers: Mapping[str, str] | None = None) -> Answer:
        return self.ask("POST", path, body, headers)

    def call(self, function: str, *arguments: object, runtime: str = "1.4") -> Any:
        """Call a worksheet function as a cell does."""
        answer = self.post(
            "/xlwings/custom-functions-call", function_call(function, *arguments, runtime=runtime)
        )
        assert answer.status == 200, answer.text
        return answer.json["result"]


def function_call(function: str, *arguments: object, runtime: str = "1.4") -> dict[str, object]:
    """Write what Excel sends for a cell with a function."""
    return {
        "client": "Office.js",
        "func_name": function,
        "args": arguments,
        "caller_address": "[begroting.xlsx]Blad1!A1",
        "culture_info_name": "nl-NL",
        "date_format": "d-m-jjjj",
        "version": "0",
        "runtime": runtime,
    }


@contextmanager
def running_server(*options: str, environment: Mapping[str, str] | None = None) -> Iterator[AddinServer]:
    """Start a server on a free port of this computer, and stop it."""
    with TemporaryFile("w+") as log:  # a pipe that nobody reads would fill up and stop the server
        process = subprocess.Popen(
            [*COMMAND, "--port", "0", *options],
            env={**os.environ, **(environment or {})},
            stdout=subprocess.PIPE,
            stderr=log,
            text=True,
        )
        try:
            assert process.stdout is not None
            told = process.stdout.readline()
            found = re.search(r"http\S+:\d+", told)
            log.seek(0)
            assert found, (told, log.read())
            server = AddinServer(found[0], process.pid)
            _wait_until_it_answers(server)
            yield server
        finally:
            process.terminate()
            process.communicate(timeout=30)


def _wait_until_it_answers(server: AddinServer) -> None:
    for _ in range(200):
        try:
            if server.address.startswith("https") or server.get("/").status == 200:
                return
        except OSError:
            time.sleep(0.05)
    raise AssertionError(server.address)
