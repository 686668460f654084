"""How the add-in server is reached, and by whom; it never starts open to a network.

On this computer alone it needs nothing. Reached from elsewhere it needs HTTPS and a login: a token, or
accounts of Microsoft Entra ID.

>>> ServerSettings().environment()["XLWINGS_AUTH_PROVIDERS"]
'[]'
>>> ServerSettings(host="0.0.0.0").check()
Traceback (most recent call last):
...
hoka_excel.core.errors.UsageError: 0.0.0.0: ...
"""

import json
import os
import ssl
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib.resources import files
from ipaddress import ip_address
from pathlib import Path
from typing import Any

from hoka_excel.addin.login import read_token
from hoka_excel.addin.request_guards import without_port
from hoka_excel.core.errors import UsageError

LOOPBACK_NAMES = ("127.0.0.1", "localhost", "::1")
TOKEN_VARIABLE = "HOKA_ADDIN_TOKEN"  # noqa: S105 - the name of a variable, no secret
SHORTEST_TOKEN = 24

_CONTENT_POLICY = (
    "default-src 'self'; object-src 'none'; base-uri 'self'; form-action 'self'; img-src 'self' data:; "
    "style-src 'self' 'unsafe-inline'; font-src 'self' https://res-1.cdn.office.net"
)
"""What Excel on the web asks for, and no more."""


@dataclass(frozen=True, slots=True)
class EntraAccounts:
    """Accounts of Microsoft Entra ID.

    Attributes:
        tenant: the organisation.
        client: the add-in, as registered there.
    """

    tenant: str
    client: str


@dataclass(frozen=True, slots=True)
class ServerSettings:
    """How the server is reached, and by whom.

    Attributes:
        host: the address to listen on.
        port: the port to listen on.
        certificate, key: files for HTTPS, in PEM.
        token: what every user must give.
        entra: whose users may come in.
        public_name: under which other computers reach it, behind a proxy for instance; a port may follow.
    """

    host: str = LOOPBACK_NAMES[0]
    port: int = 8000
    certificate: Path | None = None
    key: Path | None = None
    token: str | None = field(default=None, repr=False)
    entra: EntraAccounts | None = None
    public_name: str | None = None

    @property
    def address(self) -> str:
        """The address for the user's browser and Excel."""
        scheme = "http" if self.certificate is None else "https"
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{scheme}://{self.public_name or f'{host}:{self.port}'}"

    @property
    def allowed_hosts(self) -> list[str]:
        """The names a browser may ask for; others are a trick to reach this computer through a web page."""
        if not is_loopback(self.host):
            return ["*"] if self.public_name is None else [without_port(self.public_name)]
        return [*LOOPBACK_NAMES] + ([without_port(self.public_name)] if self.public_name else [])

    def check(self) -> None:
        """Refuse settings that open the server to a network, or cannot work.

        Raises:
            UsageError: there is no login or no HTTPS where others can reach the server, the token is short,
                there are two kinds of login, or the certificate does not fit its key.
        """
        elsewhere = not is_loopback(self.host) or not is_loopback(without_port(self.public_name or self.host))
        where = self.public_name or self.host
        if self.token is not None and self.entra is not None:
            raise UsageError("addin.two_logins")
        if elsewhere and self.token is None and self.entra is None:
            raise UsageError("addin.open_network", where=where, variable=TOKEN_VARIABLE)
        if self.token is not None and len(self.token) < SHORTEST_TOKEN:
            raise UsageError("addin.short_token", least=SHORTEST_TOKEN)
        if (self.certificate is None) != (self.key is None):
            raise UsageError("addin.half_certificate")
        if not is_loopback(self.host) and self.certificate is None:
            raise UsageError("addin.plain_network", where=where)
        if self.certificate is not None:
            _check_certificate(self.certificate, self.key)

    def environment(self) -> Mapping[str, str]:
        """Write the settings as xlwings-server reads them."""
        providers = [] if self.token is None else ["token"]
        entra = {}
        if self.entra is not None:
            providers.append("entraid")
            entra = {
                "XLWINGS_AUTH_ENTRAID_TENANT_ID": self.entra.tenant,
                "XLWINGS_AUTH_ENTRAID_CLIENT_ID": self.entra.client,
            }
        return {
            "XLWINGS_PROJECT_DIR": str(files("hoka_excel.addin").joinpath("project")),
            "XLWINGS_PROJECT_NAME": "HoKa",
            "XLWINGS_FUNCTIONS_NAMESPACE": "HOKA",
            "XLWINGS_ENVIRONMENT": "prod",
            "XLWINGS_MANIFEST_ID_PROD": MANIFEST_ID,
            "XLWINGS_HOSTNAME": self.public_name or "",
            "XLWINGS_ENABLE_SOCKETIO": "false",
            "XLWINGS_CORS_ALLOW_ORIGINS": "[]",
            "XLWINGS_CUSTOM_HEADERS": json.dumps({"Content-Security-Policy": _CONTENT_POLICY}),
            "XLWINGS_AUTH_PROVIDERS": json.dumps(providers),
            "XLWINGS_LOG_LEVEL": "WARNING",
            **entra,
        }


MANIFEST_ID = "8f0e5b0a-6a52-4c0d-9d0e-5d1a4f7c2b36"
"""By which Excel knows the add-in again."""


def requested(
    *, token_file: Path | None, entra_tenant: str | None, entra_client: str | None, **reached: Any
) -> ServerSettings:
    """Gather what the command line asks; the token comes from a file or from `HOKA_ADDIN_TOKEN`.

    Args:
        token_file: holds the token.
        entra_tenant: the organisation in Microsoft Entra ID.
        entra_client: the add-in as registered there.
        reached: the other fields of `ServerSettings`.

    Raises:
        UsageError: the token cannot be read, or one half of the Entra settings is missing.
    """
    if (entra_tenant is None) != (entra_client is None):
        raise UsageError("addin.half_entra")
    accounts = EntraAccounts(entra_tenant, entra_client) if entra_tenant and entra_client else None
    token = os.environ.get(TOKEN_VARIABLE) if token_file is None else read_token(token_file)
    return ServerSettings(token=token, entra=accounts, **reached)


def is_loopback(host: str) -> bool:
    """Say whether an address or name is this computer itself, out of reach for any other."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _check_certificate(certificate: Path, key: Path | None) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    try:
        context.load_cert_chain(certificate, key, password=lambda: "")
    except (OSError, ValueError) as error:
        raise UsageError("addin.bad_certificate", certificate=certificate, key=key, detail=error) from error
