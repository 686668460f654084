"""The server never starts open to a network, and says what it misses."""

from ipaddress import IPv4Address
from pathlib import Path

import pytest

from hoka_excel.addin.login import read_token
from hoka_excel.addin.settings import (
    SHORTEST_TOKEN,
    TOKEN_VARIABLE,
    EntraAccounts,
    ServerSettings,
    is_loopback,
    requested,
)
from hoka_excel.cli import hoka
from hoka_excel.core.errors import UsageError

LOGIN = "een-lang-token-voor-de-proef"
EVERYWHERE = str(IPv4Address(0))
ENTRA = EntraAccounts("organisatie", "invoegtoepassing")
FILES = (Path("certificaat.pem"), Path("sleutel.pem"))


def fault(settings: ServerSettings) -> str:
    with pytest.raises(UsageError) as raised:
        settings.check()
    return raised.value.faults[0].code


@pytest.mark.parametrize("host", ["127.0.0.1", "127.8.9.1", "localhost", "::1"])
def test_on_this_computer_alone_nothing_is_needed(host: str) -> None:
    assert is_loopback(host)
    ServerSettings(host=host).check()


@pytest.mark.parametrize("host", [EVERYWHERE, "::", "192.168.1.20", "hoka.example.org", ""])
def test_elsewhere_a_login_is_needed(host: str) -> None:
    assert fault(ServerSettings(host=host)) == "addin.open_network"
    assert fault(ServerSettings(host=host, certificate=FILES[0], key=FILES[1])) == "addin.open_network"


@pytest.mark.parametrize("login", [{"token": LOGIN}, {"entra": ENTRA}])
def test_elsewhere_https_is_needed(login: dict[str, str]) -> None:
    assert fault(ServerSettings(host=EVERYWHERE, **login)) == "addin.plain_network"  # type: ignore[arg-type] # one of two


def test_a_name_for_others_asks_a_login_even_behind_a_proxy() -> None:
    assert fault(ServerSettings(public_name="hoka.example.org")) == "addin.open_network"
    ServerSettings(public_name="hoka.example.org", token=LOGIN).check()


def test_a_short_token_is_refused() -> None:
    assert fault(ServerSettings(token="x" * (SHORTEST_TOKEN - 1))) == "addin.short_token"
    assert fault(ServerSettings(token="")) == "addin.short_token"


def test_two_kinds_of_login_are_refused() -> None:
    assert fault(ServerSettings(token=LOGIN, entra=ENTRA)) == "addin.two_logins"


def test_a_certificate_goes_with_its_key() -> None:
    assert fault(ServerSettings(certificate=FILES[0])) == "addin.half_certificate"
    assert fault(ServerSettings(key=FILES[1])) == "addin.half_certificate"


def test_files_that_are_no_certificate_are_refused(tmp_path: Path) -> None:
    file = tmp_path / "geen.pem"
    file.write_text("geen certificaat", encoding="utf-8")
    assert fault(ServerSettings(certificate=file, key=file)) == "addin.bad_certificate"
    assert fault(ServerSettings(certificate=tmp_path / "weg", key=file)) == "addin.bad_certificate"


def test_the_token_comes_from_a_file_or_a_variable(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "token"
    file.write_text(f"{LOGIN}\n", encoding="utf-8")
    other = LOGIN[::-1]
    monkeypatch.setenv(TOKEN_VARIABLE, other)
    nothing = {"entra_tenant": None, "entra_client": None}
    assert requested(token_file=file, **nothing).token == LOGIN
    assert requested(token_file=None, **nothing).token == other


def test_a_missing_token_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="het token kan niet worden gelezen"):
        read_token(tmp_path / "weg")


def test_half_of_entra_is_refused() -> None:
    with pytest.raises(UsageError, match="--entra-tenant en --entra-client samen"):
        requested(token_file=None, entra_tenant="organisatie", entra_client=None)


def test_settings_show_no_token() -> None:
    assert LOGIN not in repr(ServerSettings(token=LOGIN))
    assert all(LOGIN not in value for value in ServerSettings(token=LOGIN).environment().values())


def test_no_origin_is_allowed_and_nothing_streams() -> None:
    environment = ServerSettings().environment()
    assert environment["XLWINGS_CORS_ALLOW_ORIGINS"] == "[]"
    assert environment["XLWINGS_ENABLE_SOCKETIO"] == "false"


def test_entra_goes_to_the_server() -> None:
    environment = ServerSettings(entra=ENTRA).environment()
    assert environment["XLWINGS_AUTH_PROVIDERS"] == '["entraid"]'
    assert environment["XLWINGS_AUTH_ENTRAID_TENANT_ID"] == "organisatie"


def test_only_our_own_names_reach_a_server_on_this_computer() -> None:
    assert "evil.example.org" not in ServerSettings().allowed_hosts
    named = ServerSettings(host=EVERYWHERE, public_name="hoka.example.org:8443")
    assert named.allowed_hosts == ["hoka.example.org"]


@pytest.mark.parametrize(
    ("language", "text"),
    [("nl", "zo zou iedereen op het netwerk"), ("en", "anyone on the network could use the server")],
)
def test_the_command_refuses_in_one_line_with_code_2(
    language: str, text: str, capsys: pytest.CaptureFixture[str]
) -> None:
    code = hoka.main(["serve", "--host", EVERYWHERE, "--lang", language], standalone_mode=False)
    told = capsys.readouterr()
    assert (code, told.out) == (2, "")
    assert text in told.err
    assert told.err.count("\n") == 1
