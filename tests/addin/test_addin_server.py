"""The real server over HTTP: functions, limits, logins."""

import os
import shutil
import socket
import ssl
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hoka_excel import allocate, limits
from hoka_excel.addin.launch import LICENCE_VARIABLE
from hoka_excel.addin.settings import TOKEN_VARIABLE
from hoka_excel.excel.functions import FUNCTIONS
from tests.addin.addin_server import COMMAND, AddinServer, function_call, needs_server, running_server
from tests.addin.office_js import OfficeBook

pytestmark = needs_server
CALL = "/xlwings/custom-functions-call"
LOGIN = "een-lang-token-voor-de-proef"


def test_every_function_is_offered_in_dutch(server: AddinServer) -> None:
    meta = {entry["name"]: entry for entry in server.get("/xlwings/custom-functions-meta").json["functions"]}
    assert set(meta) == {function.name for function in FUNCTIONS}
    for function in FUNCTIONS:
        entry = meta[function.name]
        assert entry["description"] == function.description()
        assert [(given["name"], given["description"]) for given in entry["parameters"]] == [
            (argument.name, function.help(argument.name)) for argument in function.arguments
        ]
        assert [given.get("optional", False) for given in entry["parameters"]] == [
            argument.default is not argument.empty for argument in function.arguments
        ]


@given(amount=st.integers(-(10**9), 10**9), weights=st.lists(st.integers(0, 10**6), min_size=1, max_size=12))
@settings(max_examples=30, deadline=None)
def test_a_column_is_divided_as_the_core_divides_it(
    server: AddinServer, amount: int, weights: list[int]
) -> None:
    column = [[weight] for weight in weights]
    found = server.call("verdeel", [[amount]], column, None, None)
    if any(weights):
        assert found == [[float(share)] for share in allocate(amount, weights).shares]
    else:
        assert found == [[{"type": "Error", "errorType": "Div0"}]]


def test_answers_lie_as_their_input(server: AddinServer) -> None:
    assert server.call("verdeel", [[9]], [[61, 29, 10]], None, None) == [[5, 3, 1]]
    assert server.call("verdeel", [[9]], [[61], [29], [10]], None, None) == [[5], [3], [1]]
    assert server.call("fte", [[84272.4, 42136.2]], [[84272.4]], None) == [[1, 0.5]]


def test_an_error_in_a_cell_is_the_answer(server: AddinServer) -> None:
    error = {"type": "Error", "basicValue": "#N/A", "basicType": "Error"}
    assert server.call("verschil", [[1], [error]], [[3]]) == [
        [{"type": "Error", "errorType": "NotAvailable"}]
    ]


def test_blanks_and_texts_do_not_count(server: AddinServer) -> None:
    assert server.call("verschil", [[1], [""], ["n.v.t."], [2]], [[4]]) == [[1]]
    assert server.call("sluit_aan", [[109953], [148400]], [[258354]], None) == [["afrondingsverschil"]]


def test_many_calls_at_once_get_their_own_answers(server: AddinServer) -> None:
    def divided(amount: int) -> object:
        return server.call("verdeel", [[amount]], [[1, 1]], None, None)

    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(divided, range(0, 80, 2)))
    assert found == [[[amount / 2, amount / 2]] for amount in range(0, 80, 2)]


@pytest.mark.parametrize("name", ["onbekend", "__name__", "__dict__"])
def test_what_is_not_registered_cannot_be_called(server: AddinServer, published: Path, name: str) -> None:
    assert server.post(CALL, function_call(name)).status == 500
    assert server.post(f"/xlwings/custom-scripts-call/{name}", OfficeBook(published).sent()).status == 500


@pytest.mark.parametrize("body", [b"", b"{", b"[" * 100_000, b'"tekst"', b"\xff\xfe"])
def test_a_body_that_is_no_request_is_an_error(server: AddinServer, body: bytes) -> None:
    assert server.post(CALL, body).status >= 400
    assert server.post("/hoka/oordeel", body).status >= 400
    assert server.get("/").status == 200


def test_a_request_that_is_too_large_is_refused(server: AddinServer) -> None:
    answer = server.ask("POST", CALL, None, {"Content-Length": str(limits.REQUEST_MB.in_bytes + 1)})
    assert (answer.status, "20 MB" in answer.text) == (413, True)


