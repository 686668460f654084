"""What every request must pass before anything reads it: it comes from our own page, and is not too large."""

from asyncio import timeout
from collections.abc import Awaitable, Callable, MutableMapping, Sequence
from typing import Any

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Application = Callable[[MutableMapping[str, Any], Receive, Send], Awaitable[None]]
"""An ASGI application."""


def limited(application: Application, most_bytes: int, seconds: float, refusal: str) -> Application:
    """Answer a request that is too large with status 413, one that comes in too slowly with 408.

    The body counts as it comes in, whatever length its header claims.

    Args:
        application: what every other request is passed on to.
        most_bytes: of a body.
        seconds: in which a body must have come in.
        refusal: what a request that is too large is told.
    """

    async def limiting(scope: MutableMapping[str, Any], receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await application(scope, receive, send)
            return
        body = bytearray()
        coming = True
        try:
            async with timeout(seconds):
                while coming and _claimed(scope) <= most_bytes:
                    message = await receive()
                    body += message.get("body", b"")
                    coming = message.get("more_body", False) and len(body) <= most_bytes
        except TimeoutError:
            await _refuse(send, 408, "")
            return
        if max(_claimed(scope), len(body)) > most_bytes:
            await _refuse(send, 413, refusal)
        else:
            await application(scope, _replaying(bytes(body), receive), send)

    return limiting


def same_site(application: Application, public_name: str | None) -> Application:
    """Answer a request that a page of another site makes with status 403; pass on every other.

    A browser tells in `Origin` whose page asks; what is no page, such as a test, tells nothing.

    Args:
        application: what is guarded.
        public_name: the name that browsers know the server by, where a proxy changes it.
    """

    async def guarding(scope: MutableMapping[str, Any], receive: Receive, send: Send) -> None:
        headers = dict(scope.get("headers", ()))
        origin = headers.get(b"origin", b"").decode("latin-1")
        own = {headers.get(b"host", b"").decode("latin-1"), public_name}
        if origin and origin.partition("://")[2] not in own:
            await _refuse(send, 403, "")
        else:
            await application(scope, receive, send)

    return guarding


def known_host(application: Application, names: Sequence[str]) -> Application:
    """Answer a request for a name that is not ours with status 400; pass on every other.

    Args:
        application: what is guarded.
        names: ours, without ports; "*" is any.
    """

    async def guarding(scope: MutableMapping[str, Any], receive: Receive, send: Send) -> None:
        host = dict(scope.get("headers", ())).get(b"host", b"").decode("latin-1")
        if scope["type"] == "http" and not {"*", without_port(host).strip("[]")} & set(names):
            await _refuse(send, 400, "")
        else:
            await application(scope, receive, send)

    return guarding


def without_port(name: str) -> str:
    """Take the name or address of a host; one of IPv6 stands in brackets.

    >>> without_port("hoka.example.org:8443"), without_port("[::1]:8000"), without_port("::1")
    ('hoka.example.org', '[::1]', '::1')
    """
    host, colon, port = name.rpartition(":")
    is_split = bool(colon) and port.isdigit() and (":" not in host or host.endswith("]"))
    return host if is_split else name


def _claimed(scope: MutableMapping[str, Any]) -> int:
    length = dict(scope["headers"]).get(b"content-length", b"0")
    return int(length) if length.isdigit() else 0


def _replaying(body: bytes, receive: Receive) -> Receive:
    """Give the whole body at once, and then what comes after it: that the client has gone."""
    held: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def replay() -> Message:
        return held.pop() if held else await receive()

    return replay


async def _refuse(send: Send, status: int, text: str) -> None:
    headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"connection", b"close")]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": text.encode()})
