"""What stands between a request and what reads it."""

import asyncio
from collections.abc import MutableMapping
from typing import Any

from hoka_excel.addin.request_guards import limited

SCOPE = {"type": "http", "headers": []}


async def never_reached(scope: MutableMapping[str, Any], receive: Any, send: Any) -> None:
    raise AssertionError(scope)


def test_a_body_that_does_not_come_in_is_given_up() -> None:
    sent: list[MutableMapping[str, Any]] = []

    async def receive() -> MutableMapping[str, Any]:
        await asyncio.sleep(0.02)
        return {"type": "http.request", "body": b"x", "more_body": True}

    async def send(message: MutableMapping[str, Any]) -> None:
        sent.append(message)

    async def ask() -> None:
        await limited(never_reached, 10**6, 0.2, "te groot")(SCOPE, receive, send)

    asyncio.run(ask())
    assert [message.get("status") for message in sent] == [408, None]
