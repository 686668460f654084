"""Start the add-in server."""

import os
import socket
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import replace
from importlib.util import find_spec

from hoka_excel.addin.settings import ServerSettings
from hoka_excel.core.errors import UsageError
from hoka_excel.core.messages import Message

LICENCE_VARIABLE, NONCOMMERCIAL = "XLWINGS_LICENSE_KEY", "noncommercial"


def serve(settings: ServerSettings, tell: Callable[[Message], None]) -> None:
    """Serve until interrupted.

    The licence key of xlwings is set for this process alone; one that is set already stays.

    Args:
        settings: how the server is reached, and by whom.
        tell: is given where the server is, once the port is ours.

    Raises:
        UsageError: the settings would open it to a network, xlwings-server is missing, or the port is taken.
    """
    settings.check()
    if find_spec("xlwings_server") is None:
        raise UsageError("addin.not_installed")
    with _listening(settings.host, settings.port) as listening:
        settings = replace(settings, port=listening.getsockname()[1])
        os.environ.setdefault(LICENCE_VARIABLE, NONCOMMERCIAL)
        os.environ.update(settings.environment())
        import uvicorn  # noqa: PLC0415 - only a server needs these

        from hoka_excel.addin.application import application  # noqa: PLC0415

        configuration = uvicorn.Config(
            application(settings),
            log_level="warning",
            ssl_certfile=settings.certificate,
            ssl_keyfile=settings.key,
            server_header=False,
        )
        tell(Message("addin.started", {"address": settings.address}))
        if settings.certificate is None:
            tell(Message("addin.no_https"))
        uvicorn.Server(configuration).run(sockets=[listening])


def _listening(host: str, port: int) -> socket.socket:
    """Take the port before anything is loaded, so that a taken one is told at once."""
    with ExitStack() as until_it_listens:
        try:
            family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
            made = until_it_listens.enter_context(socket.socket(family, kind, protocol))
            if os.name == "posix":  # elsewhere it would let two servers share the port
                made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            made.bind(address)
            made.listen()
        except OSError as error:
            raise UsageError("addin.no_port", host=host, port=port, detail=error.strerror) from error
        until_it_listens.pop_all()
    return made