def test_a_request_that_hides_its_size_is_refused(server: AddinServer) -> None:
    host, port = server.address.removeprefix("http://").split(":")
    piece = b"10000\r\n" + b"x" * 0x10000 + b"\r\n"
    with socket.create_connection((host, int(port)), timeout=60) as connection:
        head = f"POST {CALL} HTTP/1.1\r\nHost: {host}\r\nTransfer-Encoding: chunked\r\n\r\n"
        connection.sendall(head.encode())
        for _ in range(limits.REQUEST_MB.in_bytes // 0x10000 + 1):
            connection.sendall(piece)
        assert connection.recv(100).startswith(b"HTTP/1.1 413")


def test_another_name_for_this_computer_is_refused(server: AddinServer) -> None:
    assert server.get("/", {"Host": "evil.example.org"}).status == 400
    assert server.get("/", {"Host": "[::1]:8000"}).status == 200


@pytest.mark.parametrize("method", ["OPTIONS", "POST"])
@pytest.mark.parametrize("origin", ["https://evil.example.org", "http://localhost:1", "null"])
def test_no_other_site_may_ask_anything(server: AddinServer, method: str, origin: str) -> None:
    headers = {"Origin": origin, "Access-Control-Request-Method": "POST"}
    answer = server.ask(method, CALL, function_call("verdeel", [[1]], [[1]], None, None), headers)
    assert answer.status == 403
    assert not [name for name in answer.headers if name.startswith("access-control-")]


def test_the_task_pane_itself_may_ask(server: AddinServer) -> None:
    call = function_call("verdeel", [[1]], [[1]], None, None)
    assert server.post(CALL, call, {"Origin": server.address}).status == 200


def test_the_licence_key_is_set_for_the_server_alone(server: AddinServer) -> None:
    assert LICENCE_VARIABLE not in os.environ
    code = "import hoka_excel.addin.launch, sys; print('xlwings' in sys.modules)"
    alone = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    assert alone.stdout.strip() == "False"


def test_a_taken_port_is_told(server: AddinServer) -> None:
    port = server.address.rpartition(":")[2]
    told = subprocess.run([*COMMAND, "--port", port], capture_output=True, text=True, check=False, timeout=60)
    assert (told.returncode, told.stdout) == (2, "")
    assert f"127.0.0.1:{port}: hier kan niet worden geluisterd" in told.stderr


def test_without_the_token_nothing_is_computed(published: Path) -> None:
    book = OfficeBook(published).sent()
    asked = {
        CALL: function_call("verdeel", [[9]], [[61, 29, 10]], None, None),
        "/xlwings/custom-scripts-call/aansluiten": book,
        "/hoka/oordeel": book,
    }
    with running_server(environment={TOKEN_VARIABLE: LOGIN}) as guarded:
        for path, body in asked.items():
            assert guarded.post(path, body).status == 401
            assert guarded.post(path, body, {"Authorization": LOGIN[:-1]}).status == 401
            assert guarded.post(path, body, {"Authorization": LOGIN}).status == 200
        assert 'id="hoka-login"' in guarded.get("/taskpane.html").text


@pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl makes the certificate")
def test_it_speaks_https_with_a_given_certificate(tmp_path: Path) -> None:
    certificate, key = tmp_path / "certificaat.pem", tmp_path / "sleutel.pem"
    made = "openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost"
    made += " -addext subjectAltName=DNS:localhost"
    subprocess.run(
        [*made.split(), "-keyout", str(key), "-out", str(certificate)], check=True, capture_output=True
    )
    trusting = ssl.create_default_context(cafile=str(certificate))
    options = ("--host", "localhost", "--certificate", str(certificate), "--key", str(key))
    with running_server(*options) as safe:
        assert safe.address.startswith("https://localhost:")
        with socket.create_connection(
            ("localhost", int(safe.address.rpartition(":")[2])), timeout=60
        ) as plain:
            connection = trusting.wrap_socket(plain, server_hostname="localhost")
            connection.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
            assert connection.recv(20).startswith(b"HTTP/1.1 200")
            connection.close()
