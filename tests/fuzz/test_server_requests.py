"""Whatever is sent to the add-in server, it answers, and tells nothing about itself."""

import socket
from collections.abc import Iterator
from contextlib import closing
from typing import Any
from urllib.parse import urlsplit

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hoka_excel.excel.functions import FUNCTIONS, WorksheetFunction
from tests.addin.addin_server import AddinServer, function_call, needs_server, running_server

pytestmark = needs_server
PATHS = (
    "/xlwings/custom-functions-call",
    "/xlwings/custom-scripts-call/aansluiten",
    "/xlwings/custom-scripts-call/bestaat_niet",
    "/",
    "/../../etc/passwd",
)
CELL = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12)
JSON: st.SearchStrategy[Any] = st.recursive(
    CELL, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4)
)
RANGE = st.lists(st.lists(CELL, min_size=2, max_size=2), min_size=1, max_size=3)
patient = settings(deadline=None, suppress_health_check=list(HealthCheck), max_examples=60)


@pytest.fixture(scope="module")
def server() -> Iterator[AddinServer]:
    with running_server() as started:
        yield started


def discreet(text: str) -> bool:
    """Say whether an answer tells nothing of the machine or the code."""
    return not any(word in text for word in ("Traceback", "site-packages", 'File "', "/usr/", ".py"))


@patient
@given(path=st.sampled_from(PATHS), body=JSON)
def test_any_json_is_answered(server: AddinServer, path: str, body: object) -> None:
    answer = server.post(path, body)
    assert answer.status < 500 or answer.text == "An error occurred."
    assert discreet(answer.text)


@patient
@given(path=st.sampled_from(PATHS), body=st.binary(max_size=200))
def test_any_bytes_are_answered(server: AddinServer, path: str, body: bytes) -> None:
    answer = server.post(path, body)
    assert answer.status < 500 or answer.text == "An error occurred."
    assert discreet(answer.text)


@patient
@given(function=st.sampled_from(FUNCTIONS), ranges=st.lists(RANGE, min_size=4, max_size=4))
def test_any_ranges_give_a_worksheet_function_an_answer(
    server: AddinServer, function: WorksheetFunction, ranges: list[list[list[object]]]
) -> None:
    given_ranges = ranges[: len(function.arguments)]
    answer = server.post(PATHS[0], function_call(function.call.__name__, *given_ranges))
    assert answer.status == 200, (answer.status, answer.text)
    assert answer.json["result"]


def test_clients_that_send_half_a_request_do_not_keep_others_waiting(server: AddinServer) -> None:
    host, _, port = urlsplit(server.address).netloc.partition(":")
    waiting = [socket.create_connection((host, int(port)), timeout=10) for _ in range(40)]
    for client in waiting:
        client.sendall(
            b"POST /xlwings/custom-functions-call HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 100\r\n\r\n{"
        )
    assert server.call("verdeel", [[9]], [[61, 29, 10]], None, None) == [[5, 3, 1]]
    for client in waiting:
        with closing(client):
            pass
